import { describe, expect, it } from 'vitest';
import { Lexer } from 'yaml';
import type { PathProblem } from '../../src/definition/problem.js';
import { readYaml } from '../../src/definition/yaml-document.js';
import { longestText } from '../../src/definition/yaml-text.js';

const said = (input: string | Uint8Array) =>
  readYaml(input, 'f.yaml').problems.map(({ code, line, col, path, message }) => [
    code,
    `${line}:${col}`,
    path,
    message,
  ]);
const codes = (input: string | Uint8Array) => said(input).map(([code, at]) => `${code} ${at}`);
const placed = (input: string, problem: Partial<PathProblem>) =>
  readYaml(input, 'f.yaml').place({ code: 'c', where: [], message: 'm', ...problem });
const at = (input: string, problem: Partial<PathProblem>): string => {
  const { line, col } = placed(input, problem);
  return `${line}:${col}`;
};

describe('the place of a problem', () => {
  const text = 'a: 1\nlist:\n  - x >= 1\n  - \'y >= 1\'\nmap:\n  inner: "z >= 1"\n';

  it('is the value of an entry, its key where the key is meant, and the key of a mapping or list', () => {
    expect(at(text, { where: ['a'] })).toBe('1:4');
    expect(at(text, { where: ['a'], atKey: true })).toBe('1:1');
    expect(at(text, { where: ['list'] })).toBe('2:1');
    expect(at(text, { where: ['map'] })).toBe('5:1');
    expect(at(text, { where: ['list', 1] })).toBe('4:5');
    expect(at(text, { where: ['map', 'inner'] })).toBe('6:10');
    expect(at(text, { where: ['map', 'inner'], atKey: true })).toBe('6:3');
  });

  it('is where the nearest entry around it starts, if it is not there itself', () => {
    expect(at(text, { where: ['map', 'other'] })).toBe('5:1');
    expect(at(text, { where: ['a', 'b', 'c'] })).toBe('1:1');
    expect(at(text, { where: ['nothing'] })).toBe('1:1');
    expect(at(`\n# a comment\n${text}`, { where: ['nothing'] })).toBe('3:1');
    expect(at('', { where: ['a'] })).toBe('1:1');
  });

  it('is inside the text, where a span of a formula is known and the text stands as it is read', () => {
    const span = { start: 2, end: 4 };
    expect(at(text, { where: ['list', 0], span })).toBe('3:7');
    expect(at(text, { where: ['list', 1], span })).toBe('4:8');
    expect(at(text, { where: ['map', 'inner'], span })).toBe('6:13');
    expect(at(text, { where: ['map'], span })).toBe('5:1');
  });

  it('is the start of the text where it is folded or written with escapes', () => {
    const span = { start: 2, end: 4 };
    expect(at('f: "a\\u0062c"\n', { where: ['f'], span })).toBe('1:4');
    expect(at("f: 'it''s so'\n", { where: ['f'], span })).toBe('1:4');
    expect(at('f: >\n  folded text\n', { where: ['f'], span })).toBe('1:4');
    expect(at('f: |-\n  ab\n', { where: ['f'], span })).toBe('1:4');
    expect(at('f: |', { where: ['f'], span })).toBe('1:4');
    expect(at('f: plain\n  text\n', { where: ['f'], span })).toBe('1:4');
    expect(at('f: "quoted\n  text"\n', { where: ['f'], span })).toBe('1:4');
  });

  it('comes with the path in words, and with a hint only where there is one', () => {
    expect(placed(text, { where: ['list', 1] })).toStrictEqual({
      code: 'c',
      file: 'f.yaml',
      line: 4,
      col: 5,
      path: 'list[1]',
      message: 'm',
    });
    expect(placed(text, { didYouMean: 'x' }).didYouMean).toBe('x');
  });
});

describe('what YAML here may not hold', () => {
  it.each([
    ['a: &x 1\n', ['anchor', '1:4', 'a', 'anchors are not read: write the value out where it is used']],
    ['b:\n  c: *x\n', ['alias', '2:6', 'b.c', 'aliases are not read: write the value out']],
    ['a: !!str 1\n', ['tag', '1:4', 'a', 'tags are not read: remove it; quote the value where it is text']],
    ['a: !own 1\n', ['tag', '1:4', 'a', 'tags are not read: remove it; quote the value where it is text']],
    ['a: 1\na: 2\n', ['duplicate-key', '2:1', 'a', 'this key stands twice: remove one, or rename it']],
    ['<<: 1\n', ['merge-key', '1:1', '', 'merge keys are not read: write the entries out']],
    ['prototype: 1\n', ['forbidden-key', '1:1', '', 'this key is not allowed: rename it']],
    ['[a]: 1\n', ['key-not-text', '1:1', '', 'a key is a plain word here']],
    ['a:\n  ? { b: 1 }\n  : 2\n', ['key-not-text', '2:5', 'a', 'a key is a plain word here']],
    ['a: .5\n', ['not-plain-decimal', '1:4', 'a', 'write the number in plain decimals, at most 15 digits']],
    ['- 1\n', ['not-a-mapping', '1:1', '', 'this file must be a mapping: `key: value`, one below the other']],
    ['%YAML 1.2\n---\na: 1\n', ['directive', '1:1', '', 'directives are not read: remove the line']],
  ])('%j', (text, problem) => {
    expect(said(text).filter(([code]) => code !== 'yaml')).toEqual([problem]);
  });

  it('takes a key for text even where YAML would make it a number or nothing', () => {
    expect(readYaml('1: a\nnull: b\ntrue: c\n', 'f').value).toEqual({ 1: 'a', null: 'b', true: 'c' });
  });

  it('takes an anchor on a key, and any tag, for what it is', () => {
    expect(codes('b: 1\n&x a: 1\n')).toEqual(['anchor 2:1']);
    expect(codes('b: 1\nlist:\n  - !!int "3"\n')).toEqual(['tag 3:5']);
  });

  it('reads a plain decimal of fifteen digits and no more', () => {
    expect(codes('a: 123456789012345\n')).toEqual([]);
    expect(codes('a: -1234567890.12345\n')).toEqual([]);
    expect(codes('a: 1234567890123456\n')).toEqual(['not-plain-decimal 1:4']);
    expect(codes('a: [1e3, 0x10, 0o7, .inf, 01]\n')).toEqual([
      'not-plain-decimal 1:5',
      'not-plain-decimal 1:10',
      'not-plain-decimal 1:16',
      'not-plain-decimal 1:21',
      'not-plain-decimal 1:27',
    ]);
  });

  it('reads each kind of scalar as it is written', () => {
    expect(readYaml('a: [1, -2.5, true, false, null, ~, "1", yes, 2026-11-23, ]\nb:\n', 'f').value).toEqual({
      a: [1, -2.5, true, false, null, null, '1', 'yes', '2026-11-23'],
      b: null,
    });
  });

  it('reads what a tag makes of a scalar as nothing, where that is no plain data', () => {
    const read = readYaml('a: !!binary aGVsbG8=\nb: !!timestamp 2026-11-23\n', 'f');
    expect(read.value).toEqual({ a: null, b: null });
    expect(read.problems.map(({ code }) => code)).toEqual(['tag', 'tag']);
  });

  it('reads a key without a value as nothing', () => {
    expect(readYaml('? a\n? b\n', 'f')).toMatchObject({ value: { a: null, b: null }, problems: [] });
  });

  it('takes a per cent sign for a directive only where a line starts with it', () => {
    expect(codes('a: 5 %\nb: "%"\n')).toEqual([]);
    expect(codes('# 5 %\n%YAML 1.2\n---\na: 1\n')).toEqual(['directive 2:1']);
  });

  it('does not ask for a mapping where the text cannot be parsed', () => {
    expect(new Set(said('- [1').map(([code]) => code))).toEqual(new Set(['yaml']));
  });

  it('says what the parser says, on one line, and gives no value', () => {
    const read = readYaml('a: [1, 2\nb: 3\n', 'f.yaml');
    expect(read.value).toBeUndefined();
    expect(read.problems.length).toBeGreaterThan(0);
    for (const { code, path, message } of read.problems) {
      expect(code).toBe('yaml');
      expect(path).toBe('');
      expect(message).toMatch(/^not readable as YAML: \S[^\n]+$/);
      expect(message).not.toMatch(/at line/);
    }
  });

  it('refuses entries forty-one deep, and none of forty', () => {
    const nested = (depth: number): string =>
      `${'{ a: '.repeat(depth)}1${' }'.repeat(depth)}`.replace(/^\{ (.*) \}$/, '$1\n');
    expect(said(nested(40))).toEqual([]);
    expect(said(nested(41))).toEqual([
      [
        'too-deep',
        expect.stringMatching(/^1:\d+$/),
        Array(41).fill('a').join('.'),
        'the nesting is too deep for a definition',
      ],
    ]);
  });

  it('refuses more than twenty thousand entries', () => {
    const flat = (count: number) => `a: [${Array(count).fill('1').join(',')}]\n`;
    // The file itself and `a` are entries too.
    expect(codes(flat(19_998))).toEqual([]);
    expect(said(flat(19_999))).toEqual([
      [
        'too-long',
        '1:1',
        '',
        'more than 20000 entries, which is more than is read: split the file, or remove what is not needed.',
      ],
    ]);
    expect(readYaml(flat(19_999), 'f').value).toBeUndefined();
  });

  it('and says nothing of the entries after so many', () => {
    const endsIn = (last: string, count: number) =>
      `a: [${Array(count - 1)
        .fill('1')
        .join(',')},${last}]\n`;
    expect(codes(endsIn('.5', 19_998))).toEqual([expect.stringMatching(/^not-plain-decimal /)]);
    expect(codes(endsIn('.5', 19_999))).toEqual(['too-long 1:1']);
  });

  it('is a file that cannot be read where the parser itself throws', () => {
    const { lex } = Lexer.prototype;
    Lexer.prototype.lex = () => {
      throw new Error('made to fail');
    };
    try {
      expect(readYaml('a: 1\n', 'f.yaml')).toStrictEqual({
        value: undefined,
        problems: [
          {
            code: 'yaml',
            file: 'f.yaml',
            line: 1,
            col: 1,
            path: '',
            message: 'not readable as YAML: look for unbalanced brackets or quotes',
          },
        ],
        place: expect.any(Function),
      });
    } finally {
      Lexer.prototype.lex = lex;
    }
  });
});

describe('a text that is not parsed', () => {
  const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

  it('is longer than a million characters', () => {
    const tooLong =
      'the file is longer than 1 MB: a definition is a few pages; split it or remove what is not one';
    expect(codes(`a: ${'x'.repeat(longestText - 3)}`)).toEqual([]);
    expect(said(`a: ${'x'.repeat(longestText - 2)}`)).toEqual([['too-long', '1:1', '', tooLong]]);
  });

  it('is no UTF-8, and says from where on', () => {
    expect(said(bytes(0x61, 0x3a, 0x20, 0xff))).toEqual([
      ['not-utf-8', '1:4', '', 'the file is not UTF-8 from here on: save it as UTF-8'],
    ]);
    expect(said('a: \uDC00')).toEqual([
      ['not-utf-8', '1:4', '', 'half a character stands here: save the file as UTF-8'],
    ]);
    expect(codes('a: \uD83D\uDE00')).toEqual([]);
    expect(readYaml(bytes(0x61, 0x3a, 0x20, 0xc3, 0xa9), 'f').value).toEqual({ a: 'é' });
  });

  it('holds what cannot be seen', () => {
    expect(said('a: \u0007')).toEqual([
      ['control-character', '1:4', '', 'a control character stands here: delete it'],
    ]);
    expect(said('a: x\u200B')).toEqual([
      ['invisible-character', '1:5', '', 'an invisible character stands here: delete it'],
    ]);
    expect(codes('\uFEFFa: 1\n\uFEFFb: 2')).toEqual(['invisible-character 2:1']);
  });

  const deep = 'the nesting is too deep for a definition: see docs/definition-language.md';

  it('opens sixty-five brackets of either kind, one inside the other', () => {
    expect(said(`a: ${'['.repeat(65)}`)).toEqual([['too-deep', '1:68', '', deep]]);
    expect(said(`a: ${'[{'.repeat(32)}[`)).toEqual([['too-deep', '1:68', '', deep]]);
    expect(said(`a: ${'[x, '.repeat(65)}`)).toEqual([['too-deep', '1:260', '', deep]]);
    expect(codes(`a: ${'['.repeat(64)}`)[0]).not.toMatch(/^too-deep/);
  });

  it('and not one that closes what it opens, however often, or closes more', () => {
    const list = (entry: string) => `a:\n${`  - ${entry}\n`.repeat(70)}`;
    expect(codes(list('[1]'))).toEqual([]);
    expect(codes(list('{ b: 1 }'))).toEqual([]);
    expect(codes(`a: "${']'.repeat(5)}${'['.repeat(65)}"\n`)).toEqual(['too-deep 1:74']);
  });

  it('indents by 256 spaces, or opens sixteen entries on one line', () => {
    expect(said(`a:\n${' '.repeat(256)}b: 1\n`)).toEqual([['too-deep', '2:1', '', deep]]);
    expect(codes(`a:\n${' '.repeat(255)}b: 1\n`)).toEqual([]);
    expect(said(`a:\n${'- '.repeat(16)}1\n`)).toEqual([['too-deep', '2:1', '', deep]]);
    expect(codes(`a:\n${'- '.repeat(15)}1\n`)).toEqual([]);
  });
});
