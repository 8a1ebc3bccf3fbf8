import { describe, expect, it } from 'vitest';
import { parseSource } from '../../src/formula/parse.js';

const problem = (text: Parameters<typeof parseSource>[0], verbs = false) => {
  const parsed = parseSource(text, { verbs });
  return parsed._tag === 'Left' ? parsed.left[0] : undefined;
};

/** Code and place. */
const said = (text: string, verbs = false): string => {
  const found = problem(text, verbs);
  return found === undefined ? 'read' : `${found.code} ${found.span.start}-${found.span.end}`;
};

describe('what cannot be read', () => {
  it.each([
    ['q1 = 1 ")"', 'unexpected 7-10'],
    ['q1 = 1 then', 'unexpected 7-11'],
    ['sum(q1 q2)', 'unexpected 7-9'],
    ['round(q1 2)', 'unexpected 9-10'],
    ['if q1 is yes thn q2 is yes else q3 is yes', 'expected-then 13-16'],
    ['if q1 is yes then q2 is yes els q3 is yes', 'expected-else 28-31'],
    ['if if q1 = 1 then q2 = 1 else q3 = 1 then q4 = 1 else q5 = 1', 'if-inside 3-5'],
    ['q1 is yes = 2', 'chained-comparison 10-11'],
    ['1 < q1 < 2', 'chained-comparison 0-10'],
    ['round(q1, q2)', 'arity 0-13'],
    ['round(q1, 10)', 'arity 0-13'],
    ['table(q1)', 'arity 0-9'],
    ['table(1, q1)', 'arity 0-12'],
  ])('is said once, where it stands: %s', (text, expected) => {
    expect(said(text)).toBe(expected);
  });

  it('is an option code compared as if it were points, on either side', () => {
    expect(problem('q1 = "a"')).toMatchObject({
      code: 'code-needs-is',
      message: "An option code is compared with 'is' or 'is not'; '=' and '!=' compare points.",
    });
    expect(problem('"a" = q1')).toMatchObject({ code: 'code-needs-is', span: { start: 0, end: 3 } });
  });

  it("is an 'if' inside another, as its condition or as part of something", () => {
    const inside = 'if q1 = 1 then q2 = 1 else q3 = 1';
    expect(problem(`if ${inside} then q4 = 1 else q5 = 1`)?.message).toMatch(/the condition of another/);
    expect(problem(`q4 = 1 and ${inside}`)?.message).toMatch(/where it is part of something/);
    expect(problem(`if (${inside}) then q4 = 1 else q5 = 1`)).toBeUndefined();
  });

  it('is a branch by sex or age that has no value', () => {
    expect(problem({ by: 'sex', branches: {} })).toMatchObject({
      code: 'no-branches',
      message: "'by: sex' has no branch; write one for each value.",
    });
  });
});

describe('spaces', () => {
  it('stand on both sides of a minus, and may be left out around any other sign', () => {
    for (const text of ['q1+q2>=1', 'q1*2 >= 1', 'q1/2 >= 1', 'q1 - q2 >= 1', 'q1\t-\nq2 >= 1', 'q1 >= -1'])
      expect([text, said(text)]).toEqual([text, 'read']);
    for (const text of ['q1- q2', 'q1 -q2', 'q1 -', '(q1)-(q2)'])
      expect([text, problem(text)?.code]).toEqual([text, 'minus-needs-spaces']);
  });
});

describe('a verb of a referral rule', () => {
  it.each([
    ['1 meets x', 'verb-needs-name 0-1', /^Before 'meets' stands the name of an instrument/],
    ['(q1 = 1) raises x', 'verb-needs-name 0-8', /^Before 'raises' stands the name/],
    ['audit.uk at x', 'unknown-verb 9-11', /^After 'at' write 'least' or 'most'/],
    ['gad-7 meets "x"', 'verb-needs-object 12-15', /^After 'meets' write the id/],
    ['gad-7 meets X', 'verb-needs-object 12-13', /^After 'meets' write the id/],
    ['gad-7 at least', 'verb-needs-object 14-14', /^After 'at least' write the id/],
    ['gad-7 at most 5', 'verb-needs-object 14-15', /^After 'at most' write the id/],
  ])('stands between a name and an id: %s', (text, expected, message) => {
    expect(said(text, true)).toBe(expected);
    expect(problem(text, true)?.message).toMatch(message);
  });

  it('of two words is met where they are written as one', () => {
    expect(problem('audit.uk atleast x', true)?.didYouMean).toBe('at least');
    expect(problem('audit.uk atmost x', true)?.didYouMean).toBe('at most');
  });
});

describe('a call', () => {
  it('has a keying only where one is written', () => {
    const tree = (text: string) => {
      const parsed = parseSource(text);
      return parsed._tag === 'Right' ? parsed.right : null;
    };
    expect(tree('sum(q1)')).not.toHaveProperty('by');
    expect(tree('sum(q1 by other)')).toMatchObject({ by: 'other' });
  });
});
