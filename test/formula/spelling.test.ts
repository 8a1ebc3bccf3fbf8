import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closest } from '../../src/formula/spelling.js';

describe('closest', () => {
  it.each([
    ['totl', ['total', 'part-a'], 'total'],
    ['toatl', ['total', 'part-a'], 'total'],
    ['Total', ['total'], 'total'],
    ['gad7', ['phq-9', 'gad-7', 'gad-2'], 'gad-7'],
    ['consumtpion', ['consumption', 'total'], 'consumption'],
  ])('takes %s for a name with one or two slips', (name, candidates, meant) => {
    expect(closest(name, candidates)).toBe(meant);
  });

  it('suggests nothing where no name is near', () => {
    expect(closest('weight', ['total', 'part-a'])).toBeUndefined();
    expect(closest('total', [])).toBeUndefined();
  });

  it('never takes one single letter for another', () => {
    expect(closest('a', ['b'])).toBeUndefined();
  });

  it('counts two exchanged neighbours as one slip', () => {
    expect(closest('q21', ['q12'])).toBe('q12');
  });

  it('allows a short name one slip only', () => {
    expect(closest('mxan', ['mean'])).toBe('mean');
    expect(closest('mxxn', ['mean'])).toBeUndefined();
  });

  it('prefers the nearest, then the nearest in length, then the first in the alphabet', () => {
    expect(closest('total-a', ['total-ab', 'total-b', 'total-a'])).toBe('total-a');
    expect(closest('q11', ['q1', 'q12', 'q10'])).toBe('q10');
  });

  it('passes over names too long to be a slip', () => {
    const long = 'x'.repeat(65);
    expect(closest(long, [long])).toBeUndefined();
    expect(closest('x'.repeat(64), [long])).toBeUndefined();
  });

  it('does not depend on the order of the candidates', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '1', '-'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 8 }), (name, candidates) => {
        expect(closest(name, [...candidates].reverse())).toBe(closest(name, candidates));
      }),
    );
  });

  it('finds the name itself wherever it is a candidate', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '1', '-'), minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(word, fc.array(word), (name, others) => {
        expect(closest(name, [...others, name])).toBe(name);
      }),
    );
  });
});
