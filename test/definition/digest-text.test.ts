import { describe, expect, it } from 'vitest';
import { dataDigest, documentDigest, scoringDigest } from '../../src/definition/canonical.js';
import {
  canonicalJson,
  checkDefinition,
  type Definition,
  formatProblem,
  type ShippedDefinition,
  sha256,
} from '../../src/definition/index.js';
import { edited, example, refusedExample } from './example.js';

/** The text that is hashed, in the place of its hash. */
const asText = (text: string): string => text;
const orderOf = (definition: Definition) => JSON.parse(documentDigest(definition, asText)).order;
const scoringOf = (definition: Definition) => {
  const loaded = checkDefinition(definition);
  if (loaded._tag === 'Left') throw new Error(loaded.left.map(formatProblem).join('\n'));
  const model = loaded.right.status === 'shipped' ? loaded.right.model : null;
  return JSON.parse(scoringDigest(definition, model, asText));
};
const source = 'made-up';

describe('canonical JSON', () => {
  it('has every key in its place, whatever their order', () => {
    const sorted = '{"a":1,"a1":2,"aa":3,"b":4,"é":5}';
    expect(canonicalJson({ é: 5, b: 4, aa: 3, a1: 2, a: 1 })).toBe(sorted);
    expect(canonicalJson({ aa: 3, é: 5, a: 1, b: 4, a1: 2 })).toBe(sorted);
  });

  it('keeps keys that compose to one in the order written', () => {
    expect(canonicalJson({ '\u00e9': 1, 'e\u0301': 2 })).toBe('{"é":1,"é":2}');
    expect(canonicalJson({ 'e\u0301': 2, '\u00e9': 1 })).toBe('{"é":2,"é":1}');
  });

  it('leaves out what is undefined in a mapping, and has null for it in a list', () => {
    expect(canonicalJson({ a: undefined, b: [undefined, null], c: null })).toBe('{"b":[null,null],"c":null}');
    expect(canonicalJson([true, false, -0, 1e21, 0.1, '"'])).toBe('[true,false,0,1e+21,0.1,"\\""]');
    expect(canonicalJson(undefined)).toBe('null');
    expect(canonicalJson(() => 1)).toBe('null');
  });
});

describe('the text under the document digest', () => {
  it('has the order of what is declared in turn', () => {
    expect(
      orderOf({
        ...example,
        panels: {
          drink: {
            asked: 'all',
            members: { tea: {}, coffee: {} },
            items: { cups: { label: 'cups', options: 'often' } },
            skips: [{ if: 'cups >= 1', then: 'cups', points: 0, source }],
          },
        },
      }),
    ).toEqual({
      items: ['q1', 'q2', 'q3'],
      scores: ['total'],
      bands: ['signs'],
      'cut-offs': ['three'],
      flags: ['third'],
      panels: [
        [
          'drink',
          [
            ['asked', null],
            [
              'members',
              [
                ['tea', []],
                ['coffee', []],
              ],
            ],
            [
              'items',
              [
                [
                  'cups',
                  [
                    ['label', null],
                    ['options', null],
                  ],
                ],
              ],
            ],
            [
              'skips',
              [
                [
                  ['if', null],
                  ['then', null],
                  ['points', null],
                  ['source', null],
                ],
              ],
            ],
          ],
        ],
      ],
    });
  });

  it('has no order where nothing is scored, and an empty one where nothing is declared', () => {
    expect(orderOf(refusedExample)).toBeNull();
    const { items, scores, bands, flags, 'cut-offs': cutOffs, ...bare } = example;
    expect(orderOf(bare)).toEqual({
      items: [],
      scores: [],
      bands: [],
      'cut-offs': [],
      flags: [],
      panels: [],
    });
    expect(orderOf(edited(example, ['panels'], { drink: null }))).toMatchObject({
      panels: [['drink', null]],
    });
    expect([items, scores, bands, flags, cutOffs]).not.toContain(undefined);
  });
});

describe('the text under the digest of any other file', () => {
  it('has its data and the order of all its keys', () => {
    expect(JSON.parse(dataDigest({ second: 1, first: [{ b: 'x', a: null }] }, asText))).toEqual({
      data: { second: 1, first: [{ b: 'x', a: null }] },
      order: [
        ['second', null],
        [
          'first',
          [
            [
              ['b', null],
              ['a', null],
            ],
          ],
        ],
      ],
    });
  });
});

describe('the text under the scoring digest', () => {
  const whole: ShippedDefinition = {
    ...example,
    edition: { id: 'first' },
    'valid-for': { age: { from: 18 } },
    contains: { short: { items: { a: 'q1' } } },
    items: {
      ...example.items,
      q3: { label: 'third', options: 'often', unscored: 'recorded only' },
      remark: { label: 'remark', text: true, unscored: 'free text' },
      weight: { label: 'weight', number: { unit: 'kg', min: 20, max: 200, step: 1 } },
      height: { label: 'height', number: { unit: 'm', min: 1, max: 2, step: 0.1 } },
    },
    keyings: { other: { q1: [0, 0, 1] } },
    tables: {
      steps: {
        source,
        rows: [
          [0, 1],
          [1, 2],
          [2, 3],
          [3, 4],
          [4, 5],
        ],
      },
    },
    skips: [{ if: 'q1 is "0"', then: 'q2', points: 0, source }],
    scores: {
      total: {
        formula: 'sum(q1..q2)',
        range: [0, 4],
        missing: { printed: { allow: 1, source } },
        source,
      },
      step: { formula: 'table(steps, total)', range: [1, 5], source },
      second: { formula: 'sum(q1 by other)', range: [0, 1], source },
      ratio: { formula: 'weight / height', quantity: true, places: 1, unit: 'kg/m', source },
    },
    bands: {
      signs: {
        of: 'total',
        source,
        levels: [
          { id: 'few', label: 'few', from: 0, to: 2, negative: true },
          { id: 'many', label: 'many', from: 3, to: 4 },
        ],
      },
    },
    flags: { second: { when: 'q2 >= 1', title: 'second', critical: true, response: 'ask', source } },
  };

  it('has all that can move a result, and nothing else', () => {
    const option = (code: string) => ({ code, points: Number(code) });
    const choice = { missing: {}, options: ['0', '1', '2'].map(option) };
    expect(scoringOf(whole)).toEqual({
      id: 'example-check',
      edition: 'first',
      'valid-for': { from: 18 },
      contains: { short: { items: { a: 'q1' } } },
      members: [],
      items: [
        { id: 'q1', unscored: false, ...choice },
        { id: 'q2', unscored: false, ...choice },
        { id: 'q3', unscored: true, ...choice },
        { id: 'remark', unscored: true, text: true },
        { id: 'weight', unscored: false, unit: 'kg', min: 20, max: 200, step: 1 },
        { id: 'height', unscored: false, unit: 'm', min: 1, max: 2, step: 0.1 },
      ],
      keyings: { other: { q1: [0, 0, 1] } },
      tables: {
        steps: [
          [0, 1],
          [1, 2],
          [2, 3],
          [3, 4],
          [4, 5],
        ],
      },
      gates: [{ if: 'q1 is "0"', then: 'q2', effect: { kind: 'points', points: 0 } }],
      scores: [
        { id: 'total', formula: 'sum(q1..q2)', range: [0, 4], missingRules: [{ id: 'printed', allow: 1 }] },
        { id: 'step', formula: 'table(steps, total)', range: [1, 5], missingRules: [] },
        { id: 'second', formula: 'sum(q1 by other)', range: [0, 1], missingRules: [] },
      ],
      quantities: [{ id: 'ratio', formula: 'weight / height', places: 1, unit: 'kg/m' }],
      bands: [
        {
          id: 'signs',
          of: 'total',
          levels: [
            { id: 'few', negative: true, from: 0, to: 2 },
            { id: 'many', from: 3, to: 4 },
          ],
        },
      ],
      cutOffs: [{ id: 'three', when: 'total >= 3', negative: 'not-met' }],
      flags: [{ id: 'second', when: 'q2 >= 1', critical: true }],
    });
  });

  it('is the name alone of what is refused', () => {
    expect(scoringOf(refusedExample)).toEqual({ id: 'example-check', refused: true });
  });

  it('is hashed as UTF-8', () => {
    expect(sha256('é')).toBe('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c');
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});
