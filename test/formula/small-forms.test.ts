import { describe, expect, it } from 'vitest';
import { isBareCode, lex } from '../../src/formula/lex.js';
import { parseSource } from '../../src/formula/parse.js';
import { polynomial, toMonomials, wholeMonomials } from '../../src/formula/polynomials.js';
import { print } from '../../src/formula/print.js';
import { rational } from '../../src/formula/rational.js';
import { closest } from '../../src/formula/spelling.js';

const problems = (text: string) => lex(text).errors;
const codeOf = (text: string) => {
  const parsed = parseSource(text);
  return parsed._tag === 'Right' && parsed.right.kind === 'is' ? parsed.right.code : null;
};
const printed = (text: string): string => {
  const parsed = parseSource(text);
  return parsed._tag === 'Right' ? print(parsed.right) : parsed.left.map(({ code }) => code).join();
};

describe('a quoted code', () => {
  it('ends at the next quote that no backslash escapes', () => {
    expect(codeOf('q1 is "a b"')).toBe('a b');
    expect(codeOf('q1 is "a\\"b"')).toBe('a"b');
    expect(codeOf('q1 is "a\\\\"')).toBe('a\\');
    expect(problems('q1 is "a\\"')).toMatchObject([{ code: 'unclosed-quote', span: { start: 6, end: 10 } }]);
  });

  it('keeps a backslash before any other character', () => {
    expect(codeOf('q1 is "a\\b"')).toBe('a\\b');
    expect(codeOf('q1 is "\\n"')).toBe('\\n');
  });

  it('is printed in quotes where it could be read as something else, and bare where not', () => {
    for (const bare of ['0', '3a', 'past-3-months', 'true', 'false', 'a.b', 'A_1'])
      expect([bare, isBareCode(bare)]).toEqual([bare, true]);
    for (const other of ['', 'and', 'IF', 'True', 'a b', '-a', 'a-', 'a.', 'é', '"', 'a"b'])
      expect([other, isBareCode(other)]).toEqual([other, false]);
    expect(printed('q1 is "and"')).toBe('q1 is "and"');
    expect(printed('q1 is "yes"')).toBe('q1 is yes');
    expect(printed('q1 is "a\\"b\\\\c"')).toBe('q1 is "a\\"b\\\\c"');
  });
});

describe('a character that has no meaning', () => {
  it('is shown where it can be seen, and named', () => {
    const [quote] = problems('q1 is \u201cyes');
    expect(quote).toMatchObject({ code: 'look-alike', didYouMean: '"' });
    expect(quote?.message).toMatch(/write a straight double quote: "\.$/);
    const [minus] = problems('q1 \u2212 1');
    expect(minus?.message).toMatch(/write '-'\.$/);
    expect(problems('q1 \u{1F600}')[0]?.message).toMatch(/^The character '\u{1F600}' \(/u);
    expect(problems('q1 \u{E000}')[0]?.message).toMatch(/^The character U\+E000 has/);
  });
});

describe('the end of a text', () => {
  it('is a token without text, behind the last character', () => {
    expect(lex('q1 ').end).toEqual({ kind: 'end', text: '', span: { start: 3, end: 3 } });
  });
});

describe('a formula printed', () => {
  it('keeps a condition in its parentheses where it stands as a number', () => {
    expect(printed('(not q1 is yes) = (q2 >= 1)')).toMatch(/^\(not q1 is yes\) = /);
  });
});

describe('a name that was probably meant', () => {
  it('is the same whatever the order of the candidates', () => {
    expect(closest('cat', ['bat', 'hat', 'rat'])).toBe('bat');
    expect(closest('cat', ['rat', 'hat', 'bat'])).toBe('bat');
    expect(closest('cat', ['hat', 'bat', 'rat'])).toBe('bat');
  });
});

describe('polynomials', () => {
  const term = (times: bigint, ...of: number[]) => ({ of, times: rational(times) });

  it('collect terms of the same variables and of no others', () => {
    const collected = polynomial([term(2n, 1, 12), term(3n, 1, 1, 2), term(4n, 12, 1)]);
    expect([...collected.values()]).toEqual([
      { of: [1, 12], times: rational(6n) },
      { of: [1, 1, 2], times: rational(3n) },
    ]);
  });

  it('have the smallest whole coefficients', () => {
    const [whole] = wholeMonomials([polynomial([term(4n, 0), term(-6n, 1)])]);
    expect(whole.map(({ times }) => times)).toEqual([2n, -3n]);
  });

  it('stand in order: more factors first, then by the first variable that differs', () => {
    const ordered = toMonomials([
      { of: [], times: 1n },
      { of: [0, 2], times: 2n },
      { of: [1], times: 3n },
      { of: [0, 1], times: 4n },
      { of: [2], times: 0n },
    ]);
    expect(ordered.map(({ of }) => of)).toEqual([[0, 1], [0, 2], [1], []]);
  });
});
