import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type Either, isLeft, left, right } from 'fp-ts/Either';
import { type JsonText, parseJsonText } from './json-text.js';
import { dataError, type Failure, usage } from './outcome.js';

/** A session or a definition is a page or two; more is the wrong file. */
const LARGEST = 8 * 1024 * 1024;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this file may not be read',
  EPERM: 'this file may not be read',
  EISDIR: 'this is a folder, not a file',
  ENOTDIR: 'part of this path is a file, not a folder',
  ENAMETOOLONG: 'this name is too long to be a file',
  ENOSPC: 'the disk is full',
  EFBIG: `larger than ${LARGEST / 1024 / 1024} MB; is it the right file?`,
};

/**
 * The bytes of a small file. Rejects as the file system does, with `EFBIG` where there are more than 8 MB: a device or a
 * pipe does not say beforehand how much it holds, and may never end.
 */
export const readSmallFile = async (path: string): Promise<Buffer> => {
  const file = await open(path, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let length = 0; ; ) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(64 * 1024), 0, 64 * 1024);
      if (bytesRead === 0) return Buffer.concat(chunks);
      length += bytesRead;
      if (length > LARGEST) throw Object.assign(new Error('too large'), { code: 'EFBIG' });
      chunks.push(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
};

/** What the operating system said, in a sentence. */
export const fileProblem = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? `this file cannot be used${code === '' ? '' : ` (${code})`}`;
};

/** As `readSmallFile`; `null` where there is no such file. */
export const readSmallFileIfThere = async (path: string): Promise<Buffer | null> => {
  try {
    return await readSmallFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};

const textOf = (bytes: Uint8Array, name: string): Either<Failure, string> => {
  try {
    return right(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return left(dataError('not-utf-8', name, 'not UTF-8 text; save it as UTF-8'));
  }
};

/** The whole of a small text file; `Left` says why it cannot be read. */
export const readTextFile = async (path: string): Promise<Either<Failure, string>> => {
  try {
    const size = (await stat(path)).size;
    if (size > LARGEST)
      return left(
        dataError('too-large', path, `larger than ${LARGEST / 1024 / 1024} MB; is it the right file?`),
      );
    return textOf(await readSmallFile(path), path);
  } catch (error) {
    return left({ ...usage('unreadable', `${path}: ${fileProblem(error)}`) });
  }
};

/** A JSON file with the place of each value; `Left` is placed as `file:line:column`. */
export const readJsonFile = async (path: string): Promise<Either<Failure, JsonText>> => {
  const text = await readTextFile(path);
  return isLeft(text) ? text : jsonOf(text.right, path);
};

const jsonOf = (text: string, name: string): Either<Failure, JsonText> => {
  const parsed = parseJsonText(text);
  return isLeft(parsed)
    ? left(dataError('not-json', `${name}:${parsed.left.line}:${parsed.left.column}`, parsed.left.message))
    : right(parsed.right);
};

/** JSON from standard input, of a page or two like a file of it. */
export const readJsonInput = async (input: Readable): Promise<Either<Failure, JsonText>> => {
  const name = 'standard input';
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > LARGEST) return left(dataError('too-large', name, reasons['EFBIG'] ?? ''));
    chunks.push(bytes);
  }
  const text = textOf(Buffer.concat(chunks), name);
  return isLeft(text) ? text : jsonOf(text.right, name);
};
