import { type Either, isLeft, isRight, left, right } from 'fp-ts/Either';
import type { Instrument } from '../instrument/index.js';
import { calendarDate } from '../referral/calendar.js';
import { readJsonFile } from './input-file.js';
import { itemsNamed } from './item-names.js';
import { nearest } from './nearest.js';
import { type Failure, usage } from './outcome.js';
import type { ColumnsWanted } from './table-columns.js';
import {
  type ColumnMap,
  type ContextColumn,
  type MissingCodes,
  mapFromJson,
  names,
  parseContext,
  parseMap,
  parseMissing,
  parseRecode,
  parseWhere,
  type Recodings,
  type RowCondition,
} from './table-options.js';
import type { Delimiter } from './table-reader.js';

export const FORMATS = ['csv', 'ndjson', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** The options of `caseness score` as typed. */
export interface RawScoreOptions {
  readonly map?: readonly string[];
  readonly missing?: readonly string[];
  readonly recode?: readonly string[];
  readonly id?: string;
  readonly keep?: readonly string[];
  readonly context?: readonly string[];
  readonly where?: readonly string[];
  readonly missingRule?: string;
  readonly administered?: readonly string[];
  readonly acceptColumn?: readonly string[];
  readonly acceptRagged?: boolean;
  readonly on?: string;
  readonly onColumn?: string;
  readonly delimiter?: string;
  readonly decimalComma?: boolean;
  readonly format?: string;
  readonly out?: string;
  readonly rejects?: string;
  readonly force?: boolean;
}

export interface ScoreTableOptions {
  readonly map: ColumnMap;
  readonly missing: MissingCodes;
  readonly recode: Recodings;
  readonly keep: readonly string[];
  readonly context: readonly ContextColumn[];
  readonly where: readonly RowCondition[];
  readonly missingRule: string | null;
  readonly administered: readonly string[];
  /** Items whose columns are scored as they stand; context facts too. */
  readonly accepted: ReadonlySet<string>;
  /** Rows of another width are rejected one by one, however many they are. */
  readonly acceptRagged: boolean;
  /** The day of every form, or the column that gives it row by row. */
  readonly on: { readonly day: string } | { readonly column: string } | null;
  readonly delimiter: Delimiter | undefined;
  readonly decimals: 'point' | 'comma';
  readonly format: Format;
  readonly out: string | undefined;
  readonly rejects: string | undefined;
  readonly force: 'force' | 'keep';
}

const DELIMITER_NAMES: ReadonlyMap<string, Delimiter> = new Map<string, Delimiter>([
  [',', ','],
  ['comma', ','],
  ['\t', '\t'],
  ['\\t', '\t'],
  ['tab', '\t'],
  [';', ';'],
  ['semicolon', ';'],
  ['|', '|'],
  ['pipe', '|'],
]);

const readMaps = async (
  instrument: Instrument,
  texts: readonly string[],
): Promise<Either<readonly Failure[], ColumnMap>> => {
  const joined = new Map<string, string | null>();
  const failures: Failure[] = [];
  for (const text of texts) {
    let map: Either<readonly Failure[], ColumnMap>;
    if (text.endsWith('.json')) {
      const json = await readJsonFile(text);
      map = isLeft(json) ? left([json.left]) : mapFromJson(instrument, json.right.value, text);
    } else map = parseMap(instrument, text);
    if (isLeft(map)) failures.push(...map.left);
    else {
      for (const [item, column] of map.right) {
        if (joined.has(item)) failures.push(usage('mapped-twice', `--map: '${item}' stands twice`));
        joined.set(item, column);
      }
    }
  }
  return failures.length > 0 ? left(failures) : right(joined);
};

const acceptedItems = (
  instrument: Instrument,
  map: ColumnMap,
  texts: readonly string[],
): Either<readonly Failure[], ReadonlySet<string>> => {
  const accepted = new Set<string>();
  const failures: Failure[] = [];
  const byColumn = new Map([...map].map(([item, column]) => [column ?? '', item]));
  for (const name of texts.flatMap(names)) {
    const mapped = byColumn.get(name);
    if (name === 'age' || name === 'sex' || name === 'on') accepted.add(name);
    else if (mapped !== undefined) accepted.add(mapped);
    else {
      const items = itemsNamed(instrument, name, '--accept-column');
      if (isLeft(items)) failures.push(items.left);
      else for (const item of items.right) accepted.add(item);
    }
  }
  return failures.length > 0 ? left(failures) : right(accepted);
};

const missingRulesOf = (instrument: Instrument): readonly string[] => [
  ...new Set(instrument.program.scores.flatMap((score) => score.missingRules?.map(({ id }) => id) ?? [])),
];

/** Columns carried through, the identifier first, each once. */
const keptColumns = (raw: RawScoreOptions): readonly string[] => [
  ...new Set([...(raw.id === undefined ? [] : [raw.id.trim()]), ...(raw.keep ?? []).flatMap(names)]),
];

/** The day of the forms, or the column that gives it; `Left` where it is none, or both are given. */
const dayOf = (raw: RawScoreOptions): Either<Failure, ScoreTableOptions['on']> => {
  if (raw.on !== undefined && raw.onColumn !== undefined)
    return left(
      usage('on-twice', '--on is the day of every form, --on-column gives it row by row: give one'),
    );
  if (raw.onColumn !== undefined) return right({ column: raw.onColumn.trim() });
  if (raw.on === undefined) return right(null);
  return calendarDate(raw.on) === null
    ? left(usage('bad-date', '--on: give the day as YYYY-MM-DD'))
    : right({ day: raw.on });
};

/**
 * The columns that the options name, where they can be read; `null` where what is wrong with them leaves open which these are.
 * So that columns which are not there can be named beside options that are wrong.
 */
export const columnsNamed = async (
  instrument: Instrument,
  raw: RawScoreOptions,
): Promise<(ColumnsWanted & { readonly delimiter: Delimiter | undefined }) | null> => {
  const map = await readMaps(instrument, raw.map ?? []);
  const context = parseContext((raw.context ?? []).join(','));
  const where = (raw.where ?? []).map(parseWhere);
  const delimiter = raw.delimiter === undefined ? undefined : DELIMITER_NAMES.get(raw.delimiter);
  if (isLeft(map) || isLeft(context) || (raw.delimiter !== undefined && delimiter === undefined)) return null;
  return {
    map: map.right,
    keep: keptColumns(raw),
    context: context.right,
    where: where.flatMap((part) => (isRight(part) ? [part.right] : [])),
    on: raw.onColumn === undefined ? null : { column: raw.onColumn.trim() },
    delimiter,
  };
};

/** Reads every option against the instrument; `Left` holds all that is wrong with them. */
export const readScoreOptions = async (
  instrument: Instrument,
  raw: RawScoreOptions,
): Promise<Either<readonly Failure[], ScoreTableOptions>> => {
  const map = await readMaps(instrument, raw.map ?? []);
  const missing = parseMissing(instrument, (raw.missing ?? []).join(','));
  const recode = parseRecode(instrument, raw.recode ?? []);
  const context = parseContext((raw.context ?? []).join(','));
  const where = (raw.where ?? []).map(parseWhere);
  const accepted = acceptedItems(instrument, isRight(map) ? map.right : new Map(), raw.acceptColumn ?? []);
  const failures: Failure[] = [];

  const format = FORMATS.find((known) => known === (raw.format ?? 'csv'));
  if (format === undefined) {
    failures.push(
      usage(
        'unknown-format',
        `--format: the formats are ${FORMATS.join(', ')}`,
        nearest(raw.format ?? '', FORMATS),
      ),
    );
  }
  const delimiter = raw.delimiter === undefined ? undefined : DELIMITER_NAMES.get(raw.delimiter);
  if (raw.delimiter !== undefined && delimiter === undefined) {
    failures.push(usage('unknown-delimiter', '--delimiter: give comma, tab, semicolon or pipe'));
  }
  const rules = missingRulesOf(instrument);
  if (raw.missingRule !== undefined && !rules.includes(raw.missingRule)) {
    failures.push(
      usage(
        'unknown-missing-rule',
        rules.length === 0
          ? `--missing-rule: ${instrument.short} has no sourced missing rule; incomplete forms stay incomplete`
          : `--missing-rule: the sourced rules of ${instrument.short} are ${rules.join(', ')}`,
        nearest(raw.missingRule, rules),
      ),
    );
  }
  const members = instrument.program.members.map(({ panel, id }) => `${panel}.${id}`);
  const administered = (raw.administered ?? []).flatMap(names);
  for (const name of administered) {
    if (!members.includes(name)) {
      failures.push(
        usage(
          'unknown-member',
          `--administered: ${instrument.short} has no member '${name.slice(0, 60)}'`,
          nearest(name, members),
        ),
      );
    }
  }
  if (raw.out !== undefined && raw.out === raw.rejects) {
    failures.push(usage('same-file', '--out and --rejects name the same file'));
  }
  for (const part of [map, missing, recode, context, accepted]) if (isLeft(part)) failures.push(...part.left);
  for (const part of where) if (isLeft(part)) failures.push(part.left);
  const on = dayOf(raw);
  if (isLeft(on)) failures.push(on.left);
  if (
    isLeft(map) ||
    isLeft(missing) ||
    isLeft(recode) ||
    isLeft(context) ||
    isLeft(accepted) ||
    isLeft(on) ||
    format === undefined ||
    failures.length > 0
  ) {
    return left(failures);
  }
  return right({
    map: map.right,
    missing: missing.right,
    recode: recode.right,
    keep: keptColumns(raw),
    context: context.right,
    where: where.flatMap((part) => (isRight(part) ? [part.right] : [])),
    missingRule: raw.missingRule ?? null,
    administered,
    accepted: accepted.right,
    acceptRagged: raw.acceptRagged === true,
    on: on.right,
    delimiter,
    decimals: raw.decimalComma === true ? 'comma' : 'point',
    format,
    out: raw.out,
    rejects: raw.rejects,
    force: raw.force === true ? 'force' : 'keep',
  });
};
