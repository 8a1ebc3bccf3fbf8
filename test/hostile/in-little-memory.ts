import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScore } from '../../src/cli/score-command.js';
import { loadDefinition } from '../../src/definition/index.js';
import { mood } from '../cli/fictional-instruments.js';
import { testTerminal } from '../cli/terminal.js';

/**
 * Run by limits.test.ts in a process of its own with a small heap: input that would not fit into it. Prints one line of
 * JSON for each.
 */
const folder = mkdtempSync(join(tmpdir(), 'caseness-hostile-'));

/** A file of a header and a hundred megabytes of `piece`. */
const hugeTable = (name: string, piece: string): string => {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  writeSync(file, 'q1,q2,q3\n');
  const block = piece.repeat(Math.ceil((1024 * 1024) / piece.length));
  for (let megabyte = 0; megabyte < 100; megabyte += 1) writeSync(file, block);
  closeSync(file);
  return path;
};

const said = (name: string, from: number, status: number, words: string): void => {
  const report = { name, ms: Math.round(performance.now() - from), status, words: words.slice(0, 2_000) };
  process.stdout.write(`${JSON.stringify(report)}\n`);
};

const tables: Readonly<Record<string, string>> = {
  'one line': 'zebra-7731 ',
  'one line of commas': ',',
  'one quoted cell': '"zebra-7731\n',
  'no text': '\u0001',
};

try {
  for (const [name, piece] of Object.entries(tables)) {
    const terminal = testTerminal();
    const table = hugeTable(`${name}.csv`, piece);
    const from = performance.now();
    said(name, from, await runScore(mood, table, {}, terminal), terminal.err());
    rmSync(table);
  }
  const bytes = Buffer.alloc(10 * 1024 * 1024, 'items: { q1: { label: x } }\n');
  const from = performance.now();
  const loaded = loadDefinition(bytes, 'definition.yaml');
  said('definition of 10 MB', from, loaded._tag === 'Left' ? 1 : 0, JSON.stringify(loaded));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
