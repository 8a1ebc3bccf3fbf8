import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledCommand } from '../support/bundled.js';
import { type FencedBlock, fencedBlocks } from './fenced-blocks.js';
import { complaintsAbout, outputOf, writeExample } from './run-example.js';

const documents = ['README.md', ...readdirSync('docs').map((file) => `docs/${file}`)].filter((file) =>
  file.endsWith('.md'),
);
const blocks = documents.flatMap((file) => fencedBlocks(file, readFileSync(file, 'utf8')));
const named = (found: readonly FencedBlock[]): [string, FencedBlock][] =>
  found.map((block) => [block.at, block]);
const marked = (...languages: readonly string[]): readonly FencedBlock[] =>
  blocks.filter(({ language }) => languages.includes(language));

const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Text as a reader compares it: no spaces at the ends of lines or of the text. */
const trimmed = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();

describe('the reader of fenced blocks', () => {
  it('joins a block with the output promised after it, and with no other', () => {
    const markdown = '```ts\na\n```\n\n```text\n1\n```\nwords\n```ts\nb\n```\nwords\n```text\n2\n```';
    expect(fencedBlocks('x.md', markdown).map(({ at, output }) => [at, output])).toEqual([
      ['x.md:1', '1'],
      ['x.md:5', null],
      ['x.md:9', null],
      ['x.md:13', null],
    ]);
  });
});

describe('JSON in the documents', () => {
  it('is JSON', () => {
    const wrong = marked('json').filter(({ text }) => {
      try {
        JSON.parse(text);
        return false;
      } catch {
        return true;
      }
    });
    expect(wrong.map(({ at }) => at)).toEqual([]);
  });
});

describe('code in the documents', () => {
  const files = new Map(
    marked('ts', 'js', 'typescript', 'javascript').map(
      (block) => [block, writeExample('documents', block)] as const,
    ),
  );
  let complaints: readonly string[] = [];
  beforeAll(() => {
    complaints = complaintsAbout('documents', [...files.values()]);
  }, 60_000);

  it('type-checks', () => {
    expect(complaints).toEqual([]);
  });

  it.for([...files].map(([block, file]) => [block.at, block, file] as const))(
    '%s runs, and prints what is promised',
    async ([, { output }, file]) => {
      const printed = await outputOf(file);
      if (output !== null) expect(trimmed(printed)).toBe(trimmed(output));
    },
  );
});

const command = await bundledCommand();

describe('commands in the documents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'caseness-documents-'));
  beforeAll(() => {
    for (const name of ['docs', 'instruments']) symlinkSync(resolve(name), join(folder, name));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const shell = (text: string): string => {
    return execFileSync(
      'bash',
      ['-c', `set -eu\ncaseness() { '${process.execPath}' '${command}' "$@"; }\n${text}`],
      {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1' },
      },
    );
  };

  it.for(named(marked('bash', 'sh', 'shell')))(
    '%s names scripts that exist and commands that do what is promised',
    { timeout: 30_000 },
    ([, { text, output }]) => {
      const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
      const ofNpm = lines.filter((line) => /^npm /.test(line));
      for (const [, script = ''] of ofNpm.flatMap((line) => [
        ...line.matchAll(/npm run (?:--silent )?([\w:-]+)/g),
      ]))
        expect(Object.keys(scripts)).toContain(script);
      const others = lines.filter((line) => !ofNpm.includes(line)).join('\n');
      expect(others.split('\n')[0] ?? '').toMatch(/^$|^(npx )?caseness |^(cat|head) /);
      if (others === '') return;
      const printed = shell(others.replace(/\bnpx caseness\b/g, 'caseness'));
      if (output !== null) expect(trimmed(printed)).toBe(trimmed(output));
    },
  );
});
