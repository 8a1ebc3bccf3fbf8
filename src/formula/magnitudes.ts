import type { Evaluation } from './evaluate.js';
import type {
  Accumulator,
  BooleanNode,
  Monomial,
  NumberNode,
  NumberVariable,
  Term,
  VariableIndex,
} from './normal-form.js';

/*
 * How large the numbers of the normal form can become: every sum and partial sum on the way is counted, at its greatest
 * magnitude, whatever is answered. What cannot be counted is infinite.
 */

/** Whether a double holds every whole number up to this magnitude exactly. */
export const isHeldExactly = (magnitude: number): boolean => magnitude <= Number.MAX_SAFE_INTEGER;

const greatest = (numbers: readonly number[]): number => Math.max(0, ...numbers.map(Math.abs));
const total = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const greatestCount = (variable: VariableIndex, e: Evaluation): number =>
  (e.program.variables[variable] as NumberVariable).max;

/** Greatest magnitude that a number of the normal form can have. */
export function sizeOfNumber(node: NumberNode, e: Evaluation): number {
  switch (node.op) {
    case 'accumulator':
      return sizeOfAccumulator(e.program.accumulators[node.at] as Accumulator, e);
    case 'score':
      return sizeOfNumber((e.program.scores[node.at] as { readonly value: NumberNode }).value, e);
    case 'linear': {
      const sizes = node.terms.map(([factor, of]) => Math.abs(factor) * sizeOfNumber(of, e));
      return Math.abs(node.base) + total(sizes);
    }
    case 'indicator':
      return isHeldExactly(sizeOfTest(node.test, e)) ? 1 : Number.POSITIVE_INFINITY;
    case 'if':
      return isHeldExactly(sizeOfTest(node.test, e))
        ? Math.max(sizeOfNumber(node.then, e), sizeOfNumber(node.else, e))
        : Number.POSITIVE_INFINITY;
    case 'max':
    case 'min':
      return greatest(node.of.map((one) => sizeOfNumber(one, e)));
    case 'table':
      return greatest([...node.keys, ...node.values, sizeOfNumber(node.of, e)]);
    case 'round':
      return greatest([node.divisor, sizeOfNumber(node.of, e)]);
  }
}

function sizeOfAccumulator({ base, share = 1, terms }: Accumulator, e: Evaluation): number {
  const sizeOf = ([variable, points]: Term): number =>
    typeof points === 'number' ? Math.abs(points) * greatestCount(variable, e) : greatest(points);
  return (Math.abs(base) + total(terms.map(sizeOf))) * share;
}

/** Greatest magnitude of a number that deciding a test can come to. */
export function sizeOfTest(test: BooleanNode, e: Evaluation): number {
  switch (test.op) {
    case 'constant':
    case 'choice':
      return 0;
    case 'at-least':
      return greatest([test.value, sizeOfNumber(test.of, e)]);
    case 'within':
      return greatest([...test.ranges.flat(), sizeOfNumber(test.of, e)]);
    case 'polynomial':
      return sizeOfPolynomial(test.of, e);
    case 'and':
    case 'or':
      return greatest(test.of.map((one) => sizeOfTest(one, e)));
    case 'not':
      return sizeOfTest(test.of, e);
  }
}

/** Greatest magnitude that a sum of monomials can have. */
export const sizeOfPolynomial = (of: readonly Monomial[], e: Evaluation): number =>
  total(of.map((one) => one.of.reduce((size, v) => size * greatestCount(v, e), Math.abs(one.times))));
