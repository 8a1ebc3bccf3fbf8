import { type Either, isLeft, left, right } from 'fp-ts/Either';
import { formatProblem, loadDefinition, toInstrument } from '../definition/index.js';
import type { Pathway } from '../referral/index.js';
import { effectOfEdit, type LoadedText } from '../review/effect/effect.js';
import { isDirectory } from './check-pathway.js';
import { definitionFileOf, insteadOfId } from './definition-file.js';
import { type TableEffect, tableEffect } from './diff-table.js';
import { fileProblem, readSmallFile } from './input-file.js';
import { nearest } from './nearest.js';
import {
  dataError,
  type ExitStatus,
  type Failure,
  failureLine,
  Stop,
  statusOf,
  type Terminal,
  usage,
} from './outcome.js';
import { isPathway } from './prove-pathway.js';
import { type DiffReport, diffJson, diffMarkdown, diffText, someMove } from './render-diff.js';
import type { RawScoreOptions } from './score-options.js';

/** The options of `caseness diff` as typed; those of a table are those of `caseness score`. */
export interface DiffOptions extends Omit<RawScoreOptions, 'format' | 'out' | 'rejects' | 'force'> {
  readonly pathway?: string;
  readonly data?: string;
  readonly rows?: string;
  readonly sample?: string;
  readonly partial?: string;
  readonly seed?: string;
  readonly format?: string;
  readonly json?: boolean;
  readonly failOnChange?: boolean;
  readonly checkVersion?: boolean;
}

/** The pathways that may read the instrument. */
export interface Pathways {
  readonly ids: () => Promise<readonly string[]>;
  readonly named: (id: string) => Promise<Pathway>;
}

const FORMATS = ['text', 'md', 'json'] as const;
const DEFAULT_PATHWAY = 'england-probation';
const NO_PATHWAY = 'none';
const DEFAULT_ROWS = 10;
const MOST = 10_000_000;
/** Options of a table as they are called in the program, and on the command line. */
const OF_A_TABLE = [
  ['map', 'map'],
  ['missing', 'missing'],
  ['recode', 'recode'],
  ['context', 'context'],
  ['where', 'where'],
  ['missingRule', 'missing-rule'],
  ['administered', 'administered'],
  ['acceptColumn', 'accept-column'],
  ['acceptRagged', 'accept-ragged'],
  ['delimiter', 'delimiter'],
  ['decimalComma', 'decimal-comma'],
] as const;

const readDefinition = async (word: string): Promise<Either<readonly Failure[], LoadedText>> => {
  const file = await definitionFileOf(word);
  let text: Uint8Array;
  try {
    text = await readSmallFile(file);
  } catch (error) {
    return left([usage('unreadable', `${file}: ${fileProblem(error)}${insteadOfId(file)}`)]);
  }
  if (isPathway({ file, text }))
    return left([usage('a-pathway', `${file}: this is a pathway; diff compares definitions of instruments`)]);
  if (isDirectory({ file, text }))
    return left([
      usage('a-directory', `${file}: this is a directory; diff compares definitions of instruments`),
    ]);
  const loaded = loadDefinition(text, file);
  return isLeft(loaded)
    ? left(loaded.left.map((problem) => dataError(problem.code, '', formatProblem(problem))))
    : right({ file, text, loaded: loaded.right });
};

const wholeNumber = (
  text: string | undefined,
  option: string,
  least: number,
): Either<Failure, number | undefined> => {
  if (text === undefined) return right(undefined);
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= MOST
    ? right(value)
    : left(usage('bad-number', `--${option}: give a whole number from ${least} to ${MOST}`));
};

const readPathway = async (
  id: string | undefined,
  pathways: Pathways,
): Promise<Either<Failure, Pathway | undefined>> => {
  const wanted = id ?? DEFAULT_PATHWAY;
  if (wanted === NO_PATHWAY) return right(undefined);
  const ids = await pathways.ids();
  if (!ids.includes(wanted)) {
    if (id === undefined) return right(undefined);
    return left(
      usage(
        'unknown-pathway',
        `--pathway: the pathways are ${ids.join(', ')}; or ${NO_PATHWAY}`,
        nearest(id, ids),
      ),
    );
  }
  return right(await pathways.named(wanted));
};

/** Whether a rule of the pathway names the instrument: no other pathway says anything of it. */
const reads = (pathway: Pathway, instrument: string): boolean =>
  [...pathway.rules, ...pathway.raises, ...pathway.cautions].some(({ when }) =>
    JSON.stringify(when).includes(`"instrument":${JSON.stringify(instrument)}`),
  );

const fail = (terminal: Terminal, failures: readonly Failure[]): ExitStatus => {
  for (const failure of failures)
    terminal.errors.write(
      failure.place === ''
        ? `${failureLine({ ...failure, kind: failure.kind })}\n`.replace(/^: /, '')
        : `caseness: ${failureLine(failure)}\n`,
    );
  return statusOf(failures);
};

/**
 * `caseness diff <old> <new>`: 0 done; 1 a definition or the table has errors, or (with `failOnChange`) some verdict moves, or
 * (with `checkVersion`) the version was not raised enough; 2 wrong usage.
 */
export const runDiff = async (
  oldFile: string,
  newFile: string,
  options: DiffOptions,
  pathways: Pathways,
  terminal: Terminal,
): Promise<ExitStatus> => {
  const format =
    options.json === true ? 'json' : FORMATS.find((known) => known === (options.format ?? 'text'));
  const numbers = {
    rows: wholeNumber(options.rows, 'rows', 0),
    sample: wholeNumber(options.sample, 'sample', 1),
    partial: wholeNumber(options.partial, 'partial', 0),
    seed: wholeNumber(options.seed, 'seed', 0),
  };
  const pathway = await readPathway(options.pathway, pathways);
  const failures: Failure[] = [];
  if (format === undefined)
    failures.push(usage('unknown-format', `--format: the formats are ${FORMATS.join(', ')}`));
  for (const one of [...Object.values(numbers), pathway]) if (isLeft(one)) failures.push(one.left);
  const [old, next] = [await readDefinition(oldFile), await readDefinition(newFile)];
  for (const one of [old, next]) if (isLeft(one)) failures.push(...one.left);
  const ids = [old, next].flatMap((one) => (isLeft(one) ? [] : [one.right.loaded.definition.id]));
  if (new Set(ids).size > 1)
    failures.push(
      usage('two-instruments', `${ids.join(' and ')} are two instruments: diff compares two versions of one`),
    );
  for (const [option, name] of OF_A_TABLE)
    if (options.data === undefined && options[option] !== undefined)
      failures.push(usage('no-table', `--${name} says how a table is read: name it with --data`));
  const { rows, sample, partial, seed } = numbers;
  if (
    isLeft(old) ||
    isLeft(next) ||
    isLeft(pathway) ||
    isLeft(rows) ||
    isLeft(sample) ||
    isLeft(partial) ||
    isLeft(seed) ||
    format === undefined ||
    failures.length > 0
  )
    return fail(terminal, failures);
  const { id } = next.right.loaded.definition;
  const effect = effectOfEdit(
    { old: old.right, new: next.right },
    {
      ...(pathway.right === undefined || !reads(pathway.right, id) ? {} : { pathway: pathway.right }),
      ...(sample.right === undefined ? {} : { sample: sample.right }),
      ...(partial.right === undefined ? {} : { partial: partial.right }),
      ...(seed.right === undefined ? {} : { seed: seed.right }),
    },
  );
  const data = await readTable(old.right, next.right, options, rows.right ?? DEFAULT_ROWS, terminal);
  if (isLeft(data)) return fail(terminal, data.left);
  const report: DiffReport = { files: { old: oldFile, new: newFile }, effect, data: data.right };
  const render = { text: diffText, md: diffMarkdown, json: diffJson }[format];
  terminal.output.write(render(report));
  const isRefused = options.checkVersion === true && !effect.version.enough;
  return isRefused || (options.failOnChange === true && someMove(report)) ? 1 : 0;
};

const readTable = async (
  old: LoadedText,
  next: LoadedText,
  options: DiffOptions,
  rows: number,
  terminal: Terminal,
): Promise<Either<readonly Failure[], TableEffect | null>> => {
  const { data, format: _, json: __, ...table } = options;
  if (data === undefined) return right(null);
  if (old.loaded.status === 'refused' || next.loaded.status === 'refused')
    return left([usage('refused', '--data: a definition is refused and cannot score a table')]);
  const instruments = { old: toInstrument(old.loaded), new: toInstrument(next.loaded) };
  try {
    return await tableEffect(instruments, data, table, rows, terminal);
  } catch (error) {
    if (error instanceof Stop) return left(error.failures);
    throw error;
  }
};
