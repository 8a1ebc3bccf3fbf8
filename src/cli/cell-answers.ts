import type { Answer, MissingReason, NumberVariable, Variable } from '../instrument/index.js';
import type { MissingCodes } from './table-options.js';

/** How the cells of one column are read. */
export interface CellReading {
  readonly missing: MissingCodes;
  readonly recode: ReadonlyMap<string, string> | undefined;
  readonly decimals: 'point' | 'comma';
}

/** `not-fitting`: the text is handed to the engine as it is, which refuses it by name of item and keeps every flag. */
export type CellAnswer =
  | { readonly kind: 'blank' }
  | { readonly kind: 'missing'; readonly reason: MissingReason }
  | { readonly kind: 'answer'; readonly answer: string }
  | { readonly kind: 'not-fitting'; readonly text: string };

const BLANK: CellAnswer = { kind: 'blank' };

/** One cell against its item. A whole number written with decimals (`2.0`, as many exports do) is that number. */
export const readCell = (item: Variable, cell: string, reading: CellReading): CellAnswer => {
  const text = cell.trim();
  if (text === '') return BLANK;
  const reason = reading.missing.get(text) ?? reading.missing.get(wholeNumber(text));
  if (reason !== undefined) return { kind: 'missing', reason };
  const meant = reading.recode?.get(text) ?? reading.recode?.get(wholeNumber(text));
  if (reading.recode !== undefined && meant === undefined) return { kind: 'not-fitting', text };
  return fitted(item, meant ?? text, reading.decimals);
};

const wholeNumber = (text: string): string => text.replace(/^([+-]?[0-9]+)\.0+$/, '$1');

const fitted = (item: Variable, text: string, decimals: 'point' | 'comma'): CellAnswer => {
  switch (item.kind) {
    case 'text':
      return { kind: 'answer', answer: text };
    case 'number': {
      const decimal = decimals === 'comma' ? text.replace(',', '.') : text;
      return fitsNumber(item, decimal)
        ? { kind: 'answer', answer: decimal }
        : { kind: 'not-fitting', text: decimal };
    }
    case 'choice': {
      for (const code of [text, wholeNumber(text)]) {
        if (item.codes.includes(code) || Object.hasOwn(item.missing ?? {}, code))
          return { kind: 'answer', answer: code };
      }
      return { kind: 'not-fitting', text };
    }
  }
};

/** Is the text a number that the item takes: in range, on its step? Whole counts, no binary fraction on the way. */
export const fitsNumber = (item: NumberVariable, text: string): boolean => {
  const parts = /^([0-9]{1,9})(?:\.([0-9]{1,9}))?$/.exec(text);
  if (parts === null) return false;
  const fraction = (parts[2] ?? '').replace(/0+$/, '');
  if (fraction.length > item.places) return false;
  const count = Number(`${parts[1] ?? ''}${fraction.padEnd(item.places, '0')}`);
  return count >= item.min && count <= item.max && (count - item.min) % item.step === 0;
};

/** What the engine is given. */
export const asAnswer = (cell: CellAnswer): Answer<string> => {
  switch (cell.kind) {
    case 'blank':
      return undefined;
    case 'missing':
      return { missing: cell.reason };
    case 'answer':
      return cell.answer;
    case 'not-fitting':
      return cell.text;
  }
};
