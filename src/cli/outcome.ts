import type { Readable, Writable } from 'node:stream';
import { printable } from './text-layout.js';

/** 0 done; 1 the data has errors; 2 wrong usage. */
export type ExitStatus = 0 | 1 | 2;

/**
 * One thing that stops a command, or one thing wrong with its input. `message` says what is wrong and what to do; it names
 * places, columns and items, never an answer.
 */
export interface Failure {
  readonly kind: 'usage' | 'data';
  readonly code: string;
  /** `session.json:4:12`, `row 17, column q4`, or nothing where the command line itself is wrong. */
  readonly place?: string;
  readonly message: string;
  readonly didYouMean?: string;
}

/** The streams that a command reads and writes; a test hands in its own. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
  readonly errors: Writable;
  /** Progress is written only where `errors` is a terminal. */
  readonly showProgress: boolean;
}

/** One line for each failure, as printed after `caseness: `. */
export const failureLine = (failure: Failure): string => {
  const place = failure.place === undefined ? '' : `${failure.place}: `;
  const hint = failure.didYouMean === undefined ? '' : ` (did you mean '${failure.didYouMean}'?)`;
  return printable(`${place}${failure.message}${hint}`);
};

/** 2 where the command was used wrongly, else 1. */
export const statusOf = (failures: readonly Failure[]): ExitStatus =>
  failures.some((failure) => failure.kind === 'usage') ? 2 : 1;

export const usage = (code: string, message: string, didYouMean?: string): Failure => ({
  kind: 'usage',
  code,
  message,
  ...(didYouMean === undefined ? {} : { didYouMean }),
});

export const dataError = (code: string, place: string, message: string, didYouMean?: string): Failure => ({
  kind: 'data',
  code,
  place,
  message,
  ...(didYouMean === undefined ? {} : { didYouMean }),
});

/** Failures of one kind said one by one; what follows is noise, and would fill a log. */
const MOST_FAILURES = 200;

/** What is wrong in each of `found`, in order; a long list in part, with how many more there are. */
export const failuresIn = <T>(
  found: readonly T[],
  place: string,
  failureOf: (one: T) => Failure,
): readonly Failure[] => [
  ...found.slice(0, MOST_FAILURES).map(failureOf),
  ...(found.length > MOST_FAILURES
    ? [dataError('more', place, `more than ${MOST_FAILURES} problems; mend these first`)]
    : []),
];

/** Carries failures out of a stream, where a returned value cannot go; caught by the command that opened the stream. */
export class Stop extends Error {
  readonly failures: readonly Failure[];
  constructor(failures: readonly Failure[]) {
    super(failures.map(failureLine).join('\n'));
    this.name = 'Stop';
    this.failures = failures;
  }
}
