/** Constructed forms: numbers only, made up by a fixed generator, the same in every run. */
export type Form = Readonly<Record<string, number>>;

/** A small linear congruential generator (constants of Numerical Recipes): draws whole numbers below `limit`. */
const drawFrom = (seed: number): ((limit: number) => number) => {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
};

/** `count` forms; `codes` are the codes of each item, `open` is how many items in ten are left out. */
export const forms = (
  codes: Readonly<Record<string, readonly number[]>>,
  open: number,
  count = 256,
): readonly Form[] => {
  const draw = drawFrom(20_261_123);
  return Array.from({ length: count }, () =>
    Object.fromEntries(
      Object.entries(codes)
        .filter(() => draw(10) >= open)
        .map(([item, of]) => [item, of[draw(of.length)] ?? 0]),
    ),
  );
};

const items = (from: number, to: number, codes: readonly number[]): Record<string, readonly number[]> =>
  Object.fromEntries(Array.from({ length: to - from + 1 }, (_, at) => [`q${from + at}`, codes]));

export const phq9Codes = items(1, 9, [0, 1, 2, 3]);

/** 'Never' to the first question ends most of the form: left out here, so that every form is a whole one. */
export const auditCodes = {
  q1: [1, 2, 3, 4],
  ...items(2, 8, [0, 1, 2, 3, 4]),
  ...items(9, 10, [0, 2, 4]),
};
