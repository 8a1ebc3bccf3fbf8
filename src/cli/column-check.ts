import type { ChoiceVariable, NumberVariable, Variable } from '../instrument/index.js';
import { type CellAnswer, fitsNumber } from './cell-answers.js';

/** More than one in this many answered values that are no code of the item, and the column is taken for another coding. */
export const ONE_IN = 100;

/** Different texts remembered in a column; more than this is no coding of a choice. */
const MOST_TEXTS = 64;

/** A longer text is no code; so many of these would fill the memory. */
const LONGEST_TEXT = 64;

/** Values in which a form's lowest code never stands, before that is taken for a shifted coding. */
const ENOUGH = 100;

/** Counts over one column of answers. */
export interface ColumnTally {
  readonly item: Variable;
  readonly column: string;
  answered: number;
  unfit: number;
  /** The different texts found, fitting or not; `null` once there are too many to be codes. */
  texts: Map<string, number> | null;
  /** Number columns: how many of the unfit would fit if read otherwise, by remedy. */
  readonly rescues: Map<string, number>;
}

/** `recoded`: the caller has said what the cells mean, so no other coding is looked for. */
export const newTally = (item: Variable, column: string, coding: 'own' | 'recoded'): ColumnTally => ({
  item,
  column,
  answered: 0,
  unfit: 0,
  texts: coding === 'own' ? new Map() : null,
  rescues: new Map(),
});

/** Counts one cell. Mutates the tally: it runs for every cell of files of any size. */
export const tally = (into: ColumnTally, cell: CellAnswer, raw: string): void => {
  if (cell.kind === 'blank' || cell.kind === 'missing') return;
  into.answered += 1;
  if (cell.kind === 'not-fitting') into.unfit += 1;
  if (into.item.kind === 'number') {
    if (cell.kind === 'not-fitting') {
      for (const remedy of rescuesOf(into.item, cell.text))
        into.rescues.set(remedy, (into.rescues.get(remedy) ?? 0) + 1);
    }
    return;
  }
  if (into.item.kind !== 'choice' || into.texts === null) return;
  const text = raw.trim().replace(/^([+-]?[0-9]+)\.0+$/, '$1');
  into.texts.set(text, (into.texts.get(text) ?? 0) + 1);
  if (text.length > LONGEST_TEXT || into.texts.size > MOST_TEXTS) into.texts = null;
};

const FACTORS = [10, 100, 1000] as const;

const rescuesOf = (item: NumberVariable, text: string): readonly string[] => {
  const remedies: string[] = [];
  if (fitsNumber(item, text.replace(',', '.')))
    remedies.push('numbers with a decimal comma: give --decimal-comma');
  const value = /^[0-9]{1,9}(?:\.[0-9]{1,9})?$/.test(text) ? Number(text) : Number.NaN;
  for (const factor of FACTORS) {
    const least = item.min / 10 ** item.places;
    const greatest = item.max / 10 ** item.places;
    if (value / factor >= least && value / factor <= greatest)
      remedies.push(`another unit: ${factor} times ${item.unit}`);
    if (value * factor >= least && value * factor <= greatest)
      remedies.push(`another unit: ${item.unit} divided by ${factor}`);
  }
  return remedies;
};

/** A coding that every answered value of a column has: what it is, and the option that reads it so. */
export interface Coding {
  readonly name: string;
  readonly recode: ReadonlyMap<string, string>;
}

/** Codings in which the answers of this item are known to be exported, other than its own. */
export const knownCodings = (item: ChoiceVariable): readonly Coding[] => {
  const codes = [...new Set(item.codes)];
  const codings: Coding[] = [];
  const whole = codes.every((code) => /^[0-9]+$/.test(code));
  const ends = (list: readonly string[]): string => `${list[0] ?? ''} to ${list.at(-1) ?? ''}`;
  const add = (name: string, cells: readonly string[]): void => {
    codings.push({ name, recode: new Map(cells.map((cell, index) => [cell, codes[index] ?? ''])) });
  };
  if (whole) {
    for (const shift of [1, -1]) {
      const cells = codes.map((code) => String(Number(code) + shift));
      if (shift === 1 || Number(codes[0]) > 0)
        add(`${ends(cells)} for ${ends(codes)}: each code shifted by ${shift}`, cells);
    }
  }
  for (const first of [0, 1]) {
    const cells = codes.map((_, index) => String(index + first));
    const seen =
      codings.some((coding) => [...coding.recode.keys()].join() === cells.join()) ||
      cells.join() === codes.join();
    if (!seen) add(`the options numbered ${ends(cells)}, for the codes ${codes.join(', ')}`, cells);
  }
  const [no, yes] = codes.length === 2 ? yesNo(codes) : [];
  if (no !== undefined && yes !== undefined) {
    for (const [yesCell, noCell] of [
      ['1', '0'],
      ['1', '2'],
      ['y', 'n'],
      ['Y', 'N'],
      ['yes', 'no'],
      ['Yes', 'No'],
      ['YES', 'NO'],
      ['true', 'false'],
      ['TRUE', 'FALSE'],
      ['True', 'False'],
      ['t', 'f'],
      ['T', 'F'],
    ] as const) {
      if (yesCell === yes && noCell === no) continue;
      codings.push({
        name: `${yesCell} for yes and ${noCell} for no`,
        recode: new Map([
          [yesCell, yes],
          [noCell, no],
        ]),
      });
    }
  }
  const lower = codes.map((code) => code.toUpperCase());
  if (lower.join() !== codes.join()) add('the codes in capitals', lower);
  return codings;
};

const yesNo = (codes: readonly string[]): readonly string[] => {
  const sorted = [...codes].sort();
  if (sorted.join() === '0,1' || sorted.join() === 'no,yes') return sorted;
  return [];
};

/** Texts that statistics programs and surveys write for a missing value. */
const MISSING_TEXTS =
  'NA N/A #N/A NaN nan NULL null None none missing . - -1 -7 -8 -9 -77 -88 -99 -777 -888 -999 7 8 9 77 88 99 777 888 999'.split(
    ' ',
  );

/** Why a column stops the run. Names codings, never what a person answered. */
export interface ColumnVerdict {
  readonly item: string;
  readonly column: string;
  readonly reason: 'unfit' | 'shifted';
  readonly answered: number;
  readonly unfit: number;
  /** What would fit. */
  readonly fits: readonly Fit[];
}

/** What would fit a column: in words with the remedy, or a coding and how its cells are to be read. */
export type Fit =
  | { readonly kind: 'remedy'; readonly text: string }
  | { readonly kind: 'coding'; readonly name: string; readonly cells: string };

/** A fit in words, for items as `--recode` takes them: each an id or a range. */
export const fitText = (fit: Fit, items: readonly string[]): string =>
  fit.kind === 'remedy'
    ? fit.text
    : `${fit.name}: give ${items.map((item) => `--recode ${item}:${fit.cells}`).join(' ')}`;

const fitsCoding = (found: ColumnTally, coding: Coding): boolean =>
  found.texts !== null &&
  found.answered > 0 &&
  [...found.texts.keys()].every((text) => coding.recode.has(text));

const fitsOf = (found: ColumnTally): readonly Fit[] => {
  const fits: Fit[] = [];
  const remedy = (text: string): void => {
    fits.push({ kind: 'remedy', text });
  };
  for (const [text, count] of found.rescues) if (count === found.unfit) remedy(text);
  const { item, texts } = found;
  if (item.kind !== 'choice' || texts === null) return fits;
  for (const coding of knownCodings(item)) {
    if (!fitsCoding(found, coding)) continue;
    const cells = [...coding.recode].map(([cell, code]) => `${cell}=${code}`).join(':');
    fits.push({ kind: 'coding', name: coding.name, cells });
  }
  const unfit = [...texts.keys()].filter(
    (text) => !item.codes.includes(text) && !Object.hasOwn(item.missing ?? {}, text),
  );
  if (unfit.length > 0 && unfit.every((text) => MISSING_TEXTS.includes(text))) {
    const codes = unfit.join(',');
    // A shell takes letters, digits and a minus as they stand; a full stop would end the sentence.
    remedy(`codes that mean missing: give --missing ${/^[\w,-]+$/.test(codes) ? codes : `'${codes}'`}`);
  }
  return fits;
};

/**
 * The columns that stop a run: more than one in a hundred answered values are no code of the item, or all fit a known
 * shifted coding and not all the item's own. Where no single column shows it, columns with the same codes are
 * taken together: a hundred answers and more without one lowest code, all of which fit the codes shifted by one.
 */
export const checkColumns = (tallies: readonly ColumnTally[]): readonly ColumnVerdict[] => {
  const stopped = new Map<ColumnTally, ColumnVerdict>();
  const stop = (found: ColumnTally, reason: ColumnVerdict['reason']): void => {
    stopped.set(found, {
      item: found.item.id,
      column: found.column,
      reason,
      answered: found.answered,
      unfit: found.unfit,
      fits: fitsOf(found),
    });
  };
  for (const found of tallies) {
    const { item } = found;
    if (item.kind === 'text' || found.answered === 0) continue;
    if (found.unfit * ONE_IN > found.answered) stop(found, 'unfit');
    else if (
      found.unfit > 0 &&
      item.kind === 'choice' &&
      knownCodings(item).some((coding) => fitsCoding(found, coding))
    ) {
      stop(found, 'shifted');
    }
  }
  for (const group of sameCodes(tallies)) {
    if (shiftedTogether(group, stopped))
      for (const found of group) if (!stopped.has(found) && found.answered > 0) stop(found, 'shifted');
  }
  return tallies.flatMap((found) => stopped.get(found) ?? []);
};

const sameCodes = (tallies: readonly ColumnTally[]): readonly (readonly ColumnTally[])[] => {
  const groups = new Map<string, ColumnTally[]>();
  for (const found of tallies) {
    if (found.item.kind !== 'choice') continue;
    const key = found.item.codes.join('\u0000');
    groups.set(key, [...(groups.get(key) ?? []), found]);
  }
  return [...groups.values()];
};

const shiftedTogether = (
  group: readonly ColumnTally[],
  stopped: ReadonlyMap<ColumnTally, ColumnVerdict>,
): boolean => {
  const [first] = group;
  if (first?.item.kind !== 'choice') return false;
  const codes = [...new Set(first.item.codes)];
  // A yes-or-no column may well hold one answer only.
  if (codes.length < 3 || !codes.every((code) => /^[0-9]+$/.test(code))) return false;
  const [coding] = knownCodings(first.item);
  const filled = group.filter((found) => found.answered > 0);
  if (coding === undefined || !filled.every((found) => fitsCoding(found, coding))) return false;
  const answered = filled.reduce((sum, found) => sum + found.answered, 0);
  return answered >= ENOUGH || filled.some((found) => stopped.has(found));
};
