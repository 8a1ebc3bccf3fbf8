import { describe, expect, it } from 'vitest';
import { Lexer } from 'yaml';
import { checkDefinition, type Definition, loadDefinition } from '../../src/definition/index.js';
import { MOST_ITEMS, MOST_NAMES, MOST_OPTIONS } from '../../src/definition/written-size.js';
import { mostEntries, readYaml } from '../../src/definition/yaml-document.js';
import { example } from './example.js';

const many = <T>(count: number, of: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => of(at));

/** What a literal is refused for, whatever its type says. */
const said = (literal: unknown) => {
  const checked = checkDefinition(literal as Definition);
  return checked._tag === 'Right' ? [] : checked.left.map(({ code, path, message }) => [code, path, message]);
};
const codes = (literal: unknown): readonly string[] => said(literal).map(([code]) => code ?? '');

describe('a literal', () => {
  it('that is no data is refused by its name', () => {
    const notData = ['not-data', '', 'a definition is plain data: write it as JSON would.'];
    const circle: Record<string, unknown> = { ...example };
    circle['notes'] = circle;
    for (const none of [undefined, () => 1, circle, { ...example, minutes: 1n }])
      expect(said(none)).toEqual([notData]);
    expect(codes(null)).not.toContain('not-data');
  });

  it('holds twenty thousand entries at most, however they are nested', () => {
    const tooLong = `more than ${mostEntries} entries: a definition is a few pages; split it.`;
    // The list is an entry too.
    expect(codes({ list: many(mostEntries - 1, () => 1) })).not.toContain('too-long');
    expect(said({ list: many(mostEntries, () => 1) })).toEqual([['too-long', '', tooLong]]);
    const pairs = (count: number) => ({ list: many(count, () => [1]) });
    expect(codes(pairs((mostEntries - 2) / 2))).not.toContain('too-long');
    expect(codes({ ...pairs((mostEntries - 2) / 2), 'one-more': 1 })).not.toContain('too-long');
    expect(codes({ ...pairs((mostEntries - 2) / 2), more: 1, 'and-more': null })).toContain('too-long');
    expect(codes({ first: many(mostEntries / 2, () => 1), second: many(mostEntries / 2, () => 1) })).toEqual([
      'too-long',
    ]);
  });

  it('that reaches for a prototype is refused where it does, with what else is wrong of its shape', () => {
    const text = JSON.stringify({ ...example, short: 7 }).replace('"q1":', '"__proto__":{},"q1":');
    const literal: unknown = JSON.parse(text);
    expect(said(literal)).toEqual(
      expect.arrayContaining([
        ['forbidden-key', 'items.__proto__', 'this key is not allowed: rename it'],
        [expect.any(String), 'short', expect.any(String)],
      ]),
    );
    expect(codes({ ...example, items: { ...example.items, constructor: example.items?.['q1'] } })).toEqual([
      'forbidden-key',
    ]);
    expect(codes(example)).toEqual([]);
  });
});

describe('a text', () => {
  it('holds two hundred thousand words and marks at most, comments among them', () => {
    const marks = (text: string): number => [...new Lexer().lex(text)].length;
    const remarks = (count: number): string => `a: 1\n${'#\n'.repeat(count)}`;
    const own = marks(remarks(0));
    const each = marks(remarks(1)) - own;
    const most = Math.floor((200_000 - own) / each);
    expect(readYaml(remarks(most), 'f')).toMatchObject({ value: { a: 1 }, problems: [] });
    expect(readYaml(remarks(most + 1), 'f')).toMatchObject({
      value: undefined,
      problems: [{ code: 'too-long', line: 1, col: 1, path: '' }],
    });
  });

  it('has keys of a hundred and twenty letters at most', () => {
    expect(readYaml(`a: 1\n${'k'.repeat(120)}: 1`, 'f').problems).toEqual([]);
    expect(readYaml(`a: 1\n${'k'.repeat(121)}: 1`, 'f').problems).toEqual([
      {
        code: 'key-too-long',
        file: 'f',
        line: 2,
        col: 1,
        path: '',
        message: 'a key has at most 120 characters: shorten it',
      },
    ]);
  });

  it('has its first hundred syntax errors said', () => {
    const errors = (count: number) =>
      readYaml(`a: 1\n${'b: @\n'.repeat(count)}`, 'f').problems.filter(({ code }) => code === 'yaml').length;
    expect([errors(1), errors(100), errors(150)]).toEqual([1, 100, 100]);
  });
});

describe('a definition that is too large', () => {
  const problemsOf = (definition: unknown) => {
    const loaded = loadDefinition(JSON.stringify(definition), 'f.yaml');
    return loaded._tag === 'Right' ? [] : loaded.left.map(({ code, path, message }) => [code, path, message]);
  };

  it('by its items is refused for that alone: nothing is written out', () => {
    const items = Object.fromEntries(
      many(MOST_ITEMS + 1, (at) => [`q${at + 1}`, { label: 'x', options: 'often' }]),
    );
    const message = `more than ${MOST_ITEMS} items, those of each panel member counted: split the definition.`;
    expect(problemsOf({ ...example, items })).toEqual([['too-large', 'items', message]]);
  });

  it('by its options is refused for that alone', () => {
    const often = many(MOST_OPTIONS + 1, (at) => ({ code: String(at), label: 'x' }));
    const message = `more than ${MOST_OPTIONS} options: make it an item with a number.`;
    expect(problemsOf({ ...example, options: { often } })).toEqual([['too-large', 'options.often', message]]);
  });

  it('by its formulas is refused at the first that is too much, beside what else is wrong', () => {
    // Four names, marks and signs each, and three names written out.
    const wide = { formula: Array(490).fill('q1..q3').join('+'), range: [0, 6], source: 'made-up' };
    const scores = { ...example.scores, a: wide, b: wide, c: wide, d: wide };
    const found = problemsOf({ ...example, scores, version: 'one' });
    expect(found).toContainEqual([
      'too-large',
      'scores.d.formula',
      `with this formula the definition names more than ${MOST_NAMES} items, ranges and scores written out: name a score once, shorten the formulas, or split the definition.`,
    ]);
    expect(found.map(([code]) => code)).toContain('version-is-semver');
  });
});

describe('formulas of a file whose shape is wrong', () => {
  it('are read at any depth at which a definition has one', () => {
    const nested = (depth: number): unknown =>
      depth === 0 ? { formula: 'q1 +' } : { deeper: nested(depth - 1) };
    const isRead = (depth: number): boolean =>
      said({ ...example, short: 7, other: nested(depth) }).some(([, path]) => path?.endsWith('.formula'));
    const deepest = many(30, (depth) => depth).filter(isRead);
    expect(deepest).toEqual(many(deepest.length, (depth) => depth));
    expect(deepest.length).toBe(20);
  });
});
