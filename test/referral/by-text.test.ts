import { describe, expect, it } from 'vitest';
import { byText } from '../../src/referral/by-text.js';

describe('the order of names', () => {
  it('puts a before b, whichever is named first, and nothing before itself', () => {
    expect(byText('a', 'b')).toBe(-1);
    expect(byText('b', 'a')).toBe(1);
    expect(byText('a', 'a')).toBe(0);
  });

  it('is that of code units on every machine', () => {
    expect(['b', 'é', 'a', 'B', 'ab', ''].sort(byText)).toEqual(['', 'B', 'a', 'ab', 'b', 'é']);
  });
});
