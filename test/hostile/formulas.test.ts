import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instrumentFromYaml } from '../../src/definition/index.js';
import { parseFormula, parseSource, print } from '../../src/formula/index.js';
import { LONGEST_FORMULA, MOST_TOKENS } from '../../src/formula/lex.js';
import { arePlaced, prototypesAreClean, timed, tries } from './claims.js';
import { corpus } from './corpus.js';
import { damaged, grammatical } from './formula-text.js';

/** Read, and the same again when printed; or problems, each inside the text. */
const isReadOrPlaced = (text: string, verbs = false): void => {
  const parsed = parseFormula(text, { verbs });
  if (parsed._tag === 'Right') {
    const printed = print(parsed.right);
    const again = parseFormula(printed, { verbs });
    expect([printed, again._tag]).toEqual([printed, 'Right']);
    return;
  }
  expect(parsed.left.length).toBeGreaterThan(0);
  expect(parsed.left.length).toBeLessThanOrEqual(20);
  for (const { code, span, message } of parsed.left) {
    expect(code).not.toBe('');
    expect([message.slice(0, 40), message.length < 400]).toEqual([message.slice(0, 40), true]);
    expect(message).toMatch(/[.?]$/);
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
  }
};

/** A definition with one score and one cut-off of this text. */
const definition = (formula: string): string => `
id: trial
version: "1.0.0"
title: A trial definition, openly fictional
short: TRIAL
domain: functioning
measures: nothing; it tries the language
respondent: [self]
recall: P2W
minutes: 1
licence: { holder: nobody, class: public-domain, terms: none needed, source: s, confidence: verified, seen: "2026-11-24" }
sources:
  s: { title: A fictional source, year: 2026, confidence: verified }
options:
  four: [ { code: "0", label: none }, { code: "1", label: a little }, { code: "2", label: some }, { code: "3", label: much } ]
items:
${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `  q${n}: { label: item ${n}, options: four }`).join('\n')}
scores:
  total: { formula: sum(q1..q9), range: [0, 27], source: s }
  odd: { formula: ${JSON.stringify(formula)}, range: [0, 27], source: s }
cut-offs:
  odd-met: { when: ${JSON.stringify(formula)}, screens-for: nothing, source: s }
`;

describe('saved formulas', () => {
  it.each(corpus('formulas'))('$name: $why', ({ bytes }) => {
    const text = bytes.toString('utf8').replace(/\n$/, '');
    isReadOrPlaced(text);
    isReadOrPlaced(text, true);
    const yaml = definition(text);
    const loaded = instrumentFromYaml(yaml);
    if (loaded._tag === 'Left') arePlaced(loaded.left, yaml);
  });
});

describe('formulas by the grammar', () => {
  it('are read and print as they were read, or are refused in their place', () => {
    fc.assert(
      fc.property(grammatical, fc.boolean(), (text, verbs) => isReadOrPlaced(text, verbs)),
      tries(400),
    );
  });

  it('with damaged tokens are read or refused, each problem inside the text', () => {
    fc.assert(
      fc.property(damaged(grammatical), fc.boolean(), (text, verbs) => isReadOrPlaced(text, verbs)),
      tries(600),
    );
    prototypesAreClean();
  });

  it('branch by branch are refused with the name of the branch, whatever its name', () => {
    const branches = fc.dictionary(
      fc.oneof(fc.constantFrom('female', 'male', '__proto__', 'constructor', ''), fc.string()),
      damaged(grammatical),
    );
    fc.assert(
      fc.property(branches, (given) => {
        const parsed = parseSource({ by: 'sex', branches: given });
        if (parsed._tag === 'Right') return;
        for (const { branch, code } of parsed.left)
          expect(code === 'no-branches' || Object.hasOwn(given, branch ?? '-')).toBe(true);
      }),
      tries(100),
    );
  });

  it('in a definition are lowered or refused in good time, however they mix arithmetic and choices', () => {
    fc.assert(
      fc.property(fc.oneof(grammatical, damaged(grammatical)), (text) => {
        const yaml = definition(text);
        const took = timed(() => {
          const loaded = instrumentFromYaml(yaml);
          if (loaded._tag === 'Left') arePlaced(loaded.left, yaml);
        });
        expect([text, took < 5_000]).toEqual([text, true]);
      }),
      tries(120),
    );
    prototypesAreClean();
  });
});

describe('formulas made to do harm', () => {
  const nest = (open: string, inner: string, close: string): string =>
    `${open.repeat(10_000)}${inner}${close.repeat(10_000)}`;

  it.each([
    ['parentheses', nest('(', 'q1', ')')],
    ['not', nest('not ', 'q1 = 1', '')],
    ['not with parentheses', nest('not (', 'q1 = 1', ')')],
    ['if', nest('if ', 'q1 = 1', ' then q1 = 1 else q1 = 1')],
    ['else', nest('if q1 = 1 then q2 = 1 else ', 'q1 = 1', '')],
    ['if in parentheses', nest('(if q1 = 1 then 1 else ', '1', ')')],
    ['calls', nest('sum(', 'q1', ')')],
    ['calls across members', nest('any(substance.* : ', 'q1 = 1', ')')],
    ['minus signs', nest('-', 'q1', '')],
    ['minus and parentheses', nest('-(', 'q1', ')')],
    ['quotes', nest('"', 'q1', '"')],
    ['only openings', '('.repeat(10_000)],
    ['only closings', ')'.repeat(10_000)],
  ])('ten thousand deep in %s are refused', (_, text) => {
    for (const verbs of [false, true]) {
      const parsed = parseFormula(text, { verbs });
      expect(parsed._tag).toBe('Left');
      isReadOrPlaced(text, verbs);
    }
  });

  it('nested as deep as the length allows, and no deeper than the limit, are refused by name of the limit', () => {
    const codes = (text: string) => {
      const parsed = parseFormula(text);
      return parsed._tag === 'Left' ? parsed.left.map(({ code }) => code) : [];
    };
    expect(codes(`${'('.repeat(900)}q1${')'.repeat(900)}`)).toEqual(['too-deep']);
    expect(codes(nest('(', 'q1', ')'))).toEqual(['too-long']);
    expect(codes('q1 + '.repeat(MOST_TOKENS))).toContain('too-long');
  });

  it.each([
    ['names', 'q1 + '.repeat(200_000)],
    ['one word', 'q'.repeat(1_000_000)],
    ['one number', '9'.repeat(1_000_000)],
    ['joined names', 'a.'.repeat(500_000)],
    ['spaces', ' '.repeat(1_000_000)],
    ['one quoted code', `q1 is "${'x'.repeat(1_000_000)}"`],
    ['strange characters', '\u2265'.repeat(1_000_000)],
  ])('a megabyte long, of %s, are refused by their length alone', (_, text) => {
    const took = timed(() => {
      const parsed = parseFormula(text);
      expect(parsed._tag === 'Left' ? parsed.left.map(({ code }) => code) : []).toEqual(['too-long']);
    });
    expect(took).toBeLessThan(100);
  });

  it.each([
    ['names', 'a+'.repeat(LONGEST_FORMULA / 2 - 1)],
    ['one word', 'q'.repeat(LONGEST_FORMULA)],
    ['joined names', 'a.'.repeat(LONGEST_FORMULA / 2)],
    ['hyphens', 'a-'.repeat(LONGEST_FORMULA / 2)],
    ['spaces', ' '.repeat(LONGEST_FORMULA)],
    ['quotes', '"'.repeat(LONGEST_FORMULA - 1)],
    ['backslashes', `"${'\\'.repeat(LONGEST_FORMULA - 2)}`],
    ['a long number', '9'.repeat(LONGEST_FORMULA)],
    ['strange characters', '\u2265'.repeat(LONGEST_FORMULA)],
  ])('as long as may be, of %s, are answered at once', (_, text) => {
    const took = timed(() => isReadOrPlaced(text));
    expect(took).toBeLessThan(500);
  });
});
