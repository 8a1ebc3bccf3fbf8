import { type Either, isLeft, right } from 'fp-ts/Either';
import type { Instrument } from '../instrument/index.js';
import { type BothSides, SIDES, type Side } from '../review/effect/joint-form.js';
import { outcomeText, type PartKind, type Said, saidBy } from '../review/effect/outcome.js';
import { itemsOf } from './item-names.js';
import type { Failure, Terminal } from './outcome.js';
import { type RawScoreOptions, readScoreOptions, type ScoreTableOptions } from './score-options.js';
import { type CheckedTable, checkTable, type RowOutcome, scoreRows } from './score-table.js';
import { openTable, type TableSource } from './table-source.js';

/** People who move from one level or side to another. Of scores only how many: a value could be an answer. */
export interface PeopleMove {
  readonly from: string | null;
  readonly to: string | null;
  readonly people: number;
  /** Row numbers as a spreadsheet counts them, up to the limit. */
  readonly rows: readonly number[];
}

export interface TablePart {
  readonly kind: PartKind;
  readonly id: string;
  readonly people: number;
  readonly moves: readonly PeopleMove[];
}

/** What an edit does to the people of one table. */
export interface TableEffect {
  readonly table: string;
  /** Rows that both definitions score. */
  readonly compared: number;
  /** People who move in anything that both definitions have. */
  readonly moved: number;
  /** Rows that one of the definitions cannot score, or neither. */
  readonly rejected: { readonly old: number; readonly new: number; readonly both: number };
  readonly parts: readonly TablePart[];
  /** What a reader should know of the columns. */
  readonly notes: readonly string[];
}

/** Entries that name an item of the other definition alone say nothing to this one. */
const ownEntries = (
  texts: readonly string[] | undefined,
  own: ReadonlySet<string>,
  other: ReadonlySet<string>,
): readonly string[] =>
  (texts ?? []).flatMap((text) => {
    if (text.endsWith('.json')) return [text];
    const kept = text.split(',').filter((entry) => {
      const item = (entry.split('=')[0] ?? '').trim();
      return own.has(item) || !other.has(item);
    });
    return kept.length === 0 ? [] : [kept.join(',')];
  });

const readOptions = (
  instruments: BothSides<Instrument>,
  side: Side,
  raw: RawScoreOptions,
): Promise<Either<readonly Failure[], ScoreTableOptions>> => {
  const ids = (of: Side): ReadonlySet<string> => new Set(itemsOf(instruments[of]).map(({ id }) => id));
  const [own, other] = [ids(side), ids(side === 'old' ? 'new' : 'old')];
  return readScoreOptions(instruments[side], {
    ...raw,
    map: ownEntries(raw.map, own, other),
    acceptColumn: ownEntries(raw.acceptColumn, own, other),
  });
};

interface Ready {
  readonly options: ScoreTableOptions;
  readonly checked: CheckedTable;
}

const makeReady = async (
  instruments: BothSides<Instrument>,
  side: Side,
  raw: RawScoreOptions,
  source: TableSource,
): Promise<Either<readonly Failure[], Ready>> => {
  const options = await readOptions(instruments, side, raw);
  if (isLeft(options)) return options;
  const checked = await checkTable(instruments[side], source, options.right);
  return isLeft(checked) ? checked : right({ options: options.right, checked: checked.right });
};

/** Scores every row of a table with both definitions and holds them together. `Left` where the table must not be read so. */
export const tableEffect = async (
  instruments: BothSides<Instrument>,
  table: string,
  raw: RawScoreOptions,
  mostRows: number,
  terminal: Terminal,
): Promise<Either<readonly Failure[], TableEffect>> => {
  const source = await openTable(table, terminal.input);
  if (isLeft(source)) return { _tag: 'Left', left: [source.left] };
  try {
    const old = await makeReady(instruments, 'old', raw, source.right);
    if (isLeft(old)) return old;
    const next = await makeReady(instruments, 'new', raw, source.right);
    if (isLeft(next)) return next;
    const ready = { old: old.right, new: next.right };
    return right(await compareRows(instruments, source.right, ready, mostRows));
  } finally {
    await source.right.release();
  }
};

interface FoundMove {
  readonly from: string | null;
  readonly to: string | null;
  people: number;
  readonly rows: number[];
}

const compareRows = async (
  instruments: BothSides<Instrument>,
  source: TableSource,
  ready: BothSides<Ready>,
  mostRows: number,
): Promise<TableEffect> => {
  const rowsOf = (side: Side): AsyncGenerator<RowOutcome> =>
    scoreRows(instruments[side], source, ready[side].checked.columns, ready[side].options);
  const [before, after] = [rowsOf('old'), rowsOf('new')];
  const found = new Map<string, Map<string, FoundMove>>();
  const rejected = { old: 0, new: 0, both: 0 };
  let compared = 0;
  let moved = 0;
  // Both read the same rows of the same file, in the same order.
  for await (const was of before) {
    const next = await after.next();
    if (next.done === true) break;
    const is = next.value;
    if (was.kind === 'rejected' || is.kind === 'rejected') {
      rejected[was.kind === is.kind ? 'both' : was.kind === 'rejected' ? 'old' : 'new'] += 1;
      continue;
    }
    compared += 1;
    if (addMoves(found, was.row, { old: saidBy(was.result), new: saidBy(is.result) }, mostRows)) moved += 1;
  }
  await after.return(undefined);
  const parts = [...found].map(([key, moves]): TablePart => {
    const [kind, ...id] = key.split(' ');
    const all = [...moves.values()];
    return {
      // The key is `partKey(kind, id)`.
      kind: kind as PartKind,
      id: id.join(' '),
      people: all.reduce((sum, { people }) => sum + people, 0),
      moves: all.sort((a, b) => b.people - a.people),
    };
  });
  const notes = [...new Set(SIDES.flatMap((side) => ready[side].checked.notes))];
  return { table: source.name, compared, moved, rejected, parts, notes };
};

/** Adds one person; whether the person moves in anything. */
const addMoves = (
  found: Map<string, Map<string, FoundMove>>,
  row: number,
  said: BothSides<Said>,
  mostRows: number,
): boolean => {
  let isMoved = false;
  for (const [key, outcome] of said.old) {
    const now = said.new.get(key);
    if (now === undefined || JSON.stringify(outcome) === JSON.stringify(now)) continue;
    isMoved = true;
    const kind = key.split(' ')[0] as PartKind;
    const isNumber = kind === 'score' || kind === 'quantity';
    const [from, to] = isNumber ? [null, null] : [outcomeText(kind, outcome), outcomeText(kind, now)];
    const moves = found.get(key) ?? new Map<string, FoundMove>();
    const move = moves.get(`${from} → ${to}`) ?? { from, to, people: 0, rows: [] };
    move.people += 1;
    if (move.rows.length < mostRows) move.rows.push(row);
    moves.set(`${from} → ${to}`, move);
    found.set(key, moves);
  }
  return isMoved;
};
