/** An exact fraction in lowest terms; the denominator is positive. */
export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

/** over / under; throws on a zero denominator. */
export const fraction = (over: bigint, under = 1n): Fraction => {
  if (under === 1n) return { over, under };
  if (under === 0n) throw new RangeError('division by zero');
  const sign = under < 0n ? -1n : 1n;
  const shared = gcd(over, sign * under);
  return { over: (sign * over) / shared, under: (sign * under) / shared };
};

export const ZERO = fraction(0n);

/** The fraction that a decimal text or number stands for: `'0.1'` is one tenth, and so is the number 0.1. */
export const decimal = (value: string | number): Fraction => {
  const text = typeof value === 'number' ? value.toString() : value;
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:e([+-][0-9]+))?$/.exec(text);
  if (match === null) throw new RangeError('not a decimal');
  const [, sign = '', whole = '0', part = '', exponent = '0'] = match;
  const digits = BigInt(`${sign}${whole}${part}`);
  const power = Number(exponent) - part.length;
  return power >= 0 ? fraction(digits * 10n ** BigInt(power)) : fraction(digits, 10n ** BigInt(-power));
};

export const plus = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.over * b.under + b.over * a.under, a.under * b.under);
export const times = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.over, a.under * b.under);
export const opposite = (a: Fraction): Fraction => ({ over: -a.over, under: a.under });
export const dividedBy = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.under, a.under * b.over);
/** Negative, zero or positive as a is less than, equal to or greater than b. */
export const compare = (a: Fraction, b: Fraction): -1 | 0 | 1 => {
  const difference = a.over * b.under - b.over * a.under;
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
};

/** Rounded to so many decimals, half away from zero. */
export const rounded = (a: Fraction, places: number): Fraction => {
  const scale = 10n ** BigInt(places);
  const size = (a.over < 0n ? -a.over : a.over) * scale;
  const whole = (2n * size + a.under) / (2n * a.under);
  return fraction(a.over < 0n ? -whole : whole, scale);
};

/** `'7'`, `'-1/3'`. */
export const written = ({ over, under }: Fraction): string => (under === 1n ? `${over}` : `${over}/${under}`);
