/** Names longer than this are never compared: a hint for them would be noise. */
const LONGEST = 64;

/**
 * How many slips lie between `a` and `b`: one letter inserted, left out or exchanged, or two neighbours swapped
 * (Damerau-Levenshtein distance in its optimal-alignment form); any number above `most` where there are more. On each
 * shift of `b` against `a` only the furthest place counts that so many slips can reach, which bounds the time.
 */
const slipsBetween = (a: string, b: string, most: number): number => {
  let reached: number[] = [];
  reached[most] = 0;
  for (let slips = 0; slips <= most; slips++) {
    const further: number[] = [];
    for (let index = 0; index < reached.length; index++) {
      const start = reached[index];
      if (start === undefined) continue;
      const shift = index - most;
      let at = start;
      // Heads that are the same are never worth a slip.
      while (at < a.length && a[at] === b[at + shift]) at += 1;
      if (at === a.length && at + shift === b.length) return slips;
      const isSwapped = a[at] === b[at + shift + 1] && a[at + 1] === b[at + shift];
      // What runs past an end never comes back, and hides nothing: where it ends, one slip fewer had ended before.
      const take = (to: number, by: number): void => {
        further[most + by] = Math.max(to, further[most + by] ?? 0);
      };
      take(at + (isSwapped ? 2 : 1), shift);
      take(at + 1, shift - 1);
      take(at, shift + 1);
    }
    reached = further;
  }
  return most + 1;
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
  const { length } = wanted;
  const most = length <= 4 ? 1 : length <= 8 ? 2 : 3;
  const gap = (text: string): number => Math.abs(text.length - length);
  let best: string | undefined;
  let fewest = most;
  for (const text of candidates) {
    if (Math.max(length, text.length) > LONGEST) continue;
    const slips = slipsBetween(wanted, text.toLowerCase(), fewest);
    if (slips > fewest || slips >= Math.max(length, text.length)) continue;
    const isNearer =
      best === undefined ||
      slips < fewest ||
      gap(text) < gap(best) ||
      (gap(text) === gap(best) && text < best);
    if (isNearer) best = text;
    fewest = slips;
  }
  return best;
};

/**
 * What a problem says of a name that was probably meant: the end of its message and the field that holds the name. Both are
 * empty where none is near.
 */
export const suggestion = (
  name: string,
  candidates: Iterable<string>,
): { readonly sentence: string; readonly field: { readonly didYouMean?: string } } => {
  const didYouMean = closest(name, candidates);
  return didYouMean === undefined
    ? { sentence: '', field: {} }
    : { sentence: ` Did you mean '${didYouMean}'?`, field: { didYouMean } };
};
