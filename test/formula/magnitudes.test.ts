import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../src/formula/evaluate.js';
import { isHeldExactly, sizeOfNumber, sizeOfPolynomial, sizeOfTest } from '../../src/formula/magnitudes.js';
import type { Accumulator, BooleanNode, NumberNode } from '../../src/formula/normal-form.js';

const options = (id: string) => ({ kind: 'choice', id, codes: ['a', 'b', 'c'] }) as const;

/** Two items of three options, and a number item of 0 to 20. */
const over = (...accumulators: readonly Accumulator[]): Evaluation => ({
  program: {
    variables: [
      options('q1'),
      options('q2'),
      { kind: 'number', id: 'days', unit: 'days', places: 0, min: 0, max: 20, step: 1 },
    ],
    accumulators,
    scores: [{ value: { op: 'accumulator', at: 0 } }],
  },
  at: [-1, -1, -1],
  among: {},
  known: {},
});

const first: NumberNode = { op: 'accumulator', at: 0 };
const sumOf = (...points: readonly (readonly number[])[]): Accumulator => ({
  kind: 'sum',
  base: 0,
  terms: points.map((one, i) => [i, one] as const),
});
/** Something of size 7. */
const seven = over(sumOf([0, 1, 2], [0, 3, -5]));
const sizeOf = (node: NumberNode): number => sizeOfNumber(node, seven);
const test: BooleanNode = { op: 'at-least', of: first, value: 1 };
/** Whether a number is at least one that no double holds. */
const tooLarge: BooleanNode = { op: 'at-least', of: first, value: 2 ** 53 };

describe('the greatest magnitude', () => {
  it('is held exactly up to 2^53 − 1, itself included', () => {
    expect([2 ** 53 - 2, 2 ** 53 - 1, 2 ** 53, Infinity].map(isHeldExactly)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('of a sum: of its base and of each item at its greatest, whatever the sign', () => {
    expect(sizeOf(first)).toBe(7);
    expect(sizeOfNumber(first, over({ ...sumOf([0, 1], [0, -5]), base: -4 }))).toBe(10);
    expect(sizeOfNumber(first, over({ kind: 'sum', base: 1, terms: [[2, -3]] }))).toBe(61);
  });

  it('of a mean: of its sum times the share that makes it whole', () => {
    expect(sizeOfNumber(first, over({ ...sumOf([0, 1, 2], [0, 3, 4]), kind: 'mean', share: 2 }))).toBe(12);
  });

  it('of a score: of what it is worked out from', () => {
    expect(sizeOf({ op: 'score', at: 0 })).toBe(7);
  });

  it('of linear arithmetic: of every part added up, none taken away', () => {
    expect(sizeOf({ op: 'linear', base: -100, terms: [[2, first]] })).toBe(114);
    expect(
      sizeOf({
        op: 'linear',
        base: 1,
        terms: [
          [-1, first],
          [1, first],
        ],
      }),
    ).toBe(15);
  });

  it("of 'if': of the larger branch; of a condition as a number: 1", () => {
    const small: NumberNode = { op: 'linear', base: 3, terms: [] };
    expect(sizeOf({ op: 'if', test, then: first, else: small })).toBe(7);
    expect(sizeOf({ op: 'if', test, then: small, else: first })).toBe(7);
    expect(sizeOf({ op: 'indicator', test })).toBe(1);
  });

  it('cannot be counted where a condition on the way is too large to decide', () => {
    expect(sizeOf({ op: 'if', test: tooLarge, then: first, else: first })).toBe(Infinity);
    expect(sizeOf({ op: 'indicator', test: tooLarge })).toBe(Infinity);
  });

  it('of the greatest or least of several: of the largest', () => {
    const large: NumberNode = { op: 'linear', base: -9, terms: [] };
    expect(sizeOf({ op: 'max', of: [first, large] })).toBe(9);
    expect(sizeOf({ op: 'min', of: [large, first] })).toBe(9);
  });

  it('of a table: of its keys, its values and what is looked up', () => {
    expect(sizeOf({ op: 'table', keys: [0, 8], values: [1, 2], of: first })).toBe(8);
    expect(sizeOf({ op: 'table', keys: [0, 1], values: [-40, 2], of: first })).toBe(40);
    expect(sizeOf({ op: 'table', keys: [0, 1], values: [1, 2], of: first })).toBe(7);
  });

  it('of a rounded number: of what is divided and what it is divided by', () => {
    expect(sizeOf({ op: 'round', divisor: 10, of: first })).toBe(10);
    expect(sizeOf({ op: 'round', divisor: 2, of: first })).toBe(7);
  });

  it('of a comparison: of both of its sides', () => {
    expect(sizeOfTest({ op: 'at-least', of: first, value: -30 }, seven)).toBe(30);
    expect(sizeOfTest({ op: 'at-least', of: first, value: 3 }, seven)).toBe(7);
    expect(
      sizeOfTest(
        {
          op: 'within',
          of: first,
          ranges: [
            [1, 2],
            [4, 50],
          ],
        },
        seven,
      ),
    ).toBe(50);
    expect(sizeOfTest({ op: 'within', of: first, ranges: [[1, 2]] }, seven)).toBe(7);
  });

  it('of a condition of several: of the largest of them; of an option chosen: nothing', () => {
    const other: BooleanNode = { op: 'at-least', of: first, value: 11 };
    const chosen: BooleanNode = { op: 'choice', variable: 0, choices: [1] };
    expect(sizeOfTest({ op: 'and', of: [test, other] }, seven)).toBe(11);
    expect(sizeOfTest({ op: 'or', of: [chosen, test] }, seven)).toBe(7);
    expect(sizeOfTest({ op: 'not', of: other }, seven)).toBe(11);
    expect(sizeOfTest({ op: 'constant', value: true }, seven)).toBe(0);
    expect(sizeOfTest(chosen, seven)).toBe(0);
  });

  it('of products of number items: of each product at its greatest, added up', () => {
    const of = [
      { times: -2, of: [2, 2] },
      { times: 5, of: [] },
    ];
    expect(sizeOfPolynomial(of, seven)).toBe(805);
    expect(sizeOfTest({ op: 'polynomial', of }, seven)).toBe(805);
  });
});
