import { existsSync, rmSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { type Either, left, right } from 'fp-ts/Either';
import { fileProblem } from './input-file.js';
import { type Failure, usage } from './outcome.js';

/** Where lines go: a file that appears whole or not at all, or a stream. */
export interface LineSink {
  readonly write: (text: string) => Promise<void>;
  /** Puts the file in its place. */
  readonly finish: () => Promise<void>;
  /** Leaves nothing behind. */
  readonly abandon: () => Promise<void>;
}

/** Says no where the file is there already and `force` was not asked for. */
export const mayWrite = (path: string, force: 'force' | 'keep'): Failure | null =>
  force === 'keep' && existsSync(path)
    ? usage('exists', `${path} is there already; --force replaces it`)
    : null;

const CHUNK = 64 * 1024;

/** A file written beside its place and renamed into it at the end. */
export const openFileSink = async (
  path: string,
  force: 'force' | 'keep',
): Promise<Either<Failure, LineSink>> => {
  const taken = mayWrite(path, force);
  if (taken !== null) return left(taken);
  const partial = join(dirname(path), `.${basename(path)}.${process.pid}.partial`);
  let file: FileHandle;
  try {
    file = await open(partial, 'wx', 0o600);
  } catch (error) {
    return left(usage('unwritable', `${path}: ${fileProblem(error)}`));
  }
  const removeOnExit = (): void => rmSync(partial, { force: true });
  process.once('exit', removeOnExit);
  let waiting = '';
  const abandon = async (): Promise<void> => {
    process.removeListener('exit', removeOnExit);
    await file.close().catch(() => {});
    await rm(partial, { force: true });
  };
  return right({
    write: async (text) => {
      waiting += text;
      if (waiting.length < CHUNK) return;
      const full = waiting;
      waiting = '';
      await file.write(full);
    },
    finish: async () => {
      await file.write(waiting);
      await file.sync();
      await file.close();
      await rename(partial, path);
      process.removeListener('exit', removeOnExit);
    },
    abandon,
  });
};

/** Standard output, with its back pressure. */
export const streamSink = (stream: Writable): LineSink => {
  let waiting = '';
  const flush = async (): Promise<void> => {
    const full = waiting;
    waiting = '';
    if (full === '' || stream.destroyed) return;
    if (!stream.write(full))
      await new Promise<void>((resume) => {
        const go = (): void => {
          stream.removeListener('drain', go);
          stream.removeListener('close', go);
          resume();
        };
        stream.once('drain', go);
        stream.once('close', go);
      });
  };
  return {
    write: async (text) => {
      waiting += text;
      if (waiting.length >= CHUNK) await flush();
    },
    finish: flush,
    abandon: async () => {},
  };
};
