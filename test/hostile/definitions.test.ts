import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  checkDefinition,
  digestsOf,
  instrumentFromYaml,
  jsonDefinition,
  loadCases,
  loadDefinition,
  type ShippedDefinition,
} from '../../src/definition/index.js';
import type { Answers, Context, Shape } from '../../src/instrument/index.js';
import { form, score } from '../../src/scoring/index.js';
import { shipped } from '../support/shipped.js';
import { arePlaced, frozen, prototypesAreClean, timed, tries } from './claims.js';
import { corpus } from './corpus.js';
import { damagedFile, type Tree, treeOf } from './damaged-tree.js';
import { anyValue, made, recordOf } from './hostile-values.js';

/** Small, and between them every kind of entry that the language has. */
const chosen = [
  'phq-2',
  'audit-c',
  'fast',
  'must',
  'pc-ptsd-5',
  'assist-lite',
  '4at',
  'swemwbs',
  'c-ssrs-screener',
];
const texts = shipped
  .filter(({ id }) => chosen.includes(id))
  .map(({ folder }) => ({
    definition: parse(readFileSync(join(folder, 'definition.yaml'), 'utf8')),
    cases: parse(readFileSync(join(folder, 'cases.yaml'), 'utf8')),
  }));
const definitionTrees: readonly Tree[] = texts.map(({ definition }) => treeOf(definition));
const casesTrees: readonly Tree[] = texts.map(({ cases }) => treeOf(cases));
const [first] = shipped;

/** The claims for one file read as a definition: refused in its place, or an instrument that scores. */
const isReadOrRefused = (input: string | Uint8Array): void => {
  const text = typeof input === 'string' ? input : Buffer.from(input).toString('utf8');
  const took = timed(() => {
    const loaded = loadDefinition(input, 'trial.yaml');
    if (loaded._tag === 'Left') {
      arePlaced(loaded.left, text);
      return;
    }
    digestsOf(loaded.right);
    expect(JSON.parse(JSON.stringify(jsonDefinition(loaded.right)))).toMatchObject({});
    const made = instrumentFromYaml(input);
    if (made._tag === 'Left') {
      arePlaced(made.left, text);
      return;
    }
    const nothing: Answers<Shape> = {};
    const unknown: Required<Context> = { age: 'unknown', sex: 'unknown' };
    expect(score(made.right, nothing, unknown)._tag).toBe('Right');
    expect(form(made.right, nothing)).toHaveLength(made.right.program.items);
  });
  expect([text.slice(0, 100), took < 10_000]).toEqual([text.slice(0, 100), true]);
};

describe('saved definitions', () => {
  it.each(corpus('definitions'))('$name: $why', ({ bytes }) => {
    isReadOrRefused(bytes);
    prototypesAreClean();
  });
});

describe('a real definition, damaged by somebody who knows its shape', () => {
  it('is refused, each problem in its place and of bounded length, or scores [H25]', () => {
    fc.assert(fc.property(damagedFile(definitionTrees), isReadOrRefused), tries(80));
    prototypesAreClean();
  });

  it('is refused, where it is the file of cases, in the same way', () => {
    fc.assert(
      fc.property(damagedFile(casesTrees), (text) => {
        if (first === undefined) throw new Error('no instrument');
        const cases = loadCases(text, 'cases.yaml', first.loaded);
        if (cases._tag === 'Left') arePlaced(cases.left, text);
      }),
      tries(20),
    );
    prototypesAreClean();
  });
});

describe('a definition written as a literal', () => {
  it('has a key that reaches for a prototype named wherever it stands, among items as at the top', () => {
    const text = JSON.stringify(texts[0]?.definition);
    for (const key of ['__proto__', 'constructor', 'prototype'])
      for (const before of ['"items":{', '"scores":{', '{"id"']) {
        const poisoned = text.replace(
          before,
          `${before.replace('"id"', '')}"${key}":{"label":"x"},${before.includes('"id"') ? '"id"' : ''}`,
        );
        const checked = checkDefinition(JSON.parse(poisoned));
        const found =
          checked._tag === 'Left' ? checked.left.filter(({ code }) => code === 'forbidden-key') : [];
        expect([before, found.map(({ path }) => path.split('.').at(-1))]).toEqual([before, [key]]);
      }
    prototypesAreClean();
  });

  it('may be any value: accessors, proxies and cycles are refused, and nothing is written to', () => {
    const keys = Object.keys(texts[0]?.definition ?? {});
    fc.assert(
      fc.property(fc.oneof(anyValue, recordOf(keys, anyValue)), fc.boolean(), (recipe, whole) => {
        const literal = made(recipe);
        const given =
          whole && 'entries' in recipe ? { ...texts[0]?.definition, ...Object(literal) } : literal;
        // What a program without types may hand over.
        const checked = checkDefinition(frozen(given) as ShippedDefinition);
        if (checked._tag === 'Left') expect(checked.left.length).toBeGreaterThan(0);
      }),
      tries(40),
    );
    prototypesAreClean();
  });
});

describe('a literal that is no data', () => {
  it('is refused as such, with its path', () => {
    const round: { self?: unknown } = {};
    round.self = round;
    for (const literal of [round, { id: 1n }, undefined, () => 1])
      expect(checkDefinition(literal as unknown as ShippedDefinition)).toMatchObject({
        left: [{ code: 'not-data', line: 1, col: 1 }],
      });
  });
});
