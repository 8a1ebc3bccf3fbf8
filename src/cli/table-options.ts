import { type Either, isLeft, left, right } from 'fp-ts/Either';
import type { Instrument, MissingReason } from '../instrument/index.js';
import { itemsNamed, itemsOf } from './item-names.js';
import type { JsonValue } from './json-text.js';
import { nearest } from './nearest.js';
import { type Failure, usage } from './outcome.js';

/** Item to column; `null` where the item stands in no column and so was asked of nobody. */
export type ColumnMap = ReadonlyMap<string, string | null>;

/** Cell text to the reason why there is no answer. */
export type MissingCodes = ReadonlyMap<string, MissingReason>;

/** Item to what its cells mean: cell text to option code. */
export type Recodings = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Where a fact about the person stands, and what its cells mean (no entry: as they are). */
export interface ContextColumn {
  readonly fact: 'age' | 'sex';
  readonly column: string;
  readonly values: ReadonlyMap<string, string>;
}

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A row is read where its cell compares so; a number is compared as a number. */
export interface RowCondition {
  readonly column: string;
  readonly comparison: Comparison;
  readonly value: string;
}

const REASONS: readonly MissingReason[] = ['refused', 'not-known', 'not-asked'];
const FACTS = ['age', 'sex'] as const;

const split = (text: string, at: string): readonly [string, string | undefined] => {
  const index = text.indexOf(at);
  return index < 0
    ? [text.trim(), undefined]
    : [text.slice(0, index).trim(), text.slice(index + at.length).trim()];
};

/** Comma-separated names, without empty ones. */
export const names = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** `q1=DPQ010,q2=DPQ020`; `q9=` says that the item is in no column. */
export const parseMap = (instrument: Instrument, text: string): Either<readonly Failure[], ColumnMap> => {
  const pairs = names(text).map((part) => split(part, '='));
  const bare = pairs.find(([, column]) => column === undefined);
  if (bare !== undefined) {
    return left([
      usage('bad-map', `--map: '${bare[0].slice(0, 60)}' needs a column, as in --map q1=DPQ010,q2=DPQ020`),
    ]);
  }
  return mapOf(
    instrument,
    pairs.map(([item, column]) => [item, column ?? ''] as const),
  );
};

/** The same from a JSON file, `{ "q1": "DPQ010", "q9": null }`, for names that hold commas or equals signs. */
export const mapFromJson = (
  instrument: Instrument,
  value: JsonValue,
  file: string,
): Either<readonly Failure[], ColumnMap> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return left([usage('bad-map', `${file}: a map is an object from item to column, { "q1": "DPQ010" }`)]);
  }
  const pairs: (readonly [string, string])[] = [];
  for (const [item, column] of Object.entries(value)) {
    if (column !== null && typeof column !== 'string') {
      return left([
        usage('bad-map', `${file}: '${item.slice(0, 60)}' needs the name of a column as text, or null`),
      ]);
    }
    pairs.push([item, column ?? '']);
  }
  return mapOf(instrument, pairs);
};

const mapOf = (
  instrument: Instrument,
  pairs: readonly (readonly [string, string])[],
): Either<readonly Failure[], ColumnMap> => {
  const known = new Set(itemsOf(instrument).map((item) => item.id));
  const failures: Failure[] = [];
  const map = new Map<string, string | null>();
  const columns = new Map<string, string>();
  for (const [item, column] of pairs) {
    if (!known.has(item)) {
      failures.push(
        usage(
          'unknown-item',
          `--map: ${instrument.short} has no item '${item.slice(0, 60)}'`,
          nearest(item, known),
        ),
      );
    } else if (map.has(item)) {
      failures.push(usage('mapped-twice', `--map: '${item}' stands twice`));
    } else {
      const other = column === '' ? undefined : columns.get(column);
      if (other !== undefined)
        failures.push(usage('mapped-twice', `--map: '${other}' and '${item}' name the same column`));
      map.set(item, column === '' ? null : column);
      columns.set(column, item);
    }
  }
  return failures.length > 0 ? left(failures) : right(map);
};

/** `7,9` or `7:refused,9:not-known`. A code that is an answer of an item would silence it, and is refused. */
export const parseMissing = (
  instrument: Instrument,
  text: string,
): Either<readonly Failure[], MissingCodes> => {
  const failures: Failure[] = [];
  const codes = new Map<string, MissingReason>();
  for (const part of names(text)) {
    const [code, given] = split(part, ':');
    const reason = REASONS.find((known) => known === (given ?? 'not-asked'));
    if (reason === undefined) {
      failures.push(
        usage(
          'unknown-reason',
          `--missing ${code}: the reasons are ${REASONS.join(', ')}`,
          nearest(given ?? '', REASONS),
        ),
      );
      continue;
    }
    const clash = itemsOf(instrument).find((item) =>
      item.kind === 'choice'
        ? item.codes.includes(code)
        : item.kind === 'number' &&
          isWithin(code, item.min / 10 ** item.places, item.max / 10 ** item.places),
    );
    if (clash !== undefined) {
      failures.push(
        usage(
          'missing-is-answer',
          `--missing ${code}: this is an answer of '${clash.id}'; recode the column before it is scored`,
        ),
      );
      continue;
    }
    codes.set(code, reason);
  }
  return failures.length > 0 ? left(failures) : right(codes);
};

const isWithin = (text: string, least: number, greatest: number): boolean => {
  const value = text === '' ? Number.NaN : Number(text);
  return value >= least && value <= greatest;
};

/** `q1..q9:1=0:2=1:3=2:4=3`: what the cells of an item mean, as option codes. */
export const parseRecode = (
  instrument: Instrument,
  texts: readonly string[],
): Either<readonly Failure[], Recodings> => {
  const failures: Failure[] = [];
  const recodings = new Map<string, ReadonlyMap<string, string>>();
  for (const text of texts) {
    const [target = '', ...pairs] = text.split(':');
    const items = itemsNamed(instrument, target.trim(), '--recode');
    if (isLeft(items)) {
      failures.push(items.left);
      continue;
    }
    const values = new Map<string, string>();
    for (const pair of pairs) {
      const [cell, code] = split(pair, '=');
      if (code === undefined || code === '' || cell === '') {
        failures.push(
          usage(
            'bad-recode',
            `--recode ${target}: write cell=code pairs, as in --recode q1..q9:1=0:2=1:3=2:4=3`,
          ),
        );
      } else values.set(cell, code);
    }
    if (pairs.length === 0) {
      failures.push(
        usage(
          'bad-recode',
          `--recode ${target}: write cell=code pairs, as in --recode q1..q9:1=0:2=1:3=2:4=3`,
        ),
      );
    }
    for (const id of items.right) {
      const item = itemsOf(instrument).find((candidate) => candidate.id === id);
      for (const code of values.values()) {
        if (
          item?.kind === 'choice' &&
          !item.codes.includes(code) &&
          !Object.hasOwn(item.missing ?? {}, code)
        ) {
          failures.push(
            usage('bad-recode', `--recode ${target}: '${code.slice(0, 60)}' is no code of '${id}'`),
          );
        }
      }
      recodings.set(id, values);
    }
  }
  return failures.length > 0 ? left(failures) : right(recodings);
};

/** `age=RIDAGEYR,sex=RIAGENDR:1=male:2=female`. */
export const parseContext = (text: string): Either<readonly Failure[], readonly ContextColumn[]> => {
  const failures: Failure[] = [];
  const columns: ContextColumn[] = [];
  for (const part of names(text)) {
    const [named, rest] = split(part, '=');
    const fact = FACTS.find((known) => known === named);
    if (fact === undefined || rest === undefined || rest === '') {
      failures.push(
        usage(
          'bad-context',
          '--context: write age=COLUMN and sex=COLUMN:1=male:2=female',
          fact === undefined ? nearest(named, FACTS) : undefined,
        ),
      );
      continue;
    }
    const [column = '', ...pairs] = rest.split(':');
    const values = new Map<string, string>();
    for (const pair of pairs) {
      const [cell, value] = split(pair, '=');
      if (value === undefined)
        failures.push(
          usage('bad-context', `--context ${fact}: write cell=value pairs, as in :1=male:2=female`),
        );
      else if (fact === 'sex' && !['female', 'male', 'unknown'].includes(value)) {
        failures.push(
          usage(
            'bad-context',
            '--context sex: the values are female, male and unknown',
            nearest(value, ['female', 'male', 'unknown']),
          ),
        );
      } else values.set(cell, value);
    }
    columns.push({ fact, column: column.trim(), values });
  }
  return failures.length > 0 ? left(failures) : right(columns);
};

/** `RIDAGEYR>=20`: only rows whose cell compares so are scored. */
export const parseWhere = (text: string): Either<Failure, RowCondition> => {
  const match = /^(.+?)\s*(!=|<=|>=|=|<|>)\s*(.*)$/s.exec(text.trim());
  const [, column, comparison, value] = match ?? [];
  if (column === undefined || value === undefined || !isComparison(comparison)) {
    return left(
      usage('bad-where', "--where: write a column, a comparison and a value, as in --where 'RIDAGEYR>=20'"),
    );
  }
  if (comparison !== '=' && comparison !== '!=' && (value === '' || !Number.isFinite(Number(value)))) {
    return left(usage('bad-where', `--where: ${comparison} compares with a number`));
  }
  return right({ column: column.trim(), comparison, value: value.trim() });
};

const isComparison = (text: string | undefined): text is Comparison =>
  text !== undefined && ['=', '!=', '<', '<=', '>', '>='].includes(text);

/** Does the cell meet the condition? A cell that is no number meets none of `< <= > >=`. */
export const meets = (condition: RowCondition, cell: string): boolean => {
  const text = cell.trim();
  const number = text === '' ? Number.NaN : Number(text);
  const value = condition.value === '' ? Number.NaN : Number(condition.value);
  const equal = text === condition.value || (Number.isFinite(number) && number === value);
  switch (condition.comparison) {
    case '=':
      return equal;
    case '!=':
      return !equal;
    case '<':
      return number < value;
    case '<=':
      return number <= value;
    case '>':
      return number > value;
    case '>=':
      return number >= value;
  }
};
