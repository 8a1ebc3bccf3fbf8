/**
 * Exact fractions. Points, constants and table values are decimal numbers in a definition; every sum, product and
 * comparison over them is made on fractions of integers, so no binary fraction ever decides a verdict.
 */

/** numerator / denominator in lowest terms, denominator > 0. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const absolute = (a: bigint): bigint => (a < 0n ? -a : a);

/** Greatest common divisor, never negative; `gcd(0, a)` is |a|. */
export const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [absolute(a), absolute(b)];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/** Least common multiple of two positive integers. */
export const lcm = (a: bigint, b: bigint): bigint => (a / gcd(a, b)) * b;

/** `numerator / denominator`, reduced. The denominator must not be 0. */
export const rational = (numerator: bigint, denominator = 1n): Rational => {
  const divisor = denominator < 0n ? -gcd(numerator, denominator) : gcd(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
};

export const ZERO = rational(0n);
export const ONE = rational(1n);

/** A match of `DECIMAL`: sign and whole part may be empty; fraction and exponent may be left out. */
type Decimal = readonly [string, string, string, string?, string?];
const DECIMAL = /^(-?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i;

/** The exact value of decimal text (`9.51`, `-0.5`, `1e-7`); `null` where the text is no finite decimal number. */
export const parseDecimal = (text: string): Rational | null => {
  const match = DECIMAL.exec(text);
  if (match === null) return null;
  const [, sign, whole, part = '', exponent] = match as readonly string[] as Decimal;
  if (whole + part === '') return null;
  const digits = BigInt(`${sign}${whole}${part}`);
  const power = Number(exponent ?? 0) - part.length;
  if (Math.abs(power) > 400) return null;
  return rational(digits * 10n ** BigInt(Math.max(power, 0)), 10n ** BigInt(Math.max(-power, 0)));
};

/** The value that the number's shortest decimal text names: `fromNumber(0.1)` is one tenth. The number must be finite. */
export const fromNumber = (value: number): Rational =>
  // Nearly all of them are whole, and their text need not be read.
  Number.isSafeInteger(value)
    ? { numerator: BigInt(value), denominator: 1n }
    : (parseDecimal(String(value)) as Rational);

export const add = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);

export const multiply = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator);

export const negate = (a: Rational): Rational => ({ numerator: -a.numerator, denominator: a.denominator });

export const subtract = (a: Rational, b: Rational): Rational => add(a, negate(b));

/** `a / b`; `b` must not be 0. */
export const divide = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator, a.denominator * b.numerator);

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export const compare = (a: Rational, b: Rational): number => {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

export const isZero = (a: Rational): boolean => a.numerator === 0n;

export const isWhole = (a: Rational): boolean => a.denominator === 1n;

/** Greatest integer not above `a`. */
export const floor = ({ numerator, denominator }: Rational): bigint => {
  const above = ((numerator % denominator) + denominator) % denominator;
  return (numerator - above) / denominator;
};

/** Least integer not below `a`. */
export const ceiling = (a: Rational): bigint => -floor(negate(a));

/** Least common denominator. */
export const commonDenominator = (values: Iterable<Rational>): bigint => {
  let result = 1n;
  for (const value of values) result = lcm(result, value.denominator);
  return result;
};

/** The nearest double; exact for whole numbers below 2^53. */
export const toNumber = (a: Rational): number => Number(a.numerator) / Number(a.denominator);
