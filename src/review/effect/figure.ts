/** How many forms, and how that is known. */
export type Figure =
  /** Counted, every one of them. */
  | { readonly method: 'exact'; readonly forms: bigint; readonly of: bigint; readonly share: number }
  /** Estimated from forms drawn at random; `low` to `high` is the 95 % interval of the share (Wilson). */
  | {
      readonly method: 'sampled';
      readonly found: number;
      readonly tried: number;
      readonly share: number;
      readonly low: number;
      readonly high: number;
    };

export function exactly(forms: bigint, of: bigint): Figure {
  // A ratio of big integers to fifteen digits, as much as a number holds.
  const share = of === 0n ? 0 : forms === of ? 1 : ratio(forms, of);
  return { method: 'exact', forms, of, share };
}

function ratio(part: bigint, whole: bigint): number {
  const digits = Math.max(0, String(whole).length - String(part).length);
  return Number((part * 10n ** BigInt(digits + 15)) / whole) / 10 ** (digits + 15);
}

/** 97.5th percentile of the standard normal distribution. */
const Z = 1.959963984540054;

/**
 * The share of `found` in `tried` drawn at random, with its 95 % interval (Wilson, Journal of the American Statistical
 * Association 1927;22:209–212).
 */
export function sampled(found: number, tried: number): Figure {
  if (tried === 0) return { method: 'sampled', found, tried, share: 0, low: 0, high: 1 };
  const share = found / tried;
  const middle = (share + Z ** 2 / (2 * tried)) / (1 + Z ** 2 / tried);
  const half =
    (Z * Math.sqrt((share * (1 - share)) / tried + Z ** 2 / (4 * tried ** 2))) / (1 + Z ** 2 / tried);
  return {
    method: 'sampled',
    found,
    tried,
    share,
    low: found === 0 ? 0 : middle - half,
    high: found === tried ? 1 : middle + half,
  };
}

/** Whether some form was found. */
export function isSome(figure: Figure): boolean {
  return figure.method === 'exact' ? figure.forms > 0n : figure.found > 0;
}
