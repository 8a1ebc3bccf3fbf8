/** Names longer than this are never compared: a hint for them would be noise. */
const LONGEST = 64;

/**
 * Whether `b` is `a` with at most so many slips: one letter inserted, left out or exchanged, or two neighbours swapped
 * (Damerau-Levenshtein distance in its optimal-alignment form). Heads that are the same are never worth a slip.
 */
const isNear = (a: string, b: string, slips: number): boolean => {
  if (a === b) return true;
  const [x, y] = [a.slice(1), b.slice(1)];
  if (a[0] === b[0]) return isNear(x, y, slips);
  const left = slips - 1;
  return (
    left >= 0 &&
    (isNear(x, y, left) ||
      isNear(x, b, left) ||
      isNear(a, y, left) ||
      (a[0] === b[1] && a[1] === b[0] && isNear(a.slice(2), b.slice(2), left)))
  );
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
  const near = [...candidates]
    .filter((text) => Math.max(length, text.length) <= LONGEST && gap(text) <= most)
    .sort((a, b) => gap(a) - gap(b) || (a < b ? -1 : 1));
  for (let slips = 0; slips <= most; slips++) {
    const found = near.find(
      (text) => slips < Math.max(length, text.length) && isNear(wanted, text.toLowerCase(), slips),
    );
    if (found !== undefined) return found;
  }
  return undefined;
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
