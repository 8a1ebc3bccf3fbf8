import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvCell } from '../../src/cli/formula-guard.js';
import { runCaseness } from '../../src/cli/program.js';
import { runScore } from '../../src/cli/score-command.js';
import type { RawScoreOptions } from '../../src/cli/score-options.js';
import { runScreen } from '../../src/cli/screen-command.js';
import { mood } from '../cli/fictional-instruments.js';
import { definitionFile, realLibrary, root } from '../cli/real-instruments.js';
import { type TestFolder, testFolder, testTerminal } from '../cli/terminal.js';
import { tries } from './claims.js';

let folder: TestFolder;
beforeAll(() => {
  folder = testFolder();
});
afterAll(() => folder.remove());

const caseness = async (...args: readonly string[]) => {
  const terminal = testTerminal();
  const status = await runCaseness(args, terminal);
  return { status, out: terminal.out(), err: terminal.err() };
};

const real = realLibrary();
const pathway = await real.pathway('england-probation');
const library = { ...real, pathway: async () => pathway };
const screen = async (session: string) => {
  const terminal = testTerminal();
  const status = await runScreen(folder.write('session.json', session), {}, library, terminal);
  return { status, out: terminal.out(), err: terminal.err() };
};
const session = (person: string, forms: string): string =>
  `{"as-of": "2026-11-23", "pathway": "england-probation", "person": ${person}, "forms": ${forms}}`;

const score = async (table: string, options: RawScoreOptions = {}) => {
  const terminal = testTerminal();
  const status = await runScore(mood, folder.write('table.csv', table), options, terminal);
  return { status, out: terminal.out(), err: terminal.err() };
};

describe('with every built-in prototype frozen', () => {
  it('everything that reads a file does its work, and what is poisoned is refused', async () => {
    const script = fileURLToPath(new URL('on-frozen-prototypes.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], {
      cwd: root,
      timeout: 50_000,
    });
    const outcomes = stdout
      .trim()
      .split('\n')
      .map((line): readonly unknown[] => Object.values(JSON.parse(line)));
    expect(outcomes).toEqual([
      ['session', 1],
      ['answers', 1],
      ['table', 0],
      ['definition', 'Right'],
      ['poisoned definition', 'Left'],
      ['poisoned cases', 'Left'],
      ['poisoned pathway', 'Left'],
      ['poisoned directory', 'Left'],
      ['polluted', false],
    ]);
  });
});

describe('a key named __proto__', () => {
  it('is named where it stands as a fact or as an item: no schema passes over it [H26]', async () => {
    const fact = await screen(session('{"age": 40,\n "__proto__": {"age": 12}}', '[]'));
    expect(fact.status).toBe(1);
    expect(fact.err).toContain("session.json:2:2: '__proto__' is no fact");
    const forms = '[{"instrument": "phq-9", "on": "2026-11-23", "answers": {"q9": 1, "__proto__": 3}}]';
    const item = await screen(session('{}', forms));
    expect(item.status).toBe(1);
    expect(item.out).toMatch(/__proto__: not known here/);
  });
});

describe('a session with more wrong names than anybody reads', () => {
  const many = <T>(count: number, of: (at: number) => T): readonly T[] =>
    Array.from({ length: count }, (_, at) => of(at));

  it('has the first two hundred of a kind named, and says that there are more', async () => {
    const facts = JSON.stringify(Object.fromEntries(many(50_000, (at) => [`registered-with-${at}`, true])));
    const forms = JSON.stringify(
      many(20_000, (at) => ({ instrument: `phq-${at + 100}`, on: '2026-11-23', answers: {} })),
    );
    const from = performance.now();
    for (const text of [session(facts, '[]'), session('{}', forms)]) {
      const { status, err } = await screen(text);
      const lines = err.trim().split('\n');
      expect([status, lines.length, lines.at(-1)]).toEqual([
        1,
        201,
        expect.stringContaining('more than 200 problems'),
      ]);
    }
    expect(performance.now() - from).toBeLessThan(10_000);
  });
});

describe('a file that does not say how large it is', () => {
  it.skipIf(!existsSync('/dev/zero'))('is read up to 8 MB and then refused, whatever reads it', async () => {
    for (const args of [
      ['check', '/dev/zero'],
      ['prove', '/dev/zero'],
      ['diff', '/dev/zero', '/dev/zero'],
      ['screen', '/dev/zero'],
      ['explain', 'phq-9', '/dev/zero'],
    ]) {
      const { status, err } = await caseness(...args);
      expect([args, status, err]).toEqual([args, 2, expect.stringContaining('larger than 8 MB')]);
    }
  });

  it('is no reason to leave out the cases beside a definition in silence', async () => {
    const file = folder.path('phq-2/definition.yaml');
    await mkdir(dirname(file));
    folder.write('phq-2/definition.yaml', readFileSync(definitionFile('phq-2')));
    folder.write('phq-2/cases.yaml', Buffer.alloc(8 * 1024 * 1024 + 1, '\n'));
    for (const command of ['check', 'prove']) {
      const { status, err } = await caseness(command, file);
      expect([command, status, err]).toEqual([command, 2, expect.stringContaining('larger than 8 MB')]);
    }
  });
});

describe('a header', () => {
  it.each([
    ['of a million commas', ','.repeat(1_000_000), /names no column/],
    [
      'of one name 300,000 times',
      'q1,'.repeat(300_000),
      /300000 columns are called 'q1' .columns 1, 2, .*10, …/,
    ],
  ])('%s is answered at once, and in few words', async (_, header, words) => {
    const from = performance.now();
    const { status, err } = await score(`${header}\n1`);
    expect(status).not.toBe(0);
    expect(err).toMatch(words);
    expect(err.length).toBeLessThan(2_000);
    expect(performance.now() - from).toBeLessThan(10_000);
  });
});

describe('a column of long texts', () => {
  it('is refused without keeping them', async () => {
    const row = (at: number): string => `${at}${'x'.repeat(2_000)},0,0`;
    const { status, err } = await score(
      `q1,q2,q3\n${Array.from({ length: 60 }, (_, at) => row(at)).join('\n')}`,
    );
    expect(status).toBe(1);
    expect(err).toContain('60 of 60 answered values are no answer to the item');
    expect(err).not.toContain('xxxx');
  });
});

describe('a cell on its way out', () => {
  const dangerous = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
  const number = /^[+-]?[0-9]+(?:\.[0-9]+)?$/;
  /** What a spreadsheet has in its cells that splits at any of the usual marks and takes quotes for nothing. */
  const splitAnyhow = (cell: string): readonly string[] => cell.replace(/^"/, '').split(/[;\t]/).slice(1);

  it('is no formula, in whatever language and with whatever delimiter the file is opened', () => {
    const piece = fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '\t',
      '\r',
      '\n',
      ';',
      ' ',
      '"',
      "'",
      '1',
      'a',
      '\uff1d',
      '\uff20',
      ',',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        const cell = csvCell(text);
        const read = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
        expect([text, dangerous.test(read) && !number.test(read)]).toEqual([text, false]);
        for (const part of splitAnyhow(cell))
          expect([text, /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(part)]).toEqual([text, false]);
        expect(read.replaceAll("'", '')).toBe(text.replaceAll("'", ''));
      }),
      tries(500),
    );
  });
});

describe('options of the command line', () => {
  it('may be any text: there is an exit status and words, never a crash', async () => {
    const bit = fc.constantFrom(
      ...[
        'q1',
        'q3',
        '..',
        '=',
        ':',
        ',',
        'age',
        'sex',
        '__proto__',
        'constructor',
        '1',
        'refused',
        '>=',
        ' ',
        '"',
      ],
      ...['\u0000', 'x'.repeat(300), '*', 'q1..q3', 'male', '-', '\u200b', '[', '(', '\\'],
    );
    const text = fc.array(bit, { maxLength: 6 }).map((bits) => bits.join(''));
    const several = fc.array(text, { maxLength: 2 });
    const options = fc.record<RawScoreOptions>(
      {
        map: several,
        missing: several,
        recode: several,
        keep: several,
        context: several,
        where: several,
        missingRule: text,
        administered: several,
        acceptColumn: several,
        delimiter: text,
        format: text,
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(options, async (given) => {
        const { status, out, err } = await score('q1,q2,q3,x\n1,2,3,4\n0,1,2,3\n', given);
        expect([0, 1, 2]).toContain(status);
        expect(`${out}${err}`).not.toBe('');
        expect(err.length).toBeLessThan(20_000);
      }),
      tries(150),
    );
  });

  it('may name an instrument that every object has', async () => {
    for (const id of ['__proto__', 'constructor', 'toString', '', '../phq-9', 'phq-9\u0000'])
      for (const args of [
        ['show', id],
        ['explain', id, '--answers', '{}'],
        ['score', id, '-'],
      ])
        expect([args, (await caseness(...args)).status]).toEqual([args, 2]);
  });
});
