import { type Either, isLeft, left, right } from 'fp-ts/Either';
import type { Context, Instrument, Result } from '../instrument/index.js';
import { score } from '../scoring/index.js';
import {
  type ColumnTally,
  type ColumnVerdict,
  checkColumns,
  newTally,
  ONE_IN,
  tally,
} from './column-check.js';
import { scoredItems } from './item-names.js';
import { dataError, type Failure, Stop } from './outcome.js';
import { allFlagsOpen, type Reject, type RowProblem } from './rejects.js';
import { flagsIn } from './result-row.js';
import { answersOf, contextOf, type RowReading, readCells } from './row-answers.js';
import type { ScoreTableOptions } from './score-options.js';
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

interface ContextTally {
  readonly fact: 'age' | 'sex';
  readonly column: string;
  answered: number;
  unfit: number;
}

const columnFailure = (verdict: ColumnVerdict, table: string): Failure => {
  const what =
    verdict.reason === 'unfit'
      ? `${verdict.unfit} of ${verdict.answered} answered values are no answer to the item`
      : `the ${verdict.answered} answered values fit another coding of the item`;
  const fits =
    verdict.fits.length === 0 ? 'No known coding fits' : `What fits: ${verdict.fits.join('; or ')}`;
  return dataError(
    verdict.reason === 'unfit' ? 'column-unfit' : 'column-shifted',
    `${table}, column ${verdict.column}`,
    `item ${verdict.item}: ${what}. ${fits}. Or score it as it stands with --accept-column ${verdict.item}`,
  );
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
    const contexts: readonly ContextTally[] = columns.right.context.map(({ fact, column }) => ({
      fact,
      column,
      answered: 0,
      unfit: 0,
    }));
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
      const unread = contextOf(columns.right, cells, reading).unread;
      for (const into of contexts) {
        const at = columns.right.context.find(({ fact }) => fact === into.fact)?.at ?? -1;
        if ((cells[at] ?? '').trim() === '') continue;
        into.answered += 1;
        if (unread.some(({ fact }) => fact === into.fact)) into.unfit += 1;
      }
    }
    if (ragged * RAGGED_SHARE > ragged + whole) {
      return left([
        dataError(
          'ragged-table',
          `${source.name}, row ${firstRagged}`,
          `${ragged} of ${ragged + whole} rows have another number of cells than the header; is it another --delimiter, or are decimal commas unquoted?`,
        ),
      ]);
    }
    const stopped = checkColumns(tallies).filter(({ item }) => !options.accepted.has(item));
    const failures = [
      ...stopped.map((verdict) => columnFailure(verdict, source.name)),
      ...contexts
        .filter(({ fact, answered, unfit }) => unfit * ONE_IN > answered && !options.accepted.has(fact))
        .map(({ fact, column, answered, unfit }) =>
          dataError(
            'column-unfit',
            `${source.name}, column ${column}`,
            `${fact}: ${unfit} of ${answered} values cannot be read as ${fact === 'age' ? 'whole years' : 'female or male'}; say what the cells mean with --context ${fact}=${column}:${fact === 'age' ? '999=unknown' : '1=male:2=female'}, or accept it with --accept-column ${fact}`,
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
  const context: Required<Context> = { age, sex };
  const outcome = score(instrument, answersOf(columns, read), context, {
    ...(options.missingRule === null ? {} : { missing: options.missingRule }),
    administered: options.administered,
  });
  const unfit: readonly RowProblem[] = unread.map(({ fact, column }) => ({
    code: 'bad-context',
    column,
    item: fact,
    message: `${fact} cannot be read here; give ${fact === 'age' ? 'whole years' : 'female or male, or say what the cells mean with --context'}`,
  }));
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
