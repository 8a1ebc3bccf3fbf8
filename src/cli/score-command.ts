import { isLeft } from 'fp-ts/Either';
import type { Instrument } from '../instrument/index.js';
import { csvLine } from './formula-guard.js';
import { fileProblem } from './input-file.js';
import {
  type ExitStatus,
  type Failure,
  failureLine,
  Stop,
  statusOf,
  type Terminal,
  usage,
} from './outcome.js';
import { type LineSink, mayWrite, openFileSink, streamSink } from './output-file.js';
import { type Reject, rejectCells, rejectHeader, rejectLines } from './rejects.js';
import { resultTable } from './result-row.js';
import { type RawScoreOptions, readScoreOptions, type ScoreTableOptions } from './score-options.js';
import {
  addOutcome,
  type CheckedTable,
  checkTable,
  columnsNotThere,
  EMPTY_SUMMARY,
  scoreRows,
  type TableSummary,
} from './score-table.js';
import type { TableColumns } from './table-columns.js';
import { openTable, type TableSource } from './table-source.js';
import { printable } from './text-layout.js';

/** Rows rejected that are written out one by one where no file takes them. */
const SHOWN_REJECTS = 20;

/** Rows between two lines of progress. */
const PROGRESS_EVERY = 20_000;

/** Writes outcomes in one of the formats. */
interface ResultWriter {
  readonly start: () => string;
  readonly line: (
    row: number,
    kept: readonly string[],
    result: Parameters<ReturnType<typeof resultTable>['cells']>[2],
  ) => string;
  readonly end: () => string;
}

const keptObject = (columns: TableColumns, kept: readonly string[]): Record<string, string> =>
  // `fromEntries` defines each name as the object's own, `__proto__` too.
  Object.fromEntries(columns.keep.map(({ column }, index) => [column, kept[index] ?? '']));

const resultWriter = (
  instrument: Instrument,
  columns: TableColumns,
  options: ScoreTableOptions,
): ResultWriter => {
  const table = resultTable(instrument, columns, options.missingRule);
  switch (options.format) {
    case 'csv':
      return {
        start: () => csvLine(table.header),
        line: (row, kept, result) => csvLine(table.cells(row, kept, result)),
        end: () => '',
      };
    case 'ndjson':
      return {
        start: () => '',
        line: (row, kept, result) => `${JSON.stringify({ row, keep: keptObject(columns, kept), result })}\n`,
        end: () => '',
      };
    case 'json': {
      let separator = '';
      return {
        start: () => '[',
        line: (row, kept, result) => {
          const text = `${separator}\n${JSON.stringify({ row, keep: keptObject(columns, kept), result })}`;
          separator = ',';
          return text;
        },
        end: () => '\n]\n',
      };
    }
  }
};

const rejectText = (
  instrument: Instrument,
  columns: TableColumns,
  options: ScoreTableOptions,
  reject: Reject,
): string =>
  options.format === 'csv'
    ? csvLine(rejectCells(instrument, reject))
    : `${JSON.stringify({ row: reject.row, keep: keptObject(columns, reject.kept), problems: reject.problems, flags: reject.flags })}\n`;

const say = (terminal: Terminal, lines: readonly string[]): void => {
  for (const line of lines) terminal.errors.write(`caseness: ${printable(line)}\n`);
};

const fail = (terminal: Terminal, failures: readonly Failure[]): ExitStatus => {
  say(terminal, failures.map(failureLine));
  return statusOf(failures);
};

const progress = (terminal: Terminal, what: string): ((row: number) => void) =>
  terminal.showProgress
    ? (row) => {
        if (row % PROGRESS_EVERY === 0) terminal.errors.write(`\r${what}: ${row} rows`);
      }
    : () => {};

const clearProgress = (terminal: Terminal): void => {
  if (terminal.showProgress) terminal.errors.write('\r\u001b[K');
};

/** `3 rows scored, 1 rejected (1 with a raised flag) …` */
export const summaryLine = (summary: TableSummary): string => {
  const rows = (count: number): string => `${count} ${count === 1 ? 'row' : 'rows'}`;
  const parts = [`${rows(summary.scored)} scored`];
  if (summary.rejected > 0) {
    parts.push(
      `${summary.rejected} rejected, of these ${summary.rejectedWithRaisedFlag} with a raised flag and ${summary.rejectedWithOpenFlag} with an open one`,
    );
  }
  if (summary.leftOut > 0) parts.push(`${summary.leftOut} left out by --where`);
  if (summary.blank > 0) parts.push(`${summary.blank} blank`);
  return parts.join('; ');
};

/** What the table lacks, beside options that are wrong; none where it cannot be opened, or stands on standard input. */
const lacking = async (
  instrument: Instrument,
  table: string,
  raw: RawScoreOptions,
  terminal: Terminal,
): Promise<readonly Failure[]> => {
  if (table === '-') return [];
  const source = await openTable(table, terminal.input);
  if (isLeft(source)) return [source.left];
  try {
    return await columnsNotThere(instrument, source.right, raw);
  } finally {
    await source.right.release();
  }
};

/** `caseness score <id> <table>`, with what else to say once (`notes`): 0 all rows scored, 1 some rows or the table are bad, 2 wrong usage. */
export const runScore = async (
  instrument: Instrument,
  table: string,
  raw: RawScoreOptions,
  terminal: Terminal,
  notes: readonly string[] = [],
): Promise<ExitStatus> => {
  const options = await readScoreOptions(instrument, raw);
  if (isLeft(options))
    return fail(terminal, [...options.left, ...(await lacking(instrument, table, raw, terminal))]);
  const taken = [options.right.out, options.right.rejects].flatMap((path) =>
    path === undefined ? [] : (mayWrite(path, options.right.force) ?? []),
  );
  if (taken.length > 0) return fail(terminal, taken);
  const source = await openTable(table, terminal.input);
  if (isLeft(source)) return fail(terminal, [source.left]);
  try {
    const checked = await checkTable(instrument, source.right, options.right, progress(terminal, 'checking'));
    clearProgress(terminal);
    if (isLeft(checked)) return fail(terminal, checked.left);
    const ready = { ...checked.right, notes: [...checked.right.notes, ...notes] };
    return await writeResults(instrument, source.right, ready, options.right, terminal);
  } catch (error) {
    if (error instanceof Stop) return fail(terminal, error.failures);
    if (error instanceof Error && 'code' in error)
      return fail(terminal, [usage('io', `${table}: ${fileProblem(error)}`)]);
    throw error;
  } finally {
    await source.right.release();
  }
};

const writeResults = async (
  instrument: Instrument,
  source: TableSource,
  { columns, notes }: CheckedTable,
  options: ScoreTableOptions,
  terminal: Terminal,
): Promise<ExitStatus> => {
  const sinks: LineSink[] = [];
  const open = async (path: string): Promise<LineSink> => {
    const sink = await openFileSink(path, options.force);
    if (isLeft(sink)) throw new Stop([sink.left]);
    sinks.push(sink.right);
    return sink.right;
  };
  try {
    const out = options.out === undefined ? streamSink(terminal.output) : await open(options.out);
    const rejects = options.rejects === undefined ? null : await open(options.rejects);
    const writer = resultWriter(instrument, columns, options);
    const shown: string[] = [];
    let summary = EMPTY_SUMMARY;
    const onRow = progress(terminal, 'scoring');
    await out.write(writer.start());
    if (rejects !== null && options.format === 'csv')
      await rejects.write(csvLine(rejectHeader(instrument, columns)));
    const counts = { blank: 0, 'left-out': 0 };
    const outcomes = scoreRows(instrument, source, columns, options, (what) => {
      counts[what] += 1;
    });
    for await (const outcome of outcomes) {
      summary = addOutcome(summary, outcome);
      onRow(summary.rows);
      if (terminal.output.destroyed) break;
      if (outcome.kind === 'scored') await out.write(writer.line(outcome.row, outcome.kept, outcome.result));
      else if (rejects !== null)
        await rejects.write(rejectText(instrument, columns, options, outcome.reject));
      else if (summary.rejected <= SHOWN_REJECTS) shown.push(...rejectLines(outcome.reject));
    }
    await out.write(writer.end());
    // The rejects first: results must not stand without them.
    for (const sink of new Set([...(rejects === null ? [] : [rejects]), out])) await sink.finish();
    clearProgress(terminal);
    say(terminal, shown);
    if (rejects === null && summary.rejected > SHOWN_REJECTS) {
      say(terminal, [
        `${summary.rejected - SHOWN_REJECTS} more rows were rejected; --rejects FILE lists each with its flags`,
      ]);
    }
    say(terminal, notes);
    say(terminal, [summaryLine({ ...summary, blank: counts.blank, leftOut: counts['left-out'] })]);
    return summary.rejected > 0 ? 1 : 0;
  } catch (error) {
    for (const sink of sinks) await sink.abandon();
    throw error;
  }
};
