import * as fc from 'fast-check';
import { isRight } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { KEYWORDS } from '../../src/formula/lex.js';
import { parseFormula, parseSource } from '../../src/formula/parse.js';
import { print } from '../../src/formula/print.js';
import type { Syntax } from '../../src/formula/syntax.js';

const span = { start: 0, end: 0 };

/** The tree with every span blanked, since a span says where a form was written and not what it is. */
const bare = (tree: Syntax): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'span' ? undefined : value)));

const read = (text: string): Syntax => {
  const parsed = parseFormula(text, { verbs: true });
  if (isRight(parsed)) return parsed.right;
  throw new Error(`${text}: ${parsed.left.map((e) => e.message).join(' ')}`);
};

const letter = fc.constantFrom(...'abqxyz');
const tail = fc.string({ unit: fc.constantFrom(...'abz019_'), maxLength: 3 });
const simple = fc
  .tuple(letter, tail, fc.option(tail.filter((t) => t !== '')))
  .map(([first, rest, second]) => `${first}${rest}${second === null ? '' : `-${second}`}`);
const name = fc
  .oneof(
    simple,
    fc.tuple(simple, fc.constantFrom('1', '12', 'q2', '0-12', 'uk')).map(([a, b]) => `${a}.${b}`),
    fc.constantFrom('4at', '6cit', 'asrs-v1.1', 'at', 'meets', 'count', 'sum', 'members', 'sex', 'age'),
  )
  .filter((n) => !KEYWORDS.has(n));
const decimal = fc.oneof(
  fc.nat({ max: 400 }).map(String),
  fc.tuple(fc.nat({ max: 99 }), fc.nat({ max: 999 })).map(([a, b]) => `${a}.${b}`),
);
const option = fc.oneof(
  simple,
  decimal,
  fc.constantFrom(
    '3a',
    'past-3-months',
    'yes',
    'true',
    'not',
    'AND',
    'by',
    '',
    '-1',
    'a"b',
    'a\\',
    '<1',
    'é ≥',
  ),
  fc.string(),
);

/** Trees that text can give: `is` of a name or range, members only in calls, calls with the parts that they take. */
const { expression } = fc.letrec<{ expression: Syntax; argument: Syntax }>((tie) => {
  const inner = tie('expression');
  const pair = fc.record({ left: inner, right: inner });
  const leaf: fc.Arbitrary<Syntax> = fc.oneof(
    name.map((n): Syntax => ({ kind: 'name', name: n, span })),
    decimal.map((text): Syntax => ({ kind: 'number', text, span })),
    fc.boolean().map((value): Syntax => ({ kind: 'boolean', value, span })),
    fc.tuple(name, name).map(([from, to]): Syntax => ({ kind: 'range', from, to, span })),
  );
  const subject: fc.Arbitrary<Syntax> = fc.oneof(
    name.map((n): Syntax => ({ kind: 'name', name: n, span })),
    fc.tuple(name, name).map(([from, to]): Syntax => ({ kind: 'range', from, to, span })),
  );
  const call = fc.oneof(
    fc
      .tuple(
        fc.constantFrom('sum', 'mean', 'min', 'max', 'count', 'any', 'all'),
        fc.array(tie('argument'), { minLength: 1, maxLength: 3 }),
        fc.option(name, { nil: undefined }),
      )
      .map(
        ([of, parts, by]): Syntax => ({
          kind: 'call',
          name: of,
          of: parts,
          ...(by === undefined ? {} : { by }),
          span,
        }),
      ),
    fc.tuple(inner, fc.integer({ min: 0, max: 9 })).map(
      ([of, places]): Syntax => ({
        kind: 'call',
        name: 'round',
        of: [of, { kind: 'number', text: String(places), span }],
        span,
      }),
    ),
    fc.tuple(name, inner).map(
      ([table, of]): Syntax => ({
        kind: 'call',
        name: 'table',
        of: [{ kind: 'name', name: table, span }, of],
        span,
      }),
    ),
  );
  return {
    expression: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      leaf,
      call,
      pair.chain((p) =>
        fc.constantFrom('and' as const, 'or' as const).map((kind): Syntax => ({ kind, ...p, span })),
      ),
      pair.chain((p) =>
        fc
          .constantFrom('=' as const, '!=' as const, '<' as const, '<=' as const, '>' as const, '>=' as const)
          .map((operator): Syntax => ({ kind: 'compare', operator, ...p, span })),
      ),
      pair.chain((p) =>
        fc
          .constantFrom('+' as const, '-' as const, '*' as const, '/' as const)
          .map((operator): Syntax => ({ kind: 'arithmetic', operator, ...p, span })),
      ),
      fc
        .tuple(subject, option, fc.boolean())
        .map(([of, code, negated]): Syntax => ({ kind: 'is', subject: of, code, negated, span })),
      inner.chain((operand) =>
        fc.constantFrom('not' as const, 'negate' as const).map((kind): Syntax => ({ kind, operand, span })),
      ),
      fc
        .tuple(inner, inner, inner)
        .map(([test, yes, no]): Syntax => ({ kind: 'if', test, then: yes, else: no, span })),
      fc
        .tuple(
          fc.constantFrom('meets' as const, 'raises' as const, 'at-least' as const, 'at-most' as const),
          name,
          name,
        )
        .map(([verb, of, object]): Syntax => ({ kind: 'verb', verb, subject: of, object, span })),
    ),
    argument: fc.oneof(
      { maxDepth: 6 },
      inner,
      fc.tuple(name, inner).map(([panel, body]): Syntax => ({ kind: 'members', panel, body, span })),
    ),
  };
});

describe('print', () => {
  it('gives text that parses to the same tree', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        expect(bare(read(print(tree)))).toEqual(bare(tree));
      }),
      { numRuns: fc.readConfigureGlobal()?.numRuns ?? 2000 },
    );
  });

  it('gives the same text again for what it printed', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        const text = print(tree);
        expect(print(read(text))).toBe(text);
      }),
    );
  });

  it.each([
    ['(q1 + (q2)) + q3', 'q1 + q2 + q3'],
    ['q1 - (q2 - q3)', 'q1 - (q2 - q3)'],
    ['((q1 * 2)) + 1', 'q1 * 2 + 1'],
    ['(q1 + 2) * 3', '(q1 + 2) * 3'],
    ['((a and b)) or c', 'a and b or c'],
    ['a and (b or c)', 'a and (b or c)'],
    ['not (q1 = 1)', 'not q1 = 1'],
    ['(not a) and b', 'not a and b'],
    ['q1 is "yes"', 'q1 is yes'],
    ['q1 is not "not known"', 'q1 is not "not known"'],
    ['sum( q1..q12   by cghq )', 'sum(q1..q12 by cghq)'],
    ['any(substance.*:count>=2)', 'any(substance.* : count >= 2)'],
    ['(if a then 1 else 2) + 1', '(if a then 1 else 2) + 1'],
    ['-(3)', '-3'],
    ['-(q1)', '-(q1)'],
    ['audit.uk at-least higher-risk', 'audit.uk at least higher-risk'],
  ])('writes %s with no parentheses but those it needs', (text, canonical) => {
    expect(print(read(text))).toBe(canonical);
  });

  it('shows a rule by sex as it stands in the definition', () => {
    const parsed = parseSource({ by: 'sex', branches: { female: 'total>=3', male: '(total >= 4)' } });
    expect(isRight(parsed) && print(parsed.right)).toBe('{ by: sex, female: total >= 3, male: total >= 4 }');
  });
});
