import { describe, expect, it } from 'vitest';
import { parseFormula, parseSource } from '../../src/formula/index.js';
import { inWords } from '../../src/review/in-words.js';

function said(formula: string): string {
  const parsed = parseFormula(formula);
  if (parsed._tag === 'Left') throw new Error(`${formula} does not parse`);
  return inWords(parsed.right);
}

describe('a formula in words', () => {
  it.each([
    ['sum(q1..q9)', 'the sum of q1 to q9'],
    ['sum(q1, q3, q5)', 'the sum of q1, q3 and q5'],
    ['sum(q1..q12 by cghq)', "the sum of q1 to q12, scored by the keying 'cghq'"],
    ['mean(q1..q4)', 'the mean of q1 to q4'],
    ['max(q1..q4)', 'the highest of q1 to q4'],
    ['min(q1, q2)', 'the lowest of q1 and q2'],
    ['count(q1..q8 >= 2, q9 >= 1)', 'how many hold: q1 to q8 is 2 or more; q9 is 1 or more'],
    ['any(q1 >= 2, q2 >= 2)', 'at least one of (q1 is 2 or more; q2 is 2 or more)'],
    ['all(q1, q2)', 'all of (q1; q2)'],
    ['round(weight / 2, 1)', 'weight divided by 2 rounded to 1 decimals'],
    ['table(rasch, raw)', "the value for raw in the table 'rasch'"],
    ['q1 is yes', "q1 is 'yes'"],
    ['q1 is not "3a"', "q1 is not '3a'"],
    ['total < 10', 'total is below 10'],
    ['total > 10', 'total is above 10'],
    ['total <= 10', 'total is 10 or less'],
    ['total = 10', 'total is 10'],
    ['total != 10', 'total is not 10'],
    ['not q1 >= 1', 'not (q1 is 1 or more)'],
    ['if q0 is no then 0 else sum(q1..q5)', "if q0 is 'no', 0; otherwise the sum of q1 to q5"],
    ['any(injury.* : loc >= 4)', "at least one of (each injury's loc is 4 or more)"],
  ])('%s', (formula, words) => {
    expect(said(formula)).toBe(words);
  });

  it('keeps the grouping of and, or and arithmetic', () => {
    expect(said('(q1 >= 1 or q2 >= 1) and q3 >= 1')).toBe(
      '(q1 is 1 or more or q2 is 1 or more) and q3 is 1 or more',
    );
    expect(said('q1 >= 1 or q2 >= 1 and q3 >= 1')).toBe(
      'q1 is 1 or more or (q2 is 1 or more and q3 is 1 or more)',
    );
    expect(said('(previous - weight) / previous * 100')).toBe(
      '((previous minus weight) divided by previous) times 100',
    );
  });

  it('gives two formulas that differ in one number different words', () => {
    expect(said('total >= 10')).not.toBe(said('total >= 9'));
  });

  it('says each branch of a rule by sex', () => {
    const parsed = parseSource({ by: 'sex', branches: { female: 'total >= 3', male: 'total >= 4' } });
    if (parsed._tag === 'Left') throw new Error('does not parse');
    expect(inWords(parsed.right)).toBe('female: total is 3 or more; male: total is 4 or more');
  });
});
