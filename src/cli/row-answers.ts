import type { Answer } from '../instrument/index.js';
import { asAnswer, type CellAnswer, readCell } from './cell-answers.js';
import type { TableColumns } from './table-columns.js';
import type { ContextColumn, MissingCodes, Recodings } from './table-options.js';

export interface RowReading {
  readonly missing: MissingCodes;
  readonly recode: Recodings;
  readonly decimals: 'point' | 'comma';
}

export interface RowContext {
  readonly age: number | 'unknown';
  readonly sex: 'female' | 'male' | 'unknown';
  /** Facts whose cell could not be read; each is `unknown` above. */
  readonly unread: readonly ContextColumn[];
}

/** The cell of each item column, in the order of `columns.items`. */
export const readCells = (
  columns: TableColumns,
  cells: readonly string[],
  reading: RowReading,
): readonly CellAnswer[] =>
  columns.items.map(({ item, at }) =>
    readCell(item, cells[at] ?? '', {
      missing: reading.missing,
      recode: reading.recode.get(item.id),
      decimals: reading.decimals,
    }),
  );

export const answersOf = (
  columns: TableColumns,
  read: readonly CellAnswer[],
): Readonly<Record<string, Answer<string>>> => {
  const answers: Record<string, Answer<string>> = {};
  columns.items.forEach(({ item }, index) => {
    const answer = asAnswer(read[index] ?? { kind: 'blank' });
    if (answer !== undefined) answers[item.id] = answer;
  });
  return answers;
};

/** A blank cell is `unknown`; what is neither blank nor a value of the fact is reported, and `unknown` too. */
export const contextOf = (
  columns: TableColumns,
  cells: readonly string[],
  reading: RowReading,
): RowContext => {
  let age: RowContext['age'] = 'unknown';
  let sex: RowContext['sex'] = 'unknown';
  const unread: ContextColumn[] = [];
  for (const fact of columns.context) {
    const cell = (cells[fact.at] ?? '').trim();
    const text = fact.values.get(cell) ?? fact.values.get(cell.replace(/\.0+$/, '')) ?? cell;
    if (text === '' || text === 'unknown') continue;
    if (fact.fact === 'age') {
      const years = /^[0-9]{1,3}(?:\.[0-9]+)?$/.test(text) ? Math.floor(Number(text)) : Number.NaN;
      if (years <= 120) age = years;
      else unread.push(fact);
    } else if (text === 'female' || text === 'male') sex = text;
    else if (!reading.missing.has(text)) unread.push(fact);
  }
  return { age, sex, unread };
};
