import { isLeft } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { lowerModel } from '../../src/formula/lower-model.js';
import type { Model, ModelProblem } from '../../src/formula/model.js';
import type { BooleanNode, Program } from '../../src/formula/normal-form.js';
import { buildModel, questions, type Sketch, upTo, YES_NO } from './build-model.js';

/** The program of a sketch that must be right. */
function lower(sketch: Sketch): Program {
  const lowered = lowerModel(buildModel(sketch));
  if (isLeft(lowered))
    throw new Error(lowered.left.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return lowered.right;
}

/** The problems of a sketch. */
function problems(sketch: Sketch): readonly ModelProblem[] {
  const lowered = lowerModel(buildModel(sketch));
  return isLeft(lowered) ? lowered.left : [];
}

const cutOff = (program: Program, id: string) => {
  const found = program.cutOffs.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no cut-off ${id}`);
  return found.verdict;
};

const score = (program: Program, id: string) => {
  const found = program.scores.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no score ${id}`);
  return found;
};

const pivotsOf = (
  program: Program,
  verdict: { pivots: readonly { variable: number; values: readonly number[] }[] },
) =>
  Object.fromEntries(verdict.pivots.map(({ variable, values }) => [program.variables[variable]?.id, values]));

const choice = (variable: number, ...choices: number[]): BooleanNode => ({ op: 'choice', variable, choices });

describe('PHQ-9 (nine items of 0 to 3)', () => {
  const program = lower({
    items: questions(9, upTo(3)),
    scores: { total: ['sum(q1..q9)', 0, 27] },
    bands: {
      'kroenke-2001': {
        of: 'total',
        levels: [
          ['minimal', 0, 4],
          ['mild', 5, 9],
          ['moderate', 10, 14],
          ['moderately-severe', 15, 19],
          ['severe', 20, 27],
        ],
      },
    },
    cutOffs: {
      'caseness-10': 'total >= 10',
      major: 'any(q1 >= 2, q2 >= 2) and count(q1..q8 >= 2, q9 >= 1) >= 5',
      other:
        'any(q1 >= 2, q2 >= 2) and count(q1..q8 >= 2, q9 >= 1) >= 2 and count(q1..q8 >= 2, q9 >= 1) <= 4',
    },
    flags: { 'self-harm': 'q9 >= 1' },
  });

  it('makes the total one accumulator in the scale of its items', () => {
    expect(score(program, 'total')).toMatchObject({
      value: { op: 'accumulator', at: 0 },
      scale: 1,
      pivots: [],
    });
    expect(program.accumulators[0]).toEqual({
      kind: 'sum',
      base: 0,
      terms: Array.from({ length: 9 }, (_, i) => [i, [0, 1, 2, 3]]),
    });
  });

  it('compares a score by name, so that an estimate of it reaches the cut-off', () => {
    expect(cutOff(program, 'caseness-10').test).toEqual({
      op: 'at-least',
      of: { op: 'score', at: 0 },
      value: 10,
    });
  });

  it('makes the major syndrome one-way, without pivots', () => {
    const { test, pivots } = cutOff(program, 'major');
    expect(pivots).toEqual([]);
    expect(test).toMatchObject({
      op: 'and',
      of: [
        { op: 'or', of: [choice(0, 2, 3), choice(1, 2, 3)] },
        { op: 'at-least', value: 5 },
      ],
    });
  });

  it('joins both bounds of the other syndrome into one set, and pivots on the two core items alone', () => {
    const verdict = cutOff(program, 'other');
    expect(verdict.test).toMatchObject({ op: 'and', of: [{ op: 'or' }, { op: 'within', ranges: [[2, 4]] }] });
    expect(pivotsOf(program, verdict)).toEqual({ q1: [0, 2], q2: [0, 2] });
  });

  it('shares the count of symptoms between the syndromes', () => {
    expect(program.accumulators).toHaveLength(2);
  });

  it('makes a flag on one item a test of its choices, read from that item alone', () => {
    expect(program.flags[0]?.verdict).toEqual({ test: choice(8, 1, 2, 3), pivots: [], reads: [8] });
  });
});

const AUDIT: Sketch = {
  items: { ...questions(8, upTo(4)), q9: [0, 2, 4], q10: [0, 2, 4] },
  gates: [
    { if: 'q1 is "0"', then: 'q2..q8', effect: { kind: 'points', points: 0 } },
    { if: 'q2 + q3 = 0', then: 'q4..q8', effect: { kind: 'points', points: 0 } },
  ],
  scores: { total: ['sum(q1..q10)', 0, 40], consumption: ['sum(q1..q3)', 0, 12] },
  bands: {
    uk: {
      of: 'total',
      levels: [
        ['lower', 0, 7],
        ['increasing', 8, 15],
        ['higher', 16, 19],
        ['dependence', 20, 40],
      ],
    },
  },
  cutOffs: { 'hazardous-8': 'total >= 8' },
  flags: { injury: 'q9 >= 2' },
};

describe('AUDIT (skips that give points)', () => {
  const program = lower(AUDIT);

  it('turns a skip into the choice with its points', () => {
    expect(program.gates[0]).toMatchObject({
      if: 'q1 is "0"',
      targets: [1, 2, 3, 4, 5, 6, 7],
      effect: { kind: 'points', as: [0, 0, 0, 0, 0, 0, 0] },
    });
  });

  it('reads "= 0" of a sum that is never negative as one-sided', () => {
    expect(program.gates[1]?.verdict.test).toMatchObject({ op: 'not', of: { op: 'at-least', value: 1 } });
  });

  it('tries each answer that opens or closes a skip when the exact values of the total are wanted', () => {
    expect(Object.keys(pivotsOf(program, score(program, 'total')))).toEqual(['q1', 'q2', 'q3']);
    expect(Object.keys(pivotsOf(program, score(program, 'consumption')))).toEqual(['q1']);
  });

  it('needs no pivot for the cut-off: skipping only ever lowers', () => {
    expect(cutOff(program, 'hazardous-8').pivots).toEqual([]);
  });

  it('leaves a flag outside the skips to its own item', () => {
    expect(program.flags[0]?.verdict.reads).toEqual([8]);
  });

  it('names what the skips read among what the total reads', () => {
    expect(score(program, 'total').reads).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe('C-SSRS screener (branching, rule bands)', () => {
  const program = lower({
    items: { q1: YES_NO, q2: YES_NO, q3: YES_NO, q4: YES_NO, q5: YES_NO, q6: YES_NO, q6a: YES_NO },
    gates: [
      { if: 'q2 is no', then: 'q3..q5', effect: { kind: 'points', points: 0 } },
      { if: 'q6 is no', then: 'q6a', effect: { kind: 'points', points: 0 } },
    ],
    bands: {
      response: [
        ['now', 'any(q4, q5, q6a)'],
        ['soon', 'any(q3, q6)'],
        ['follow-up', 'any(q1, q2)'],
        ['not-disclosed'],
      ],
    },
  });
  const levels = program.bands[0]?.levels ?? [];

  it('makes each level its condition and none before it', () => {
    expect(levels[1]?.verdict?.test).toEqual({
      op: 'and',
      of: [
        { op: 'not', of: choice(3, 1) },
        { op: 'not', of: choice(4, 1) },
        { op: 'not', of: choice(6, 1) },
        { op: 'or', of: [choice(2, 1), choice(5, 1)] },
      ],
    });
  });

  it('tries a question that opens others value by value only where it pushes both ways', () => {
    const pivots = levels.map((level) => pivotsOf(program, level.verdict ?? { pivots: [] }));
    // Soon: q2 lets q3 raise it and q4 hide it, q6 raises it and lets q6a hide it. Follow-up: q2 raises it, and lets q3 hide it.
    expect(pivots).toEqual([{}, { q2: [0, 1], q6: [0, 1] }, { q2: [0, 1] }, {}]);
  });
});

describe('MUST (number items)', () => {
  const program = lower({
    items: {
      weight: { number: { unit: 'kg', min: 20, max: 400, step: 0.1 } },
      height: { number: { unit: 'm', min: 1, max: 2.5, step: 0.01 } },
      previous: { number: { unit: 'kg', min: 20, max: 400, step: 0.1 } },
      acute: YES_NO,
    },
    quantities: { bmi: 'weight / (height * height)' },
    scores: {
      total: [
        '(if bmi < 18.5 then 2 else if bmi <= 20 then 1 else 0) + (if (previous - weight) / previous * 100 > 10 then 2 else if (previous - weight) / previous * 100 >= 5 then 1 else 0) + (if acute is yes then 2 else 0)',
        0,
        6,
      ],
    },
    cutOffs: {
      'weight-loss': '(previous - weight) / previous * 100 >= 10',
      'bmi-20': 'bmi >= 20',
      high: 'total >= 2',
    },
  });

  it('clears the decimals of a percentage into whole monomials', () => {
    expect(cutOff(program, 'weight-loss').test).toEqual({
      op: 'polynomial',
      of: [
        { times: -10, of: [0] },
        { times: 9, of: [2] },
      ],
    });
  });

  it('cross-multiplies a quantity that is compared by name', () => {
    expect(cutOff(program, 'bmi-20').test).toEqual({
      op: 'polynomial',
      of: [
        { times: -1, of: [1, 1] },
        { times: 50, of: [0] },
      ],
    });
  });

  it('keeps a quantity as two polynomials in counts', () => {
    expect(program.quantities[0]).toMatchObject({
      numerator: [{ times: 1000, of: [0] }],
      denominator: [{ times: 1, of: [1, 1] }],
    });
  });

  it('makes a staircase of constants without a pivot, since every step goes the same way', () => {
    expect(score(program, 'total').pivots).toEqual([]);
    expect(cutOff(program, 'high').pivots).toEqual([]);
  });
});

describe('FAST (two rules, one stop)', () => {
  const fast: Sketch = {
    items: { q1: upTo(4), q2: upTo(4), q3: upTo(4), q4: [0, 2, 4] },
    gates: [
      { if: 'q1 >= 3', then: 'q2..q4', effect: { kind: 'stops', decides: ['hodgson-2002', 'uk-phe-2017'] } },
    ],
    scores: { total: ['sum(q1..q4)', 0, 16] },
    cutOffs: { 'hodgson-2002': 'if q1 = 0 then false else total >= 3', 'uk-phe-2017': 'total >= 3' },
  };

  it('proves that the stop settles both rules', () => {
    expect(problems(fast)).toEqual([]);
  });

  it('says "not never, and the total" of the older rule, one-way', () => {
    const verdict = cutOff(lower(fast), 'hodgson-2002');
    expect(verdict.test).toEqual({
      op: 'and',
      of: [
        { op: 'not', of: choice(0, 0) },
        { op: 'at-least', of: { op: 'score', at: 0 }, value: 3 },
      ],
    });
    expect(verdict.pivots).toEqual([]);
  });

  it('refuses a stop that leaves a rule open', () => {
    expect(
      problems({
        ...fast,
        gates: [{ if: 'q1 >= 2', then: 'q2..q4', effect: { kind: 'stops', decides: ['uk-phe-2017'] } }],
      }),
    ).toMatchObject([{ code: 'stop-unproved', where: ['skips', 0, 'decides'] }]);
  });
});

describe('arithmetic', () => {
  const value = (formula: string, low: number, high: number, more: Partial<Sketch> = {}): Program =>
    lower({ items: questions(3, upTo(2)), scores: { total: [formula, low, high] }, ...more });

  it('multiplies points out before it looks for a scale', () => {
    expect(score(value('(q1 + q2 + q3) * 4', 0, 24), 'total').scale).toBe(1);
    expect(score(value('sum(q1..q3) / 4', 0, 1.5), 'total').scale).toBe(4);
    expect(score(value('sum(q1..q3) * 0.1 + 0.05', 0.05, 0.65), 'total').scale).toBe(20);
  });

  it('takes the mean of items that are always asked as a sum', () => {
    const program = value('mean(q1..q3)', 0, 2);
    expect(score(program, 'total').scale).toBe(3);
    expect(program.accumulators[0]?.kind).toBe('sum');
  });

  it('keeps a mean whose items can drop out, with a share that is whole for each number of them', () => {
    const program = value('mean(q1..q3)', 0, 2, {
      items: { work: YES_NO, ...questions(3, upTo(2)) },
      gates: [{ if: 'work is no', then: 'q3', effect: { kind: 'not-applicable' } }],
    });
    expect(program.accumulators[0]).toMatchObject({ kind: 'mean', share: 6 });
    expect(score(program, 'total').scale).toBe(6);
  });

  it('cancels what is added and taken away', () => {
    expect(problems({ items: questions(2, [0, 1]), scores: { total: ['q1 + q2 - q1', 0, 1] } })).toEqual([]);
  });

  it('takes the greatest of items as one accumulator, of scores as a node', () => {
    const program = value('max(q1..q3)', 0, 2, {
      scores: {
        total: ['max(q1..q3)', 0, 2],
        a: ['q1 + q2', 0, 4],
        b: ['q2 + q3', 0, 4],
        most: ['max(a, b)', 0, 4],
      },
    });
    expect(program.accumulators[0]?.kind).toBe('max');
    expect(score(program, 'most')).toMatchObject({ value: { op: 'max' } });
    expect(pivotsOf(program, score(program, 'most'))).toEqual({ q2: [0, 1, 2] });
  });

  it('rounds half away from zero to whole numbers of the wanted scale', () => {
    const program = value('round(sum(q1..q3) / 4, 0)', 0, 2);
    expect(score(program, 'total')).toMatchObject({
      scale: 1,
      value: { op: 'round', divisor: 4, of: { op: 'accumulator' } },
    });
    expect(score(value('round(sum(q1..q3) / 4, 1)', 0, 1.5), 'total')).toMatchObject({
      scale: 10,
      value: { op: 'round', divisor: 2, of: { op: 'linear', terms: [[5, { op: 'accumulator' }]] } },
    });
  });

  it('looks a sum up in a table of decimals, in the scale of the table', () => {
    const rows: readonly (readonly [number, number])[] = [
      [0, 7],
      [1, 7.25],
      [2, 9.51],
      [3, 10],
      [4, 11],
      [5, 12],
      [6, 13],
    ];
    const program = value('table(metric, raw)', 7, 13, {
      tables: { metric: rows },
      scores: { raw: ['sum(q1..q3)', 0, 6], metric: ['table(metric, raw)', 7, 13] },
      cutOffs: { high: 'metric >= 9.5' },
    });
    expect(score(program, 'metric')).toMatchObject({
      scale: 100,
      value: { op: 'table', of: { op: 'score', at: 0 } },
    });
    expect(cutOff(program, 'high').test).toEqual({ op: 'at-least', of: { op: 'score', at: 1 }, value: 950 });
  });

  it('counts an item under a named keying', () => {
    const program = lower({
      items: questions(2, upTo(3)),
      keyings: { cghq: { q1: [0, 0, 1, 1] } },
      scores: { plain: ['sum(q1..q2)', 0, 6], keyed: ['sum(q1..q2 by cghq)', 0, 4] },
    });
    expect(program.accumulators[1]?.terms).toEqual([
      [0, [0, 0, 1, 1]],
      [1, [0, 1, 2, 3]],
    ]);
  });

  it('makes one choice of each whole number of an interval option', () => {
    const program = lower({
      items: { q1: { no: 0, unknown: [1, 3], yes: 4 } },
      scores: { total: ['q1', 0, 4] },
      cutOffs: { unknown: 'q1 is unknown' },
    });
    expect(program.variables[0]).toMatchObject({ codes: ['no', 'unknown', 'unknown', 'unknown', 'yes'] });
    expect(cutOff(program, 'unknown').test).toEqual(choice(0, 1, 2, 3));
  });
});

describe('context', () => {
  const bySex = (when: Sketch['cutOffs']): Program =>
    lower({
      items: questions(3, upTo(4)),
      scores: { total: ['sum(q1..q3)', 0, 12] },
      ...(when ? { cutOffs: when } : {}),
    });

  it('says a cut-off by sex as one branch for each, and tries both where sex is unknown', () => {
    const program = bySex({ risk: { by: 'sex', branches: { female: 'total >= 3', male: 'total >= 4' } } });
    expect(program.variables[3]).toEqual({ kind: 'choice', id: 'sex', codes: ['female', 'male'] });
    const verdict = cutOff(program, 'risk');
    expect(verdict.test).toMatchObject({ op: 'or', of: [{ op: 'and' }, { op: 'and' }] });
    expect(pivotsOf(program, verdict)).toEqual({ sex: [0, 1] });
    expect(verdict.reads).toEqual([0, 1, 2, 3]);
  });

  it('adds context only where a formula reads it, age before sex', () => {
    expect(bySex({ risk: 'total >= 3' }).variables).toHaveLength(3);
    const program = bySex({ risk: 'total >= 3 and sex is male', old: 'age >= 65 and total >= 2' });
    expect(program.variables.slice(3).map(({ id }) => id)).toEqual(['age', 'sex']);
    expect(program.items).toBe(3);
  });

  it('reads one side of an age as a one-way test', () => {
    const verdict = cutOff(bySex({ old: 'age >= 65 and total >= 2' }), 'old');
    expect(verdict.test).toMatchObject({
      of: [
        {
          op: 'polynomial',
          of: [
            { times: 1, of: [3] },
            { times: -65, of: [] },
          ],
        },
        {},
      ],
    });
    expect(verdict.pivots).toEqual([]);
  });

  it('tries an age in each cell between the thresholds where it pushes both ways', () => {
    const program = bySex({ risk: '(age < 65 and total >= 4) or (age >= 65 and total >= 3)' });
    expect(pivotsOf(program, cutOff(program, 'risk'))).toEqual({ age: [0, 65, 120] });
  });

  it('joins two ages into one set', () => {
    const verdict = cutOff(bySex({ adult: 'age >= 18 and age <= 64 and total >= 1' }), 'adult');
    expect(verdict.test).toMatchObject({ of: [{ op: 'within', ranges: [[18, 64]] }, {}] });
    expect(verdict.pivots).toEqual([]);
  });
});

describe('free text and measurements in a panel', () => {
  it('belong to their member, and are read within it', () => {
    const program = lower({
      items: { 'blow.how': 'text', 'blow.minutes': { number: { min: 0, max: 90, step: 1 } } },
      members: [{ panel: 'injury', id: 'blow', asked: 'all' }],
      cutOffs: { 'blow.long': 'minutes >= 30', any: 'any(injury.* : minutes >= 30)' },
    });
    expect(program.variables).toMatchObject([
      { kind: 'text', id: 'blow.how', member: 0 },
      { kind: 'number', id: 'blow.minutes', member: 0 },
    ]);
    expect(cutOff(program, 'any')).toEqual(cutOff(program, 'blow.long'));
  });
});

describe('panels', () => {
  const member = (id: string, most: number): Sketch['items'] => ({
    [`${id}.q1`]: YES_NO,
    [`${id}.q2`]: upTo(most),
  });
  const program = lower({
    items: { ...member('alcohol', 3), ...member('cannabis', 2) },
    members: [
      { panel: 'substance', id: 'alcohol', asked: 'chosen' },
      { panel: 'substance', id: 'cannabis', asked: 'chosen' },
    ],
    gates: [
      { member: 'alcohol', if: 'q1 is no', then: 'q2', effect: { kind: 'points', points: 0 } },
      { member: 'cannabis', if: 'q1 is no', then: 'q2', effect: { kind: 'points', points: 0 } },
    ],
    scores: { 'alcohol.count': ['sum(q1..q2)', 0, 4], 'cannabis.count': ['sum(q1..q2)', 0, 3] },
    cutOffs: {
      'cannabis.likely': 'count >= 2',
      some: 'any(substance.* : count >= 2)',
      low: 'any(substance.* : count < 2)',
      several: 'count(substance.* : q1 is yes) >= 2',
    },
  });

  it("means a member's own names inside it", () => {
    expect(program.scores.map(({ reads, member: index }) => [reads, index])).toEqual([
      [[0, 1], 0],
      [[2, 3], 1],
    ]);
    expect(program.gates[1]).toMatchObject({ targets: [3] });
  });

  it('writes a condition across members out', () => {
    expect(cutOff(program, 'some')).toMatchObject({
      test: {
        op: 'or',
        of: [
          { op: 'at-least', of: { op: 'score', at: 0 } },
          { op: 'at-least', of: { op: 'score', at: 1 } },
        ],
      },
      pivots: [],
    });
  });

  it('asks whether a member was administered where its absence would meet the condition', () => {
    expect(cutOff(program, 'low').test).toMatchObject({
      op: 'or',
      of: [
        { op: 'and', of: [choice(0, 0, 1), { op: 'not' }] },
        { op: 'and', of: [choice(2, 0, 1), { op: 'not' }] },
      ],
    });
  });

  it('counts members by one accumulator where each is told by one item', () => {
    expect(cutOff(program, 'several').test).toMatchObject({
      op: 'at-least',
      of: { op: 'accumulator' },
      value: 2,
    });
  });
});

describe('two ways to say one condition', () => {
  const program = (formula: string, again: string): Program =>
    lower({
      items: {
        ...questions(3, upTo(2)),
        weight: { number: { min: 20, max: 200, step: 0.5 } },
        height: { number: { min: 1, max: 3, step: 1 } },
      },
      flags: { tall: 'height >= 2' },
      scores: { total: ['sum(q1..q3)', 0, 6] },
      quantities: { double: 'weight * 2', more: 'weight + 1' },
      cutOffs: { one: formula, other: again },
    });

  it.each([
    ['3 <= total', 'total >= 3'],
    ['3 < total', 'total >= 4'],
    ['total < 3.5', 'total <= 3'],
    ['total != 3', 'not total = 3'],
    ['3 <= (if q1 >= 1 then total else 0)', 'q1 >= 1 and total >= 3'],
    ['(if true then total else q1) + 0 >= 3', 'total >= 3'],
    ['(if false then q1 else total) + 0 >= 3', 'total >= 3'],
    ['(if q1 >= 1 then total else total) >= 3', 'total >= 3'],
    ['(if q1 >= 1 then true else q2 >= 1)', 'any(q1 >= 1, q2 >= 1)'],
    ['(if q1 >= 1 then q2 >= 1 else true)', 'any(not q1 >= 1, q2 >= 1)'],
    ['total * 0 + total >= 3', 'total >= 3'],
    ['total - total + q1 >= 1', 'q1 >= 1'],
    ['max(total, 2) - max(total, 2) + q1 >= 1', 'q1 >= 1'],
    ['max(q1 * 0, 2) + total >= 5', 'total >= 3'],
    ['max(2, 3, 1) <= total', 'total >= 3'],
    ['min(4, 3, 5) <= total', 'total >= 3'],
    ['max(total) >= 3', 'total >= 3'],
    ['2 * total >= 6', 'total >= 3'],
    ['-(total) <= -3', 'total >= 3'],
    ['total / 2 >= 1.5', 'total >= 3'],
    ['round(total, 0) >= 3', 'total >= 3'],
    ['(if q1 >= 1 then -1 else -2) >= -1', 'q1 >= 1'],
    ['q1 != 0', 'q1 >= 1'],
    ['q1 and q2 >= 1', 'q1 >= 1 and q2 >= 1'],
    ['count(q1 >= 1, true) >= 2', 'q1 >= 1'],
    ['any(q1..q2 is "0")', 'q1 is "0" or q2 is "0"'],
    ['q1 - q2 >= 1', 'q2 - q1 <= -1'],
    ['weight - 30 >= 0', 'weight >= 30'],
    ['weight > 30', 'weight >= 30.5'],
    ['weight = 30.5 or weight = 30', 'weight >= 30 and weight < 31'],
    ['double + 1 >= 61', 'weight >= 30'],
    ['more >= 31', 'weight >= 30'],
    ['double + q1 >= 60', 'weight * 2 + q1 >= 60'],
    ['weight * height - height * weight + weight >= 30', 'weight >= 30'],
    ['weight / height + 10 / height >= 20', '(weight + 10) / height >= 20'],
    ['4 * (weight * height) + 6 * height >= 400', '2 * (weight * height) + 3 * height >= 200'],
    ['double + weight >= 90', 'weight >= 30'],
    ['weight * weight / 2 >= 450', 'weight * weight >= 900'],
    ['weight * weight - 900 > 0', '900 < weight * weight'],
    ['2 * (weight * weight) < 900', 'weight * weight < 450'],
    ['1 / weight <= 0.02', 'weight >= 50'],
    ['-(weight / (weight + 10)) <= -0.8', 'weight / (weight + 10) >= 0.8'],
  ])('%s is %s', (formula, again) => {
    const [one, other] = program(formula, again).cutOffs;
    expect(one?.verdict).toEqual(other?.verdict);
  });

  it.each([
    ['q1 is "0" or q1 is not "0"', 'missed'],
    ['weight >= 20 or not weight >= 20', 'missed'],
    ['total >= 0', 'missed'],
    ['total = 2.5', 'met'],
    ['total != 2.5', 'missed'],
    ['total - q1 - q2 - q3 >= 0', 'missed'],
    ['total - q1 - q2 - q3 > 0', 'met'],
    ['weight - weight >= 0', 'missed'],
    ['weight < 20', 'met'],
    ['q1 >= 1 and q1 < 1', 'met'],
    ['true', 'missed'],
    ['false', 'met'],
  ])('%s can never be %s', (formula, outcome) => {
    const found = problems({
      items: { ...questions(3, upTo(2)), weight: { number: { min: 20, max: 200, step: 0.5 } } },
      scores: { total: ['sum(q1..q3)', 0, 6] },
      cutOffs: { met: formula, spare: 'total + weight >= 30' },
    });
    expect(found).toMatchObject([{ code: 'dead-cut-off' }]);
    expect(found[0]?.message).toContain(`can never be ${outcome}`);
  });
});

describe('accumulators', () => {
  it('are kept once for each that differs, however their items are ordered', () => {
    const scores = { a: ['q1 + q2', 0, 4], b: ['q2 + q1', 0, 4], c: ['max(q1, q2)', 0, 2] } as const;
    const program = lower({ items: questions(2, upTo(2)), scores, cutOffs: { met: 'max(q2, q1) >= 2' } });
    expect(program.accumulators.map(({ kind }) => kind)).toEqual(['sum', 'max']);
  });

  it('of a greatest are the same whatever stands beside its items, where one of them always applies', () => {
    const beside = (condition: string): Program =>
      lower({
        items: { work: YES_NO, ...questions(3, upTo(2)) },
        gates: [{ if: condition, then: 'q2', effect: { kind: 'not-applicable' } }],
        scores: {
          less: ['q3 - 5', -5, -3],
          most: ['max(q1, q2)', 0, 2],
          same: ['max(q1, q2, less)', 0, 2],
        },
      });
    expect(beside('work is no').accumulators.filter(({ kind }) => kind === 'max')).toHaveLength(1);
  });
});

describe('sums of scores', () => {
  it('count each score once, in whatever scale it is held', () => {
    const program = lower({
      items: questions(2, [-1, 1.25]),
      scores: {
        a: ['q1 + q2', -2, 2.5],
        b: ['q1 / 2', -0.5, 0.625],
        both: ['a + b * 2', -3, 3.75],
        nested: ['both - a', -1, 1.25],
      },
    });
    expect(score(program, 'nested').scale).toBe(4);
    expect(score(program, 'both').pivots).toEqual([]);
  });

  it('keep a score that can be estimated by its name, so that an estimate reaches them', () => {
    const sketch: Sketch = {
      items: questions(3, upTo(2)),
      scores: { part: ['q1 + q2', 0, 4], total: ['part + q3', 0, 6] },
    };
    expect(score(lower(sketch), 'total').value).toMatchObject({ op: 'accumulator' });
    expect(score(lower({ ...sketch, prorated: ['part'] }), 'total').value).toMatchObject({
      op: 'linear',
      terms: [
        [1, { op: 'accumulator' }],
        [1, { op: 'score', at: 0 }],
      ],
    });
  });
});

describe('a score behind a gate of many items', () => {
  const levels = (count: number): readonly (readonly [string, number, number])[] =>
    count === 2
      ? [
          ['low', 0, 1],
          ['high', 2, 2],
        ]
      : [
          ['none', 0, 0],
          ['low', 1, 1],
          ['high', 2, 2],
        ];
  const behind = (bands: NonNullable<Sketch['bands']>, id = 'last', inMember = false): readonly string[] => {
    const own = inMember ? 'tea.' : '';
    return problems({
      items: { ...questions(4, [0, 1]), q5: upTo(2), [`${own}q6`]: upTo(2) },
      ...(inMember ? { members: [{ panel: 'drink', id: 'tea', asked: 'all' as const }] } : {}),
      gates: [{ if: 'any(q1..q4)', then: `${own}q6`, effect: { kind: 'points', points: 0 } }],
      scores: { other: ['sum(q5)', 0, 2], [`${own}${id}`]: ['sum(q6)', 0, 2] },
      bands,
    }).map(({ code }) => code);
  };

  it('has exact ends, and a scheme of two levels; one of more has too many values to try', () => {
    expect(behind({})).toEqual([]);
    expect(behind({ two: { of: 'last', levels: levels(2) } })).toEqual([]);
    expect(behind({ three: { of: 'last', levels: levels(3) } })).toEqual(['too-many-pivots']);
    expect(
      behind({ two: { of: 'last', levels: levels(2) }, three: { of: 'other', levels: levels(3) } }),
    ).toEqual([]);
  });

  it('has too many values for no scheme of rules, whatever the score is called', () => {
    const rules = [['much', 'q5 >= 2'], ['some', 'q5 >= 1'], ['none']] as const;
    expect(behind({ rules })).toEqual([]);
    expect(behind({ 'tea.rules': rules }, 'undefined', true)).toEqual([]);
  });

  it('is the one that its member means by that name', () => {
    expect(behind({ 'tea.three': { of: 'last', levels: levels(3) } }, 'last', true)).toEqual([
      'too-many-pivots',
    ]);
    expect(behind({ three: { of: 'tea.last', levels: levels(3) } }, 'last', true)).toEqual([
      'too-many-pivots',
    ]);
    expect(behind({ three: { of: 'other', levels: levels(3) } }, 'other', true)).toEqual([]);
  });
});

describe('a gate of a member', () => {
  const gateOn = (then: readonly string[]) =>
    lower({
      items: { 'tea.use': upTo(2), 'tea.harm': upTo(2), q1: upTo(2) },
      members: [{ panel: 'drink', id: 'tea', asked: 'chosen' }],
      gates: [{ if: 'not (use = 1)', member: 'tea', then, effect: { kind: 'points', points: 0 } }],
      flags: { any: 'any(tea.use..tea.harm, q1)' },
    }).gates[0]?.verdict.test;

  it('asks whether the member was administered only where it is about an item outside it', () => {
    expect(gateOn(['harm'])).toEqual({ op: 'not', of: { op: 'choice', variable: 0, choices: [1] } });
    expect(gateOn(['harm', 'q1'])).toEqual({ op: 'choice', variable: 0, choices: [0, 2] });
    expect(gateOn(['q1'])).toEqual({ op: 'choice', variable: 0, choices: [0, 2] });
  });

  it('is refused once where its condition is wrong, also about an item outside it', () => {
    const found = problems({
      items: { 'tea.use': upTo(2), 'tea.harm': upTo(2), q1: upTo(2) },
      members: [{ panel: 'drink', id: 'tea', asked: 'chosen' }],
      gates: [{ if: 'use * harm >= 1', member: 'tea', then: 'q1', effect: { kind: 'points', points: 0 } }],
      flags: { any: 'any(tea.use..tea.harm, q1)' },
    });
    expect(found).toMatchObject([{ code: 'product', where: ['skips', 0, 'if'] }]);
  });
});

describe('an item that gates read', () => {
  it('is tried for a score only where one of its answers opens or closes a gate', () => {
    const program = lower({
      // Whether q1 + q2 is 3 or more, q2 alone tells.
      items: { q1: [0, 1], q2: [0, 3], q3: upTo(2), q4: upTo(2) },
      gates: [
        { if: 'q1 + q2 >= 3', then: 'q3', effect: { kind: 'points', points: 2 } },
        { if: 'q1 + q2 >= 3', then: 'q4', effect: { kind: 'points', points: 0 } },
      ],
      scores: { s: ['q3 + q4', 0, 4] },
    });
    expect(pivotsOf(program, score(program, 's'))).toEqual({ q2: [0, 1] });
  });
});

describe('a score by sex', () => {
  it('is a choice between its branches, items alone included', () => {
    const program = lower({
      items: questions(2, upTo(2)),
      scores: { part: [{ by: 'sex', branches: { female: 'q1', male: 'q2 + 1' } }, 0, 3] },
    });
    expect(score(program, 'part')).toMatchObject({
      formula: '{ by: sex, female: q1, male: q2 + 1 }',
      value: { op: 'if', test: choice(2, 0) },
    });
  });

  it('counts a step in each branch where they are constants', () => {
    const branches = { female: 'if q1 >= 1 then 2 else 0', male: 'if q2 >= 1 then 1 else 0' };
    const program = lower({
      items: questions(2, upTo(2)),
      scores: { part: [{ by: 'sex', branches }, 0, 2] },
    });
    expect(score(program, 'part').value).toMatchObject({ op: 'linear', base: 0 });
    const wrong = { female: 'if q1 * q2 >= 1 then 2 else 0', male: '0' };
    expect(
      problems({ items: questions(2, upTo(2)), scores: { part: [{ by: 'sex', branches: wrong }, 0, 2] } }),
    ).toMatchObject([
      { code: 'product', where: ['scores', 'part', 'formula', 'female'], span: { start: 3, end: 10 } },
    ]);
  });
});

describe('what stands beside the formulas', () => {
  const model = buildModel({
    items: {
      ...questions(2, upTo(2)),
      w: { number: { min: 1, max: 3, step: 0.5 } },
      note: 'text',
      spare: YES_NO,
    },
    unscored: ['spare'],
    missing: ['q1'],
    members: [{ panel: 'drug', id: 'beer', asked: 'chosen' }],
    scores: { total: ['sum(q1..q2)', 0, 4] },
    prorated: ['total'],
    quantities: { double: 'w * 2' },
    bands: {
      graded: {
        of: 'total',
        levels: [
          ['low', 0, 1],
          ['high', 2, 4],
        ],
      },
      rules: [['some', 'q1 >= 1'], ['none']],
    },
    cutOffs: { plain: 'total >= 2', full: 'total >= 3' },
    flags: { plain: 'q1 >= 1', full: 'q2 >= 1' },
  });
  const given = { preferred: true, control: true, negative: 'met' } as const;
  const full: Model = {
    ...model,
    quantities: model.quantities.map((one) => ({ ...one, unit: 'kg', places: 2 })),
    bands: model.bands.map((band) => ({
      ...band,
      preferred: true,
      levels: band.levels.map((level, i) => (i === 0 ? { ...level, negative: true } : level)),
    })),
    cutOffs: model.cutOffs.map((one) => (one.id === 'full' ? { ...one, ...given } : one)),
    flags: model.flags.map((one) => (one.id === 'full' ? { ...one, critical: true, response: 'ask' } : one)),
  };
  const lowered = lowerModel(full);
  const program = isLeft(lowered) ? null : lowered.right;

  it('is carried into the program', () => {
    expect(program?.bands).toMatchObject([
      {
        id: 'graded',
        of: 0,
        preferred: true,
        levels: [
          { id: 'low', negative: true, from: 0, to: 1 },
          { from: 2, to: 4 },
        ],
      },
      {
        id: 'rules',
        preferred: true,
        levels: [{ id: 'some', label: 'some', negative: true }, { id: 'none' }],
      },
    ]);
    expect(program?.bands.map(({ levels }) => levels[1])).not.toContainEqual(
      expect.objectContaining({ negative: true }),
    );
    expect(program?.cutOffs[1]).toMatchObject({
      id: 'full',
      when: 'total >= 3',
      screensFor: 'something fictional',
      ...given,
    });
    expect(program?.flags[1]).toMatchObject({
      id: 'full',
      when: 'q2 >= 1',
      title: 'full',
      critical: true,
      response: 'ask',
    });
    expect(program?.quantities).toEqual([
      {
        id: 'double',
        formula: 'w * 2',
        numerator: [{ times: 1, of: [2] }],
        denominator: [{ times: 5, of: [] }],
        places: 2,
        unit: 'kg',
        reads: [2],
      },
    ]);
    expect(program?.members).toEqual([{ panel: 'drug', id: 'beer', asked: 'chosen' }]);
  });

  it('is left out where nothing is said', () => {
    const { verdict: _, ...cutOff } = program?.cutOffs[0] ?? { verdict: null };
    expect(cutOff).toEqual({ id: 'plain', when: 'total >= 2', screensFor: 'something fictional' });
    const { verdict: __, ...flag } = program?.flags[0] ?? { verdict: null };
    expect(flag).toEqual({ id: 'plain', when: 'q1 >= 1', title: 'plain' });
    const bare = lowerModel(model);
    const [graded, rules] = isLeft(bare) ? [] : bare.right.bands;
    expect(graded).toEqual({
      id: 'graded',
      of: 0,
      levels: [
        { id: 'low', label: 'low', from: 0, to: 1 },
        { id: 'high', label: 'high', from: 2, to: 4 },
      ],
    });
    expect(rules).not.toHaveProperty('preferred');
    expect(rules?.levels[0]).not.toHaveProperty('negative');
    expect(isLeft(bare) ? null : bare.right.quantities[0]).not.toHaveProperty('unit');
  });

  it('is plain JSON: nothing in it is undefined', () => {
    for (const one of [model, full]) {
      const made = lowerModel(one);
      expect(isLeft(made) ? null : JSON.parse(JSON.stringify(made.right))).toStrictEqual(
        isLeft(made) ? null : made.right,
      );
    }
    const halves = lower({
      items: questions(2, upTo(2)),
      scores: { mean: ['mean(q1..q2)', 0, 2] },
      bands: {
        graded: {
          of: 'mean',
          levels: [
            ['low', 0],
            ['high', 1],
          ],
        },
      },
    });
    expect(JSON.parse(JSON.stringify(halves))).toStrictEqual(halves);
  });

  it('stands in form order, however a formula names it', () => {
    const program = lower({
      items: {
        h: { number: { min: 1, max: 2, step: 1 } },
        w: { number: { min: 1, max: 2, step: 1 } },
        ...questions(3, upTo(2)),
      },
      scores: { total: ['q3 + q1 + q2', 0, 6] },
      quantities: { ratio: 'w / h' },
    });
    expect(program.scores[0]).toMatchObject({ items: [2, 3, 4], reads: [2, 3, 4] });
    expect(program.quantities[0]?.reads).toEqual([0, 1]);
  });

  it('says of each variable what it is, where it is not scored, and what means missing', () => {
    expect(program?.items).toBe(5);
    expect(program?.variables).toEqual([
      { kind: 'choice', id: 'q1', codes: ['0', '1', '2'], missing: { refused: 'refused' } },
      { kind: 'choice', id: 'q2', codes: ['0', '1', '2'] },
      { kind: 'number', id: 'w', unit: 'count', places: 1, min: 10, max: 30, step: 5 },
      { kind: 'text', id: 'note' },
      { kind: 'choice', id: 'spare', codes: ['no', 'yes'], unscored: true },
    ]);
  });

  it('says of a score its text, range, missing rules, and the items that can be missing from it', () => {
    expect(program?.scores).toEqual([
      {
        id: 'total',
        formula: 'sum(q1..q2)',
        value: { op: 'accumulator', at: 0 },
        scale: 1,
        range: [0, 4],
        pivots: [],
        reads: [0, 1],
        items: [0, 1],
        missingRules: [{ id: 'some', allow: 1 }],
      },
    ]);
  });
});
