import { type Condition, type Numbers, toNode } from './conditions.js';
import { type Evaluation, evaluate, OPEN } from './evaluate.js';
import { coefficients, isTable, type Linear, type Points, times } from './linear.js';
import type { Path } from './model.js';
import type { Names, Report } from './names.js';
import type {
  Accumulator,
  BooleanNode,
  NumberNode,
  NumberVariable,
  Term,
  Variable,
  VariableIndex,
} from './normal-form.js';
import type { Quotient } from './polynomials.js';
import type { Rational } from './rational.js';
import * as q from './rational.js';

/** A score as lowered: `value` / `scale` is printed. */
export interface LoweredScore {
  readonly value: NumberNode;
  readonly scale: number;
  readonly linear: Linear;
  /** With a missing rule its value can be an estimate, so whatever reads it must say so. */
  readonly estimable: boolean;
  /** Its index in the program. */
  readonly position: number;
}

/** What lowering a definition gathers as it goes along. */
export interface Lowering {
  readonly names: Names;
  readonly variables: readonly Variable[];
  readonly accumulators: Accumulator[];
  /** By model index; in the order of the program. */
  readonly scores: Map<number, LoweredScore>;
  readonly quantities: Map<number, Quotient>;
  /** Items that a gate can make not applicable. */
  readonly droppable: ReadonlySet<VariableIndex>;
  readonly report: Report;
}

/** A lowering at the place of one formula. */
export interface At {
  readonly lowering: Lowering;
  readonly where: Path;
}

/** The number of an accumulator; one is kept for each that differs. */
export function accumulator({ accumulators }: Lowering, one: Accumulator): NumberNode {
  const key = JSON.stringify(one);
  const found = accumulators.findIndex((other) => JSON.stringify(other) === key);
  if (found >= 0) return { op: 'accumulator', at: found };
  accumulators.push(one);
  return { op: 'accumulator', at: accumulators.length - 1 };
}

/** A term whose points are whole once they are multiplied by `scale`. */
export function wholeTerm(variable: VariableIndex, points: Points, scale: bigint): Term {
  const whole = (one: Rational): number => Number((one.numerator * scale) / one.denominator);
  return isTable(points) ? [variable, points.map(whole)] : [variable, whole(points)];
}

/** The whole-number node of a value whose coefficients are whole. */
export function wholeNode(a: Linear, lowering: Lowering): NumberNode {
  const base = Number(a.base.numerator);
  const parts = [...a.parts.values()].map(({ factor, node }): readonly [number, NumberNode] => [
    Number(factor.numerator),
    node,
  ]);
  if (a.terms.size === 0) {
    const [only, ...others] = parts;
    if (only?.[0] === 1 && others.length === 0 && base === 0) return only[1];
    return { op: 'linear', base, terms: parts };
  }
  const sorted = [...a.terms].sort(([x], [y]) => x - y);
  const sum = accumulator(lowering, {
    kind: 'sum',
    base,
    terms: sorted.map(([v, points]) => wholeTerm(v, points, 1n)),
  });
  return parts.length === 0 ? sum : { op: 'linear', base: 0, terms: [[1, sum], ...parts] };
}

/** The node and the smallest scale that make every value whole: value = node / scale. */
export function scaledNode(
  a: Linear,
  lowering: Lowering,
): { readonly node: NumberNode; readonly scale: bigint } {
  const scale = q.commonDenominator(coefficients(a));
  return { node: wholeNode(times(a, q.rational(scale)), lowering), scale };
}

/** The normal form of a condition. */
export const testNode = (test: Condition, lowering: Lowering): BooleanNode =>
  toNode(test, numbersOf(lowering));

/** What conditions need of the numbers of this definition. */
export function numbersOf(lowering: Lowering): Numbers {
  return {
    countOf: (variable) => accumulator(lowering, { kind: 'max', base: -1, terms: [[variable, 1]] }),
    gridOf: (variable) => lowering.variables[variable] as NumberVariable,
    boundsOf: (of) => {
      const { lowest, highest } = evaluate(
        of,
        widenedForm(lowering, (variable) => mayBeAbsent(variable, lowering)),
      );
      return [lowest, highest];
    },
  };
}

/** A form on which nothing is known but what `at` says; gates are left aside. */
export function blankForm(
  lowering: Lowering,
  at: (variable: Variable, index: number) => number = () => OPEN,
): Evaluation {
  const { variables, accumulators } = lowering;
  const scores = [...lowering.scores.values()];
  return { program: { variables, accumulators, scores }, at: variables.map(at), among: {}, known: {} };
}

/** Whether an item can be not applicable: a gate can say so, or its panel's member need not be chosen. */
export function mayBeAbsent(variable: VariableIndex, lowering: Lowering): boolean {
  const { member } = lowering.variables[variable] as { readonly member?: number };
  const { members } = lowering.names.model;
  return members[member ?? -1]?.asked === 'chosen' || lowering.droppable.has(variable);
}

/**
 * A form on which nothing is known, not even whether the items apply that may be `absent`: what a number or a condition can
 * be over it holds every form.
 */
export function widenedForm(lowering: Lowering, absent: (variable: VariableIndex) => boolean): Evaluation {
  const blank = blankForm(lowering);
  const variables = lowering.variables.map((one, v) => (absent(v) ? widenedVariable(one) : one));
  const spans: Variable[] = [];
  const span: Spanning = (values) => {
    const [min, max] = [Math.min(...values), Math.max(...values)];
    spans.push({ kind: 'number', id: '', unit: '', places: 0, min, max, step: 1 });
    return [variables.length + spans.length - 1, 1];
  };
  const accumulators = lowering.accumulators.map((one) => widened(one, absent, span, lowering));
  const all = [...variables, ...spans];
  return { ...blank, program: { ...blank.program, variables: all, accumulators }, at: all.map(() => OPEN) };
}

/** A term that can be anything between the least and the greatest of these values. */
type Spanning = (values: readonly number[]) => Term;

/**
 * One more choice, which no condition names: that the item is not applicable. No polynomial is settled over a number item
 * that can be anything.
 */
function widenedVariable(one: Variable): Variable {
  switch (one.kind) {
    case 'choice':
      return { ...one, codes: [...one.codes, ''] };
    case 'number':
      return { ...one, min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };
    case 'text':
      return one;
  }
}

/** An accumulator whose terms can also be what they count for where their item is not applicable. */
function widened(
  one: Accumulator,
  absent: (variable: VariableIndex) => boolean,
  span: Spanning,
  lowering: Lowering,
): Accumulator {
  const ends = ([variable, points]: Term): readonly number[] => {
    if (typeof points !== 'number') return points;
    const { min, max } = lowering.variables[variable] as NumberVariable;
    return [points * min, points * max];
  };
  if (!one.terms.some(([variable]) => absent(variable))) return one;
  const { kind, base, share } = one;
  const every = one.terms.flatMap(ends);
  if (kind === 'mean') {
    // A mean lies between the least and the greatest of its terms, whichever of them apply.
    const points = every.map((value) => value * (share as number));
    return { kind: 'sum', base: 0, terms: [span([...points, base])] };
  }
  // What leaves the others alone, and what stands where none applies.
  const outdone = kind === 'max' ? Math.min(...every) : Math.max(...every);
  const without = one.terms.every(([variable]) => absent(variable)) ? [outdone, base] : [outdone];
  const missing = kind === 'sum' ? [0] : without;
  return {
    ...one,
    terms: one.terms.map((term): Term => {
      if (!absent(term[0])) return term;
      const values = [...ends(term), ...missing];
      return typeof term[1] === 'number' ? span(values) : [term[0], values];
    }),
  };
}
