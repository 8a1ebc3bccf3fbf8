import { type Figure, sampled } from '../review/effect/figure.js';
import type { ExampleForm } from '../review/effect/joint-form.js';
import type { PartEffect, PartMove } from '../review/effect/part-effects.js';

/** `18,351`; from ten million million up `9.54e13`. */
export const countText = (count: bigint | number): string => {
  const digits = String(count);
  if (digits.length > 13) return Number(count).toExponential(2).replace('e+', 'e');
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
};

/** `7.00 %`. What is not nothing is never shown as 0, and what is not all never as 100. */
export const shareText = (share: number): string => {
  if (share === 0) return '0 %';
  if (share === 1) return '100 %';
  const percent = share * 100;
  if (percent < 0.01) return `${Number(percent.toPrecision(2))} %`;
  return percent >= 99.995 ? 'over 99.99 %' : `${percent.toFixed(2)} %`;
};

/** `18,351 (7.00 %)`, or `about 7.1 % (6.8 to 7.4 %, 20,000 drawn)`. */
export const figureText = (figure: Figure | null): string => {
  if (figure === null) return 'not worked out';
  if (figure.method === 'exact') return `${countText(figure.forms)} (${shareText(figure.share)})`;
  const { found, tried, low, high } = figure;
  const interval = `95 % interval ${shareText(low)} to ${shareText(high)}, ${countText(tried)} drawn`;
  return found === 0
    ? `none seen (at most ${shareText(high)}, ${countText(tried)} drawn)`
    : `about ${shareText(figure.share)} (${interval})`;
};

/** Answers named one by one before the rest is left to the JSON. */
const MOST_NAMED = 14;

/** `q1 3, q2 3, q3 3, q4 1, the rest 0`; of a panel `cannabis chosen`. */
export const exampleText = ({ answers, administered, context, missingRule }: ExampleForm): string => {
  const all = Object.entries(answers);
  const counts = new Map<string, number>();
  for (const [, answer] of all) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  const [common, often] = [...counts].reduce<readonly [string, number]>(
    (best, one) => (one[1] > best[1] ? one : best),
    ['', 0],
  );
  const isShort = missingRule === undefined && often > 2 && often < all.length;
  const named = all.filter(([, answer]) => !isShort || answer !== common);
  const parts = [
    ...Object.entries(context ?? {}).map(([fact, value]) => `${fact} ${value}`),
    ...(administered ?? []).map((member) => `${member} chosen`),
    ...named.slice(0, MOST_NAMED).map(([item, answer]) => `${item} ${answer}`),
    ...(named.length > MOST_NAMED ? [`${named.length - MOST_NAMED} more`] : []),
    ...(isShort ? [`the rest ${common}`] : []),
    ...(missingRule === undefined ? [] : [`missing rule ${missingRule}`]),
  ];
  return parts.length === 0 ? 'nothing answered' : parts.join(', ');
};

/** A line of the matrix of moves. */
export interface MoveLine {
  /** `moderate → mild`; of many values of a score `+1`. */
  readonly move: string;
  readonly forms: Figure;
  readonly example: ExampleForm;
}

/** Ways of moving that are listed one by one; those of a number are else joined by their difference. */
const MOST_LISTED = 12;

/** The moves of a part as lines: each way of moving, or of a score with many values each difference. */
export const moveLines = ({ kind, moves }: PartEffect): readonly MoveLine[] => {
  const one = ({ from, to, forms, example }: PartMove): MoveLine => ({
    move: `${from ?? '(not there)'} → ${to ?? '(not there)'}`,
    forms,
    example,
  });
  if ((kind !== 'score' && kind !== 'quantity') || moves.length <= MOST_LISTED) return moves.map(one);
  const groups = new Map<string, PartMove[]>();
  for (const move of moves) {
    const difference = Number(move.to) - Number(move.from);
    const key = Number.isNaN(difference) ? one(move).move : signed(difference);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [move]);
    else group.push(move);
  }
  return [...groups].flatMap(([move, group]) => {
    const [first] = group;
    if (first === undefined) return [];
    const values = group.length > 1 ? ` (${one(first).move} and ${group.length - 1} more)` : '';
    return [
      {
        move: `${move}${values}`,
        forms: group.map(({ forms }) => forms).reduce(sum),
        example: first.example,
      },
    ];
  });
};

const signed = (difference: number): string => {
  const rounded = Number(difference.toFixed(9));
  return rounded > 0 ? `+${rounded}` : `−${-rounded}`;
};

/** Figures of forms that are told apart, over the same whole. */
const sum = (a: Figure, b: Figure): Figure => {
  if (a.method === 'exact' && b.method === 'exact')
    return { ...a, forms: a.forms + b.forms, share: a.share + b.share };
  if (a.method === 'sampled' && b.method === 'sampled') return sampled(a.found + b.found, a.tried);
  return a;
};
