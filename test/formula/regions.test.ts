import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as r from '../../src/formula/regions.js';

const end = fc.integer({ min: -4, max: 14 });
const region = fc
  .array(
    fc.oneof(
      fc.tuple(end, end).map(([a, b]) => r.between(a, b)),
      end.map(r.atLeast),
      end.map(r.atMost),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.reduce(r.union, []));
const numbers = Array.from({ length: 25 }, (_, i) => i - 7);

describe('a region', () => {
  it('joins, meets and turns about as sets of whole numbers do', () => {
    fc.assert(
      fc.property(region, region, (a, b) => {
        for (const n of numbers) {
          const [inA, inB] = [r.contains(a, n), r.contains(b, n)];
          expect(r.contains(r.union(a, b), n)).toBe(inA || inB);
          expect(r.contains(r.intersection(a, b), n)).toBe(inA && inB);
          expect(r.contains(r.complement(a), n)).toBe(!inA);
        }
      }),
    );
  });

  it('has one way to be written', () => {
    fc.assert(
      fc.property(region, (a) => {
        expect(r.complement(r.complement(a))).toEqual(a);
        expect(r.union(a, r.complement(a))).toEqual(r.EVERYTHING);
      }),
    );
  });

  it('opens an end that touches a bound, and holds the same values between the bounds', () => {
    expect(r.within(r.between(0, 3), 0, 10)).toEqual(r.atMost(3));
    expect(r.within(r.between(4, 10), 0, 10)).toEqual(r.atLeast(4));
    expect(r.within(r.between(11, 12), 0, 10)).toEqual([]);
    fc.assert(
      fc.property(region, end, end, (a, low, high) => {
        const opened = r.within(a, low, high);
        for (let n = low; n <= high; n += 1) expect(r.contains(opened, n)).toBe(r.contains(a, n));
      }),
    );
  });
});
