import type { Monomial, NumberVariable, Variable, VariableIndex } from './normal-form.js';
import {
  add,
  commonDenominator,
  fromNumber,
  gcd,
  isZero,
  multiply,
  negate,
  ONE,
  type Rational,
  rational,
  ZERO,
} from './rational.js';

/** Σ times × product of number variables (as counts), like terms collected; the key is the sorted variables. */
export type Polynomial = ReadonlyMap<
  string,
  { readonly of: readonly VariableIndex[]; readonly times: Rational }
>;

/** A quotient of polynomials whose denominator is above 0 wherever the form is valid. */
export interface Quotient {
  readonly numerator: Polynomial;
  readonly denominator: Polynomial;
}

/** Collects like terms; terms that cancel are left out. */
export function polynomial(
  terms: Iterable<{ readonly of: readonly VariableIndex[]; readonly times: Rational }>,
): Polynomial {
  const result = new Map<string, { of: readonly VariableIndex[]; times: Rational }>();
  for (const { of, times } of terms) {
    const sorted = [...of].sort((a, b) => a - b);
    const key = sorted.join('.');
    const sum = add(result.get(key)?.times ?? ZERO, times);
    if (isZero(sum)) result.delete(key);
    else result.set(key, { of: sorted, times: sum });
  }
  return result;
}

export const constantPolynomial = (value: Rational): Polynomial => polynomial([{ of: [], times: value }]);

/** The value of a polynomial in which no variable stands; `null` for any other. */
export const constantOf = (a: Polynomial): Rational | null => {
  const monomials = [...a.values()];
  return monomials.every(({ of }) => of.length === 0)
    ? monomials.reduce((n, { times }) => add(n, times), ZERO)
    : null;
};

const scaled = (a: Polynomial, factor: Rational): Polynomial =>
  polynomial([...a.values()].map(({ of, times }) => ({ of, times: multiply(times, factor) })));

const sum = (a: Polynomial, b: Polynomial): Polynomial => polynomial([...a.values(), ...b.values()]);

const product = (a: Polynomial, b: Polynomial): Polynomial =>
  polynomial(
    [...a.values()].flatMap((x) =>
      [...b.values()].map((y) => ({ of: [...x.of, ...y.of], times: multiply(x.times, y.times) })),
    ),
  );

const same = (a: Polynomial, b: Polynomial): boolean => sum(a, scaled(b, rational(-1n))).size === 0;

export const quotientOf = (numerator: Polynomial): Quotient => ({
  numerator,
  denominator: constantPolynomial(ONE),
});

export const addQuotients = (a: Quotient, b: Quotient): Quotient =>
  same(a.denominator, b.denominator)
    ? { numerator: sum(a.numerator, b.numerator), denominator: a.denominator }
    : {
        numerator: sum(product(a.numerator, b.denominator), product(b.numerator, a.denominator)),
        denominator: product(a.denominator, b.denominator),
      };

export const negateQuotient = (a: Quotient): Quotient => ({
  ...a,
  numerator: scaled(a.numerator, negate(ONE)),
});

export const multiplyQuotients = (a: Quotient, b: Quotient): Quotient => ({
  numerator: product(a.numerator, b.numerator),
  denominator: product(a.denominator, b.denominator),
});

export const divideQuotients = (a: Quotient, b: Quotient): Quotient =>
  multiplyQuotients(a, { numerator: b.denominator, denominator: b.numerator });

/** What must be compared with 0 to compare the quotients: a's numerator × b's denominator − the other way about. */
export const difference = (a: Quotient, b: Quotient): Polynomial =>
  addQuotients(a, negateQuotient(b)).numerator;

/** A number below which the polynomial cannot fall, whatever the variables; exact where no term is negative. */
export function lowest(a: Polynomial, variables: readonly Variable[]): Rational {
  let total = ZERO;
  for (const { of, times } of a.values()) {
    const end = times.numerator < 0n ? 'max' : 'min';
    const at = of.map((v) => fromNumber((variables[v] as NumberVariable)[end]));
    total = add(total, at.reduce(multiply, times));
  }
  return total;
}

/** The polynomials with whole coefficients, all multiplied by one positive number: the least that makes them whole. */
export function wholeMonomials<const P extends readonly Polynomial[]>(
  polynomials: P,
): { readonly [K in keyof P]: readonly WholeMonomial[] } {
  const all = polynomials.flatMap((one) => [...one.values()].map(({ times }) => times));
  const denominator = rational(commonDenominator(all));
  const whole = polynomials.map((one) =>
    [...one.values()].map(({ of, times }) => ({ of, times: multiply(times, denominator).numerator })),
  );
  const divisor = whole.flat().reduce((g, { times }) => gcd(g, times), 0n);
  const least = whole.map((one) => one.map(({ of, times }) => ({ of, times: times / divisor })));
  // One list for each polynomial, in order.
  return least as unknown as { readonly [K in keyof P]: readonly WholeMonomial[] };
}

export interface WholeMonomial {
  readonly of: readonly VariableIndex[];
  readonly times: bigint;
}

/** As the normal form holds them: constants last, else in the order of their variables. */
export const toMonomials = (of: readonly WholeMonomial[]): readonly Monomial[] =>
  [...of]
    .filter(({ times }) => times !== 0n)
    .sort((a, b) => b.of.length - a.of.length || compareLists(a.of, b.of))
    .map(({ of: variables, times }) => ({ times: Number(times), of: variables }));

/** Two different lists of one length, by the first place where they differ. */
function compareLists(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((one, at) => one !== b[at]);
  return (a[i] as number) - (b[i] as number);
}
