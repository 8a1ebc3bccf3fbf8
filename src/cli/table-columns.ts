import { type Either, left, right } from 'fp-ts/Either';
import type { Instrument, Variable } from '../instrument/index.js';
import { itemsOf, scoredItems } from './item-names.js';
import { nearest } from './nearest.js';
import { dataError, type Failure, usage } from './outcome.js';
import type { ColumnMap, ContextColumn, RowCondition } from './table-options.js';

export interface ItemColumn {
  readonly item: Variable;
  /** The header's text. */
  readonly column: string;
  readonly at: number;
}

/** Where in a record each thing stands. */
export interface TableColumns {
  readonly width: number;
  readonly items: readonly ItemColumn[];
  readonly keep: readonly { readonly column: string; readonly at: number }[];
  readonly context: readonly (ContextColumn & { readonly at: number })[];
  readonly where: readonly (RowCondition & { readonly at: number })[];
  /** The day of each form; `null` where no column gives it. */
  readonly on: { readonly column: string; readonly at: number } | null;
}

export interface ColumnsWanted {
  readonly map: ColumnMap;
  /** Carried through, the identifier first. */
  readonly keep: readonly string[];
  readonly context: readonly ContextColumn[];
  readonly where: readonly RowCondition[];
  /** What gives the day of a form: a column, the same day for all, or nothing. */
  readonly on: { readonly day: string } | { readonly column: string } | null;
}

/** Columns named by their number in one message. */
const MOST_NUMBERS = 10;

/** The first few of the places, as columns are counted. */
const numbers = (places: readonly number[]): string =>
  `${places
    .slice(0, MOST_NUMBERS)
    .map((at) => at + 1)
    .join(', ')}${places.length > MOST_NUMBERS ? ', …' : ''}`;

const shown = (name: string): string => (name.length <= 60 ? name : `${name.slice(0, 60)}…`);

/**
 * Finds the columns in the header. An item that `map` does not name stands in the column of its own name; an item that has
 * to be asked and stands in no column is an error, for a form without it would never be complete and nobody would know why.
 */
export const resolveColumns = (
  instrument: Instrument,
  header: readonly string[],
  wanted: ColumnsWanted,
  table: string,
): Either<readonly Failure[], TableColumns> => {
  const failures: Failure[] = [];
  const titles = header.map((title) => title.trim());
  const places = new Map<string, number[]>();
  titles.forEach((title, at) => {
    const same = places.get(title);
    if (same === undefined) places.set(title, [at]);
    else same.push(at);
  });
  if (titles.every((title) => title === '')) {
    return left([
      dataError('no-header', `${table}:1`, 'the first row names no column; the table needs a header row'),
    ]);
  }

  const find = (column: string, why: string): number => {
    const found = places.get(column) ?? [];
    if (found.length > 1) {
      failures.push(
        dataError(
          'duplicate-column',
          `${table}:1`,
          `${found.length} columns are called '${shown(column)}' (columns ${numbers(found)}), which ${why} names; rename all but one`,
        ),
      );
    }
    if (found.length === 0) {
      failures.push(
        usage(
          'unknown-column',
          `${why}: ${table} has no column '${shown(column)}'`,
          hint(nearest(column, places.keys())),
        ),
      );
    }
    return found[0] ?? -1;
  };

  const scored = scoredItems(instrument);
  const items: ItemColumn[] = [];
  for (const item of itemsOf(instrument)) {
    const mapped = wanted.map.get(item.id);
    if (mapped === null) continue;
    if (mapped !== undefined) items.push({ item, column: mapped, at: find(mapped, `--map ${item.id}`) });
    else if (places.has(item.id)) items.push({ item, column: item.id, at: find(item.id, `item ${item.id}`) });
    else if (scored.has(item.id) && isAlwaysAsked(instrument, item)) {
      failures.push(
        usage(
          'no-column',
          `no column for item '${item.id}'; say which with --map ${item.id}=COLUMN, or --map ${item.id}= if it was never asked`,
          hint(nearest(item.id, places.keys())),
        ),
      );
    }
  }
  if (failures.length === 0 && items.length === 0) {
    failures.push(
      usage(
        'no-column',
        `no column of ${table} holds an item of ${instrument.short}; say which do with --map`,
      ),
    );
  }
  const keep = wanted.keep.map((column) => ({ column, at: find(column, '--id or --keep') }));
  const context = wanted.context.map((fact) => ({
    ...fact,
    at: find(fact.column, `--context ${fact.fact}`),
  }));
  const where = wanted.where.map((condition) => ({ ...condition, at: find(condition.column, '--where') }));
  const day = wanted.on !== null && 'column' in wanted.on ? wanted.on : null;
  const on = day && { column: day.column, at: find(day.column, '--on-column') };
  const found = { width: header.length, items, keep, context, where, on };
  return failures.length > 0 ? left(failures) : right(found);
};

const hint = (name: string | undefined): string | undefined => (name === undefined ? undefined : shown(name));

/** Members of a panel that are chosen one by one need not be in a table. */
const isAlwaysAsked = (instrument: Instrument, item: Variable): boolean => {
  const member = item.member === undefined ? undefined : instrument.program.members[item.member];
  return member === undefined || member.asked === 'all';
};
