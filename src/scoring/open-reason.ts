import type { OpenReason } from '../instrument/index.js';
import type { Assessment } from './assessment.js';

/**
 * Why a verdict stays open; `undefined` where it is decided. `negative`: whether the side on which it lies, proved or by a
 * prorated score, reads as a negative screen; `undefined` where it lies on none. A negative is never claimed from an estimate,
 * nor from a form that contradicts itself: there one of the answers is wrong, and any side may be the right one.
 */
export function openReason(
  isProved: boolean,
  negative: boolean | undefined,
  { inconsistent }: Assessment,
): OpenReason | undefined {
  if (negative === undefined) return 'missing';
  if (!negative) return undefined;
  if (!isProved) return 'estimated';
  return inconsistent.length > 0 ? 'inconsistent' : undefined;
}
