import { isLeft } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { lowerModel } from '../../src/formula/lower-model.js';
import type { ModelProblem } from '../../src/formula/model.js';
import { buildModel, questions, type Sketch, upTo } from './build-model.js';

const problems = (sketch: Sketch): readonly ModelProblem[] => {
  const lowered = lowerModel(buildModel(sketch));
  return isLeft(lowered) ? lowered.left : [];
};
const said = (sketch: Sketch) =>
  problems(sketch).map(({ code, where, message }) => [code, where.join('.'), message]);
const codes = (sketch: Sketch) => problems(sketch).map(({ code, where }) => `${code} ${where.join('.')}`);

const base: Sketch = { items: questions(3, upTo(2)), scores: { total: ['sum(q1..q3)', 0, 6] } };

describe('a verdict that is settled before anything is asked', () => {
  it('of a cut-off: never met, or never missed', () => {
    expect(said({ ...base, cutOffs: { far: 'total >= 7', near: 'total >= 0' } })).toEqual([
      ['dead-cut-off', 'cut-offs.far.when', "Cut-off 'far' can never be met, whatever is answered."],
      ['dead-cut-off', 'cut-offs.near.when', "Cut-off 'near' can never be missed, whatever is answered."],
    ]);
  });

  it('of whom a cut-off applies to: nobody, or everybody', () => {
    const cutOffs = { a: 'total >= 3', b: 'total >= 3' };
    expect(said({ ...base, cutOffs, applies: { a: 'total >= 7', b: 'total >= 0' } })).toEqual([
      ['dead-applies', 'cut-offs.a.applies-when', "Cut-off 'a' never applies, whatever is answered."],
      ['dead-applies', 'cut-offs.b.applies-when', "Cut-off 'b' applies always: leave 'applies-when' out."],
    ]);
  });

  it('of a flag: never raised, or always', () => {
    expect(said({ ...base, flags: { a: 'total >= 7', b: 'total >= 0' } })).toEqual([
      ['dead-flag', 'flags.a.when', "Flag 'a' can never be raised."],
      ['dead-flag', 'flags.b.when', "Flag 'b' is raised whatever is answered."],
    ]);
  });

  it('of a gate: never holding, or always', () => {
    const gate = (condition: string) => ({
      if: condition,
      then: 'q3',
      effect: { kind: 'not-applicable' } as const,
    });
    expect(said({ ...base, gates: [gate('q1 >= 3'), gate('q1 >= 0')] })).toEqual(
      expect.arrayContaining([
        ['dead-gate', 'skips.0.if', 'This gate never holds.'],
        ['dead-gate', 'skips.1.if', 'This gate holds whatever is answered.'],
      ]),
    );
  });
});

describe('levels', () => {
  const levels = (...all: readonly (readonly [string, number?, number?])[]) => ({
    ...base,
    bands: { signs: { of: 'total', levels: all } },
  });

  it('have both edges where values are whole', () => {
    expect(codes(levels(['a'], ['b', 3, 6]))).toEqual(['level-edges bands.signs.levels.0']);
    expect(codes(levels(['a', 0], ['b', 3, 6]))).toEqual(['level-edges bands.signs.levels.0']);
    expect(codes(levels(['a', 0, 2], ['b', 3, 6]))).toEqual([]);
  });

  it('that do not ascend are told so, and nothing else', () => {
    expect(codes(levels(['a', 0, 2], ['b', 5, 4], ['c', 6, 6]))).toEqual([
      'level-order bands.signs.levels.1',
    ]);
    expect(codes(levels(['a', 0, 3], ['b', 3, 6]))).toEqual(['level-overlap bands.signs.levels.1']);
  });

  it('start and end with the score, and leave out none of its values', () => {
    expect(codes(levels(['a', 0, 2], ['b', 3, 5]))).toEqual(
      expect.arrayContaining(['level-ends bands.signs.levels', 'level-gap bands.signs.levels']),
    );
    expect(codes(levels(['a', 0, 2], ['b', 4, 6]))).toEqual(['level-gap bands.signs.levels']);
  });

  it('that are lost are named in rising order, whatever the order of the options', () => {
    const [gap] = problems({
      items: { q1: [3, 2, 1, 0], q2: [0, 1] },
      scores: { one: ['q1', 0, 3], two: ['q2', 0, 1] },
      bands: {
        odd: {
          of: 'one',
          levels: [
            ['a', 0, 0],
            ['b', 3, 3],
          ],
        },
      },
    });
    expect(gap?.message).toBe("No level holds 1, 2, which 'one' can be.");
  });

  it('over a number item hold each whole number that it can be, and no other', () => {
    const days = { number: { min: 5, max: 20, step: 1 } };
    const of = (...all: readonly (readonly [string, number, number])[]) =>
      codes({
        items: { days },
        scores: { long: ['days', 5, 20] },
        bands: { b: { of: 'long', levels: all } },
      });
    expect(of(['a', 5, 9], ['b', 10, 20])).toEqual([]);
    expect(of(['a', 5, 8], ['b', 10, 20])).toEqual(['level-gap bands.b.levels']);
  });

  it('of an estimate that can lie between whole numbers run up to the next one', () => {
    const halves = {
      items: questions(3, upTo(2)),
      scores: { half: ['sum(q1..q3) * 0.5', 0, 3] } as const,
      prorated: ['half'],
    };
    expect(
      codes({
        ...halves,
        bands: {
          b: {
            of: 'half',
            levels: [
              ['a', 0],
              ['b', 1.5],
            ],
          },
        },
      }),
    ).toEqual([]);
    const whole = { ...base, prorated: ['total'] };
    expect(
      codes({
        ...whole,
        bands: {
          b: {
            of: 'total',
            levels: [
              ['a', 0, 2],
              ['b', 3, 6],
            ],
          },
        },
      }),
    ).toEqual([]);
  });
});

describe('a stop', () => {
  const stop = (condition: string, then: string, ...decides: string[]) => ({
    if: condition,
    then,
    effect: { kind: 'stops', decides } as const,
  });

  it('proves a cut-off, or is told that it does not', () => {
    const cutOffs = { met: 'total >= 4' };
    expect(codes({ ...base, cutOffs, gates: [stop('q1 + q2 >= 4', 'q3', 'met')] })).toEqual([]);
    expect(codes({ ...base, cutOffs, gates: [stop('q1 + q2 <= 1', 'q3', 'met')] })).toEqual([]);
    expect(codes({ ...base, cutOffs, gates: [stop('q1 >= 1', 'q3', 'met')] })).toEqual([
      'stop-unproved skips.0.decides',
    ]);
  });

  it('proves a scheme by range where one level is left', () => {
    const bands = {
      signs: {
        of: 'total',
        levels: [
          ['few', 0, 1],
          ['some', 2, 3],
          ['many', 4, 6],
        ],
      },
    } as const;
    expect(codes({ ...base, bands, gates: [stop('q1 + q2 >= 4', 'q3', 'signs')] })).toEqual([]);
    expect(codes({ ...base, bands, gates: [stop('q1 + q2 >= 3', 'q3', 'signs')] })).toEqual([
      'stop-unproved skips.0.decides',
    ]);
    expect(codes({ ...base, bands, gates: [stop('q1 + q2 <= 0', 'q3', 'signs')] })).toEqual([
      'stop-unproved skips.0.decides',
    ]);
  });

  it('proves a scheme by rules where every level is settled, not where one is', () => {
    const bands = { response: [['a', 'q1 >= 1'], ['b', 'q2 >= 1'], ['c']] } as const;
    const told = (condition: string) => codes({ ...base, bands, gates: [stop(condition, 'q3', 'response')] });
    expect(told('q1 >= 1')).toEqual([]);
    expect(told('q1 is "0" and q2 is "0"')).toEqual([]);
    expect(told('q1 is "0"')).toEqual(['stop-unproved skips.0.decides']);
  });

  it('is tried on every count of a number item, and on no other', () => {
    const items = { days: { number: { min: 4, max: 20, step: 2 } }, ...base.items };
    const cutOffs = { met: '(days >= 10 and days <= 20) or q1 >= 1', other: 'q2 + q3 >= 2' };
    expect(codes({ ...base, items, cutOffs, gates: [stop('days >= 10', 'q1', 'met')] })).toEqual([]);
    expect(codes({ ...base, items, cutOffs, gates: [stop('days >= 8', 'q1', 'met')] })).toEqual([
      'stop-unproved skips.0.decides',
    ]);
  });

  it('that reads too much to be tried is refused at its condition', () => {
    const items = { ...questions(12, upTo(2)) };
    expect(
      codes({
        items,
        scores: { total: ['sum(q1..q12)', 0, 24] },
        cutOffs: { met: 'total >= 20' },
        gates: [stop('sum(q1..q11) >= 20', 'q12', 'met')],
      }),
    ).toEqual(['stop-too-wide skips.0.if']);
  });
});
