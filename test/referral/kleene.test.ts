import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ABSENT,
  and,
  FALSE,
  isTrue,
  mayBeTrue,
  not,
  or,
  TRUE,
  truth,
  UNKNOWN,
} from '../../src/referral/kleene.js';

const any = fc.constantFrom(TRUE, FALSE, UNKNOWN, ABSENT);

describe('Kleene logic of rules', () => {
  it('agrees with two-valued logic on what is known', () => {
    for (const a of [true, false]) {
      for (const b of [true, false]) {
        expect(and(truth(a), truth(b))).toBe(truth(a && b));
        expect(or(truth(a), truth(b))).toBe(truth(a || b));
        expect(not(truth(a))).toBe(truth(!a));
      }
    }
  });

  it('leaves a condition unknown where the unknown part decides it', () => {
    expect(and(TRUE, UNKNOWN)).toBe(UNKNOWN);
    expect(or(FALSE, UNKNOWN)).toBe(UNKNOWN);
    expect(not(UNKNOWN)).toBe(UNKNOWN);
    expect(truth(null)).toBe(UNKNOWN);
  });

  it('decides a condition where the unknown part cannot matter', () => {
    expect(and(FALSE, UNKNOWN)).toBe(FALSE);
    expect(or(TRUE, UNKNOWN)).toBe(TRUE);
    expect(or(TRUE, ABSENT) & 5).toBe(TRUE & 5);
    expect(isTrue(or(TRUE, ABSENT))).toBe(true);
  });

  it('lets nothing hang on what is not part of the session', () => {
    expect(mayBeTrue(ABSENT)).toBe(false);
    expect(mayBeTrue(not(ABSENT))).toBe(false);
    expect(mayBeTrue(and(ABSENT, UNKNOWN))).toBe(false);
    expect(mayBeTrue(or(ABSENT, UNKNOWN))).toBe(true);
    expect(isTrue(or(ABSENT, UNKNOWN))).toBe(false);
    expect(isTrue(ABSENT)).toBe(false);
    expect(isTrue(not(ABSENT))).toBe(false);
  });

  it('has commutative and associative joins, with De Morgan between them', () => {
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(and(a, b)).toBe(and(b, a));
        expect(or(a, b)).toBe(or(b, a));
        expect(and(a, and(b, c))).toBe(and(and(a, b), c));
        expect(or(a, or(b, c))).toBe(or(or(a, b), c));
        expect(not(and(a, b))).toBe(or(not(a), not(b)));
        expect(not(not(a))).toBe(a);
      }),
    );
  });
});
