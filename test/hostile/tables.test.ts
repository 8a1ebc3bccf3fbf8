import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runScore } from '../../src/cli/score-command.js';
import type { RawScoreOptions } from '../../src/cli/score-options.js';
import { mood } from '../cli/fictional-instruments.js';
import { type TestFolder, testFolder, testTerminal } from '../cli/terminal.js';
import { marker, prototypesAreClean, saysNoAnswer, tries } from './claims.js';
import { corpus } from './corpus.js';

let folder: TestFolder;
beforeAll(() => {
  folder = testFolder();
});
afterAll(() => folder.remove());

const run = async (table: Uint8Array, options: RawScoreOptions = {}) => {
  const terminal = testTerminal();
  const status = await runScore(mood, folder.write('table.csv', table), options, terminal);
  return { status, out: terminal.out(), err: terminal.err() };
};

/** What a spreadsheet runs when it opens a cell that begins so. */
const runs = /^[=+\-@\t\r]/;
const number = /^[+-]?[0-9]+(\.[0-9]+)?$/;

const isAnswered = async (table: Uint8Array, options: RawScoreOptions = {}): Promise<void> => {
  const { status, out, err } = await run(table, options);
  expect([0, 1, 2]).toContain(status);
  expect(err).not.toBe('');
  expect(err).not.toMatch(/\bat .*\.[jt]s/);
  saysNoAnswer(err);
  if (out === '' || options.format === 'ndjson') return;
  const rows: readonly (readonly string[])[] = parse(out, { columns: false });
  for (const cell of rows.flat())
    expect([cell, runs.test(cell) && !number.test(cell)]).toEqual([cell, false]);
};

/** A cell as some program writes it: its answers, its missing values, its formulas, its mistakes. */
const cell = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('0', '1', '2', '3') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[
        '',
        ' ',
        '4',
        '-1',
        '2.0',
        '2,0',
        '1e999',
        'NaN',
        'NA',
        '#N/A',
        '-99',
        '\u0661',
        '\uff12',
        '1\u200b',
        '\u00a01',
      ],
      ...[
        marker,
        `"${marker}"`,
        `"${marker}, 1"`,
        `"a\n${marker}"`,
        `"a""b"`,
        'a"b',
        '"open',
        "'1",
        '__proto__',
        '\u0000',
        '\ufeff1',
      ],
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[
        '=1+1',
        "=cmd|' /C calc'!A0",
        '+1+1',
        '-1+1',
        '@SUM(1)',
        '"\t=1"',
        '"\r=1"',
        '"\n=1"',
        '=HYPERLINK("x")',
        '"=1,2"',
      ],
      ...['\uff1d1+1', ' =1', '"+1"', '-', '=', '@', '+44 1', '-1', '%', '|', ';=1'],
    ),
  },
);

const encodings: readonly ((text: string) => Uint8Array)[] = [
  (text) => Buffer.from(text),
  (text) => Buffer.from(text),
  (text) => Buffer.from(text),
  (text) => Buffer.from(`\ufeff${text}`),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  (text) => Buffer.from(text, 'latin1'),
  (text) => Buffer.concat([Buffer.from(text), Buffer.from([0xc3])]),
];

const table = fc
  .record({
    header: fc.array(
      fc.oneof(
        {
          weight: 3,
          arbitrary: fc.constantFrom('id', 'note', 'q1', 'age', '__proto__', 'constructor', 'row', 'total'),
        },
        { weight: 1, arbitrary: cell },
      ),
      { maxLength: 4 },
    ),
    rows: fc.array(fc.array(cell, { minLength: 3, maxLength: 8 }), { maxLength: 12 }),
    ragged: fc.boolean(),
    end: fc.constantFrom('\n', '\r\n', '\r', '\n\n', '\n\r'),
    between: fc.constantFrom(',', ';', '\t', '|', ', '),
    encoding: fc.nat(encodings.length - 1),
  })
  .map(({ header, rows, ragged, end, between, encoding }) => {
    const names = ['q1', 'q2', 'q3', ...header];
    const lines = rows.map((row) => (ragged ? row : names.map((_, at) => row[at] ?? '1')).join(between));
    const encode = encodings[encoding] ?? Buffer.from;
    return encode([names.join(between), ...lines].join(end));
  });

const options = fc.constantFrom<RawScoreOptions>(
  {},
  { keep: ['id', 'note'] },
  { acceptColumn: ['q1,q2,q3'] },
  { acceptColumn: ['q1,q2,q3'], format: 'ndjson' },
  { missing: ['NA,-99'] },
  { decimalComma: true },
);

describe('saved tables', () => {
  it.each(corpus('tables'))('$name: $why', async ({ bytes }) => {
    await isAnswered(bytes);
    await isAnswered(bytes, { acceptColumn: ['q1,q2,q3'] });
    prototypesAreClean();
  });
});

describe('a table as no program should write it', () => {
  it('ends in an exit status and words, with no answer in them and no formula among the cells [H25] [H31]', async () => {
    await fc.assert(fc.asyncProperty(table, options, isAnswered), tries(150));
    prototypesAreClean();
  });

  it('carries through whatever a spreadsheet would run only with an apostrophe before it, in rejects too', async () => {
    const dangerous = ['=1+1', '+1+1', '-1+1', '@SUM(1)', '\t=1', '\r=1', '=cmd|x', '-', '+', '='];
    const [scored, rejected] = dangerous
      .map((text, at) => [`1,1,${at % 4},"${text}"`, `${marker},1,1,"${text}"`])
      .reduce(([good, bad], [one, other]) => [`${good}${one}\n`, `${bad}${other}\n`], ['', '']);
    const content = `q1,q2,q3,note\n${scored}${'3,2,0,fine\n0,1,0,fine\n'.repeat(600)}${rejected}`;
    const rejects = folder.path('rejects.csv');
    const { out, err } = await run(Buffer.from(content), { rejects, force: true, keep: ['note'] });
    saysNoAnswer(err);
    for (const written of [out, folder.read('rejects.csv')]) {
      const rows: readonly (readonly string[])[] = parse(written, { columns: false });
      const cells = rows.flat();
      for (const text of dangerous)
        expect([
          text,
          cells.some((each) => each.startsWith(`'${text.slice(0, 1)}`) && each.endsWith(text.slice(1))),
        ]).toEqual([text, true]);
      expect(cells.filter((each) => runs.test(each) && !number.test(each))).toEqual([]);
    }
  });
});
