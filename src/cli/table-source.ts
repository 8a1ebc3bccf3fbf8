import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { access, constants, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Either, left, right } from 'fp-ts/Either';
import { fileProblem } from './input-file.js';
import { type Failure, usage } from './outcome.js';

/** A table that can be read more than once. */
export interface TableSource {
  readonly path: string;
  /** As named in messages: the path given, or `standard input`. */
  readonly name: string;
  /** Size in bytes, for progress. */
  readonly bytes: number;
  /** Removes what was spooled. */
  readonly release: () => Promise<void>;
}

const spool = async (from: Readable, name: string): Promise<TableSource> => {
  // The folder is readable by its owner alone: it holds health data for as long as the run lasts.
  const folder = await mkdtemp(join(tmpdir(), 'caseness-'));
  const releaseOnExit = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', releaseOnExit);
  const release = async (): Promise<void> => {
    process.removeListener('exit', releaseOnExit);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const path = join(folder, 'table');
    await pipeline(from, createWriteStream(path, { mode: 0o600 }));
    return { path, name, bytes: (await stat(path)).size, release };
  } catch (error) {
    await release();
    throw error;
  }
};

/**
 * Opens a table for reading twice: `-` and whatever is no regular file (a pipe) is copied to a temporary file first.
 * `Left` where it cannot be read.
 */
export const openTable = async (argument: string, input: Readable): Promise<Either<Failure, TableSource>> => {
  try {
    if (argument === '-') return right(await spool(input, 'standard input'));
    const found = await stat(argument);
    if (found.isDirectory()) return left(usage('unreadable', `${argument}: this is a folder, not a table`));
    await access(argument, constants.R_OK);
    if (!found.isFile()) return right(await spool(createReadStream(argument), argument));
    return right({ path: argument, name: argument, bytes: found.size, release: async () => {} });
  } catch (error) {
    return left(usage('unreadable', `${argument}: ${fileProblem(error)}`));
  }
};
