import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as q from '../../src/formula/rational.js';

const fraction = fc
  .tuple(fc.bigInt({ min: -999n, max: 999n }), fc.bigInt({ min: 1n, max: 99n }))
  .map(([numerator, denominator]) => q.rational(numerator, denominator));

describe('a fraction', () => {
  it('is the value that decimal text names, not the double nearest to it', () => {
    expect(q.fromNumber(0.1)).toEqual(q.rational(1n, 10n));
    expect(q.parseDecimal('-9.51')).toEqual(q.rational(-951n, 100n));
    expect(q.parseDecimal('1e-7')).toEqual(q.rational(1n, 10_000_000n));
    expect(q.parseDecimal('2e3')).toEqual(q.rational(2000n));
    expect(q.add(q.fromNumber(0.1), q.fromNumber(0.2))).toEqual(q.fromNumber(0.3));
  });

  it('is refused where the text is no finite decimal number', () => {
    for (const text of ['', '.', '-', 'NaN', 'Infinity', '1,5', '0x1', '1e999']) {
      expect(q.parseDecimal(text)).toBeNull();
    }
  });

  it('may have up to four hundred decimals or zeros', () => {
    expect(q.parseDecimal('1e400')).toEqual(q.rational(10n ** 400n));
    expect(q.parseDecimal('1e-400')).toEqual(q.rational(1n, 10n ** 400n));
    expect(q.parseDecimal('1e401')).toBeNull();
    expect(q.parseDecimal('1e-401')).toBeNull();
    expect(q.parseDecimal('0.50e+2')).toEqual(q.rational(50n));
    expect(q.parseDecimal('.5')).toEqual(q.parseDecimal('0.5'));
    expect(q.parseDecimal('5.')).toEqual(q.rational(5n));
  });

  it('keeps its denominator positive and its terms lowest', () => {
    expect(q.rational(6n, -4n)).toEqual({ numerator: -3n, denominator: 2n });
    expect(q.gcd(0n, -4n)).toBe(4n);
    expect(q.lcm(4n, 6n)).toBe(12n);
    expect(q.commonDenominator([q.rational(1n, 4n), q.rational(1n, 6n)])).toBe(12n);
  });

  it('undoes addition by subtraction and multiplication by division', () => {
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        expect(q.subtract(q.add(a, b), b)).toEqual(a);
        if (!q.isZero(b)) expect(q.divide(q.multiply(a, b), b)).toEqual(a);
      }),
    );
  });

  it('lies between its floor and its ceiling, which meet where it is whole', () => {
    fc.assert(
      fc.property(fraction, (a) => {
        const [low, high] = [q.floor(a), q.ceiling(a)];
        expect(q.compare(q.rational(low), a)).toBeLessThanOrEqual(0);
        expect(q.compare(a, q.rational(high))).toBeLessThanOrEqual(0);
        expect(high - low).toBe(q.isWhole(a) ? 0n : 1n);
      }),
    );
  });

  it('compares as its double does where doubles can tell', () => {
    expect(q.compare(q.rational(1n, 3n), q.rational(1n, 2n))).toBe(-1);
    expect(q.compare(q.rational(2n, 4n), q.rational(1n, 2n))).toBe(0);
    expect(q.compare(q.rational(-1n, 3n), q.rational(-1n, 2n))).toBe(1);
    expect(q.toNumber(q.rational(-1n, 4n))).toBe(-0.25);
  });
});
