import { closest } from '../formula/spelling.js';
import type { Problem, ProblemCode } from '../instrument/index.js';

/** A problem at an item, a context fact or an option, with what to do about it. */
export function problem(code: ProblemCode, at: string, remedy: string): Problem {
  const name = at.length <= 40 ? at : `${at.slice(0, 40)}…`;
  return { code, at: name, message: `${name}: ${remedy}.` };
}

/** A name that is none of the known. */
export function unknownName(code: ProblemCode, at: string, known: readonly string[]): Problem {
  const didYouMean = closest(at, known);
  return didYouMean === undefined
    ? problem(code, at, `not known here; use ${listed(known)}`)
    : { ...problem(code, at, `not known here; use ${didYouMean}`), didYouMean };
}

/** Names one after the other, a long list in part. */
export function listed(names: readonly string[]): string {
  return names.length <= 12 ? names.join(', ') : `${names.slice(0, 11).join(', ')} … ${names.at(-1)}`;
}
