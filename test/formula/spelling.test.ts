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

  it.each([
    ['abcd', 'abce', 'abef'],
    ['abcde', 'abcfg', 'abfgh'],
    ['abcdefgh', 'abcdefij', 'abcdeijk'],
    ['abcdefghi', 'abcdefjkl', 'abcdejklm'],
  ])('takes %s for %s, and not for %s', (name, near, far) => {
    expect(closest(name, [near])).toBe(near);
    expect(closest(name, [far])).toBeUndefined();
  });

  it('counts an exchange of neighbours as one slip only where both stand exchanged', () => {
    expect(closest('abdc', ['abcd'])).toBe('abcd');
    expect(closest('abdx', ['abcd'])).toBeUndefined();
    expect(closest('abxc', ['abcd'])).toBeUndefined();
    expect(closest('badc', ['abcd'])).toBeUndefined();
  });

  it('takes a letter too many or too few for one slip, at either end and between', () => {
    for (const name of ['xabc', 'abxc', 'abcx']) expect(closest(name, ['abc'])).toBe('abc');
    for (const name of ['bcde', 'abde', 'abcd']) expect(closest(name, ['abcde'])).toBe('abcde');
  });

  it('never changes every character', () => {
    expect(closest('ab', ['cd', 'xb'])).toBe('xb');
    expect(closest('a', ['ab'])).toBe('ab');
    expect(closest('ab', ['a'])).toBe('a');
  });

  it('compares names of up to sixty-four characters', () => {
    const long = 'x'.repeat(64);
    expect(closest(long, [long])).toBe(long);
    expect(closest(`${long.slice(1)}y`, [long])).toBe(long);
    expect(closest(long.slice(1), [`${long}x`])).toBeUndefined();
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
