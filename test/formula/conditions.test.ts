import { describe, expect, it } from 'vitest';
import {
  all,
  any,
  type Condition,
  choose,
  constant,
  type Numbers,
  not,
  settle,
  toNode,
} from '../../src/formula/conditions.js';
import type { NumberNode } from '../../src/formula/normal-form.js';
import type { Region } from '../../src/formula/regions.js';

const chosen = (...choices: number[]): Condition => ({
  kind: 'choice',
  variable: 0,
  codes: 3,
  choices,
  absent: false,
});
const other: Condition = { kind: 'choice', variable: 1, codes: 2, choices: [1], absent: false };
const counted = (region: Region, absent = false): Condition => ({
  kind: 'count',
  variable: 2,
  region,
  absent,
});
const score: NumberNode = { op: 'score', at: 0 };
const numbered = (region: Region): Condition => ({ kind: 'number', of: score, region });
const [yes, no] = [constant(true), constant(false)];

describe('a negation', () => {
  it('taken twice is what it was', () => {
    const polynomial: Condition = { kind: 'polynomial', of: [{ times: 1, of: [2] }], negated: false };
    for (const one of [
      yes,
      no,
      chosen(1),
      counted([[1, 2]]),
      numbered([[1, 2]]),
      polynomial,
      all([chosen(1), other]),
    ])
      expect(not(not(one))).toEqual(one);
    expect(not(yes)).toEqual(no);
    expect(not(polynomial)).toEqual({ ...polynomial, negated: true });
    expect(not(chosen(1))).toMatchObject({ choices: [0, 2], absent: true });
  });
});

describe('conditions joined', () => {
  it('of none: all are true, and none is', () => {
    expect(all([])).toEqual(yes);
    expect(any([])).toEqual(no);
    expect(all([yes, yes])).toEqual(yes);
    expect(any([no, no])).toEqual(no);
  });

  it('leave out what changes nothing, and end where one settles it', () => {
    expect(all([yes, other])).toEqual(other);
    expect(any([no, other])).toEqual(other);
    expect(all([other, no])).toEqual(no);
    expect(any([other, yes])).toEqual(yes);
  });

  it('on one item are one set of its choices', () => {
    expect(all([chosen(0, 1), chosen(1, 2)])).toEqual(chosen(1));
    expect(any([chosen(0), chosen(1)])).toEqual(chosen(0, 1));
    expect(all([chosen(0), chosen(1)])).toEqual(no);
    expect(any([chosen(0, 1, 2), not(chosen(0))])).toEqual(yes);
    expect(any([chosen(0), chosen(1, 2)])).toEqual(chosen(0, 1, 2));
  });

  it('on one number item are one set of its counts', () => {
    const [from, to] = [counted([[3, Infinity]]), counted([[-Infinity, 5]])];
    expect(all([from, to])).toEqual(counted([[3, 5]]));
    expect(any([counted([[1, 2]]), counted([[5, 6]])])).toEqual(
      counted([
        [1, 2],
        [5, 6],
      ]),
    );
    expect(all([counted([[1, 2]], true), counted([[2, 3]], true)])).toEqual(counted([[2, 2]], true));
    expect(all([counted([[1, 2]], true), counted([[2, 3]])])).toEqual(counted([[2, 2]]));
    expect(settle(counted([]))).toEqual(no);
    expect(settle(counted([], true))).toEqual(counted([], true));
  });

  it('that are empty or everything are constants, unless an item that drops out makes a difference', () => {
    expect(settle(chosen())).toEqual(no);
    expect(settle(chosen(0, 1, 2))).toEqual(chosen(0, 1, 2));
    expect(settle(not(chosen()))).toEqual(yes);
    expect(settle(not(chosen(0, 1, 2)))).toEqual({ ...chosen(), absent: true });
  });
});

describe("'if' over conditions", () => {
  it('is the branch that the test picks', () => {
    expect(choose(yes, chosen(1), other)).toEqual(chosen(1));
    expect(choose(no, chosen(1), other)).toEqual(other);
    expect(choose(chosen(1), other, other)).toEqual(other);
  });

  it('says its test once where a branch is constant', () => {
    expect(choose(chosen(1), yes, other)).toEqual(any([chosen(1), other]));
    expect(choose(chosen(1), no, other)).toEqual(all([not(chosen(1)), other]));
    expect(choose(chosen(1), other, yes)).toEqual(any([not(chosen(1)), other]));
    expect(choose(chosen(1), other, no)).toEqual(all([chosen(1), other]));
  });
});

describe('a condition in the normal form', () => {
  const count: NumberNode = { op: 'accumulator', at: 0 };
  const numbers = (min: number): Numbers => ({
    countOf: () => count,
    gridOf: () => ({ min, max: 40, step: 2 }),
    boundsOf: () => [0, 9],
  });
  const node = (one: Condition, min = 10) => toNode(one, numbers(min));

  it('on a number item that is one-sided is linear in its count, without a constant where that is 0', () => {
    expect(node(counted([[3, Infinity]]))).toEqual({
      op: 'polynomial',
      of: [
        { times: 1, of: [2] },
        { times: -16, of: [] },
      ],
    });
    expect(node(counted([[0, Infinity]]), 0)).toEqual({ op: 'polynomial', of: [{ times: 1, of: [2] }] });
    expect(node(counted([[-Infinity, 3]]))).toEqual({
      op: 'polynomial',
      of: [
        { times: -1, of: [2] },
        { times: 16, of: [] },
      ],
    });
    expect(node(counted([[-Infinity, Infinity]]))).toEqual({ op: 'polynomial', of: [{ times: 1, of: [2] }] });
  });

  it('on a number item that is not one-sided is a set of its counts', () => {
    expect(node(counted([[1, 2]]))).toEqual({ op: 'within', of: count, ranges: [[12, 14]] });
    expect(
      node(
        counted([
          [-Infinity, 1],
          [3, 4],
        ]),
      ),
    ).toEqual({
      op: 'within',
      of: count,
      ranges: [
        [10, 12],
        [16, 18],
      ],
    });
    expect(
      node(
        counted([
          [1, 1],
          [3, Infinity],
        ]),
      ),
    ).toEqual({
      op: 'within',
      of: count,
      ranges: [
        [12, 12],
        [16, 40],
      ],
    });
    expect(node(not(counted([[1, 2]])))).toEqual({
      op: 'not',
      of: { op: 'within', of: count, ranges: [[12, 14]] },
    });
  });

  it('on a number is a threshold where one does, and a set where not', () => {
    expect(node(numbered([[4, Infinity]]))).toEqual({ op: 'at-least', of: score, value: 4 });
    expect(node(numbered([[-Infinity, 4]]))).toEqual({
      op: 'not',
      of: { op: 'at-least', of: score, value: 5 },
    });
    expect(node(numbered([[2, 3]]))).toEqual({ op: 'within', of: score, ranges: [[2, 3]] });
    expect(
      node(
        numbered([
          [-Infinity, 1],
          [4, Infinity],
        ]),
      ),
    ).toEqual({
      op: 'not',
      of: { op: 'within', of: score, ranges: [[2, 3]] },
    });
    expect(
      node(
        numbered([
          [1, 2],
          [5, Infinity],
        ]),
      ),
    ).toEqual({
      op: 'within',
      of: score,
      ranges: [
        [1, 2],
        [5, 9],
      ],
    });
    expect(
      node(
        numbered([
          [-Infinity, 1],
          [4, 5],
        ]),
      ),
    ).toEqual({
      op: 'within',
      of: score,
      ranges: [
        [0, 1],
        [4, 5],
      ],
    });
  });
});
