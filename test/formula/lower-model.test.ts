import { isLeft } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { lowerModel } from '../../src/formula/lower-model.js';
import type { ModelProblem } from '../../src/formula/model.js';
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
    expect(score(program, 'total')).toMatchObject({ scale: 1, value: { op: 'round', divisor: 4 } });
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
