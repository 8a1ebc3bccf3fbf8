import { type Either, isLeft, left, right } from 'fp-ts/Either';
import type { Context, Instrument, Result } from '../instrument/index.js';
import { calendarDate } from '../referral/calendar.js';
import { score } from '../scoring/index.js';
import {
  type ColumnTally,
  type ColumnVerdict,
  checkColumns,
  fitText,
  newTally,
  ONE_IN,
  tally,
} from './column-check.js';
import { rangesOf, scoredItems } from './item-names.js';
import { dataError, type Failure, Stop } from './outcome.js';
import { allFlagsOpen, type Reject, type RowProblem } from './rejects.js';
import { flagsIn } from './result-row.js';
import { answersOf, contextOf, type RowReading, readCells } from './row-answers.js';
import { columnsNamed, type RawScoreOptions, type ScoreTableOptions } from './score-options.js';
import { resolveColumns, type TableColumns } from './table-columns.js';
import { meets } from './table-options.js';
import { isBlank, readTable, type TableRow } from './table-reader.js';

/** What becomes of a table, in numbers. */
export interface TableSummary {
  /** Records below the header that hold any text. */
  readonly rows: number;
  readonly scored: number;
  readonly rejected: number;
  readonly rejectedWithRaisedFlag: number;
  readonly rejectedWithOpenFlag: number;
  /** Rows that `where` left out. */
  readonly leftOut: number;
  readonly blank: number;
}

/** What one row gives. */
export type RowOutcome =
  | {
      readonly kind: 'scored';
      readonly row: number;
      readonly kept: readonly string[];
      readonly result: Result;
    }
  | { readonly kind: 'rejected'; readonly reject: Reject };

/** A table that may be scored: its columns are found, and hold what they should. */
export interface CheckedTable {
  readonly columns: TableColumns;
  readonly notes: readonly string[];
}

/** Rows of another width than the header's, out of all: more than this and the table is read with the wrong delimiter. */
const RAGGED_SHARE = 2;

const readingOf = (options: ScoreTableOptions): RowReading => ({
  missing: options.missing,
  recode: options.recode,
  decimals: options.decimals,
});

const keptOf = (columns: TableColumns, cells: readonly string[]): readonly string[] =>
  columns.keep.map(({ at }) => cells[at] ?? '');

const isWanted = (columns: TableColumns, cells: readonly string[]): boolean =>
  columns.where.every((condition) => meets(condition, cells[condition.at] ?? ''));

const headerOf = async (rows: AsyncGenerator<TableRow>, name: string): Promise<readonly string[]> => {
  const first = await rows.next();
  if (first.done === true)
    throw new Stop([dataError('empty', name, 'the table is empty; it needs a header row')]);
  return first.value.cells;
};

/** The day that a row gives for its form. A blank cell gives none. */
type RowDay =
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unread'; readonly column: string };

const dayIn = (
  { on }: Pick<TableColumns, 'on'>,
  options: Pick<ScoreTableOptions, 'on'>,
  cells: readonly string[],
): RowDay => {
  if (options.on !== null && 'day' in options.on) return { kind: 'day', day: options.on.day };
  const cell = on === null ? '' : (cells[on.at] ?? '').trim();
  if (on === null || cell === '') return { kind: 'none' };
  return calendarDate(cell) === null ? { kind: 'unread', column: on.column } : { kind: 'day', day: cell };
};

const CONTEXT_REMEDY = {
  age: (column: string) =>
    `be read as whole years; say what the cells mean with --context age=${column}:999=unknown`,
  sex: (column: string) =>
    `be read as female or male; say what the cells mean with --context sex=${column}:1=male:2=female`,
  on: () => 'be read as a day; write days as YYYY-MM-DD',
} as const;

interface ContextTally {
  readonly fact: keyof typeof CONTEXT_REMEDY;
  readonly column: string;
  answered: number;
  unfit: number;
}

/** Columns with the same remedies (or the same fault, where none is known), which one line says of all of them. */
const alike = (verdicts: readonly ColumnVerdict[]): readonly (readonly ColumnVerdict[])[] => {
  const groups = new Map<string, ColumnVerdict[]>();
  for (const verdict of verdicts) {
    const same = JSON.stringify(verdict.fits.length === 0 ? [verdict.reason] : verdict.fits);
    const group = groups.get(same);
    if (group === undefined) groups.set(same, [verdict]);
    else group.push(verdict);
  }
  return [...groups.values()];
};

/** Columns named in one message. */
const MOST_COLUMNS = 12;

const columnFailure = (
  instrument: Instrument,
  verdicts: readonly ColumnVerdict[],
  table: string,
): readonly Failure[] => {
  const [first] = verdicts;
  if (first === undefined) return [];
  const sum = (of: (verdict: ColumnVerdict) => number): number =>
    verdicts.reduce((total, verdict) => total + of(verdict), 0);
  const items = rangesOf(
    instrument,
    verdicts.map(({ item }) => item),
  );
  const answered = sum((verdict) => verdict.answered);
  const it = verdicts.length === 1 ? 'the item' : 'their items';
  const reason = verdicts.some((verdict) => verdict.reason === 'unfit') ? 'unfit' : 'shifted';
  const what =
    reason === 'unfit'
      ? `${sum(({ unfit }) => unfit)} of ${answered} answered values are no answer to ${it}`
      : `the ${answered} answered values fit another coding of ${it}`;
  const fits =
    first.fits.length === 0
      ? 'No known coding fits'
      : `What fits: ${first.fits.map((fit) => fitText(fit, items)).join('; or ')}`;
  const columns = verdicts.map(({ column }) => column);
  const named = columns.slice(0, MOST_COLUMNS).join(', ') + (columns.length > MOST_COLUMNS ? ', …' : '');
  const [column, item, scoreIt] =
    verdicts.length === 1
      ? ['column', 'item', 'score it as it stands']
      : ['columns', 'items', 'score them as they stand'];
  return [
    dataError(
      reason === 'unfit' ? 'column-unfit' : 'column-shifted',
      `${table}, ${column} ${named}`,
      `${item} ${items.join(', ')}: ${what}. ${fits}. Or ${scoreIt} with --accept-column ${items.join(',')}`,
    ),
  ];
};

/**
 * The columns that the options name and the table does not have, told beside options that are wrong: all of them at once. None
 * where the table cannot be read, which is told when the options are right.
 */
export const columnsNotThere = async (
  instrument: Instrument,
  table: { readonly path: string; readonly name: string },
  raw: RawScoreOptions,
): Promise<readonly Failure[]> => {
  const wanted = await columnsNamed(instrument, raw);
  if (wanted === null) return [];
  const rows = readTable(table.path, table.name, wanted.delimiter);
  try {
    const columns = resolveColumns(instrument, await headerOf(rows, table.name), wanted, table.name);
    return isLeft(columns) ? columns.left : [];
  } catch {
    return [];
  } finally {
    await rows.return(undefined).catch(() => undefined);
  }
};

/**
 * The first reading: finds the columns and says whether each holds the item's own codes, before any output.
 * `Left` where the run must not start.
 */
export const checkTable = async (
  instrument: Instrument,
  source: { readonly path: string; readonly name: string },
  options: ScoreTableOptions,
  onRow: (row: number) => void = () => {},
): Promise<Either<readonly Failure[], CheckedTable>> => {
  const rows = readTable(source.path, source.name, options.delimiter);
  try {
    const header = await headerOf(rows, source.name);
    const columns = resolveColumns(instrument, header, options, source.name);
    if (isLeft(columns)) return columns;
    const reading = readingOf(options);
    const tallies: readonly ColumnTally[] = columns.right.items.map(({ item, column }) =>
      newTally(item, column, options.recode.has(item.id) ? 'recoded' : 'own'),
    );
    const { on } = columns.right;
    const contexts: readonly (ContextTally & { readonly at: number })[] = [
      ...columns.right.context,
      ...(on === null ? [] : [{ ...on, fact: 'on' as const }]),
    ].map(({ fact, column, at }) => ({ fact, column, at, answered: 0, unfit: 0 }));
    let ragged = 0;
    let whole = 0;
    let firstRagged = 0;
    for await (const { row, cells } of rows) {
      onRow(row);
      if (isBlank(cells)) continue;
      if (cells.length !== columns.right.width) {
        ragged += 1;
        if (firstRagged === 0) firstRagged = row;
        continue;
      }
      whole += 1;
      if (!isWanted(columns.right, cells)) continue;
      readCells(columns.right, cells, reading).forEach((cell, index) => {
        const into = tallies[index];
        const at = columns.right.items[index]?.at ?? -1;
        if (into !== undefined) tally(into, cell, cells[at] ?? '');
      });
      const unread = new Set<string>(contextOf(columns.right, cells, reading).unread.map(({ fact }) => fact));
      if (dayIn(columns.right, options, cells).kind === 'unread') unread.add('on');
      for (const into of contexts) {
        if ((cells[into.at] ?? '').trim() === '') continue;
        into.answered += 1;
        if (unread.has(into.fact)) into.unfit += 1;
      }
    }
    if (ragged * RAGGED_SHARE > ragged + whole && !options.acceptRagged) {
      return left([
        dataError(
          'ragged-table',
          `${source.name}, row ${firstRagged}`,
          `${ragged} of ${ragged + whole} rows have another number of cells than the header; is it another --delimiter, or are decimal commas unquoted? --accept-ragged scores the rest, and each of these goes to the rejects`,
        ),
      ]);
    }
    const stopped = checkColumns(tallies).filter(({ item }) => !options.accepted.has(item));
    const failures = [
      ...alike(stopped).flatMap((verdicts) => columnFailure(instrument, verdicts, source.name)),
      ...contexts
        .filter(({ fact, answered, unfit }) => unfit * ONE_IN > answered && !options.accepted.has(fact))
        .map(({ fact, column, answered, unfit }) =>
          dataError(
            'column-unfit',
            `${source.name}, column ${column}`,
            `${fact}: ${unfit} of ${answered} values cannot ${CONTEXT_REMEDY[fact](column)}, or accept it with --accept-column ${fact}`,
          ),
        ),
    ];
    return failures.length > 0
      ? left(failures)
      : right({ columns: columns.right, notes: notesOf(instrument, columns.right) });
  } catch (error) {
    if (error instanceof Stop) return left(error.failures);
    throw error;
  } finally {
    await rows.return(undefined);
  }
};

/** What a reader of the output should know, once for the run. */
const notesOf = (instrument: Instrument, columns: TableColumns): readonly string[] => {
  const given = new Set(columns.context.map(({ fact }) => fact as string));
  const read = instrument.program.variables.slice(instrument.program.items).map(({ id }) => id);
  const mapped = new Set(columns.items.map(({ item }) => item.id));
  const absent = [...scoredItems(instrument)].filter((id) => !mapped.has(id));
  return [
    ...read
      .filter((fact) => !given.has(fact))
      .map(
        (fact) =>
          `${instrument.short} reads ${fact}, which no column gives: what hangs on it stays undecided (--context ${fact}=COLUMN)`,
      ),
    ...(absent.length > 0 ? [`asked of nobody in this table: ${absent.join(', ')}`] : []),
    ...instrument.restrictions,
  ];
};

/** The second reading: each row scored or rejected, in order. A bad row never stops or changes the rest. */
export async function* scoreRows(
  instrument: Instrument,
  source: { readonly path: string; readonly name: string },
  columns: TableColumns,
  options: ScoreTableOptions,
  count: (what: 'blank' | 'left-out') => void = () => {},
): AsyncGenerator<RowOutcome> {
  const rows = readTable(source.path, source.name, options.delimiter);
  try {
    await headerOf(rows, source.name);
    for await (const { row, cells } of rows) {
      if (isBlank(cells)) count('blank');
      else if (cells.length !== columns.width)
        yield { kind: 'rejected', reject: raggedReject(instrument, columns, row, cells) };
      else if (!isWanted(columns, cells)) count('left-out');
      else yield scoreRow(instrument, columns, options, row, cells);
    }
  } finally {
    await rows.return(undefined);
  }
}

const raggedReject = (
  instrument: Instrument,
  columns: TableColumns,
  row: number,
  cells: readonly string[],
): Reject => ({
  row,
  // Nothing in a ragged row is sure to stand in its own column, the identifier least of all.
  kept: columns.keep.map(() => ''),
  problems: [
    {
      code: 'ragged-row',
      column: '',
      item: '',
      message: `${cells.length} cells where the header has ${columns.width}; quote cells that hold a delimiter (an unquoted decimal comma is one)`,
    },
  ],
  flags: allFlagsOpen(instrument),
});

/** Scores one record of the header's width. */
export const scoreRow = (
  instrument: Instrument,
  columns: TableColumns,
  options: ScoreTableOptions,
  row: number,
  cells: readonly string[],
): RowOutcome => {
  const reading = readingOf(options);
  const read = readCells(columns, cells, reading);
  const { age, sex, unread } = contextOf(columns, cells, reading);
  const on = dayIn(columns, options, cells);
  const context: Required<Context> = { age, sex };
  const outcome = score(instrument, answersOf(columns, read), context, {
    ...(options.missingRule === null ? {} : { missing: options.missingRule }),
    administered: options.administered,
    ...(on.kind === 'day' ? { on: on.day } : {}),
  });
  const unfit: RowProblem[] = unread.map(({ fact, column }) => ({
    code: 'bad-context',
    column,
    item: fact,
    message: `${fact} cannot be read here; give ${fact === 'age' ? 'whole years' : 'female or male, or say what the cells mean with --context'}`,
  }));
  if (on.kind === 'unread') {
    const message = 'the day cannot be read here; give it as YYYY-MM-DD';
    unfit.push({ code: 'bad-date', column: on.column, item: 'on', message });
  }
  const kept = keptOf(columns, cells);
  if (isLeft(outcome)) {
    const problems = outcome.left.problems.map(({ code, at, message }) => ({
      code,
      column: columns.items.find(({ item }) => item.id === at)?.column ?? '',
      item: at,
      message,
    }));
    return {
      kind: 'rejected',
      reject: { row, kept, problems: [...problems, ...unfit], flags: outcome.left.flags },
    };
  }
  if (unfit.length > 0)
    return { kind: 'rejected', reject: { row, kept, problems: unfit, flags: outcome.right.flags } };
  return { kind: 'scored', row, kept, result: outcome.right };
};

/** Adds one outcome to the counts. */
export const addOutcome = (summary: TableSummary, outcome: RowOutcome): TableSummary =>
  outcome.kind === 'scored'
    ? { ...summary, rows: summary.rows + 1, scored: summary.scored + 1 }
    : {
        ...summary,
        rows: summary.rows + 1,
        rejected: summary.rejected + 1,
        rejectedWithRaisedFlag:
          summary.rejectedWithRaisedFlag + (flagsIn(outcome.reject.flags, 'raised').length > 0 ? 1 : 0),
        rejectedWithOpenFlag:
          summary.rejectedWithOpenFlag + (flagsIn(outcome.reject.flags, 'open').length > 0 ? 1 : 0),
      };

export const EMPTY_SUMMARY: TableSummary = {
  rows: 0,
  scored: 0,
  rejected: 0,
  rejectedWithRaisedFlag: 0,
  rejectedWithOpenFlag: 0,
  leftOut: 0,
  blank: 0,
};
