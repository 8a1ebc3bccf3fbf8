import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import type { Terminal } from '../../src/cli/outcome.js';

class Collected extends Writable {
  readonly chunks: Buffer[] = [];
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.chunks.push(Buffer.from(chunk));
    done();
  }
  text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }
}

/** A terminal that remembers what was written to it. */
export interface TestTerminal extends Terminal {
  readonly out: () => string;
  readonly err: () => string;
}

export const testTerminal = (input: string | Uint8Array = ''): TestTerminal => {
  const output = new Collected();
  const errors = new Collected();
  return {
    input: Readable.from([typeof input === 'string' ? Buffer.from(input) : Buffer.from(input)]),
    output,
    errors,
    showProgress: false,
    out: () => output.text(),
    err: () => errors.text(),
  };
};

/** A folder of its own for one test. */
export interface TestFolder {
  readonly path: (name: string) => string;
  readonly write: (name: string, content: string | Uint8Array) => string;
  readonly read: (name: string) => string;
  readonly names: () => readonly string[];
  readonly remove: () => void;
}

export const testFolder = (): TestFolder => {
  const folder = mkdtempSync(join(tmpdir(), 'caseness-test-'));
  return {
    path: (name) => join(folder, name),
    write: (name, content) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    },
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    names: () => readdirSync(folder).sort(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
