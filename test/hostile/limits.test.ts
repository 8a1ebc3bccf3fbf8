import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readTextFile } from '../../src/cli/input-file.js';
import { parseJsonText } from '../../src/cli/json-text.js';
import { runScreen } from '../../src/cli/screen-command.js';
import { readSession } from '../../src/cli/session-file.js';
import { checkDefinition, loadDefinition, type ShippedDefinition } from '../../src/definition/index.js';
import { MOST_ITEMS, MOST_NAMES, MOST_OPTIONS } from '../../src/definition/written-size.js';
import { mostEntries } from '../../src/definition/yaml-document.js';
import { LONGEST_FORMULA, MOST_TOKENS } from '../../src/formula/lex.js';
import { DEEPEST_NESTING } from '../../src/formula/parse.js';
import { loadDirectory } from '../../src/referral/definition/index.js';
import { score } from '../../src/scoring/index.js';
import { definitionFile, realLibrary, root } from '../cli/real-instruments.js';
import { testFolder, testTerminal } from '../cli/terminal.js';
import { arePlaced, saysNoAnswer, timed } from './claims.js';

const library = realLibrary();
const phq9 = await library.instrument('phq-9');
const pathway = await library.pathway('england-probation');

/** A slow machine with others at work is no hang: the bounds here are ten times what a quiet one needs. */
const seconds = (count: number): number => count * 1_000;

const many = <T>(count: number, of: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => of(at));

describe('in a process with a heap of 64 MB', () => {
  it('a hundred megabytes in one line and a definition of ten end in words [H31]', async () => {
    const script = fileURLToPath(new URL('in-little-memory.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--max-old-space-size=64', '--import', 'tsx', script],
      { cwd: root, timeout: seconds(50) },
    );
    const reports = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(reports.map(({ name, status }) => [name, status])).toEqual([
      ['one line', 1],
      ['one line of commas', 1],
      ['one quoted cell', 1],
      ['no text', 1],
      ['definition of 10 MB', 1],
    ]);
    for (const { name, ms, words } of reports) {
      expect([name, words === '', ms < seconds(10)]).toEqual([name, false, true]);
      saysNoAnswer(words);
    }
  });
});

describe('a definition', () => {
  it('of 10 MB is refused unread', () => {
    const text = 'id: trial\n'.padEnd(10_000_000, '# nothing\n');
    const took = timed(() => {
      const loaded = loadDefinition(text, 'f.yaml');
      expect(loaded).toMatchObject({ left: [{ code: 'too-long', line: 1, col: 1 }] });
    });
    expect(took).toBeLessThan(seconds(1));
  });

  it('of 100,000 items is refused by their number, as text and as a literal', () => {
    const text = `id: a\nitems:\n${many(100_000, (at) => ` ${at.toString(36)}: 1`).join('\n')}`;
    expect(text.length).toBeLessThan(1_000_000);
    const items = Object.fromEntries(many(100_000, (at) => [`q${at}`, { label: 'x', options: 'four' }]));
    for (const run of [
      () => loadDefinition(text, 'f.yaml'),
      // Far from whole: its size is met before its shape.
      () => checkDefinition({ id: 'a', items } as unknown as ShippedDefinition),
    ]) {
      const took = timed(() => {
        const loaded = run();
        if (loaded._tag === 'Right') expect.unreachable();
        else expect(loaded.left.map(({ code }) => code)).toContain('too-long');
      });
      expect(took).toBeLessThan(seconds(15));
    }
  });

  it('that is small on paper and large when written out is refused before it is worked out', () => {
    const written = parse(readFileSync(definitionFile('phq-2'), 'utf8'));
    const { q1 } = written.items;
    const { total } = written.scores;
    const crowd = Object.fromEntries(many(MOST_ITEMS, (at) => [`z${at}`, q1]));
    const doubling = Object.fromEntries(
      many(40, (at) => [
        `t${at}`,
        { ...total, formula: at === 0 ? 'total + total' : `t${at - 1} + t${at - 1}` },
      ]),
    );
    for (const definition of [
      { ...written, items: { ...written.items, ...crowd } },
      { ...written, scores: { ...written.scores, ...doubling } },
    ]) {
      const took = timed(() => {
        const checked = checkDefinition(definition);
        expect(checked._tag === 'Left' ? checked.left.map(({ code }) => code) : []).toContain('too-large');
      });
      expect(took).toBeLessThan(seconds(10));
    }
  });

  it('with a syntax error in each of 100,000 lines names the first hundred', () => {
    const text = '}\n'.repeat(100_000);
    const took = timed(() => {
      const loaded = loadDefinition(text, 'f.yaml');
      if (loaded._tag === 'Right') return expect.unreachable();
      arePlaced(loaded.left, text);
      expect(loaded.left.length).toBeLessThanOrEqual(100);
    });
    expect(took).toBeLessThan(seconds(15));
  });

  it('keeps no name longer than 120 characters, so that a long one does not stand before each entry', () => {
    const loaded = loadDefinition(
      `? "${'k'.repeat(400_000)}"\n: {${many(15_000, (at) => `k${at}: 1`).join()}}`,
      'f.yaml',
    );
    expect(loaded).toMatchObject({ _tag: 'Left' });
    if (loaded._tag === 'Left') {
      expect(loaded.left.map(({ code }) => code)).toContain('key-too-long');
      arePlaced(loaded.left, '\n');
    }
    const most = loadDefinition(`${'k'.repeat(120)}: 1\n${'k'.repeat(121)}: 1\n`, 'f.yaml');
    const long = most._tag === 'Left' ? most.left.filter(({ code }) => code === 'key-too-long') : [];
    expect(long.map(({ line }) => line)).toEqual([2]);
  });
});

describe('a session', () => {
  const form = { instrument: 'phq-9', on: '2026-11-23', answers: { q1: 2, q2: 2, q9: 1 } };

  it('of 10,000 forms is read from its file, and its plan printed', async () => {
    const folder = testFolder();
    const forms = many(10_000, (at) => ({ ...form, on: `20${String(10 + (at % 17))}-01-01` }));
    const session = { 'as-of': '2026-11-23', pathway: 'england-probation', forms };
    const terminal = testTerminal();
    const from = performance.now();
    const status = await runScreen(
      folder.write('session.json', JSON.stringify(session, null, 1)),
      {},
      { ...library, pathway: async () => pathway },
      terminal,
    );
    folder.remove();
    expect([status, terminal.err()]).toEqual([0, '']);
    expect(performance.now() - from).toBeLessThan(seconds(20));
  });

  it('with 100,000 problems names the first two hundred, and says that there are more', () => {
    const unknown = `{${many(100_000, (at) => `"k${at}": 1`).join(',\n')}}`;
    const formless = `{"as-of": "2026-11-23", "pathway": "p", "forms": [${'{},'.repeat(10_000)}{}]}`;
    for (const text of [unknown, formless]) {
      const json = parseJsonText(text);
      if (json._tag === 'Left') return expect.unreachable();
      const took = timed(() => {
        const session = readSession(json.right, 's.json');
        if (session._tag === 'Right') return expect.unreachable();
        expect(session.left.length).toBe(201);
        expect(session.left.at(-1)).toMatchObject({
          code: 'more',
          message: expect.stringContaining('mend these first'),
        });
      });
      expect(took).toBeLessThan(seconds(10));
    }
  });

  it('of more than 8 MB is refused unread', async () => {
    const folder = testFolder();
    const path = folder.write('session.json', Buffer.alloc(8 * 1024 * 1024 + 1, ' '));
    expect(await readTextFile(path)).toMatchObject({ left: { code: 'too-large' } });
    folder.remove();
  });

  it('with a long key around many values keeps their places in little memory, and places as many problems as lines', () => {
    const around = `{"${'k'.repeat(1_000_000)}": [${'1,'.repeat(100_000)}1]}`;
    const lines = `{\n${many(100_000, (at) => `"k${at}": 1`).join(',\n')}\n}`;
    const took = timed(() => {
      expect(parseJsonText(around)._tag).toBe('Right');
      const read = parseJsonText(lines);
      if (read._tag === 'Left') return expect.unreachable();
      for (let at = 0; at < 100_000; at += 1)
        if (read.right.placeOfKey([`k${at}`]) !== `${at + 2}:1`) expect.unreachable();
    });
    expect(took).toBeLessThan(seconds(10));
  });
});

describe('answers', () => {
  it('of 100,000 names that no item has are refused, the first hundred by name', () => {
    const answers = Object.fromEntries(many(100_000, (at) => [`q${at + 100}x`, 1]));
    const took = timed(() => {
      const outcome = score(phq9, answers, { age: 'unknown', sex: 'unknown' });
      expect(outcome._tag === 'Left' ? outcome.left.problems.length : 0).toBe(100);
    });
    expect(took).toBeLessThan(seconds(5));
  });
});

describe('a directory', () => {
  const directory = (providers: number): string =>
    JSON.stringify({
      id: 'trial',
      areas: Object.fromEntries(
        many(Math.ceil(providers / 20), (at) => [
          `a${at}`,
          {
            name: 'An area (fictional)',
            services: Object.fromEntries(
              Object.keys(pathway.services)
                .slice(0, 20)
                .map((id) => [id, { name: 'A' }]),
            ),
          },
        ]),
      ),
    });

  it('of 100,000 providers is refused by its size, and one of 8,000 is read', () => {
    expect(loadDirectory(directory(100_000), 'd.json', pathway)).toMatchObject({
      left: [{ code: 'too-long' }],
    });
    const took = timed(() => {
      expect(loadDirectory(directory(8_000), 'd.json', pathway)._tag).toBe('Right');
    });
    expect(took).toBeLessThan(seconds(15));
  });
});

const tests = readdirSync(join(root, 'test'), { recursive: true }).map((path) => `/${String(path)}`);

describe('docs/safety/limits.md', () => {
  it('names tests that are there, and the figures that the code holds', () => {
    const text = readFileSync(join(root, 'docs/safety/limits.md'), 'utf8');
    const inCode = [MOST_ITEMS, MOST_OPTIONS, MOST_NAMES, LONGEST_FORMULA, MOST_TOKENS].map((figure) =>
      figure.toLocaleString('en-GB'),
    );
    const inWords = [
      '1 MB',
      '120 characters',
      `${DEEPEST_NESTING} deep`,
      '8 MB',
      '200 levels',
      '200 problems',
    ];
    for (const figure of [...inCode, ...inWords, mostEntries.toLocaleString('en-GB')])
      expect([figure, text.includes(figure)]).toEqual([figure, true]);
    for (const name of text.match(/[a-z-]+\.test\.ts/g) ?? [])
      expect([name, tests.some((path) => path.endsWith(`/${name}`))]).toEqual([name, true]);
  });
});
