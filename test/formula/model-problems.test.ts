import { isLeft } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { lowerModel } from '../../src/formula/lower-model.js';
import type { Model, ModelProblem } from '../../src/formula/model.js';
import { buildModel, questions, type Sketch, upTo, YES_NO } from './build-model.js';

/** Three items of 0 to 2 and their total, to which each case adds one mistake. */
const RIGHT: Sketch = {
  items: questions(3, upTo(2)),
  scores: { total: ['sum(q1..q3)', 0, 6] },
  cutOffs: { three: 'total >= 3' },
};

const problemsOf = (model: Model): readonly ModelProblem[] => {
  const lowered = lowerModel(model);
  return isLeft(lowered) ? lowered.left : [];
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
  ['product', 'q1 * q2 >= 1', 'q1 * q2'],
  ['division', 'total / 0 >= 1', '0'],
  ['division', 'weight / zero >= 1', 'zero'],
  ['quotient-and-points', 'weight * weight + q1 >= 1', 'weight * weight + q1'],
  ['quotient-and-points', 'weight * weight >= q1', 'weight * weight >= q1'],
  ['quotient-as-score', 'max(weight * weight, 2) >= 1', 'weight * weight'],
  ['table-gap', 'table(short, total) >= 1', 'table(short, total)'],
];

const ROOMY: Partial<Sketch> = {
  items: {
    ...questions(3, upTo(2)),
    kind: { a: null, b: null },
    event: 'text',
    weight: { number: { min: 20, max: 200, step: 0.5 } },
    zero: { number: { min: 0, max: 9, step: 1 } },
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
  },
  scores: { total: ['sum(q1..q3)', 0, 6] },
};

describe('a problem inside a formula', () => {
  it.each(IN_A_FORMULA)('%s: %s', (code, formula, piece) => {
    const found = when(formula, ROOMY).filter((one) => one.span !== undefined);
    expect(found).toMatchObject([{ code, where: ['cut-offs', 'met', 'when'] }]);
    expect(formula.slice(found[0]?.span?.start, found[0]?.span?.end)).toContain(piece);
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
    const wrong = { female: 'total >= 1', male: 'q1 * q2 >= 2' };
    expect(problems({ cutOffs: { met: { by: 'sex', branches: wrong } } })).toMatchObject([
      { code: 'product', where: ['cut-offs', 'met', 'when', 'male'], span: { start: 0, end: 7 } },
    ]);
  });

  it('wants a branch for each sex, and nothing but sex', () => {
    expect(problems({ cutOffs: { met: { by: 'sex', branches: { female: 'total >= 1' } } } })).toMatchObject([
      { code: 'bad-by' },
    ]);
    const branches = { old: 'total >= 1', young: 'total >= 2' };
    expect(problems({ cutOffs: { met: { by: 'age', branches } } })).toMatchObject([{ code: 'bad-by' }]);
  });
});

describe('a problem of scores', () => {
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

  it('interval-points, number-item', () => {
    const odd = { ...questions(3, upTo(2)), q1: { no: 0, unknown: [1, 1.5] as const } };
    expect(problems({ items: odd })).toMatchObject([{ code: 'interval-points' }]);
    const off = { ...questions(3, upTo(2)), weight: { number: { min: 0, max: 1, step: 0.3 } } };
    expect(problems({ items: off, flags: { heavy: 'weight >= 0.5' } })).toMatchObject([
      { code: 'number-item' },
    ]);
  });

  it('keying-length, and a keying of an item that is none', () => {
    const found = problems({ keyings: { other: { q1: [0, 1], qq: [0] } } });
    expect(found.map(({ code, where }) => [code, where[2]])).toEqual([
      ['keying-length', 'q1'],
      ['unknown-name', 'qq'],
    ]);
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

  it('gate-order: reads what comes after, or what a later gate skips', () => {
    expect(gates({ if: 'q3 is "0"', then: 'q2', effect: points(0) })).toMatchObject([{ code: 'gate-order' }]);
    expect(
      gates(
        { if: 'q2 is "0"', then: 'q3', effect: points(0) },
        { if: 'q1 is "0"', then: 'q2', effect: points(0) },
      ),
    ).toMatchObject([{ code: 'gate-order', where: ['skips', 1] }]);
  });

  it('gate-points: no answer has the points', () => {
    expect(gates({ if: 'q1 is "0"', then: 'q2..q3', effect: points(7) })).toMatchObject([
      { code: 'gate-points' },
    ]);
  });

  it('gate-overlap: one item skipped in two ways', () => {
    expect(
      gates(
        { if: 'q1 is "0"', then: 'q2..q3', effect: points(0) },
        { if: 'q1 is "2"', then: 'q3', effect: points(2) },
      ),
    ).toMatchObject([{ code: 'gate-overlap', where: ['skips', 1] }]);
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
});
