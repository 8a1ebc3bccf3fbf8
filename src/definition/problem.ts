import type { Path } from '../formula/model.js';

/** One thing wrong with a definition, with its place. Plain data. */
export interface DefinitionProblem {
  /** Stable name of the rule that was broken (`unknown-key`, `range-wrong`, the name of a lint). */
  readonly code: string;
  readonly file: string;
  /** Line, from 1. */
  readonly line: number;
  /** Column, from 1. */
  readonly col: number;
  /** Where in the definition: `scores.total.range`. */
  readonly path: string;
  /** What is wrong and what to do. */
  readonly message: string;
  readonly didYouMean?: string;
}

/** A problem that is not yet placed in a file. */
export interface PathProblem {
  readonly code: string;
  readonly where: Path;
  /** The key at `where` is meant, not its value. */
  readonly atKey?: true;
  /** Place inside the formula's text at `where`. */
  readonly span?: { readonly start: number; readonly end: number } | undefined;
  readonly message: string;
  readonly didYouMean?: string | undefined;
}

/** `definition.yaml:29:26: scores.total.range: … Did you mean …? [code]`, one line. */
export const formatProblem = (problem: DefinitionProblem): string => {
  const place = `${problem.file}:${problem.line}:${problem.col}`;
  const at = problem.path === '' ? '' : `${problem.path}: `;
  const said = problem.didYouMean === undefined || /did you mean/i.test(problem.message);
  const hint = said ? '' : ` Did you mean '${problem.didYouMean}'?`;
  return `${place}: ${at}${problem.message}${hint} [${problem.code}]`;
};

/** A message without words that nobody reads to their end: a name of thousands of letters, repeated from a file. */
export const withoutLongWords = (message: string): string =>
  message.replace(/\S{121,}/gu, (word) => `${word.slice(0, 60)}…`);

/** `['levels', 0, 'from']` as `levels[0].from`. */
export const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
