import * as fc from 'fast-check';
import { isLeft, isRight } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { LONGEST_FORMULA, MOST_TOKENS } from '../../src/formula/lex.js';
import { DEEPEST_NESTING, type ParseOptions, parseFormula, parseSource } from '../../src/formula/parse.js';
import type { FormulaError, Syntax } from '../../src/formula/syntax.js';

const read = (text: string, options?: ParseOptions): Syntax => {
  const parsed = parseFormula(text, options);
  if (isRight(parsed)) return parsed.right;
  throw new Error(`${text}: ${parsed.left.map((e) => e.message).join(' ')}`);
};

const problems = (text: string, options?: ParseOptions): readonly FormulaError[] => {
  const parsed = parseFormula(text, options);
  return isLeft(parsed) ? parsed.left : [];
};

/** The tree with full parentheses, so that its shape can be read off. */
const shape = (tree: Syntax): string => {
  switch (tree.kind) {
    case 'number':
      return tree.text;
    case 'boolean':
      return String(tree.value);
    case 'name':
      return tree.name;
    case 'range':
      return `[${tree.from} to ${tree.to}]`;
    case 'members':
      return `(${tree.panel}* ${shape(tree.body)})`;
    case 'compare':
    case 'arithmetic':
      return `(${shape(tree.left)} ${tree.operator} ${shape(tree.right)})`;
    case 'is':
      return `(${shape(tree.subject)} ${tree.negated ? 'is-not' : 'is'} <${tree.code}>)`;
    case 'and':
    case 'or':
      return `(${shape(tree.left)} ${tree.kind} ${shape(tree.right)})`;
    case 'not':
    case 'negate':
      return `(${tree.kind} ${shape(tree.operand)})`;
    case 'if':
      return `(if ${shape(tree.test)} ${shape(tree.then)} ${shape(tree.else)})`;
    case 'call':
      return `${tree.name}(${tree.of.map(shape).join(' ')}${tree.by === undefined ? '' : ` by ${tree.by}`})`;
    case 'by':
      return `{${tree.context}${tree.branches.map(([value, of]) => ` ${value}:${shape(of)}`).join('')}}`;
    case 'verb':
      return `(${tree.subject} ${tree.verb} ${tree.object})`;
  }
};

describe('parseFormula reads', () => {
  it.each([
    ['sum(q1..q9)', 'sum([q1 to q9])'],
    ['sum(q1..q5) * 4', '(sum([q1 to q5]) * 4)'],
    ['count(q1..q3 >= 2, q4..q6 >= 3)', 'count(([q1 to q3] >= 2) ([q4 to q6] >= 3))'],
    [
      'any(q1 >= 2, q2 >= 2) and count(q1..q8 >= 2, q9 >= 1) >= 5',
      '(any((q1 >= 2) (q2 >= 2)) and (count(([q1 to q8] >= 2) (q9 >= 1)) >= 5))',
    ],
    ['table(metric, raw)', 'table(metric raw)'],
    ['q9 is yes', '(q9 is <yes>)'],
    ['q1 is "3a"', '(q1 is <3a>)'],
    ['q1 is 3a', '(q1 is <3a>)'],
    ['q1 is 0', '(q1 is <0>)'],
    ['q1 is "a \\"b\\" \\\\"', '(q1 is <a "b" \\>)'],
    ['q1 is true', '(q1 is <true>)'],
    ['q8 is not past-3-months', '(q8 is-not <past-3-months>)'],
    ['if q0 is no then 0 else sum(q1..q5)', '(if (q0 is <no>) 0 sum([q1 to q5]))'],
    ['sum(q1..q12 by cghq)', 'sum([q1 to q12] by cghq)'],
    ['any(substance.* : count >= 2)', 'any((substance* (count >= 2)))'],
    ['max(substance.* : count, 3)', 'max((substance* count) 3)'],
    ['sum(cannabis.q1..cannabis.q3)', 'sum([cannabis.q1 to cannabis.q3])'],
    ['injury.1 is yes or injury.12.q2', '((injury.1 is <yes>) or injury.12.q2)'],
    ['weight / (height * height) >= 20', '((weight / (height * height)) >= 20)'],
    ['round(mean(q1..q4), 1)', 'round(mean([q1 to q4]) 1)'],
    ['count >= 2 and max = 1', '((count >= 2) and (max = 1))'],
    ['q3 or (q6 and not q6a)', '(q3 or (q6 and (not q6a)))'],
    ['\n  true\tand\r\nfalse ', '(true and false)'],
  ])('%s', (text, expected) => {
    expect(shape(read(text))).toBe(expected);
  });

  it.each([
    ['a or b and c', '(a or (b and c))'],
    ['a and b or c', '((a and b) or c)'],
    ['not a and b', '((not a) and b)'],
    ['not a = 1', '(not (a = 1))'],
    ['not not a', '(not (not a))'],
    ['a + 1 >= b * 2', '((a + 1) >= (b * 2))'],
    ['a - b - c', '((a - b) - c)'],
    ['a / b / c', '((a / b) / c)'],
    ['-3 * 2', '((negate 3) * 2)'],
    ['2 - -3', '(2 - (negate 3))'],
    ['-(a + b)', '(negate (a + b))'],
    ['if a then if b then 1 else 2 else 3', '(if a (if b 1 2) 3)'],
    ['a = 1 and if-so = 2', '((a = 1) and (if-so = 2))'],
  ])('%s, or loosest and unary minus tightest', (text, expected) => {
    expect(shape(read(text))).toBe(expected);
  });

  it('a hyphen inside a name as part of the name, and minus with spaces as a difference', () => {
    expect(shape(read('part-a'))).toBe('part-a');
    expect(shape(read('part - a'))).toBe('(part - a)');
  });

  it.each([
    ['gad-7 meets caseness-8', '(gad-7 meets caseness-8)'],
    ['phq-9 raises self-harm', '(phq-9 raises self-harm)'],
    ['audit.uk at least higher-risk', '(audit.uk at-least higher-risk)'],
    ['not 4at.total at most 3a and 6cit meets x', '((not (4at.total at-most 3a)) and (6cit meets x))'],
    ['asrs-v1.1 meets part-a', '(asrs-v1.1 meets part-a)'],
    ['audit.uk at-most higher-risk', '(audit.uk at-most higher-risk)'],
  ])('the verbs of a referral rule: %s', (text, expected) => {
    expect(shape(read(text, { verbs: true }))).toBe(expected);
  });

  it('each form with the place where it stands, parentheses included', () => {
    const tree = read(' (q1 + q2) >= 3');
    expect(tree.span).toEqual({ start: 1, end: 15 });
    expect(tree.kind === 'compare' && tree.left.span).toEqual({ start: 1, end: 10 });
    expect(tree.kind === 'compare' && tree.right.span).toEqual({ start: 14, end: 15 });
  });
});

describe('parseFormula refuses, with place and remedy,', () => {
  const refused: readonly (readonly [string, string, number, number, RegExp])[] = [
    ['', 'empty', 0, 0, /sum\(q1\.\.q9\)/],
    ['  ', 'empty', 2, 2, /empty/],
    ['1 < q1 < 3', 'chained-comparison', 0, 10, /write '1 < q1 and q1 < 3'/],
    ['a is b is c', 'chained-comparison', 7, 9, /join two with 'and'/],
    ['a = 1 is c', 'chained-comparison', 6, 8, /join two with 'and'/],
    ['sum(q1..9)', 'range-end', 8, 9, /write 'q1\.\.q9'/],
    ['sum(1..9)', 'range-end', 4, 5, /between names/],
    ['sum((q1)..q3)', 'range-end', 8, 10, /q1\.\.q9/],
    ['sum(q1..)', 'range-end', 8, 9, /q1\.\.q9/],
    ['sum(q1..q2', 'unclosed', 3, 4, /write its '\)'/],
    ['(q1', 'unclosed', 0, 1, /never closed/],
    ['(q1 q2)', 'unexpected', 4, 6, /operator/],
    ['q1)', 'unopened', 2, 3, /closes nothing/],
    ['q1, q2', 'comma-outside-call', 2, 3, /'and' or 'or'/],
    ['q1 >=', 'unfinished', 5, 5, /breaks off/],
    ['>= 2', 'expected-operand', 0, 2, /missing before '>='/],
    ['q1 >= >= 2', 'expected-operand', 6, 8, /missing/],
    ['and q1', 'expected-operand', 0, 3, /names nothing/],
    ['q1 + if a then 1 else 2', 'if-inside', 5, 7, /parentheses/],
    ['if if a then b else c then 1 else 2', 'if-inside', 3, 5, /parentheses/],
    ['q1 = not q2', 'not-inside', 5, 8, /parentheses/],
    ['if a 1', 'expected-then', 5, 6, /if … then … else/],
    ['if a then 1', 'expected-else', 11, 11, /always has one/],
    ['Q1 >= 2', 'upper-case', 0, 2, /write 'q1'/],
    ['q1 AND q2', 'unknown-word', 3, 6, /'and'/],
    ['q1 adn q2', 'unknown-word', 3, 6, /did you mean 'and'/],
    ['NOT q1', 'upper-case', 0, 3, /write 'not'/],
    ['summ(q1)', 'unknown-function', 0, 4, /did you mean 'sum'/],
    ['frobnicate(q1)', 'unknown-function', 0, 10, /the functions are sum/],
    ['sum()', 'arity', 0, 5, /what it is taken of/],
    ['round(q1)', 'arity', 0, 9, /number of decimals/],
    ['round(q1, q2)', 'arity', 0, 13, /number of decimals/],
    ['table(3, raw)', 'arity', 0, 13, /name of a table/],
    ['table(raw)', 'arity', 0, 10, /name of a table/],
    ['round(q1, 2 by k)', 'keying-place', 12, 14, /over items/],
    ['sum(q1 by 3)', 'expected-keying', 10, 11, /name of a keying/],
    ['substance.* : count', 'members-outside-call', 9, 11, /any\(substance/],
    ['any(substance.* count)', 'expected-sign', 16, 21, /write a colon/],
    ['any(Substance.* : count)', 'upper-case', 4, 13, /write 'substance'/],
    ['q1-', 'minus-needs-spaces', 2, 3, /space on each side/],
    ['q1 -3', 'minus-needs-spaces', 3, 4, /space on each side/],
    ['(q1)-3', 'minus-needs-spaces', 4, 5, /space on each side/],
    ['-q1', 'minus-needs-operand', 0, 1, /-\(name\)/],
    ['q1 is', 'expected-code', 5, 5, /double quotes/],
    ['q1 is not', 'expected-code', 9, 9, /double quotes/],
    ['q1 is and', 'expected-code', 6, 9, /double quotes/],
    ['q1 is (yes)', 'expected-code', 6, 7, /double quotes/],
    ['sum(q1) is 3', 'is-needs-item', 0, 7, /compare numbers with '='/],
    ['q1 = "3a"', 'code-needs-is', 5, 9, /'is' or 'is not'/],
    ['"3a"', 'code-needs-is', 0, 4, /only after 'is'/],
    ['1e5', 'number-form', 0, 3, /in full/],
    ['1.2.3', 'bad-name', 0, 5, /is no name/],
    ['any(or.* : count)', 'bad-name', 4, 6, /^'or' is no name/],
    ['.5', 'unknown-sign', 0, 1, /0\.5/],
    ['gad-7 meets caseness-8', 'verb-outside-rule', 6, 11, /referral rules/],
    ['q1 == 2', 'unknown-sign', 3, 5, /write '='/],
    ['q1 <> 2', 'unknown-sign', 3, 5, /write '!='/],
    ['q1 => 2', 'unknown-sign', 3, 5, /write '>='/],
    ['q1 && q2', 'unknown-sign', 3, 5, /write 'and'/],
    ['{ by: sex }', 'unknown-sign', 0, 1, /YAML/],
    ['q1 >= 2;', 'unknown-sign', 7, 8, /nothing at the end of a formula/],
    ['q1 > = 2', 'split-sign', 3, 6, /'>=' as one sign, without a space/],
    ['q1 = < 2', 'split-sign', 3, 6, /'<=' as one sign, without a space/],
    ['q1 > < 2', 'expected-operand', 5, 6, /missing before '<'/],
    ['sum(q1:q3)', 'range-sign', 6, 7, /'q1\.\.q3'; across the members of a panel 'any\(/],
    ['sum(q1 to q3)', 'range-sign', 7, 9, /write 'q1\.\.q3'\.$/],
    ['sum(q1 to 3)', 'unexpected', 7, 9, /cannot stand here/],
    ['sum(2 to q3)', 'unexpected', 6, 8, /cannot stand here/],
    ['any(x.* : q1 : q2)', 'members-outside-call', 13, 14, /write a call/],
    ['q1 is "yes', 'unclosed-quote', 6, 10, /second double quote/],
  ];

  it.each(refused)('%j as %s', (text, code, start, end, remedy) => {
    const [first] = problems(text);
    expect(first).toMatchObject({ code, span: { start, end } });
    expect(first?.message).toMatch(remedy);
    expect(first?.message).toMatch(/[.?]$/);
    expect(first?.message).not.toMatch(/[.?][.?]$|undefined/);
  });

  it.each([
    ['sum(q1..9)', 'q9'],
    ['sum(item12..19)', 'item19'],
    ['sum(q1a2..9)', 'q1a9'],
    ['Q1 >= 2', 'q1'],
    ['q1 AND q2', 'and'],
    ['q1 adn q2', 'and'],
    ['summ(q1)', 'sum'],
  ])('%s, naming what was probably meant', (text, meant) => {
    expect(problems(text)[0]?.didYouMean).toBe(meant);
  });

  it.each(['q1 q2', 'frobnicate(q1)', 'q1)', '1.2.3', 'q1 = 1 +', 'sum(q1..)'])(
    '%s, naming nothing where nothing is near',
    (text) => {
      expect(problems(text)[0]).not.toHaveProperty('didYouMean');
    },
  );

  it.each([
    ['q1 meets', 'q1 meet x', 'meets'],
    ['audit at least', 'audit at lest x', undefined],
  ])('verbs near to %s', (_, text, meant) => {
    expect(problems(text, { verbs: true })[0]?.didYouMean).toBe(meant);
    expect(problems('q1 meet x')[0]?.didYouMean).not.toBe('meets');
  });

  it.each([
    ['q1 is "and"', '(q1 is <and>)'],
    ['q1 is false', '(q1 is <false>)'],
    ['q1 is "("', '(q1 is <(>)'],
    ['q1 is "not"', '(q1 is <not>)'],
  ])('no code in quotes, whatever it says: %s', (text, expected) => {
    expect(shape(read(text))).toBe(expected);
  });

  it.each([
    ['"then" 1', 'code-needs-is'],
    ['q1 "and" q2', 'unexpected'],
    ['if q1 "then" 1 else 2', 'expected-then'],
    ['q1 ">=" 2', 'unexpected'],
    ['any("(")', 'code-needs-is'],
    ['q1 = 2 "AND" q2', 'unexpected'],
    ['round(q1, 12)', 'arity'],
    ['round(q1, 0.5)', 'arity'],
    ['round(q1, 1, 2)', 'arity'],
    ['table(a, b, c)', 'arity'],
    ['table(raw, q1 by k)', 'keying-place'],
    ['sum(q1 by "k")', 'expected-keying'],
    ['sum(q1 by and)', 'expected-keying'],
    ['sum(q1.."q3")', 'range-end'],
    ['sum(q1..and)', 'range-end'],
    ['any("x".* : q1)', 'code-needs-is'],
    ['any(x.* : q1 : q2)', 'members-outside-call'],
    ['Q-', 'upper-case'],
    ['AND', 'upper-case'],
    ['3.A', 'bad-name'],
  ])('%s as %s', (text, code) => {
    expect(problems(text).map((e) => e.code)).toContain(code);
  });

  it('a long word shown in part', () => {
    const word = 'x'.repeat(61);
    expect(problems(`q1 ${word}`)[0]?.message).toContain(`'${'x'.repeat(59)}…'`);
    expect(problems(`q1 ${word.slice(1)}`)[0]?.message).toContain(`'${'x'.repeat(60)}'`);
  });

  it('the functions there are, by name', () => {
    expect(problems('frobnicate(q1)')[0]?.message).toMatch(
      /sum, mean, min, max, count, any, all, round, table\.$/,
    );
  });

  it('nesting, counted where it is open', () => {
    const one = '(q1)';
    expect(problems(Array.from({ length: DEEPEST_NESTING + 50 }, () => one).join(' + '))).toEqual([]);
    expect(problems('('.repeat(DEEPEST_NESTING + 1))[0]?.message).toMatch(/more than 100 deep/);
  });

  it.each([
    ['total at 3', 'unknown-verb'],
    ['total meets 3', 'verb-needs-object'],
    ['total at least', 'verb-needs-object'],
    ['3 meets x', 'verb-needs-name'],
    ['a meets b meets c', 'chained-comparison'],
    ['phq-9 rases self-harm', 'unknown-word'],
  ])('in a referral rule, %s as %s', (text, code) => {
    expect(problems(text, { verbs: true }).map((e) => e.code)).toEqual([code]);
  });

  it.each([
    ['q1 ≥ 2', '>='],
    ['q1 ≤ 2', '<='],
    ['q1 ≠ 2', '!='],
    ['q1 – q2', '-'],
    ['q1 − q2', '-'],
    ['q1 × 2', '*'],
    ['q1…q9', '..'],
    ['q1 is “yes', '"'],
    ['tоtal', 'o'],
    ['\u0455um(q1)', 's'],
    ['ｑ1', 'q'],
    ['！', '!'],
    ['～', '~'],
  ])('the look-alike in %s, and says which ASCII to write', (text, ascii) => {
    const [first] = problems(text);
    expect(first).toMatchObject({ code: 'look-alike', didYouMean: ascii });
    expect(first?.message).toContain(ascii);
    expect(first?.message).toMatch(/U\+[0-9A-F]{4}/);
  });

  it.each([
    ['q1\u200B', 'delete it'],
    ['\uFEFFq1', 'delete it'],
    ['q1\u00A0= 2', 'plain space'],
    ['height²', 'height \\* height'],
  ])('the character that nobody sees in %j', (text, remedy) => {
    expect(problems(text)[0]?.code).toBe('look-alike');
    expect(problems(text)[0]?.message).toMatch(new RegExp(remedy));
  });

  it('every strange character at once, up to twenty', () => {
    expect(problems('q1 ≥ 2 ∧ q2 ≥ 3').map((e) => e.span.start)).toEqual([3, 7, 12]);
    expect(problems('€'.repeat(100))).toHaveLength(20);
    expect(problems('\u{1F600}')).toMatchObject([{ code: 'unknown-character', span: { start: 0, end: 2 } }]);
    expect(problems('\u0007')[0]?.message).toContain('U+0007');
    expect(problems('\u0007')[0]?.message).not.toContain("'\u0007'");
    for (const shown of ['€', '☃', '名', '٣', '¶'])
      expect(problems(shown)[0]?.message).toContain(`'${shown}'`);
  });

  it('nesting beyond the limit, and reads nesting up to it', () => {
    const nest = (open: string, close: string, depth: number): string =>
      `${open.repeat(depth)}q1${close.repeat(depth)}`;
    for (const [open, close] of [
      ['(', ')'],
      ['sum(', ')'],
      ['not ', ''],
      ['-(', ')'],
      ['if ', ''],
    ] as const) {
      if (open !== 'if ' && open !== '-(') expect(problems(nest(open, close, DEEPEST_NESTING))).toEqual([]);
      expect(problems(nest(open, close, 10_000))).toHaveLength(1);
    }
    for (const open of ['(', 'sum(', 'not ', '-(', 'q1 + (', 'if q1 then ', 'any(x.* : ']) {
      expect(problems(open.repeat(DEEPEST_NESTING + 1))[0]?.code).toBe('too-deep');
    }
  });

  it('text beyond the limits, at once', () => {
    expect(problems('x'.repeat(1_000_000))[0]).toMatchObject({
      code: 'too-long',
      span: { start: LONGEST_FORMULA },
    });
    expect(problems('q1 + '.repeat(LONGEST_FORMULA / 5))).toMatchObject([{ code: 'too-long' }]);
    expect(problems(`q1${' + 1'.repeat((MOST_TOKENS - 1) / 2)}`)).toEqual([]);
    expect(problems(`-(q1)${' + 1'.repeat((MOST_TOKENS - 4) / 2)}`)).toEqual([]);
    expect(problems(`q1${' + 1'.repeat((MOST_TOKENS - 1) / 2)} + 1`)[0]?.message).toMatch(
      /at most 2000 names, numbers and signs/,
    );
    expect(problems('x'.repeat(LONGEST_FORMULA))).toEqual([]);
    expect(problems('x'.repeat(LONGEST_FORMULA + 1))[0]?.message).toMatch(/at most 10000 characters/);
    expect(problems(`"${'x'.repeat(5_000)}`)[0]?.message.length).toBeLessThan(200);
    expect(problems(`q1 ${'x'.repeat(5_000)}`)[0]?.message.length).toBeLessThan(250);
  });
});

describe('parseFormula on any text', () => {
  const fragment = fc.constantFrom(
    ...[
      'q1',
      'sum',
      '(',
      ')',
      ',',
      '..',
      '.*',
      ':',
      'is',
      'not',
      'if',
      'then',
      'else',
      'by',
      'and',
      'or',
      'at',
      'least',
    ],
    ...[
      'meets',
      '-',
      '+',
      '*',
      '/',
      '<',
      '>=',
      '=',
      '"',
      '"a"',
      '3',
      '0.5',
      'true',
      ' ',
      '≥',
      'Q',
      '\\',
      '.',
      '-',
      '\ud800',
    ],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fragment, { maxLength: 30 }).map((parts) => parts.join(' ')),
    fc.array(fragment, { maxLength: 30 }).map((parts) => parts.join('')),
  );

  it('never throws, and places each problem inside the text with a sentence', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (formula, verbs) => {
        const parsed = parseFormula(formula, { verbs });
        if (isRight(parsed)) return;
        expect(parsed.left.length).toBeGreaterThan(0);
        for (const { span, message } of parsed.left) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(formula.length);
          expect(message).toMatch(/[.?]$/);
        }
      }),
      { numRuns: fc.readConfigureGlobal()?.numRuns ?? 5000 },
    );
  });
});

describe('parseSource', () => {
  it('reads plain text as parseFormula does', () => {
    expect(parseSource('sum(q1..q9)')).toEqual(parseFormula('sum(q1..q9)'));
  });

  it('makes one tree of the branches, in the order written', () => {
    const parsed = parseSource({ by: 'sex', branches: { female: 'total >= 3', male: 'total >= 4' } });
    expect(isRight(parsed) && shape(parsed.right)).toBe('{sex female:(total >= 3) male:(total >= 4)}');
  });

  it('reports the problems of every branch, each with its branch', () => {
    const parsed = parseSource({ by: 'sex', branches: { female: 'total >=', male: '', other: 'total' } });
    expect(isLeft(parsed) && parsed.left.map((e) => [e.branch, e.code])).toEqual([
      ['female', 'unfinished'],
      ['male', 'empty'],
    ]);
  });

  it('asks for a branch where there is none', () => {
    const parsed = parseSource({ by: 'sex', branches: {} });
    expect(isLeft(parsed) && parsed.left.map((e) => e.code)).toEqual(['no-branches']);
  });
});
