import { describe, expect, it } from 'vitest';
import { type Evaluation, evaluate, join, point, roundHalfAway } from '../../src/formula/evaluate.js';
import type { NumberNode } from '../../src/formula/normal-form.js';

describe('rounding', () => {
  it('is half away from zero, and leaves no negative nought', () => {
    expect([-1.5, -0.5, 0.5, 1.5].map(roundHalfAway)).toEqual([-2, -1, 1, 2]);
    // `toBe` tells 0 from −0.
    for (const value of [-0.4, -0, 0, 0.4]) expect(roundHalfAway(value)).toBe(0);
  });
});

describe('a number made of two', () => {
  it('is one value where each of them is', () => {
    expect(join(point(2), point(3), (x, y) => x + y)).toEqual(point(5));
  });

  it('that lies between two keys of a table, as an estimate can, may be worth either', () => {
    const part: NumberNode = { op: 'accumulator', at: 0 };
    const e: Evaluation = {
      program: { variables: [], accumulators: [], scores: [{ value: part }] },
      at: [],
      among: {},
      known: { 0: point(2.5) },
    };
    const of: NumberNode = { op: 'linear', base: 1, terms: [[1, { op: 'score', at: 0 }]] };
    const { lowest, highest } = evaluate(
      { op: 'table', keys: [2, 3, 4, 5], values: [10, 20, 30, 40], of },
      e,
    );
    expect([lowest, highest]).toEqual([20, 30]);
  });
});
