import { isLeft, isRight } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { lowerModel } from '../../src/formula/lower-model.js';
import type { Model, ModelGate, ModelProblem } from '../../src/formula/model.js';
import { gatherNames } from '../../src/formula/names.js';
import { parseFormula } from '../../src/formula/parse.js';
import { condition } from '../../src/formula/type-check.js';
import { buildModel, questions, type Sketch, upTo, YES_NO } from './build-model.js';

/** Three items of 0 to 2 and their total, to which each case adds one mistake. */
const RIGHT: Sketch = {
  items: questions(3, upTo(2)),
  scores: { total: ['sum(q1..q3)', 0, 6] },
  cutOffs: { three: 'total >= 3' },
};

const MEASURED = { number: { min: 1, max: 2, step: 1 } } as const;

/** The problems of a model, each of which must say in a sentence what is wrong. */
const problemsOf = (model: Model): readonly ModelProblem[] => {
  const lowered = lowerModel(model);
  if (!isLeft(lowered)) return [];
  expect(lowered.left).not.toEqual([]);
  for (const { message, where, didYouMean } of lowered.left) {
    expect(message).toMatch(/^\S.{14,}[.?]$/);
    expect(message).not.toMatch(/undefined|null|\[object/);
    expect(where).not.toEqual([]);
    expect(message.includes('Did you mean') || message.includes('did you mean')).toBe(
      didYouMean !== undefined,
    );
  }
  return lowered.left;
};
const problems = (more: Partial<Sketch>): readonly ModelProblem[] =>
  problemsOf(buildModel({ ...RIGHT, ...more }));
const when = (formula: string, more: Partial<Sketch> = {}) =>
  problems({ cutOffs: { met: formula }, ...more });

/** A condition with one mistake, the code of its problem, and the piece of text that it must point at. */
const IN_A_FORMULA: readonly (readonly [string, string, string])[] = [
  ['unknown-name', 'totl >= 3', 'totl'],
  ['unknown-code', 'q1 is "9"', 'q1 is "9"'],
  ['missing-code', 'q1 is refused', 'q1 is refused'],
  ['is-on-number', 'total is "3"', 'total'],
  ['no-points', 'kind >= 1', 'kind'],
  ['no-points', 'sex >= 1', 'sex'],
  ['text-item', 'event >= 1', 'event'],
  ['not-a-number', '(q1 >= 1) + 2 >= 2', 'q1 >= 1'],
  ['not-a-condition', 'total and q1 >= 1', 'total'],
  ['list-alone', 'q1..q3 >= 1', 'q1..q3'],
  ['range-order', 'sum(q3..q1) >= 1', 'q3..q1'],
  ['range-of-items', 'sum(q1..total) >= 1', 'q1..total'],
  ['unknown-keying', 'sum(q1..q3 by other) >= 1', 'sum(q1..q3 by other)'],
  ['unknown-table', 'table(metrik, total) >= 1', 'metrik'],
  ['unknown-panel', 'any(substances.* : q1 >= 1)', 'substances.* : q1 >= 1'],
  ['across-chosen', 'all(drug.* : use is yes)', 'drug.* : use is yes'],
  ['across-chosen', 'max(drug.* : use - q1) >= 1', 'max(drug.* : use - q1)'],
  ['product', 'q1 * q2 >= 1', 'q1 * q2'],
  ['product', 'q1 * weight >= 1', 'q1 * weight'],
  ['division', 'total / 0 >= 1', '0'],
  ['division', 'weight / zero >= 1', 'zero'],
  ['quotient-and-points', 'weight * weight + q1 >= 1', 'weight * weight + q1'],
  ['quotient-and-points', 'q1 + weight * weight >= 1', 'q1 + weight * weight'],
  ['quotient-and-points', 'weight * weight >= q1', 'weight * weight >= q1'],
  ['quotient-and-points', 'q1 >= weight * weight', 'q1 >= weight * weight'],
  ['quotient-as-score', 'max(weight * weight, 2) >= 1', 'weight * weight'],
  ['table-gap', 'table(short, total) >= 1', 'table(short, total)'],
  ['table-gap', 'table(ends, small) >= 1', 'table(ends, small)'],
  ['table-gap', 'table(lower, small) >= 1', 'table(lower, small)'],
  ['bad-number', `total >= 0.${'0'.repeat(400)}1`, `0.${'0'.repeat(400)}1`],
  ['arity', 'sum() >= 1', 'sum()'],
  ['arity', 'round(total) >= 1', 'round(total)'],
  ['arity', 'table(total) >= 1', 'table(total)'],
  ['is-on-number', 'q1..q3 is "0"', 'q1..q3'],
  ['is-on-number', 'weight is "20"', 'weight'],
  ['unknown-name', 'q7 is "0"', 'q7'],
  ['unknown-name', 'sum(q1..q7) >= 1', 'q1..q7'],
  ['unknown-name', 'any(drug.* : totl >= 1)', 'totl'],
  ['unknown-name', 'any(drug.* : use..nope is yes)', 'use..nope'],
  ['range-of-items', 'sum(q1..sex) >= 1', 'q1..sex'],
  ['range-of-items', 'sum(sex..q1) >= 1', 'sex..q1'],
  ['range-of-items', 'sum(q1..beer.use) >= 1', 'q1..beer.use'],
  ['range-order', 'any(q3..q1 >= 1)', 'q3..q1'],
  ['range-order', 'any(q3..q1 is "0")', 'q3..q1'],
  ['across-chosen', 'mean(drug.* : use + q1) >= 1', 'drug.* : use + q1'],
  ['across-chosen', 'min(drug.* : use + q1) >= 1', 'drug.* : use + q1'],
  ['division', 'total / (q1 - q1) >= 1', 'q1 - q1'],
  ['division', 'weight / (small - 1) >= 1', 'small - 1'],
  ['division', 'q1 / weight >= 1', 'weight'],
  ['division', 'weight / q1 >= 1', 'q1'],
  ['division', 'weight / (100 - weight) >= 1', '100 - weight'],
  ['quotient-as-score', 'round(weight * weight, 1) >= 1', 'weight * weight'],
  ['quotient-as-score', 'mean(weight * weight, 2) >= 1', 'weight * weight'],
  ['quotient-as-score', 'table(metric, weight * weight) >= 1', 'weight * weight'],
];

const ROOMY: Partial<Sketch> = {
  items: {
    ...questions(3, upTo(2)),
    kind: { a: null, b: null },
    event: 'text',
    weight: { number: { min: 20, max: 200, step: 0.5 } },
    zero: { number: { min: 0, max: 9, step: 1 } },
    small: { number: { min: 1, max: 3, step: 1 } },
    'beer.use': YES_NO,
  },
  missing: ['q1'],
  members: [{ panel: 'drug', id: 'beer', asked: 'chosen' }],
  tables: {
    short: [
      [0, 1],
      [1, 2],
    ],
    metric: [[0, 1]],
    lower: [
      [1, 1],
      [2, 2],
    ],
    ends: [
      [1, 1],
      [3, 2],
    ],
  },
  scores: { total: ['sum(q1..q3)', 0, 6] },
};

describe('a problem inside a formula', () => {
  it.each(IN_A_FORMULA)('%s: %s', (code, formula, piece) => {
    const found = when(formula, ROOMY).filter((one) => one.span !== undefined);
    expect(found).toMatchObject([{ code, where: ['cut-offs', 'met', 'when'] }]);
    expect(formula.slice(found[0]?.span?.start, found[0]?.span?.end)).toContain(piece);
  });

  it.each([
    '-(X) >= 1',
    '(X) * 2 >= 1',
    '2 * (X) >= 1',
    'weight / (X) >= 1',
    '(X) + 1 >= 1',
    '1 >= (X)',
    'round(X, 1) >= 1',
    'max(X, 1) >= 1',
    'mean(X, 1) >= 1',
    'table(metric, X) >= 1',
    'count(X >= 1) >= 1',
    'not (X) >= 1',
    'all(q1 >= 1, X >= 1)',
    'any(drug.* : X >= 1)',
    'if X >= 1 then q1 >= 1 else q2 >= 1',
    'if q1 >= 1 then X >= 1 else q2 >= 1',
    'if q1 >= 1 then q2 >= 1 else X >= 1',
    '(if X >= 1 then 2 else 0) >= 1',
    '(if X >= 1 then 2 else 0) + 1 >= 1',
    '(if X >= 1 then total else 0) + 1 >= 1',
    '(if q1 >= 1 then X else 0) + 1 >= 1',
    '(if q1 >= 1 then 0 else X) + 1 >= 1',
    '(if q1 >= 1 then 0 else X) >= 1',
  ])('is told once, whatever stands around it: %s', (around) => {
    const codes = (piece: string) =>
      when(around.replace('X', piece), ROOMY).flatMap(({ code, span }) => (span ? [code] : []));
    expect(codes('totl')).toEqual(['unknown-name']);
    expect(codes('weight * weight + q1')).toEqual(['quotient-and-points']);
  });

  it('is told once for the score, and not again for what reads it', () => {
    const items = { ...questions(3, upTo(2)), weight: { number: { min: 20, max: 200, step: 0.5 } } };
    const wrong = ['q1 * q2 + sum(q1..q3)', 0, 9] as const;
    const twice = ['total * 2', 0, 18] as const;
    expect(
      problems({ items, scores: { total: wrong, twice }, flags: { heavy: 'weight >= 90' } }),
    ).toMatchObject([{ code: 'product', where: ['scores', 'total', 'formula'] }]);
    expect(
      problems({
        items,
        quantities: { odd: 'weight * q1', even: 'odd * 2' },
        cutOffs: { heavy: 'even >= 2' },
      }),
    ).toMatchObject([{ code: 'product', where: ['scores', 'odd', 'formula'] }]);
  });

  it('stands in a flag, a gate, a rule or who a cut-off is for as in any other formula', () => {
    const wrong = 'q1 * q2 >= 1';
    const gates = [{ if: wrong, then: 'q3', effect: { kind: 'points', points: 0 } }] as const;
    expect(problems({ flags: { odd: wrong } })).toMatchObject([
      { code: 'product', where: ['flags', 'odd', 'when'] },
    ]);
    expect(problems({ gates })).toMatchObject([{ code: 'product', where: ['skips', 0, 'if'] }]);
    expect(problems({ applies: { three: wrong } })).toMatchObject([
      { code: 'product', where: ['cut-offs', 'three', 'applies-when'] },
    ]);
    expect(problems({ bands: { rules: [['some', 'q1 >= 1'], ['odd', wrong], ['none']] } })).toMatchObject([
      { code: 'product', where: ['bands', 'rules', 'rules', 1, 'when'] },
    ]);
  });

  it('says where a referral verb or a list is written for a condition', () => {
    expect(when('total meets caseness')).toMatchObject([{ code: 'verb-outside-rule' }]);
    const rule = parseFormula('total meets caseness', { verbs: true });
    const found: ModelProblem[] = [];
    const names = gatherNames(buildModel(RIGHT), new Set(), () => undefined);
    const place = { names, where: ['when'], member: undefined, keying: undefined, read: () => undefined };
    const report = (problem: ModelProblem): number => found.push(problem);
    if (isRight(rule)) expect(condition(rule.right, { ...place, report })).toBeNull();
    expect(found).toMatchObject([
      {
        code: 'verb',
        where: ['when'],
        span: { start: 0, end: 20 },
        message: expect.stringMatching(/belongs to referral rules\. In a definition compare the score/),
      },
    ]);
    expect(when('total >= 3 and q1..q3')).toMatchObject([{ code: 'list-alone' }]);
  });

  it('suggests the name as it is written within a member of a panel', () => {
    const inMember = (formula: string) => when(formula, ROOMY).filter(({ span }) => span !== undefined);
    expect(inMember('any(drug.* : usee is yes)')).toMatchObject([
      { code: 'unknown-name', didYouMean: 'use' },
    ]);
    expect(inMember('any(drug.* : beer.us is yes)')).toMatchObject([{ didYouMean: 'beer.use' }]);
    expect(inMember('beer.us is yes')).toMatchObject([{ didYouMean: 'beer.use' }]);
    expect(inMember('usee is yes')[0]).not.toHaveProperty('didYouMean');
    expect(inMember('sexx is male')).toMatchObject([{ didYouMean: 'sex' }]);
  });

  it('suggests the name that was probably meant', () => {
    expect(when('totl >= 3')[0]).toMatchObject({ didYouMean: 'total' });
    expect(when('q1 is yess', { items: { ...questions(3, upTo(2)), q1: YES_NO } })[0]).toMatchObject({
      didYouMean: 'yes',
    });
  });

  it('says the remedy where an option has no points', () => {
    expect(when('kind >= 1', ROOMY)[0]?.message).toMatch(
      /give every option points, or compare codes with 'is'/,
    );
  });

  it('reports every slip of every formula at once', () => {
    const found = problems({ cutOffs: { a: 'q7 >= 1 and q8 >= 1', b: 'totl >= 1' } });
    expect(found.map(({ code, where }) => [code, where[1]])).toEqual([
      ['unknown-name', 'a'],
      ['unknown-name', 'a'],
      ['unknown-name', 'b'],
    ]);
  });

  it('passes the parser’s problems on with their place', () => {
    expect(when('total >=')).toMatchObject([{ where: ['cut-offs', 'met', 'when'] }]);
    expect(when('total >=')[0]?.span).toBeDefined();
  });

  it('places a problem in a branch by sex at that branch', () => {
    const branches = { female: 'total >= 1', male: 'totl >= 2' };
    expect(problems({ cutOffs: { met: { by: 'sex', branches } } })).toMatchObject([
      { code: 'unknown-name', where: ['cut-offs', 'met', 'when', 'male'], span: { start: 0, end: 4 } },
    ]);
    const unread = { female: 'total >= 1', male: 'total >=' };
    expect(problems({ cutOffs: { met: { by: 'sex', branches: unread } } })).toMatchObject([
      { code: 'unfinished', where: ['cut-offs', 'met', 'when', 'male'] },
    ]);
    const wrong = { female: 'total >= 1', male: 'q1 * q2 >= 2' };
    expect(problems({ cutOffs: { met: { by: 'sex', branches: wrong } } })).toMatchObject([
      { code: 'product', where: ['cut-offs', 'met', 'when', 'male'], span: { start: 0, end: 7 } },
    ]);
  });

  it('wants a branch for each sex, and nothing but sex', () => {
    expect(problems({ cutOffs: { met: { by: 'sex', branches: { female: 'total >= 1' } } } })).toMatchObject([
      { code: 'bad-by' },
    ]);
    expect(
      problems({ cutOffs: { met: { by: 'sex', branches: { female: 'total >= 1', man: 'total >= 2' } } } }),
    ).toMatchObject([{ code: 'bad-by', message: expect.stringMatching(/female, male/) }]);
    const branches = { old: 'total >= 1', young: 'total >= 2' };
    expect(problems({ cutOffs: { met: { by: 'age', branches } } })).toMatchObject([{ code: 'bad-by' }]);
  });
});

describe('a problem of scores', () => {
  it('quantity-of-points: a quantity that reads a score', () => {
    expect(problems({ quantities: { odd: 'total * 2' } })).toMatchObject([
      { code: 'quantity-of-points', where: ['scores', 'odd', 'formula'] },
    ]);
  });

  it('circular, through quantities and beside another problem', () => {
    const weight = { number: { min: 20, max: 200, step: 0.5 } };
    const items = { ...questions(3, upTo(2)), weight };
    expect(problems({ items, quantities: { a: 'b + weight', b: 'a * 2' } })).toMatchObject([
      { code: 'circular' },
    ]);
    const found = problems({ scores: { total: ['sum(q1..q3) + totl', 0, 6], a: ['a + total', 0, 6] } });
    expect(found.map(({ code }) => code).sort()).toEqual(['circular', 'unknown-name']);
  });

  it('by sex: every branch is a number', () => {
    const branches = { female: 'total', male: 'total >= 2' };
    const found = problems({
      scores: { total: ['sum(q1..q3)', 0, 6], bySex: [{ by: 'sex', branches }, 0, 6] },
    });
    expect(found).toMatchObject([{ code: 'not-a-number', where: ['scores', 'bySex', 'formula', 'male'] }]);
  });

  it('prorated-sum: a missing rule on what is no sum of items', () => {
    const most = { scores: { total: ['max(q1..q3)', 0, 2] }, cutOffs: {} } as const;
    expect(problems({ ...most, prorated: ['total'] })).toMatchObject([
      { code: 'prorated-sum', where: ['scores', 'total', 'missing'] },
    ]);
    const doubled = { scores: { total: ['sum(q1..q3)', 0, 6], twice: ['total * 2', 0, 12] } } as const;
    expect(problems({ ...doubled, prorated: ['total'] })).toEqual([]);
    expect(problems({ ...doubled, prorated: ['twice'] })).toMatchObject([{ code: 'prorated-sum' }]);
  });

  it('circular', () => {
    const found = problems({
      scores: { total: ['sum(q1..q3)', 0, 6], a: ['b + 1', 0, 6], b: ['a + 1', 0, 6] },
    });
    expect(found).toMatchObject([{ code: 'circular', where: ['scores', 'b', 'formula'] }]);
  });

  it('takes scores in the order in which they can be worked out', () => {
    expect(problems({ scores: { twice: ['total * 2', 0, 12], total: ['sum(q1..q3)', 0, 6] } })).toEqual([]);
  });

  it('range: says what the score reaches', () => {
    const found = problems({ scores: { total: ['sum(q1..q3)', 0, 9] } });
    expect(found).toMatchObject([{ code: 'range', where: ['scores', 'total', 'range'] }]);
    expect(found[0]?.message).toMatch(/0 to 6.*0 to 9/);
  });

  it('dead-score: says that no form gives it a value', () => {
    const drop = (condition: string) =>
      ({ if: condition, then: 'q2', effect: { kind: 'not-applicable' } }) as const;
    const found = problems({
      items: { q1: YES_NO, q2: [1, 2] },
      gates: [drop('q1 is no'), drop('q1 is yes')],
      scores: { s: ['q2 + 0', 0, 0] },
      cutOffs: {},
    });
    expect(found).toMatchObject([
      {
        code: 'dead-score',
        where: ['scores', 's'],
        message: expect.stringMatching(/^'s' never has a value/),
      },
    ]);
  });

  it('range: sees through a skip', () => {
    const skipping = (then: string, low: number) =>
      problems({
        items: { q0: YES_NO, ...questions(3, [1, 2]) },
        gates: [{ if: 'q0 is no', then, effect: { kind: 'not-applicable' } }],
        scores: { total: ['sum(q1..q3)', low, 6] },
      });
    expect(skipping('q3', 3)).toMatchObject([{ code: 'range' }]);
    expect(skipping('q3', 2)).toEqual([]);
  });

  it('range: a form on which none of its items applies has no score, and so no value in the range', () => {
    const skipping = (low: number) =>
      problems({
        items: { q0: YES_NO, ...questions(3, [1, 2]) },
        gates: [{ if: 'q0 is no', then: 'q1..q3', effect: { kind: 'not-applicable' } }],
        scores: { total: ['sum(q1..q3)', low, 6] },
      });
    expect(skipping(0)).toMatchObject([{ code: 'range' }]);
    expect(skipping(3)).toEqual([]);
  });

  it('quotient-as-score, quantity-of-points', () => {
    const weight = { number: { min: 20, max: 200, step: 0.5 } };
    const items = { ...questions(3, upTo(2)), weight };
    const scores = { total: ['sum(q1..q3)', 0, 6], heavy: ['weight * weight', 0, 1] } as const;
    expect(problems({ items, scores })).toMatchObject([{ code: 'quotient-as-score' }]);
    expect(problems({ items, quantities: { odd: 'weight + q1' } })).toMatchObject([
      { code: 'quantity-of-points' },
    ]);
  });

  it('too-large', () => {
    const items = { ...questions(3, upTo(2)), q1: [0, 9.1e15] };
    expect(
      problems({ items, scores: { total: ['sum(q1..q3)', 0, 9.1e15] } }).map(({ code }) => code),
    ).toContain('too-large');
  });

  it('too-large, wherever the number comes to be', () => {
    const big = { number: { min: 1, max: 1e6, step: 1 } };
    const items = { ...questions(3, upTo(2)), a: big, b: big, c: big };
    const cubes = 'a * b * c >= 8';
    const large = (more: Partial<Sketch>) =>
      problems({ items, ...more }).filter(({ code }) => code === 'too-large');
    expect(large({ cutOffs: { met: cubes } })).toMatchObject([{ where: ['cut-offs', 'met', 'when'] }]);
    expect(large({ cutOffs: { met: `count(${cubes}, q1 >= 1) >= 1` } })).toHaveLength(1);
    expect(large({ cutOffs: { met: `(if ${cubes} then total else 0) + q1 >= 1` } })).toHaveLength(1);
    expect(large({ cutOffs: { met: `not (${cubes} and q1 >= 1)` } })).toHaveLength(1);
    expect(large({ quantities: { volume: 'a * b * c' }, cutOffs: { met: 'a + b + c >= 9' } })).toMatchObject([
      { where: ['scores', 'volume', 'formula'] },
    ]);
    expect(large({ cutOffs: { met: 'a * b >= c' } })).toEqual([]);
  });

  it('mean-of-items', () => {
    const found = problems({
      items: { q0: YES_NO, ...questions(3, upTo(2)) },
      gates: [{ if: 'q0 is no', then: 'q3', effect: { kind: 'not-applicable' } }],
      scores: { total: ['mean(q1 + q2, q3)', 0, 3] },
    });
    expect(found).toMatchObject([{ code: 'mean-of-items', where: ['scores', 'total', 'formula'] }]);
  });
});

describe('a problem of items, keyings and tables', () => {
  it('unread-item, unscored-read', () => {
    expect(problems({ items: questions(4, upTo(2)) })).toMatchObject([
      { code: 'unread-item', where: ['items', 'q4'] },
    ]);
    expect(problems({ unscored: ['q2'] })).toMatchObject([{ code: 'unscored-read', where: ['items', 'q2'] }]);
  });

  it('duplicate-name', () => {
    expect(problems({ scores: { q1: ['sum(q1..q3)', 0, 6] }, cutOffs: {} })).toMatchObject([
      { code: 'duplicate-name' },
    ]);
  });

  it('interval-points: two whole numbers, the lower first, and not too far apart', () => {
    const from = (low: number, high: number) =>
      problems({
        items: { ...questions(3, upTo(2)), q1: { no: 0, unknown: [low, high] as const } },
        scores: {},
        cutOffs: { met: 'sum(q1..q3) >= 1' },
      }).map(({ code }) => code);
    expect(from(1, 1)).toEqual([]);
    expect(from(0, 1000)).toEqual([]);
    for (const [low, high] of [
      [2, 1],
      [1.5, 2],
      [1, 2.5],
      [0, 1001],
      [-1001, 0],
    ] as const) {
      expect(from(low, high)).toEqual(['interval-points']);
    }
  });

  it('interval-points: the option itself is known to the formulas that name it', () => {
    const items = { ...questions(3, upTo(2)), q1: { no: 0, unknown: [2, 1] as const } };
    const found = when('q1 is unknown and q2 + q3 >= 1', { items, scores: {} });
    expect(found.map(({ code }) => code)).toEqual(['interval-points']);
  });

  it('number-item: from 0 or more, upwards, in whole steps', () => {
    const scale = (min: number, max: number, step: number) =>
      problems({
        items: { ...questions(3, upTo(2)), weight: { number: { min, max, step } } },
        flags: { heavy: 'weight >= 0.5 and q1 >= 1' },
      })
        .map(({ code }) => code)
        .filter((code) => code === 'number-item');
    for (const [min, max, step] of [
      [0, 1, 0.5],
      [1, 1, 1],
      [0.5, 1.5, 0.25],
      [3, 9, 2],
    ] as const) {
      expect(scale(min, max, step)).toEqual([]);
    }
    for (const [min, max, step] of [
      [-1, 1, 1],
      [1, 0, 1],
      [1, 2, -1],
      [0, 1, 0.3],
      [1, 6, 2],
      [3, 8, 2],
    ] as const) {
      expect(scale(min, max, step)).toEqual(['number-item']);
    }
  });

  it('interval-points, number-item', () => {
    const odd = { ...questions(3, upTo(2)), q1: { no: 0, unknown: [1, 1.5] as const } };
    expect(problems({ items: odd })).toMatchObject([{ code: 'interval-points' }]);
    const off = { ...questions(3, upTo(2)), weight: { number: { min: 0, max: 1, step: 0.3 } } };
    expect(problems({ items: off, flags: { heavy: 'weight >= 0.5' } })).toMatchObject([
      { code: 'number-item' },
    ]);
  });

  it('keying-length: once, though a formula uses the keying', () => {
    const keyings = { other: { q1: [0, 1] } };
    expect(problems({ keyings, cutOffs: { met: 'sum(q1..q3 by other) >= 2' } })).toMatchObject([
      { code: 'keying-length' },
    ]);
  });

  it('duplicate-name: of a score, a quantity and an item of a panel', () => {
    const weight = { number: { min: 20, max: 200, step: 0.5 } };
    const items = { ...questions(3, upTo(2)), weight };
    expect(problems({ items, quantities: { total: 'weight * 2' } })).toMatchObject([
      { code: 'duplicate-name', where: ['scores', 'total'] },
    ]);
  });

  it('keying-length, and a keying of an item that is none', () => {
    const found = problems({ keyings: { other: { q1: [0, 1], qq: [0] } } });
    expect(found.map(({ code, where }) => [code, ...where])).toEqual([
      ['keying-length', 'keyings', 'other', 'q1'],
      ['unknown-name', 'keyings', 'other', 'qq'],
    ]);
  });

  it('table-gap: sees that an item may not apply, and that a member was not chosen', () => {
    const rows = (...keys: number[]) => keys.map((key) => [key, key] as const);
    const dropping = (...keys: number[]) =>
      problems({
        items: { q0: YES_NO, ...questions(2, [1, 2]) },
        gates: [{ if: 'q0 is no', then: 'q2', effect: { kind: 'not-applicable' } }],
        tables: { metric: rows(...keys) },
        scores: { total: ['sum(q1..q2)', 1, 4], metric: ['table(metric, total)', 1, 4] },
      });
    expect(dropping(2, 3, 4)).toMatchObject([
      { code: 'table-gap', message: expect.stringMatching(/row for 1,/) },
    ]);
    expect(dropping(1, 2, 3, 4)).toEqual([]);
    const panel = (formula: string, ...keys: number[]) =>
      problems({
        items: { 'a.q1': [1, 2], 'a.q2': [1, 2], 'b.q1': [1, 2] },
        members: [
          { panel: 'drug', id: 'a', asked: 'chosen' },
          { panel: 'drug', id: 'b', asked: 'all' },
        ],
        tables: { metric: rows(...keys) },
        scores: { 'a.sum': ['q1 + q2', 2, 4] },
        cutOffs: { met: formula },
      });
    expect(panel('table(metric, a.sum) >= 3 and b.q1 >= 2', 2, 3, 4)).toEqual([]);
    expect(panel('table(metric, a.sum + b.q1) >= 3', 3, 4, 5, 6)).toMatchObject([
      { code: 'table-gap', message: expect.stringMatching(/row for [12],/) },
    ]);
  });

  it('table-gap: wants no row for a value that its argument steps over', () => {
    const looked = (formula: string, high: number, ...metric: (readonly [number, number])[]) =>
      problems({
        tables: { metric },
        scores: { total: ['sum(q1..q3)', 0, 6], looked: [formula, 0, high] },
      });
    expect(looked('table(metric, 2 * q1)', 4, [0, 0], [2, 2], [4, 4])).toEqual([]);
    // What the row of such a value says does not count.
    expect(looked('table(metric, q1)', 2, [0, 0], [0.5, 9], [1, 1], [2, 2])).toEqual([]);
  });

  it('table-keys', () => {
    expect(
      problems({
        tables: {
          metric: [
            [1, 1],
            [1, 2],
          ],
        },
      }),
    ).toMatchObject([{ code: 'table-keys', where: ['tables', 'metric', 'rows', 1] }]);
    expect(problems({ tables: { metric: [] } })).toMatchObject([{ code: 'table-keys' }]);
  });
});

describe('a problem of gates', () => {
  const points = (value: number) => ({ kind: 'points', points: value }) as const;
  const gates = (...all: NonNullable<Sketch['gates']>) => problems({ gates: all });

  it('unknown-target', () => {
    expect(gates({ if: 'q1 is "0"', then: ['q2', 'q33'], effect: points(0) })).toMatchObject([
      { code: 'unknown-target', where: ['skips', 0, 'then'] },
    ]);
  });

  it('gate-order: may read what stands before the first of its items, and the context', () => {
    const found = gates({ if: 'q2 is "0"', then: ['q3', 'q1'], effect: points(0) });
    expect(found).toMatchObject([{ code: 'gate-order', where: ['skips', 0, 'if'] }]);
    expect(found[0]?.message).toMatch(/: q2 is not declared before 'q1'\.$/);
    const both = gates({ if: 'q2 is "0" and q3 is "0"', then: 'q2', effect: points(0) });
    expect(both[0]?.message).toMatch(/: q2, q3 is not declared before 'q2'\.$/);
    expect(gates({ if: 'q1 is "0" and sex is male', then: 'q2', effect: points(0) })).toEqual([]);
    expect(gates({ if: 'q1 is "0" and sex is male', then: 'sex', effect: points(0) })).toMatchObject([
      { code: 'unknown-target' },
    ]);
  });

  it('gate-order, gate-overlap: a stop skips nothing, so it stands anywhere', () => {
    const stop = {
      if: 'q1 >= 2 and q2 >= 1',
      then: 'q3',
      effect: { kind: 'stops', decides: ['three'] },
    } as const;
    const skip = { if: 'q1 is "0"', then: 'q2..q3', effect: points(0) } as const;
    expect(gates(stop, skip)).toEqual([]);
    expect(gates(skip, stop)).toEqual([]);
    expect(gates(skip, { ...skip, if: 'q1 is "1"' })).toEqual([]);
    const early = {
      ...stop,
      if: 'q1 >= 2',
      then: 'q2..q3',
      effect: { kind: 'stops', decides: ['two'] },
    } as const;
    const cutOffs = { two: 'total >= 2', three: 'total >= 3' };
    expect(problems({ gates: [{ ...skip, then: 'q3', if: 'q2 is "0"' }, early], cutOffs })).toEqual([]);
  });

  it('unknown-verdict: within a member, its own verdicts come first', () => {
    const found = (member: string | undefined, decides: string) =>
      problems({
        items: { 'beer.use': YES_NO, 'beer.much': upTo(2) },
        members: [{ panel: 'drug', id: 'beer', asked: 'all' }],
        scores: {},
        gates: [
          {
            ...(member === undefined ? {} : { member }),
            if: member === undefined ? 'beer.use is yes' : 'use is yes',
            then: member === undefined ? 'beer.much' : 'much',
            effect: { kind: 'stops', decides: [decides] },
          },
        ],
        cutOffs: { 'beer.some': 'use is yes or much >= 1' },
      }).map(({ code, where }) => [code, ...where]);
    expect(found('beer', 'some')).toEqual([]);
    expect(found('beer', 'beer.some')).toEqual([]);
    expect(found(undefined, 'beer.some')).toEqual([]);
    expect(found(undefined, 'some')).toEqual([['unknown-verdict', 'skips', 0, 'decides']]);
  });

  it('gate-order: reads what comes after, or what a later gate skips', () => {
    expect(gates({ if: 'q3 is "0"', then: 'q2', effect: points(0) })).toMatchObject([{ code: 'gate-order' }]);
    expect(
      gates(
        { if: 'q2 is "0"', then: 'q3', effect: points(0) },
        { if: 'q1 is "0"', then: 'q2', effect: points(0) },
      ),
    ).toMatchObject([{ code: 'gate-order', where: ['skips', 1] }]);
  });

  it('gate-points: names every item that lacks them', () => {
    const found = gates({ if: 'q1 is "0"', then: 'q2..q3', effect: points(7) });
    expect(found).toMatchObject([{ where: ['skips', 0, 'points'] }]);
    expect(found[0]?.message).toMatch(/answer to 'q2', 'q3' has 7 points/);
  });

  it('gate-points: no answer has the points', () => {
    expect(gates({ if: 'q1 is "0"', then: 'q2..q3', effect: points(7) })).toMatchObject([
      { code: 'gate-points' },
    ]);
  });

  it('gate-points: a number item counts as a number on its grid, free text as nothing', () => {
    const items = {
      ...questions(3, upTo(2)),
      drinks: { number: { min: 1, max: 40, step: 0.5 } },
      rounds: { number: { min: 1, max: 7, step: 3 } },
      why: 'text',
    } as const;
    const skipping = (then: string, value: number) =>
      problems({
        items,
        gates: [{ if: 'q1 is "0"', then, effect: points(value) }],
        cutOffs: { many: 'drinks + rounds + q2 >= 14', three: 'total >= 3' },
      });
    for (const value of [1, 1.5, 40]) expect(skipping('drinks', value)).toEqual([]);
    expect(skipping('rounds', 4)).toEqual([]);
    expect(skipping('rounds', 2)).toMatchObject([{ code: 'gate-points' }]);
    for (const value of [0, 0.5, 1.25, 1.3, 40.5])
      expect(skipping('drinks', value)).toMatchObject([{ code: 'gate-points' }]);
    expect(skipping('why', 0)).toMatchObject([
      { code: 'gate-points', message: expect.stringMatching(/'why'/) },
    ]);
  });

  it('unknown-target, range-order: a list or range that is none', () => {
    const skip = (then: string | string[]) => gates({ if: 'q1 is "0"', then, effect: points(0) });
    expect(skip('total')).toMatchObject([{ code: 'unknown-target' }]);
    expect(skip('xyzzy')).toMatchObject([{ code: 'unknown-target' }]);
    expect(skip('xyzzy')[0]).not.toHaveProperty('didYouMean');
    expect(skip('q33')).toMatchObject([
      { didYouMean: 'q3', message: expect.stringMatching(/Did you mean 'q3'\?$/) },
    ]);
    expect(skip('q3..q2')).toMatchObject([{ code: 'range-order', where: ['skips', 0, 'then'] }]);
    expect(skip([' q2 ', ' q3 .. q3 '])).toEqual([]);
  });

  it('gate-overlap: one item skipped in two ways', () => {
    expect(
      gates(
        { if: 'q1 is "0"', then: 'q2..q3', effect: points(0) },
        { if: 'q1 is "2"', then: 'q3', effect: points(2) },
      ),
    ).toMatchObject([{ code: 'gate-overlap', where: ['skips', 1] }]);
  });

  it('gate-interval: an answer whose points are an interval would leave it open what to ask next', () => {
    const skip = (condition: string, then = 'q3', more: Partial<Sketch> = {}) =>
      problems({
        items: { q1: { no: 0, unknown: [1, 3], yes: 4 }, q2: upTo(2), q3: upTo(2), w: MEASURED },
        scores: {},
        cutOffs: { other: 'q1 + q2 + q3 + w >= 4' },
        gates: [{ if: condition, then, effect: points(0) }],
        ...more,
      });
    expect(skip('q2 is "0" and q1 >= 2')).toMatchObject([
      {
        code: 'gate-interval',
        where: ['skips', 0, 'if'],
        message: expect.stringMatching(/^'q1' answered 'unknown' .* as in 'q1 is "unknown"'\.$/),
      },
    ]);
    for (const open of [
      'q1 + q2 >= 3',
      'q1 + q2 = 5',
      'max(q1, q2) >= 2',
      'not (q1 <= 1)',
      'count(q1 >= 2) = 1',
    ])
      expect(skip(open).map(({ code }) => code)).toEqual(['gate-interval']);
    for (const settled of [
      'q1 is unknown',
      'q1 is not unknown and q2 >= 1',
      'q1 >= 1',
      'q1 + q2 = 0',
      'q1 >= 4 or q2 is "0"',
      'sum(q2) >= 1',
    ])
      expect(skip(settled)).toEqual([]);
    const measured = {
      items: {
        q1: { no: 0, unknown: [1, 3] as const },
        w: { number: { min: 0, max: 20, step: 1 } },
        q3: upTo(2),
      },
      cutOffs: { other: 'q1 + q3 >= 2', long: 'w >= 3' },
    };
    expect(skip('q1 + w >= 10', 'q3', measured).map(({ code }) => code)).toEqual(['gate-interval']);
    const stop = { kind: 'stops', decides: ['high'] } as const;
    const cutOffs = { other: 'q2 + w >= 4', high: 'q1 + q3 >= 2' };
    const stopped = (condition: string) =>
      skip(condition, 'q3', { cutOffs, gates: [{ if: condition, then: 'q3', effect: stop }] });
    expect(stopped('q1 >= 2')).toEqual([]);
  });

  it('quantity-by-turns: two gates that hang on one item, over what a quantity is made of', () => {
    const drop = (
      condition: string,
      then: string | readonly string[],
      effect: ModelGate['effect'] = { kind: 'not-applicable' },
    ) => ({
      if: condition,
      then,
      effect,
    });
    const found = (...all: readonly ReturnType<typeof drop>[]) =>
      problems({
        items: { q1: upTo(2), q2: upTo(2), w: MEASURED, h: MEASURED, n: MEASURED },
        scores: {},
        quantities: { ratio: 'w / h', other: 'n + 0' },
        cutOffs: { met: 'q1 + q2 >= 1' },
        gates: all,
      });
    expect(found(drop('q1 is "0"', 'w'), drop('q2 is "0" and q1 is "1"', 'h'))).toMatchObject([
      {
        code: 'quantity-by-turns',
        where: ['scores', 'ratio', 'formula'],
        message: expect.stringMatching(/^Two gates that read 'q1' leave out items of 'ratio'/),
      },
    ]);
    expect(found(drop('q1 is "0"', ['q2', 'w']), drop('q1 is "1"', 'h'))).toMatchObject([
      { code: 'quantity-by-turns' },
    ]);
    expect(found(drop('q1 is "0" or q2 is "0"', 'w..h'))).toEqual([]);
    expect(found(drop('q1 is "0"', 'w'), drop('q2 is "0"', 'h'))).toEqual([]);
    expect(found(drop('q1 is "0"', 'w'), drop('q1 is "1"', 'n'))).toEqual([]);
    expect(found(drop('q1 is "0"', 'w'), drop('q1 is "1"', 'h', points(2)))).toEqual([]);
    expect(found(drop('q2 is "0"', 'w'), drop('q1 is "0"', 'h'), drop('q1 is "2"', 'w'))[0]?.message).toMatch(
      /^Two gates that read 'q1'/,
    );
  });

  it('dead-gate', () => {
    expect(gates({ if: 'q1 >= 7', then: 'q2', effect: points(0) })).toMatchObject([{ code: 'dead-gate' }]);
  });

  it('unknown-verdict, stop-unproved', () => {
    const stop = (formula: string, decides: string) =>
      gates({ if: formula, then: 'q2..q3', effect: { kind: 'stops', decides: [decides] } });
    expect(stop('q1 >= 2', 'tree')).toMatchObject([{ code: 'unknown-verdict', didYouMean: 'three' }]);
    expect(stop('q1 >= 2', 'three')).toMatchObject([{ code: 'stop-unproved' }]);
  });

  it('stop-unproved: of a range band, a rule band or a number item', () => {
    const stop = (formula: string, decides: string, more: Partial<Sketch> = {}) =>
      problems({
        items: { w: { number: { min: 1, max: 3, step: 0.5 } }, ...questions(3, upTo(2)) },
        gates: [{ if: formula, then: 'q2..q3', effect: { kind: 'stops', decides: [decides] } }],
        bands: {
          graded: {
            of: 'total',
            levels: [
              ['low', 0, 1],
              ['high', 2, 6],
            ],
          },
          rules: [['some', 'q1 >= 2 or q2 >= 1'], ['none']],
        },
        cutOffs: { heavy: 'w + q2 >= 3' },
        ...more,
      }).map(({ code }) => code);
    expect(stop('q1 >= 2', 'graded')).toEqual([]);
    expect(stop('q1 >= 1', 'graded')).toEqual(['stop-unproved']);
    expect(stop('q1 >= 2', 'rules')).toEqual([]);
    expect(stop('q1 >= 1', 'rules')).toEqual(['stop-unproved']);
    expect(stop('w >= 3', 'heavy')).toEqual([]);
    expect(stop('w >= 2.5', 'heavy')).toEqual(['stop-unproved']);
    const edgeless = { graded: { of: 'total', levels: [['low', 0, 1], ['high']] } } as const;
    expect(stop('q1 >= 2', 'graded', { bands: edgeless })).toEqual(['level-edges']);
  });

  it('stop-unproved: counts what an earlier gate gives to an item that it skips', () => {
    const stop = { if: 'q1 is "0"', then: 'q3', effect: { kind: 'stops', decides: ['second'] } } as const;
    const cutOffs = { second: 'q2 >= 1', three: 'total >= 3' };
    const skip = { if: 'q1 is "0"', then: 'q2', effect: points(0) };
    expect(problems({ gates: [skip, stop], cutOffs })).toEqual([]);
    expect(problems({ gates: [stop], cutOffs })).toMatchObject([{ code: 'stop-unproved' }]);
  });

  it('stop-too-wide: of more than 50 000 ways to answer what it reads, each count of a number item one', () => {
    const stop = (max: number, step = 1) =>
      problems({
        items: { w: { number: { min: 1, max, step } }, ...questions(3, upTo(2)) },
        gates: [{ if: 'w >= 9', then: 'q3', effect: { kind: 'stops', decides: ['heavy'] } }],
        cutOffs: { heavy: 'w >= 9 or q3 >= 2', three: 'total >= 3' },
      }).map(({ code }) => code);
    expect(stop(50_000)).toEqual([]);
    expect(stop(50_001)).toEqual(['stop-too-wide']);
    expect(stop(2_001, 0.5)).toEqual([]);
  });

  it('stop-too-wide', () => {
    const found = problems({
      items: questions(12, upTo(2)),
      scores: { total: ['sum(q1..q12)', 0, 24] },
      gates: [{ if: 'sum(q1..q11) >= 3', then: 'q12', effect: { kind: 'stops', decides: ['three'] } }],
    });
    expect(found).toMatchObject([{ code: 'stop-too-wide' }]);
  });
});

describe('a problem of verdicts', () => {
  it('dead-cut-off, dead-applies, dead-flag', () => {
    expect(when('total >= 7')).toMatchObject([
      { code: 'dead-cut-off', message: expect.stringMatching(/never be met/) },
    ]);
    expect(when('total >= 0')).toMatchObject([
      { code: 'dead-cut-off', message: expect.stringMatching(/never be missed/) },
    ]);
    expect(problems({ applies: { three: 'total >= 7' } })).toMatchObject([{ code: 'dead-applies' }]);
    expect(problems({ flags: { some: 'q1 >= 3' } })).toMatchObject([{ code: 'dead-flag' }]);
  });

  it('too-many-pivots: of a score only where more than its ends are asked for', () => {
    const items = questions(4, upTo(2));
    const most = 'max(q1 + q2, q2 + q3) + max(q3 + q4, q4 + q1)';
    const scores = { total: ['sum(q1..q4)', 0, 8], most: [most, 0, 8] } as const;
    const two = {
      of: 'most',
      levels: [
        ['low', 0, 3],
        ['high', 4, 8],
      ],
    } as const;
    const three = {
      of: 'most',
      levels: [
        ['low', 0, 3],
        ['mid', 4, 5],
        ['high', 6, 8],
      ],
    } as const;
    expect(problems({ items, scores, bands: { graded: two } })).toEqual([]);
    expect(problems({ items, scores, bands: { graded: three } })).toMatchObject([
      { code: 'too-many-pivots', where: ['scores', 'most'] },
    ]);
  });

  it('too-many-pivots: names the items', () => {
    const both = (item: string): string => `(${item} = 1 and total >= 3)`;
    const found = problems({
      items: questions(4, upTo(2)),
      scores: { total: ['sum(q1..q4)', 0, 8] },
      cutOffs: { met: ['q1', 'q2', 'q3', 'q4'].map(both).join(' or ') },
    });
    expect(found).toMatchObject([{ code: 'too-many-pivots', where: ['cut-offs', 'met', 'when'] }]);
    expect(found[0]?.message).toMatch(/'q1', 'q2', 'q3', 'q4'.*any\(q3, q6\)/);
  });

  it('mixed-measurement: a table that turns, or an exact product', () => {
    const items = { ...questions(3, upTo(2)), w: { number: { min: 1, max: 3, step: 1 } } };
    const tables = {
      valley: [
        [1, 5],
        [2, 1],
        [3, 4],
      ],
    } as const;
    expect(when('table(valley, w) >= 2', { items, tables })).toMatchObject([{ code: 'mixed-measurement' }]);
    const scores = { total: ['sum(q1..q3)', 0, 6], turned: ['table(valley, w)', 1, 5] } as const;
    expect(problems({ items, tables, scores })).toMatchObject([
      { code: 'mixed-measurement', where: ['scores', 'turned'] },
    ]);
    const gates = [{ if: 'w + q1 >= 3', then: 'q2', effect: { kind: 'points', points: 1 } }] as const;
    const first = { w: items.w, ...questions(3, upTo(2)) };
    expect(problems({ items: first, gates, cutOffs: { met: 'q2 >= 2' } })[0]).toMatchObject({
      code: 'mixed-measurement',
    });
    for (const operator of ['=', '!=']) {
      expect(when(`w * w ${operator} 4`, { items })).toMatchObject([{ code: 'mixed-measurement' }]);
    }
  });

  it('mixed-measurement: a number item that pushes both ways beside another', () => {
    const measured = { number: { min: 1, max: 9, step: 1 } };
    const found = when('a * b - a * a >= 1', {
      items: { ...questions(3, upTo(2)), a: measured, b: measured },
    });
    expect(found).toMatchObject([{ code: 'mixed-measurement' }]);
  });
});

describe('a problem of bands', () => {
  type Levels = readonly (readonly [string, number?, number?])[];
  const levels = (all: Levels, more: Partial<Sketch> = {}) =>
    problems({ bands: { uk: { of: 'total', levels: all } }, ...more });

  it('accepts levels that tile what can be reached', () => {
    expect(
      levels([
        ['low', 0, 2],
        ['high', 3, 6],
      ]),
    ).toEqual([]);
  });

  it('unknown-score', () => {
    expect(problems({ bands: { uk: { of: 'totl', levels: [['low', 0, 6]] } } })).toMatchObject([
      { code: 'unknown-score', didYouMean: 'total', where: ['bands', 'uk', 'of'] },
    ]);
  });

  it('level-edges: whole values need both edges, others the lower one alone', () => {
    expect(
      levels([
        ['low', 0],
        ['high', 3],
      ]),
    ).toMatchObject([{ code: 'level-edges' }, { code: 'level-edges' }]);
    const both = [
      ['low', 0, 2],
      ['high', 3, 6],
    ] as const;
    const model = buildModel({ ...RIGHT, bands: { uk: { of: 'total', levels: both } } });
    const unstarted = model.bands.map((band) => ({
      ...band,
      levels: band.levels.map(({ from, ...level }) => (from === 3 ? level : { ...level, from: 0 })),
    }));
    expect(problemsOf({ ...model, bands: unstarted })).toMatchObject([
      { code: 'level-edges', where: ['bands', 'uk', 'levels', 1] },
    ]);
    const halves: Partial<Sketch> = { scores: { total: ['sum(q1..q3) / 4', 0, 1.5] }, cutOffs: {} };
    expect(
      levels(
        [
          ['low', 0, 0.5],
          ['high', 0.75],
        ],
        halves,
      ),
    ).toMatchObject([{ code: 'level-edges' }]);
    expect(
      levels(
        [
          ['low', 0],
          ['high', 0.7],
        ],
        halves,
      ),
    ).toEqual([]);
  });

  it('level-overlap, level-order', () => {
    expect(
      levels([
        ['low', 0, 3],
        ['high', 3, 6],
      ]),
    ).toMatchObject([{ code: 'level-overlap' }]);
    // Levels that overlap are not searched for a gap, here at 5.
    expect(
      levels([
        ['low', 0, 3],
        ['mid', 3, 4],
        ['high', 6, 6],
      ]),
    ).toMatchObject([{ code: 'level-overlap' }]);
    expect(
      levels([
        ['low', 2, 0],
        ['high', 3, 6],
      ]),
    ).toMatchObject([{ code: 'level-order' }]);
  });

  it('level-gap, level-ends', () => {
    expect(
      levels([
        ['low', 0, 2],
        ['high', 4, 6],
      ]),
    ).toMatchObject([{ code: 'level-gap', message: expect.stringMatching(/holds 3,/) }]);
    expect(
      levels([
        ['low', 0, 2],
        ['high', 3, 7],
      ]),
    ).toMatchObject([{ code: 'level-ends' }]);
  });

  it('level-ends: says where half-open levels start', () => {
    const halves: Partial<Sketch> = { scores: { total: ['sum(q1..q3) / 4', 0, 1.5] }, cutOffs: {} };
    const found = levels(
      [
        ['low', 0.25],
        ['high', 0.75],
      ],
      halves,
    );
    expect(found[0]).toMatchObject({
      code: 'level-ends',
      message: expect.stringMatching(/run from 0.25 to its end, and 'total' from 0 to 1.5/),
    });
  });

  it('level-gap: lists up to five of the values', () => {
    const wide = (upper: number) =>
      levels([
        ['low', 0, 0],
        ['high', upper, 6],
      ])[0]?.message;
    expect(wide(6)).toMatch(/holds 1, 2, 3, 4, 5, which/);
    expect(
      levels(
        [
          ['low', 0, 0],
          ['high', 7, 12],
        ],
        { items: questions(3, upTo(4)), scores: { total: ['sum(q1..q3)', 0, 12] } },
      )[0]?.message,
    ).toMatch(/holds 1, 2, 3, 4, 5 and more, which/);
  });

  it('takes every count of a number item for a value that levels must hold', () => {
    const measured: Partial<Sketch> = {
      items: { ...questions(3, upTo(2)), weight: { number: { min: 20, max: 22, step: 0.5 } } },
      scores: { total: ['weight + sum(q1..q3)', 20, 28] },
      cutOffs: {},
    };
    expect(
      levels(
        [
          ['low', 20],
          ['mid', 20.5],
          ['high', 23],
        ],
        measured,
      ),
    ).toEqual([]);
    expect(
      levels(
        [
          ['low', 20],
          ['none', 20.05],
          ['high', 20.1],
        ],
        measured,
      ),
    ).toMatchObject([{ code: 'dead-level', where: ['bands', 'uk', 'levels', 1] }]);
  });

  it('dead-level: no value of the score falls into it', () => {
    const even: Partial<Sketch> = { scores: { total: ['sum(q1..q3) * 2', 0, 12] } };
    expect(
      levels(
        [
          ['low', 0, 2],
          ['one', 3, 3],
          ['high', 4, 12],
        ],
        even,
      ),
    ).toMatchObject([{ code: 'dead-level', where: ['bands', 'uk', 'levels', 1] }]);
  });

  it('accepts edges at values that cannot be reached, but not where an estimate may fall between them', () => {
    const even: Partial<Sketch> = { scores: { total: ['sum(q1..q3) * 2', 0, 12] } };
    expect(
      levels(
        [
          ['low', 0, 2],
          ['high', 4, 12],
        ],
        even,
      ),
    ).toEqual([]);
    expect(
      levels(
        [
          ['low', 0, 2],
          ['high', 4, 12],
        ],
        { ...even, prorated: ['total'] },
      ),
    ).toMatchObject([{ code: 'level-gap' }]);
  });

  it('accepts an estimate between levels that follow each other', () => {
    expect(
      levels(
        [
          ['low', 0, 2],
          ['high', 3, 6],
        ],
        { prorated: ['total'] },
      ),
    ).toEqual([]);
  });

  it('dead-level, otherwise-level of rules', () => {
    expect(
      problems({ bands: { rules: [['first', 'q1 >= 1'], ['second', 'q1 >= 2'], ['none']] } }),
    ).toMatchObject([{ code: 'dead-level', where: ['bands', 'rules', 'rules', 1] }]);
    expect(
      problems({
        bands: {
          rules: [
            ['first', 'q1 >= 1'],
            ['second', 'q1 >= 2'],
          ],
        },
      }),
    ).toMatchObject([{ code: 'otherwise-level' }]);
  });

  it('quotient-and-points: of rules the one that cannot be read is told, and no other is judged without it', () => {
    const measured = { number: { min: 1, max: 20, step: 1 } };
    const found = (first: string) =>
      problems({
        items: { ...questions(3, upTo(2)), days: measured, weight: measured },
        bands: {
          rules: [['first', first], ['mixed', '(days + weight >= 5 and q1) or (days <= 2 and q2)'], ['none']],
        },
      }).map(({ code, where }) => [code, ...where.slice(2)]);
    expect(found('weight * weight >= q1')).toEqual([['quotient-and-points', 'rules', 0, 'when']]);
    expect(found('q1 >= 2')[0]).toEqual(['mixed-measurement', 'rules', 1]);
  });
});
