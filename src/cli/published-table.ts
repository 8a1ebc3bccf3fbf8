import { type Either, isLeft, isRight, left, right } from 'fp-ts/Either';
import { groupsOf, itemsIn, type LoadedPublishedResult } from '../review/published/load.js';
import { addForm, type ComparedFigure, comparedFigures, newTally } from '../review/published/tally.js';
import { form, type ItemState } from '../scoring/index.js';
import { dataError, type Failure, Stop } from './outcome.js';
import { rejectLines } from './rejects.js';
import { answersOf, contextOf, readCells } from './row-answers.js';
import type { ScoreTableOptions } from './score-options.js';
import { type CheckedTable, checkTable, scoreRow } from './score-table.js';
import type { TableColumns } from './table-columns.js';
import { type ContextColumn, meets, parseWhere, type RowCondition } from './table-options.js';
import { type Delimiter, isBlank, readTable } from './table-reader.js';

/** What the data of a published result give. */
export interface Reproduction {
  readonly rows: {
    /** Rows that hold any text. */
    readonly read: number;
    /** Rows that `where` leaves out. */
    readonly leftOut: number;
    readonly scored: number;
    readonly rejected: number;
  };
  readonly figures: readonly ComparedFigure[];
  /** What a reader should know of the columns. */
  readonly notes: readonly string[];
  /** The first rows that were rejected, and why. */
  readonly rejects: readonly string[];
}

const SHOWN_REJECTS = 10;

const DELIMITERS: Readonly<Record<'comma' | 'tab' | 'semicolon' | 'pipe', Delimiter>> = {
  comma: ',',
  tab: '\t',
  semicolon: ';',
  pipe: '|',
};

const conditionsOf = (texts: readonly string[] = []): readonly RowCondition[] =>
  // The schema has seen to it that each can be read.
  texts.map(parseWhere).flatMap((condition) => (isRight(condition) ? [condition.right] : []));

const contextColumns = ({ published }: LoadedPublishedResult): readonly ContextColumn[] =>
  (['age', 'sex'] as const).flatMap((fact) => {
    const given = published.context?.[fact];
    return given === undefined
      ? []
      : [{ fact, column: given.column, values: new Map(Object.entries(given.values ?? {})) }];
  });

/** The options of `caseness score` that a published result amounts to. */
const scoreOptionsOf = (loaded: LoadedPublishedResult, kept: readonly string[]): ScoreTableOptions => {
  const { published, instrument } = loaded;
  return {
    map: new Map([
      ...Object.entries(published.columns ?? {}),
      ...(published['not-asked'] ?? []).map((item) => [item, null] as const),
    ]),
    missing: new Map(Object.entries(published['missing-codes'] ?? {})),
    recode: new Map(
      (published.recode ?? []).flatMap(({ items, values }) =>
        (itemsIn(instrument, items) ?? []).map(({ id }) => [id, new Map(Object.entries(values))] as const),
      ),
    ),
    keep: kept,
    context: contextColumns(loaded),
    where: conditionsOf(published.where),
    missingRule: published['missing-rule'] ?? null,
    administered: published.administered ?? [],
    accepted: new Set(published['accept-columns'] ?? []),
    acceptRagged: false,
    on: null,
    delimiter: published.data.delimiter === undefined ? undefined : DELIMITERS[published.data.delimiter],
    decimals: published.data.decimals ?? 'point',
    format: 'json',
    out: undefined,
    rejects: undefined,
    force: 'keep',
  };
};

/** A message of the table reader, in the words of a published result instead of those of the command line. */
const inWordsOfFile = (failure: Failure): Failure => ({
  ...failure,
  message: failure.message
    .replace(
      /say which with --map \S+=COLUMN, or --map \S+= if it was never asked/,
      'say which under `columns`, or name it under `not-asked`',
    )
    .replace(/ --accept-ragged scores .*$/, '')
    .replace(/--id or --keep/g, '`weight` or a group')
    .replace(/--map/g, '`columns`')
    .replace(/--missing/g, '`missing-codes`')
    .replace(/--recode/g, '`recode`')
    .replace(/--accept-column/g, '`accept-columns`')
    .replace(/--context/g, '`context`')
    .replace(/--where/g, '`where`')
    .replace(/--decimal-comma/g, '`data.decimals: comma`')
    .replace(/--delimiter/g, '`data.delimiter`'),
});

const weightIn = (cell: string, decimals: 'point' | 'comma', place: string): number => {
  const text = decimals === 'comma' ? cell.trim().replace(',', '.') : cell.trim();
  const weight = text === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(weight) || weight < 0)
    throw new Stop([
      dataError(
        'bad-weight',
        place,
        'a weight is a number that is not below 0; leave the row out with `where`',
      ),
    ]);
  return weight;
};

const isSettled = ({ status }: ItemState): boolean => status === 'answered' || status === 'skipped';

interface Group {
  readonly id: string;
  readonly where: readonly RowCondition[];
}

const groupsWith = ({ published }: LoadedPublishedResult): readonly Group[] =>
  groupsOf(published).map((id) => ({ id, where: conditionsOf(published.groups?.[id]?.where) }));

/** What a record of the header's width holds beside the answers. */
interface Beside {
  readonly weight: number;
  readonly groups: readonly string[];
}

const besideReader = (
  { published }: LoadedPublishedResult,
  groups: readonly Group[],
  columns: TableColumns,
  decimals: 'point' | 'comma',
  name: string,
): ((row: number, cells: readonly string[]) => Beside) => {
  const places = new Map(columns.keep.map(({ column, at }) => [column, at]));
  const { weight } = published;
  return (row, cells) => {
    const cellOf = (column: string): string => cells[places.get(column) ?? -1] ?? '';
    return {
      weight:
        weight === undefined
          ? 1
          : weightIn(cellOf(weight), decimals, `${name}, row ${row}, column ${weight}`),
      groups: groups
        .filter(({ where }) => where.every((condition) => meets(condition, cellOf(condition.column))))
        .map(({ id }) => id),
    };
  };
};

/** The second reading, in which each form is scored and taken up. */
const takeUp = async (
  loaded: LoadedPublishedResult,
  source: { readonly path: string; readonly name: string },
  options: ScoreTableOptions,
  groups: readonly Group[],
  { columns, notes }: CheckedTable,
): Promise<Reproduction> => {
  const { instrument } = loaded;
  const tally = newTally(loaded);
  const beside = besideReader(loaded, groups, columns, options.decimals, source.name);
  const rows = { read: 0, leftOut: 0, scored: 0, rejected: 0 };
  const rejects: string[] = [];
  const reject = (lines: readonly string[]): void => {
    rows.rejected += 1;
    if (rejects.length < SHOWN_REJECTS) rejects.push(...lines);
  };
  let isHeader = true;
  for await (const { row, cells } of readTable(source.path, source.name, options.delimiter)) {
    const isRecord = !isHeader && !isBlank(cells);
    isHeader = false;
    if (!isRecord) continue;
    rows.read += 1;
    if (cells.length !== columns.width) {
      reject([`row ${row}: ${cells.length} cells where the header has ${columns.width}`]);
      continue;
    }
    if (!columns.where.every((condition) => meets(condition, cells[condition.at] ?? ''))) {
      rows.leftOut += 1;
      continue;
    }
    const outcome = scoreRow(instrument, columns, options, row, cells);
    if (outcome.kind === 'rejected') {
      reject(rejectLines(outcome.reject));
      continue;
    }
    rows.scored += 1;
    const answers = answersOf(columns, readCells(columns, cells, options));
    addForm(tally, {
      ...beside(row, cells),
      result: outcome.result,
      answers,
      settled: () => {
        const { age, sex } = contextOf(columns, cells, options);
        const states = form(instrument, answers, { age, sex }, { administered: options.administered });
        return new Set(states.filter(isSettled).map(({ item }) => item));
      },
    });
  }
  return { rows, figures: comparedFigures(tally), notes, rejects };
};

/** Scores the table of a published result and takes up each form. `Left` where the table cannot be read as the result says. */
export const reproduce = async (
  loaded: LoadedPublishedResult,
  source: { readonly path: string; readonly name: string },
): Promise<Either<readonly Failure[], Reproduction>> => {
  const { weight } = loaded.published;
  const groups = groupsWith(loaded);
  const kept = [
    ...(weight === undefined ? [] : [weight]),
    ...groups.flatMap(({ where }) => where.map(({ column }) => column)),
  ];
  const options = scoreOptionsOf(loaded, [...new Set(kept)]);
  try {
    const checked = await checkTable(loaded.instrument, source, options);
    return isLeft(checked)
      ? left(checked.left.map(inWordsOfFile))
      : right(await takeUp(loaded, source, options, groups, checked.right));
  } catch (error) {
    if (error instanceof Stop) return left(error.failures.map(inWordsOfFile));
    throw error;
  }
};
