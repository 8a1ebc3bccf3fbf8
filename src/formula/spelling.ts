/** Names longer than this are never compared: a hint for them would be noise, and the cost is quadratic. */
const LONGEST = 64;

/** How many slips a name of this length may hold and still be taken for another. */
const allowedSlips = (length: number): number => (length <= 4 ? 1 : length <= 8 ? 2 : 3);

/** A cell of the table of distances; outside it lies what cannot be reached. */
const cell = (row: readonly number[], at: number): number => row[at] ?? Number.POSITIVE_INFINITY;

/**
 * Number of single-character slips (one letter inserted, left out or exchanged, or two neighbours swapped) between two
 * texts: Damerau-Levenshtein distance in its optimal-alignment form.
 */
const slips = (a: string, b: string): number => {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = [];
  for (let i = 0; i <= a.length; i += 1) {
    const row: number[] = [];
    for (let j = 0; j <= b.length; j += 1) {
      const exchanged = cell(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? cell(beforeLast, j - 2) + 1 : Number.POSITIVE_INFINITY;
      row.push(i + j === 0 ? 0 : Math.min(cell(last, j) + 1, cell(row, j - 1) + 1, exchanged, swapped));
    }
    beforeLast = last;
    last = row;
  }
  return cell(last, b.length);
};

/**
 * The candidate that was probably meant by `name`, or `undefined` where none is near enough: one slip for names of up to
 * four characters, two up to eight, three beyond, and never every character. Case does not count. The nearest wins, then
 * the one nearest in length, then the first in alphabetical order, so the order of `candidates` is irrelevant.
 *
 * @example
 * closest('totl', ['total', 'part-a']) // 'total'
 */
export const closest = (name: string, candidates: Iterable<string>): string | undefined => {
  const wanted = name.toLowerCase();
  if (wanted.length > LONGEST) return undefined;
  let best: { readonly text: string; readonly slips: number; readonly gap: number } | undefined;
  for (const text of candidates) {
    const gap = Math.abs(text.length - wanted.length);
    const most = Math.min(allowedSlips(wanted.length), Math.max(wanted.length, text.length) - 1);
    if (text.length > LONGEST || gap > most) continue;
    const distance = slips(wanted, text.toLowerCase());
    if (distance > most) continue;
    const nearer =
      best === undefined ||
      distance < best.slips ||
      (distance === best.slips && (gap < best.gap || (gap === best.gap && text < best.text)));
    if (nearer) best = { text, slips: distance, gap };
  }
  return best?.text;
};
