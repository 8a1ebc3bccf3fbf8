import { describe, expect, it } from 'vitest';
import { compareValues } from '../../src/formula/comparisons.js';
import { constant } from '../../src/formula/conditions.js';
import { BOTH, evaluate, OPEN, outcomes, TRUE, valuesOf } from '../../src/formula/evaluate.js';
import { linear, type Value } from '../../src/formula/linear.js';
import { blankForm, type Lowering, mayBeAbsent, testNode, widenedForm } from '../../src/formula/lowering.js';
import { gatherNames } from '../../src/formula/names.js';
import type { Accumulator } from '../../src/formula/normal-form.js';
import { polynomial, quotientOf } from '../../src/formula/polynomials.js';
import { rational } from '../../src/formula/rational.js';
import { buildModel } from './build-model.js';

/* What a number can be where it is not even known which items apply: it must hold every form, and should hold no more. */

const [q1, fixed, w, ofChosen, ofAll, note] = [0, 1, 2, 3, 4, 5] as const;
const names = gatherNames(
  buildModel({
    items: {
      q1: [1, 3],
      fixed: [2, 7],
      w: { number: { min: 2, max: 5, step: 1 } },
      'a.use': [4, 6],
      'b.use': [4, 6],
      note: 'text',
    },
    members: [
      { panel: 'drug', id: 'b', asked: 'all' },
      { panel: 'drug', id: 'a', asked: 'chosen' },
    ],
  }),
  new Set(),
  ({ message }) => {
    throw new Error(message);
  },
);

/** A definition with one accumulator, of which gates can leave out q1 and w. */
const lowering = (...accumulators: Accumulator[]): Lowering => ({
  names,
  variables: names.facts.map(({ variable }) => variable),
  accumulators,
  scores: new Map(),
  quantities: new Map(),
  droppable: new Set([q1, w]),
  report: ({ message }) => {
    throw new Error(message);
  },
});
const widened = (one: Accumulator) => {
  const of = lowering(one);
  return widenedForm(of, (variable) => mayBeAbsent(variable, of));
};
const ends = (one: Accumulator): readonly [number, number] => {
  const { lowest, highest } = evaluate({ op: 'accumulator', at: 0 }, widened(one));
  return [lowest, highest];
};

describe('an item that may be not applicable', () => {
  it('is one that a gate can leave out, or of a member that need not be chosen', () => {
    const absent = [q1, fixed, w, ofChosen, ofAll, note].map((variable) => mayBeAbsent(variable, lowering()));
    expect(absent).toEqual([true, false, true, true, false, false]);
  });

  it('adds nothing to a sum, or what it counts for', () => {
    const sum: Accumulator = {
      kind: 'sum',
      base: 10,
      terms: [
        [q1, [1, 3]],
        [fixed, [2, 7]],
      ],
    };
    const values = valuesOf(evaluate({ op: 'accumulator', at: 0 }, widened(sum)));
    expect([...values].sort((a, b) => a - b)).toEqual([12, 13, 15, 17, 18, 20]);
    expect(ends({ kind: 'sum', base: 0, terms: [[w, 3]] })).toEqual([0, 15]);
    expect(ends({ kind: 'sum', base: 0, terms: [[w, -3]] })).toEqual([-15, 0]);
  });

  it('leaves the others alone in a greatest and a least, which are their base where none applies', () => {
    expect(
      ends({
        kind: 'max',
        base: 100,
        terms: [
          [w, 3],
          [fixed, [2, 7]],
        ],
      }),
    ).toEqual([2, 15]);
    expect(
      ends({
        kind: 'max',
        base: -1,
        terms: [
          [q1, [1, 3]],
          [w, 3],
        ],
      }),
    ).toEqual([-1, 15]);
    expect(
      ends({
        kind: 'min',
        base: -50,
        terms: [
          [q1, [1, 3]],
          [fixed, [2, 7]],
        ],
      }),
    ).toEqual([1, 7]);
    expect(ends({ kind: 'min', base: 50, terms: [[q1, [1, 3]]] })).toEqual([1, 50]);
    expect(
      ends({
        kind: 'max',
        base: 0,
        terms: [
          [w, 3],
          [ofAll, [8, 9]],
        ],
      }),
    ).toEqual([8, 15]);
    // Alone, a number item comes to no less than its own least.
    expect(
      ends({
        kind: 'min',
        base: 20,
        terms: [
          [w, 3],
          [ofAll, [40, 60]],
        ],
      }),
    ).toEqual([6, 60]);
  });

  it('leaves a mean between the least and the greatest of what is there, or nothing', () => {
    expect(
      ends({
        kind: 'mean',
        base: 0,
        share: 2,
        terms: [
          [q1, [1, 3]],
          [fixed, [2, 7]],
        ],
      }),
    ).toEqual([0, 14]);
  });

  it('makes a condition on it possible to miss, and changes nothing of what always applies', () => {
    const always: Accumulator = { kind: 'sum', base: 0, terms: [[fixed, [2, 7]]] };
    const form = widened(always);
    expect(form.program.accumulators[0]).toBe(always);
    expect(outcomes({ op: 'choice', variable: q1, choices: [0, 1] }, form)).toBe(BOTH);
    expect(outcomes({ op: 'choice', variable: fixed, choices: [0, 1] }, form)).toBe(TRUE);
    expect(outcomes({ op: 'polynomial', of: [{ times: 1, of: [w] }] }, form)).toBe(BOTH);
    const blank = blankForm(lowering(always));
    expect(blank.at).toEqual(names.facts.map(() => OPEN));
    expect(outcomes({ op: 'choice', variable: q1, choices: [0, 1] }, blank)).toBe(TRUE);
  });
});

describe('a comparison of a product with a number', () => {
  it.each([
    ['=', [false, true, false]],
    ['!=', [true, false, true]],
    ['>=', [false, true, true]],
    ['>', [false, false, true]],
    ['<=', [true, true, false]],
    ['<', [true, false, false]],
  ] as const)('by %s holds below it, at it, above it: %j', (operator, expected) => {
    const of = lowering();
    const square: Value = {
      kind: 'quotient',
      ...quotientOf(polynomial([{ of: [w, w], times: rational(1n) }])),
    };
    const test = compareValues(square, operator, linear(rational(9n)), new Set(), of);
    const node = testNode(test ?? constant(false), of);
    const held = [2, 3, 4].map(
      (count) =>
        outcomes(
          node,
          blankForm(of, () => count),
        ) === TRUE,
    );
    expect(held).toEqual(expected);
  });
});
