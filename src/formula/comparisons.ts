import { all, any, type Condition, constant, settle } from './conditions.js';
import {
  asPolynomial,
  asQuotient,
  isConstant,
  isTable,
  type Linear,
  linear,
  partOf,
  plus,
  singleTerm,
  times,
  unitOf,
  type Value,
} from './linear.js';
import { type LoweredScore, type Lowering, mayBeAbsent, numbersOf, wholeNode } from './lowering.js';
import type { ChoiceVariable, VariableIndex } from './normal-form.js';
import {
  difference,
  type Polynomial,
  toMonomials,
  type WholeMonomial,
  wholeMonomials,
} from './polynomials.js';
import type { Rational } from './rational.js';
import * as q from './rational.js';
import { atLeast, atMost, between, complement, type Region, within } from './regions.js';
import type { ComparisonOperator } from './syntax.js';

/** The operator that says the same of the two sides exchanged, or of both times −1. */
export const MIRRORED = { '=': '=', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

/**
 * `a operator b`; `null` where points would be compared with a product or quotient of number items. `needs`: the items
 * without which it does not hold; any other that is not applicable adds nothing to the numbers compared.
 */
export function compareValues(
  a: Value,
  operator: ComparisonOperator,
  b: Value,
  needs: ReadonlySet<VariableIndex>,
  lowering: Lowering,
): Condition | null {
  if (a.kind === 'linear' && b.kind === 'linear') {
    const apart = plus(a, times(b, q.rational(-1n)));
    const addsNothing = [...apart.terms.keys()].some((v) => mayBeAbsent(v, lowering) && !needs.has(v));
    const numbersAlone = addsNothing ? null : asPolynomial(apart);
    return numbersAlone === null
      ? compareLinear(apart, operator, lowering)
      : comparePolynomial(numbersAlone, operator, lowering);
  }
  const [x, y] = [asQuotient(a), asQuotient(b)];
  return x === null || y === null ? null : comparePolynomial(difference(x, y), operator, lowering);
}

/** The choice item has one of these choices. */
export function choiceCondition(
  variable: VariableIndex,
  choices: readonly number[],
  { variables }: Lowering,
): Condition {
  const { codes } = variables[variable] as ChoiceVariable;
  return settle({ kind: 'choice', variable, codes: codes.length, choices, absent: false });
}

/** The value of a score: sums of other scores are written out, so that an item that stands twice is one term. */
export const scoreValue = (value: Linear, lowering: Lowering): Linear =>
  isOneScore(value) ? value : withScoresWrittenOut(value, lowering);

/** Whether a value is one score times a factor, plus a constant. */
function isOneScore(a: Linear): boolean {
  const [only, ...others] = a.parts.values();
  return a.terms.size === 0 && others.length === 0 && only?.node.op === 'score';
}

/** Sums of scores become one sum of items where that loses nothing: no estimate can stand for one of the scores. */
export function withScoresWrittenOut(a: Linear, lowering: Lowering): Linear {
  const scores = [...lowering.scores.values()];
  let result = linear(a.base, a.terms);
  for (const { factor, node } of a.parts.values()) {
    const score = node.op === 'score' ? (scores[node.at] as LoweredScore) : null;
    if (score === null || score.estimable) result = plus(result, partOf(node, factor));
    else {
      // `factor` is of the node, which holds the score's value times its scale.
      const scaled = q.multiply(factor, q.rational(BigInt(score.scale)));
      result = plus(result, times(withScoresWrittenOut(score.linear, lowering), scaled));
    }
  }
  return result;
}

/** Whole numbers n for which `n operator limit`. */
function regionOf(operator: ComparisonOperator, limit: Rational): Region {
  const below = Number(q.floor(limit));
  const above = Number(q.ceiling(limit));
  switch (operator) {
    case '>=':
      return atLeast(above);
    case '>':
      return atLeast(below + 1);
    case '<=':
      return atMost(below);
    case '<':
      return atMost(above - 1);
    // No whole number equals a limit between two of them: there `above` is more than `below`.
    case '=':
      return between(above, below);
    case '!=':
      return complement(between(above, below));
  }
}

/** `value operator 0`. */
function holds(value: Rational, operator: ComparisonOperator): boolean {
  const sign = q.compare(value, q.ZERO);
  switch (operator) {
    case '>=':
      return sign >= 0;
    case '>':
      return sign > 0;
    case '<=':
      return sign <= 0;
    case '<':
      return sign < 0;
    case '=':
      return sign === 0;
    case '!=':
      return sign !== 0;
  }
}

/** `apart operator 0`, of a value that is not of number items alone. */
function compareLinear(apart: Linear, operator: ComparisonOperator, lowering: Lowering): Condition {
  const merged = isOneScore(apart) ? apart : withScoresWrittenOut(apart, lowering);
  if (isConstant(merged)) return constant(holds(merged.base, operator));
  const alone = singleTerm(merged);
  if (alone !== null && isTable(alone.points)) {
    const choices = alone.points.flatMap((one, choice) => (holds(one, operator) ? [choice] : []));
    const absent = mayBeAbsent(alone.variable, lowering) && holds(merged.base, operator);
    return settle({ kind: 'choice', variable: alone.variable, codes: alone.points.length, choices, absent });
  }
  const bare = linear(q.ZERO, merged.terms, merged.parts);
  const unit = unitOf(bare);
  const node = wholeNode(times(bare, q.divide(q.ONE, unit)), lowering);
  const limit = q.divide(q.negate(merged.base), unit);
  const facing = unit.numerator < 0n ? MIRRORED[operator] : operator;
  const [low, high] = numbersOf(lowering).boundsOf(node);
  return settle({ kind: 'number', of: node, region: within(regionOf(facing, limit), low, high) });
}

/** `of operator 0`. */
function comparePolynomial(of: Polynomial, operator: ComparisonOperator, lowering: Lowering): Condition {
  const [whole] = wholeMonomials([of]);
  const base = whole.find((one) => one.of.length === 0)?.times ?? 0n;
  const [first, ...more] = whole.filter((one) => one.of.length > 0);
  if (first === undefined) return constant(holds(q.rational(base), operator));
  const [variable, ...factors] = first.of as readonly [VariableIndex, ...VariableIndex[]];
  if (more.length === 0 && factors.length === 0) {
    const facing = first.times < 0n ? MIRRORED[operator] : operator;
    return countCondition(variable, regionOf(facing, q.rational(-base, first.times)), lowering);
  }
  /** sign × (Σ monomials + `by`) >= 0. */
  const atLeastZero = (sign: 1n | -1n, by: bigint): Condition =>
    polynomialCondition(
      [first, ...more, { of: [], times: base + by }].map((one) => ({ of: one.of, times: sign * one.times })),
    );
  switch (operator) {
    case '>=':
      return atLeastZero(1n, 0n);
    case '>':
      return atLeastZero(1n, -1n);
    case '<=':
      return atLeastZero(-1n, 0n);
    case '<':
      return atLeastZero(-1n, 1n);
    case '=':
      return all([atLeastZero(1n, 0n), atLeastZero(-1n, 0n)]);
    case '!=':
      return any([atLeastZero(1n, -1n), atLeastZero(-1n, 1n)]);
  }
}

/** Σ monomials >= 0. A coefficient too large for a double is found where the size of every number is checked. */
function polynomialCondition(of: readonly WholeMonomial[]): Condition {
  const divisor = of.reduce((g, { times: factor }) => q.gcd(g, factor), 0n);
  const least = of.map(({ of: product, times: factor }) => ({ of: product, times: factor / divisor }));
  return { kind: 'polynomial', of: toMonomials(least), negated: false };
}

/** A set of counts, held as counts of steps above the least value, where it has no gaps that the item cannot hit. */
function countCondition(variable: VariableIndex, counts: Region, lowering: Lowering): Condition {
  const { min, max, step } = numbersOf(lowering).gridOf(variable);
  const steps = counts.map(([from, to]): readonly [number, number] => [
    Math.ceil((from - min) / step),
    Math.floor((to - min) / step),
  ]);
  const onGrid = steps.filter(([from, to]) => from <= to);
  return settle({ kind: 'count', variable, region: within(onGrid, 0, (max - min) / step), absent: false });
}
