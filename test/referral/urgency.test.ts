import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byUrgency, highestUrgency, isAtLeast, joinUrgency, URGENCIES } from '../../src/referral/urgency.js';

const urgency = fc.constantFrom(...URGENCIES);

describe('the join of urgencies [H28]', () => {
  it('is associative, commutative and idempotent (law 13)', () => {
    fc.assert(
      fc.property(urgency, urgency, urgency, (a, b, c) => {
        expect(joinUrgency(a, joinUrgency(b, c))).toBe(joinUrgency(joinUrgency(a, b), c));
        expect(joinUrgency(a, b)).toBe(joinUrgency(b, a));
        expect(joinUrgency(a, a)).toBe(a);
      }),
    );
  });

  it('is never below an input', () => {
    fc.assert(
      fc.property(fc.array(urgency), (all) => {
        for (const one of all) expect(isAtLeast(highestUrgency(all), one)).toBe(true);
      }),
    );
  });

  it('has none as its neutral element', () => {
    for (const one of URGENCIES) expect(joinUrgency(one, 'none')).toBe(one);
    expect(highestUrgency([])).toBe('none');
  });

  it('orders emergency before same-day before urgent before soon before routine before none', () => {
    expect([...URGENCIES].reverse().sort(byUrgency)).toEqual([
      'emergency',
      'same-day',
      'urgent',
      'soon',
      'routine',
      'none',
    ]);
  });
});
