import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const compiler = resolve('node_modules/typescript-native/bin/tsc');

/** Runs the compiler, whose exit status says no more than what it prints. */
const printedBy = (folder: string, project: string): string => {
  try {
    return execFileSync(process.execPath, [compiler, '-p', project, '--pretty', 'false'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { stdout } = error as { readonly stdout?: string };
    if (stdout === undefined || stdout === '') throw error;
    return stdout;
  }
};

/**
 * What the type checker says of files, as `file(line,col): error …`, the lines that go on with a message left out. The
 * options are those of a `tsconfig.json`, which is written into the folder; messages name files as seen from there.
 */
export const typeErrors = (
  folder: string,
  files: readonly string[],
  options: Readonly<Record<string, unknown>>,
): readonly string[] => {
  mkdirSync(folder, { recursive: true });
  const project = join(folder, 'tsconfig.json');
  writeFileSync(project, JSON.stringify({ ...options, include: [], files }));
  return printedBy(folder, project)
    .split('\n')
    .filter((line) => /\berror TS\d+:/.test(line));
};
