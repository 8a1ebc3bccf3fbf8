import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentDigest } from '../../src/definition/canonical.js';
import {
  canonicalJson,
  checkDefinition,
  type Definition,
  digestsOf,
  formatProblem,
  type ShippedDefinition,
  sha256,
} from '../../src/definition/index.js';
import { edited, example, refusedExample } from './example.js';

const digests = (definition: Definition) => {
  const loaded = checkDefinition(definition);
  if (loaded._tag === 'Left') throw new Error(loaded.left.map(formatProblem).join('\n'));
  return digestsOf(loaded.right);
};

/** Every path to a value that is not a mapping or list. */
const leaves = (
  value: unknown,
  path: readonly (string | number)[] = [],
): readonly (readonly (string | number)[])[] =>
  Array.isArray(value)
    ? value.flatMap((inner, index) => leaves(inner, [...path, index]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]))
      : [path];

describe('canonical JSON', () => {
  it('sorts keys, composes accents and writes numbers in their shortest decimals', () => {
    expect(canonicalJson({ b: 1.0, a: ['e\u0301', -0, 0.1] })).toBe('{"a":["é",0,0.1],"b":1}');
  });

  it('is the same for any order of keys, and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        if (typeof value === 'object' && value !== null && !Array.isArray(value))
          expect(canonicalJson(Object.fromEntries(Object.entries(value).reverse()))).toBe(text);
      }),
    );
  });

  it('differs for different values', () => {
    expect(canonicalJson(['1'])).not.toBe(canonicalJson([1]));
    expect(canonicalJson({ a: null })).not.toBe(canonicalJson({}));
  });
});

describe('digests', () => {
  const whole: ShippedDefinition = {
    ...example,
    edition: { id: 'first', note: 'a note' },
    'valid-for': { age: { from: 18, to: 65 } },
    contains: { short: { items: { q1: 'q2' } } },
    keyings: { alternate: { q1: [0, 0, 1] } },
    scores: {
      ...example.scores,
      second: { formula: 'sum(q1..q3 by alternate)', range: [0, 5], source: 'made-up' },
    },
  };

  it('change with any one field: the document digest', () => {
    const before = documentDigest(whole, sha256);
    for (const path of leaves(whole))
      for (const to of ['another', 17, undefined])
        expect(documentDigest(edited(whole, path, to), sha256), path.join('.')).not.toBe(before);
  });

  it('change with the order of items: both', () => {
    const turned = { ...example, items: Object.fromEntries(Object.entries(example.items ?? {}).reverse()) };
    const formula: NonNullable<ShippedDefinition['scores']> = {
      total: { formula: 'q1 + q2 + q3', range: [0, 6], source: 'made-up' },
    };
    const before = digests({ ...example, scores: formula });
    const after = digests({ ...turned, scores: formula });
    expect(after.document).not.toBe(before.document);
    expect(after.scoring).not.toBe(before.scoring);
  });

  it.each([
    ['an option code', ['options', 'often', 2, 'code'], 'often'],
    ['points of an option', ['options', 'often', 2, 'points'], 2.5],
    ['a reversal', ['items', 'q1', 'reverse'], true],
    ['the edition', ['edition', 'id'], 'second'],
    ['an age', ['valid-for', 'age', 'from'], 16],
    ['a short form', ['contains', 'short', 'items', 'q1'], 'q3'],
    ['a keying', ['keyings', 'alternate', 'q1'], [0, 1, 1]],
    ['the id of a level', ['bands', 'signs', 'levels', 0, 'id'], 'fewer'],
    ['the negative side of a level', ['bands', 'signs', 'levels', 1, 'negative'], true],
    ['the condition of a cut-off', ['cut-offs', 'three', 'when'], 'total >= 4'],
    ['the negative side of a cut-off', ['cut-offs', 'three', 'negative'], 'none'],
    ['the kind of a cut-off', ['cut-offs', 'three', 'kind'], 'control'],
    ['whom a cut-off applies to', ['cut-offs', 'three', 'applies-when'], 'sex is female'],
    ['the condition of a flag', ['flags', 'third', 'when'], 'q3 >= 2'],
    ['whether a flag is critical', ['flags', 'third', 'critical'], false],
    ['a missing rule', ['scores', 'total', 'missing'], { one: { allow: 1, source: 'made-up' } }],
    ['a skip', ['skips'], [{ if: 'q1 is "0"', then: 'q2', points: 0, source: 'made-up' }]],
    ['a formula', ['scores', 'total', 'formula'], 'q1 + q2 + q3'],
  ] as const)('change both with %s', (_, path, to) => {
    const before = digests(whole);
    const after = digests(relaxed(edited(whole, path, to)));
    expect(after.scoring).not.toBe(before.scoring);
    expect(after.document).not.toBe(before.document);
  });

  it.each([
    ['a title', ['title'], 'Another title (fictional)'],
    ['a label', ['items', 'q1', 'label'], 'one'],
    ['the version', ['version'], '1.0.1'],
    ['the window', ['recall'], 'P1M'],
    ['a source', ['sources', 'made-up', 'year'], 1999],
    ['a restriction', ['restrictions'], [{ text: 'a word', source: 'made-up' }]],
    ['evidence', ['evidence'], [{ population: 'nobody', source: 'made-up', sensitivity: 0.5 }]],
    ['the words of a flag', ['flags', 'third', 'title'], 'another title'],
    ['an open question', ['open-questions'], ['which?']],
  ] as const)('change the document digest alone with %s', (_, path, to) => {
    const before = digests(whole);
    const after = digests(edited(whole, path, to));
    expect(after.scoring).toBe(before.scoring);
    expect(after.document).not.toBe(before.document);
  });

  it('change both with the limits of a number item, the unit of a quantity and the rows of a table', () => {
    const measured: ShippedDefinition = {
      ...example,
      items: {
        ...example.items,
        weight: { label: 'weight', number: { unit: 'kg', min: 20, max: 400, step: 0.1 } },
        height: { label: 'height', number: { unit: 'm', min: 1, max: 2.5, step: 0.01 } },
        remark: { label: 'remark', text: true, unscored: 'free text' },
      },
      tables: { steps: { source: 'made-up', rows: Array.from({ length: 7 }, (_, at) => [at, at + 1]) } },
      scores: {
        ...example.scores,
        metric: { formula: 'table(steps, total)', range: [1, 7], source: 'made-up' },
        bmi: {
          formula: 'weight / (height * height)',
          quantity: true,
          places: 1,
          unit: 'kg/m2',
          source: 'made-up',
        },
      },
    };
    const before = digests(measured);
    for (const [path, to] of [
      [['items', 'weight', 'number', 'max'], 300],
      [['items', 'weight', 'number', 'unit'], 'kilogram'],
      [['scores', 'bmi', 'unit'], 'kg per m2'],
      [['scores', 'bmi', 'places'], 2],
      [['tables', 'steps', 'rows', 3, 1], 4.5],
    ] as const) {
      const after = digests(edited(measured, path, to));
      expect(after.scoring, path.join('.')).not.toBe(before.scoring);
      expect(after.document, path.join('.')).not.toBe(before.document);
    }
    expect(digests(edited(measured, ['items', 'remark', 'unscored'], 'another reason')).scoring).toBe(
      before.scoring,
    );
  });

  it('of a refused definition name it and its document', () => {
    const before = digests(refusedExample);
    const after = digests(edited(refusedExample, ['refused', 'reason'], 'another'));
    expect(after.scoring).toBe(before.scoring);
    expect(after.document).not.toBe(before.document);
  });

  it('do not tell a reversal from the same points written out', () => {
    const reversed = digests(edited(example, ['items', 'q1', 'reverse'], true));
    const written = digests(edited(example, ['items', 'q1', 'points'], [2, 1, 0]));
    expect(reversed.scoring).toBe(written.scoring);
    expect(reversed.document).not.toBe(written.document);
  });
});

/** Edits that move the range of the total or the codes are followed by what they drag along. */
const relaxed = (definition: Definition): Definition => {
  if (definition.status === 'refused') return definition;
  const option = definition.options?.['often']?.[2];
  if (option !== undefined && 'points' in option && option.points === 2.5)
    return edited(
      edited(
        edited(definition, ['scores', 'total', 'range'], [0, 7.5]),
        ['scores', 'second', 'range'],
        [0, 6],
      ),
      ['bands', 'signs', 'levels'],
      [
        { id: 'few', label: 'few signs', from: 0, negative: true },
        { id: 'many', label: 'many signs', from: 3 },
      ],
    );
  if (option?.code === 'often')
    return edited(definition, ['options', 'often', 2], { code: 'often', label: 'often', points: 2 });
  return definition;
};
