import type { NumberNode, NumberVariable, Variable, VariableIndex } from './normal-form.js';
import {
  addQuotients,
  constantOf,
  constantPolynomial,
  multiplyQuotients,
  negateQuotient,
  type Polynomial,
  polynomial,
  type Quotient,
  quotientOf,
} from './polynomials.js';
import type { Rational } from './rational.js';
import * as q from './rational.js';

/** What one variable adds to a value: points by choice for a choice item; the factor of its count for a number item. */
export type Points = readonly Rational[] | Rational;

/** base + Σ single-variable terms + Σ factor × whole number. */
export interface Linear {
  readonly kind: 'linear';
  readonly base: Rational;
  readonly terms: ReadonlyMap<VariableIndex, Points>;
  readonly parts: ReadonlyMap<string, Part>;
}

/** A whole number of the normal form, times a factor. */
export interface Part {
  readonly factor: Rational;
  readonly node: NumberNode;
}

/** A number on its way into the normal form. */
export type Value = Linear | ({ readonly kind: 'quotient' } & Quotient);

export const linear = (
  base: Rational,
  terms: Linear['terms'] = new Map(),
  parts: Linear['parts'] = new Map(),
): Linear => ({ kind: 'linear', base, terms, parts });

/** factor × a whole number of the normal form. */
export const partOf = (node: NumberNode, factor: Rational): Linear =>
  linear(q.ZERO, new Map(), new Map([[JSON.stringify(node), { factor, node }]]));

/** One variable's points; nothing where all of them are 0. */
export const termOf = (variable: VariableIndex, points: Points): Linear =>
  isVain(points) ? linear(q.ZERO) : linear(q.ZERO, new Map([[variable, points]]));

/** A number item as its value: its count / 10^places. */
export const measurementOf = (variable: VariableIndex, variables: readonly Variable[]): Linear => {
  const { places } = variables[variable] as NumberVariable;
  return termOf(variable, q.rational(1n, 10n ** BigInt(places)));
};

export const isTable = (points: Points): points is readonly Rational[] => Array.isArray(points);

const isVain = (points: Points): boolean => (isTable(points) ? points.every(q.isZero) : q.isZero(points));

/** Two points of one variable joined: a variable is a choice item or a number item, so both are of the same shape. */
export function joinPoints(a: Points, b: Points, join: (x: Rational, y: Rational) => Rational): Points {
  if (!isTable(a)) return join(a, b as Rational);
  const others = b as readonly Rational[];
  return a.map((one, choice) => join(one, others[choice] as Rational));
}

export function plus(a: Linear, b: Linear): Linear {
  const terms = new Map(a.terms);
  for (const [variable, points] of b.terms) {
    const before = terms.get(variable);
    const sum = before === undefined ? points : joinPoints(before, points, q.add);
    if (isVain(sum)) terms.delete(variable);
    else terms.set(variable, sum);
  }
  const parts = new Map(a.parts);
  for (const [key, { factor, node }] of b.parts) {
    const sum = q.add(parts.get(key)?.factor ?? q.ZERO, factor);
    if (q.isZero(sum)) parts.delete(key);
    else parts.set(key, { factor: sum, node });
  }
  return linear(q.add(a.base, b.base), terms, parts);
}

export function times(a: Linear, factor: Rational): Linear {
  if (q.isZero(factor)) return linear(q.ZERO);
  const scale = (one: Rational): Rational => q.multiply(one, factor);
  return linear(
    scale(a.base),
    new Map([...a.terms].map(([v, points]) => [v, isTable(points) ? points.map(scale) : scale(points)])),
    new Map([...a.parts].map(([key, one]) => [key, { ...one, factor: scale(one.factor) }])),
  );
}

export const isConstant = (a: Linear): boolean => a.terms.size === 0 && a.parts.size === 0;

/** The value of a number that reads no item; `null` for any other. */
export const constantValue = (a: Value): Rational | null =>
  a.kind === 'linear' && isConstant(a) ? a.base : null;

/** Every coefficient: the base, the points and the factors. */
export function* coefficients(a: Linear): Generator<Rational> {
  yield a.base;
  for (const points of a.terms.values())
    if (isTable(points)) yield* points;
    else yield points;
  for (const { factor } of a.parts.values()) yield factor;
}

/** Greatest number that divides every coefficient of a value that reads something; negative where the leading one is, so that opposites look the same. */
export function unitOf(a: Linear): Rational {
  const all = [...coefficients(a)];
  const denominator = q.commonDenominator(all);
  const divisor = all.reduce((g, one) => q.gcd(g, (one.numerator * denominator) / one.denominator), 0n);
  return q.rational(leadingOf(a).numerator < 0n ? -divisor : divisor, denominator);
}

/** The last coefficient that is not 0 of the first variable, or else the factor of the first part. */
function leadingOf(a: Linear): Rational {
  const [first] = [...a.terms].sort(([x], [y]) => x - y);
  if (first === undefined) return ([...a.parts.values()][0] as Part).factor;
  const [, points] = first;
  return isTable(points) ? (points.findLast((one) => !q.isZero(one)) as Rational) : points;
}

/** As a polynomial, where it is made of number items alone. */
export function asPolynomial(a: Linear): Polynomial | null {
  if (a.parts.size > 0) return null;
  const monomials: { of: readonly VariableIndex[]; times: Rational }[] = [{ of: [], times: a.base }];
  for (const [variable, points] of a.terms) {
    if (isTable(points)) return null;
    monomials.push({ of: [variable], times: points });
  }
  return polynomial(monomials);
}

/** As a quotient of polynomials, where it is made of number items alone. */
export function asQuotient(a: Value): Quotient | null {
  if (a.kind === 'quotient') return a;
  const numerator = asPolynomial(a);
  return numerator === null ? null : quotientOf(numerator);
}

/** Back to linear, where no two number items are multiplied or divided. */
export function simplified({ numerator, denominator }: Quotient): Value {
  const below = constantOf(denominator);
  if (below === null) return { kind: 'quotient', numerator, denominator };
  const terms = [...numerator.values()].map((one) => ({ of: one.of, times: q.divide(one.times, below) }));
  if (terms.some(({ of }) => of.length > 1)) return { kind: 'quotient', ...quotientOf(polynomial(terms)) };
  return terms
    .map(({ of: [variable], times: factor }) =>
      variable === undefined ? linear(factor) : termOf(variable, factor),
    )
    .reduce(plus, linear(q.ZERO));
}

/** The sum; `null` where a quotient would be added to points. */
export function addValues(a: Value, b: Value): Value | null {
  if (a.kind === 'linear' && b.kind === 'linear') return plus(a, b);
  const [x, y] = [asQuotient(a), asQuotient(b)];
  return x === null || y === null ? null : simplified(addQuotients(x, y));
}

export const negateValue = (a: Value): Value =>
  a.kind === 'linear' ? times(a, q.rational(-1n)) : { kind: 'quotient', ...negateQuotient(a) };

export function scaleValue(a: Value, factor: Rational): Value {
  if (a.kind === 'linear') return times(a, factor);
  return simplified(multiplyQuotients(a, quotientOf(constantPolynomial(factor))));
}

/** A single-variable value as a term with its base folded in; `null` where it is none. */
export function singleTerm(a: Linear): { variable: VariableIndex; points: Points } | null {
  const [only, ...rest] = a.terms;
  if (only === undefined || rest.length > 0 || a.parts.size > 0) return null;
  const [variable, points] = only;
  if (isTable(points)) return { variable, points: points.map((one) => q.add(one, a.base)) };
  return q.isZero(a.base) ? { variable, points } : null;
}
