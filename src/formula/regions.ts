/**
 * Sets of whole numbers as closed ranges: ascending, disjoint, never adjacent; `-Infinity` and `Infinity` are open ends.
 */
export type Region = readonly (readonly [number, number])[];

const NOTHING: Region = [];
export const EVERYTHING: Region = [[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]];

/** The whole numbers from `from` to `to`, both included; nothing where `from` is above `to`. */
export const between = (from: number, to: number): Region => (from > to ? NOTHING : [[from, to]]);

export const atLeast = (value: number): Region => [[value, Number.POSITIVE_INFINITY]];

export const atMost = (value: number): Region => [[Number.NEGATIVE_INFINITY, value]];

/** In `a` or in `b`. */
export const union = (a: Region, b: Region): Region => {
  const result: [number, number][] = [];
  for (const [from, to] of [...a, ...b].sort((x, y) => x[0] - y[0])) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
};

/** Every whole number that is not in `a`. */
export const complement = (a: Region): Region => {
  const result: [number, number][] = [];
  let next = Number.NEGATIVE_INFINITY;
  for (const [from, to] of a) {
    if (from > next) result.push([next, from - 1]);
    next = to + 1;
  }
  if (next < Number.POSITIVE_INFINITY) result.push([next, Number.POSITIVE_INFINITY]);
  return result;
};

/** In `a` and in `b`. */
export const intersection = (a: Region, b: Region): Region => complement(union(complement(a), complement(b)));

export const contains = (a: Region, value: number): boolean =>
  a.some(([from, to]) => from <= value && value <= to);

/**
 * The shortest way to say `region` of a number that is known to lie in `low..high`: an end that touches a bound is opened,
 * so that a test which is one-sided in truth also reads as one.
 */
export const within = (region: Region, low: number, high: number): Region => {
  const inside = intersection(region, between(low, high));
  return union(
    inside.map(([from, to]): readonly [number, number] => [
      from <= low ? Number.NEGATIVE_INFINITY : from,
      to >= high ? Number.POSITIVE_INFINITY : to,
    ]),
    NOTHING,
  );
};
