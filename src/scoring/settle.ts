import type { Basis, OpenReason } from '../instrument/index.js';

/** One side of a cut-off or level of a band, or those that are still possible and why. */
export type Settled<S> =
  | { readonly side: S; readonly basis: Basis }
  | { readonly side: undefined; readonly possible: readonly S[]; readonly reason: OpenReason };

/**
 * Settles a verdict. `estimate`: where more than one of its sides is possible, the one in which a prorated score lies. What
 * reads as a negative screen is never claimed from an estimate, nor from a form that contradicts itself: there one of the
 * answers is wrong, and any side may be the right one.
 */
export function settle<S>(
  sides: readonly S[],
  possible: readonly S[],
  estimate: S | undefined,
  isInconsistent: boolean,
  isNegative: (side: S) => boolean,
): Settled<S> {
  const isProved = possible.length === 1;
  const side = isProved ? (possible[0] as S) : estimate;
  if (side === undefined) return { side: undefined, possible, reason: 'missing' };
  if (!isNegative(side) || (isProved && !isInconsistent))
    return { side, basis: isProved ? 'proved' : 'estimated' };
  return isProved
    ? { side: undefined, possible: sides, reason: 'inconsistent' }
    : { side: undefined, possible, reason: 'estimated' };
}
