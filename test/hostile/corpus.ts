import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const folder = fileURLToPath(new URL('corpus', import.meta.url));

export const kinds = [
  'answers',
  'definitions',
  'directories',
  'formulas',
  'pathways',
  'sessions',
  'tables',
] as const;
export type Kind = (typeof kinds)[number];

/** One saved input with the reason why it is kept. */
export interface Saved {
  readonly name: string;
  readonly why: string;
  readonly bytes: Buffer;
}

/** The reasons, by file, as the index of a kind gives them. */
export const reasonsOf = (kind: Kind): Readonly<Record<string, string>> =>
  parse(readFileSync(join(folder, kind, 'index.yaml'), 'utf8'));

/** The files of a kind, without its index. */
export const filesOf = (kind: Kind): readonly string[] =>
  readdirSync(join(folder, kind))
    .filter((name) => name !== 'index.yaml')
    .sort();

/** The saved inputs of a kind, which run before anything drawn at random. */
export const corpus = (kind: Kind): readonly Saved[] => {
  const reasons = reasonsOf(kind);
  return filesOf(kind).map((name) => ({
    name,
    why: reasons[name] ?? '',
    bytes: readFileSync(join(folder, kind, name)),
  }));
};
