import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';
import { typeErrors } from '../support/type-check.js';

/** A piece of TypeScript from a document or a doc comment. */
export interface Example {
  /** Where it stands, for people. */
  readonly at: string;
  readonly text: string;
}

/** Writes an example as a module of its own, so that it can be checked and run; returns the file. */
export const writeExample = (folder: string, { at, text }: Example): string => {
  const file = resolve('out', folder, `${at.replace(/[^\w.-]+/g, '_')}.ts`);
  mkdirSync(resolve('out', folder), { recursive: true });
  writeFileSync(file, `${text}\nexport {};\n`);
  return file;
};

/** What the type checker says of the files of a folder, with the options of the repository. */
export const complaintsAbout = (folder: string, files: readonly string[]): readonly string[] =>
  typeErrors(resolve('out', folder), files, { extends: resolve('tsconfig.json') });

/** Runs an example and returns what it printed. `console.assert` throws, as its reader expects. */
export const outputOf = async (file: string): Promise<string> => {
  const printed: string[] = [];
  const { log, assert, error } = console;
  console.log = (...parts: unknown[]) => printed.push(format(...parts));
  console.error = () => {};
  console.assert = (holds?: boolean, ...parts: unknown[]) => {
    if (holds !== true) throw new Error(`an assertion of the example does not hold ${format(...parts)}`);
  };
  try {
    await import(/* @vite-ignore */ pathToFileURL(file).href);
  } finally {
    Object.assign(console, { log, assert, error });
  }
  return printed.join('\n');
};
