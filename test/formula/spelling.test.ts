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

  it('counts an exchange of neighbours as one slip also behind a letter too many or too few', () => {
    expect(closest('abcdfe', ['xabcdef'])).toBe('xabcdef');
    expect(closest('xabcdef', ['abcdfe'])).toBe('abcdfe');
    expect(closest('ccabcbcb', ['ccabccxbb'])).toBeUndefined();
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
    expect(closest('q11', ['q12', 'q1'])).toBe('q12');
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

  it('counts slips as a whole table of them would, for any two names', () => {
    /** Optimal string alignment, cell by cell. */
    const slips = (a: string, b: string): number => {
      const rows = Array.from({ length: a.length + 1 }, (_, i) =>
        Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
      );
      const cell = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
      for (let i = 1; i <= a.length; i++)
        for (let j = 1; j <= b.length; j++) {
          const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
          const least = Math.min(
            cell(i - 1, j) + 1,
            cell(i, j - 1) + 1,
            cell(i - 1, j - 1) + Number(a[i - 1] !== b[j - 1]),
            swapped ? cell(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
          );
          rows[i]?.splice(j, 1, least);
        }
      return cell(a.length, b.length);
    };
    const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });
    fc.assert(
      fc.property(name, name, (a, b) => {
        const most = a.length <= 4 ? 1 : a.length <= 8 ? 2 : 3;
        const count = slips(a, b);
        const isMeant = count <= most && count < Math.max(a.length, b.length);
        expect(closest(a, [b])).toBe(isMeant ? b : undefined);
      }),
      { numRuns: 1000 },
    );
  });
});
