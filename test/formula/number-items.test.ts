import { isLeft } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { lowerModel } from '../../src/formula/lower-model.js';
import type { BooleanNode } from '../../src/formula/normal-form.js';
import { buildModel, type Sketch, upTo } from './build-model.js';

const number = (min: number, max: number, step: number) => ({ number: { min, max, step } });
const items: Sketch['items'] = {
  a: number(0, 9, 1),
  b: number(0, 9, 1),
  fours: number(4, 20, 4),
  q1: upTo(2),
};

const flagOf = (when: string) => {
  const lowered = lowerModel(
    buildModel({ items, flags: { odd: when, rest: 'a + b + fours >= 9 or q1 >= 1' } }),
  );
  return isLeft(lowered) ? lowered.left.map(({ code }) => code) : lowered.right.flags[0]?.verdict;
};
/** The test of a flag; the codes of its problems where it has any. */
const test = (when: string) => {
  const flag = flagOf(when);
  return flag !== undefined && 'test' in flag ? flag.test : flag;
};
const [a, b, fours] = [0, 1, 2];
const atLeastZero = (...of: readonly (readonly [number, ...number[]])[]): BooleanNode => ({
  op: 'polynomial',
  of: of.map(([times, ...variables]) => ({ times, of: variables })),
});

describe('a number item', () => {
  it('runs in whole steps from its least value to its greatest, wherever it starts', () => {
    const codes = (min: number, max: number, step: number) => {
      const lowered = lowerModel(
        buildModel({ items: { a: number(min, max, step) }, flags: { high: `a >= ${max}` } }),
      );
      return isLeft(lowered) ? lowered.left.map(({ code }) => code) : [];
    };
    expect(codes(1, 10, 3)).toEqual([]);
    expect(codes(0.5, 2, 0.25)).toEqual([]);
    expect(codes(2, 10, 3)).toEqual(['number-item']);
    expect(codes(10, 1, 3)).toContain('number-item');
  });
});

describe('a product of number items against a number', () => {
  it.each<[string, BooleanNode]>([
    ['a * b >= 6', atLeastZero([1, a, b], [-6])],
    ['a * b > 6', atLeastZero([1, a, b], [-7])],
    ['a * b <= 6', atLeastZero([-1, a, b], [6])],
    ['a * b < 6', atLeastZero([-1, a, b], [5])],
  ])('is one sum that is 0 or more: %s', (when, expected) => {
    expect(test(when)).toEqual(expected);
  });

  it('is not compared for equality, which more of either can make and unmake', () => {
    expect(test('a * b = 6')).toEqual(['mixed-measurement']);
    expect(test('a * b != 6')).toEqual(['mixed-measurement']);
  });

  it('has no factor that all its parts share', () => {
    expect(test('a * b * 2 >= 6')).toEqual(atLeastZero([1, a, b], [-3]));
    expect(test('a * 2 + b * 4 > 5')).toEqual(atLeastZero([1, a], [2, b], [-3]));
    expect(test('a * a >= b')).toEqual(atLeastZero([1, a, a], [-1, b]));
  });
});

describe('one number item against a number', () => {
  it('is, between two numbers, in a set of its counts, which is −1 where the item is not applicable', () => {
    const lowered = lowerModel(
      buildModel({ items: { a: number(0, 9, 1) }, flags: { odd: 'a >= 3 and a <= 5' } }),
    );
    const { accumulators, flags } = isLeft(lowered) ? { accumulators: [], flags: [] } : lowered.right;
    expect(flags[0]?.verdict.test).toEqual({
      op: 'within',
      of: { op: 'accumulator', at: 0 },
      ranges: [[3, 5]],
    });
    expect(accumulators).toEqual([{ kind: 'max', base: -1, terms: [[a, 1]] }]);
  });

  it('is held from the first count that it can have', () => {
    expect(test('fours >= 9')).toEqual(atLeastZero([1, fours], [-12]));
    expect(test('fours <= 13')).toEqual(atLeastZero([-1, fours], [12]));
    expect(test('9 <= fours')).toEqual(atLeastZero([1, fours], [-12]));
    expect(test('-(fours) <= -9')).toEqual(atLeastZero([1, fours], [-12]));
    expect(test('fours / 2 >= 4.5')).toEqual(atLeastZero([1, fours], [-12]));
  });

  it('is settled where no count is there, and asks only that there is one where every count is', () => {
    expect(test('fours = 9')).toEqual(['dead-flag']);
    expect(test('fours >= 5 and fours <= 7')).toEqual(['dead-flag']);
    const q1: BooleanNode = { op: 'choice', variable: 3, choices: [1, 2] };
    const any: BooleanNode = { op: 'and', of: [atLeastZero([1, fours]), q1] };
    for (const always of ['fours <= 20', 'fours >= 4', 'fours != 9', 'fours < 21'])
      expect([always, test(`${always} and q1 is not "0"`)]).toEqual([always, any]);
    expect(test('fours < 20 and q1 is not "0"')).not.toEqual(any);
    expect(test('fours > 4 and q1 is not "0"')).not.toEqual(any);
  });
});
