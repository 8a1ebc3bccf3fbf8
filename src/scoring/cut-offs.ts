import { BOTH, FALSE, type Reach, TRUE } from '../formula/evaluate.js';
import { decide } from '../formula/partial-form.js';
import type { CutOffProgram, CutOffResult } from '../instrument/index.js';
import { type Assessment, notApplicable } from './assessment.js';
import { openReason } from './open-reason.js';

/**
 * Whether a cut-off is met. An undecided one is taken by what a missing rule made of the scores, if that decides it: every
 * completion is still looked at, as a score that no rule filled in may be anything that they give.
 */
export function cutOffOf(
  { applies, verdict, negative }: CutOffProgram,
  estimates: readonly (Reach | undefined)[] | null,
  form: Assessment,
): CutOffResult {
  const here = applies ? decide(applies, form) : TRUE;
  if (here === FALSE) return notApplicable('does-not-apply');
  const proved = decide(verdict, form);
  const isProved = proved !== BOTH;
  const outcome =
    isProved || estimates === null
      ? proved
      : decide(verdict, { ...form, given: estimates, known: [...estimates] });
  const status = outcome === TRUE ? 'met' : 'not-met';
  const reason =
    here === BOTH
      ? 'applicability'
      : openReason(isProved, outcome === BOTH ? undefined : status === negative, form);
  return reason === undefined
    ? { status, basis: isProved ? 'proved' : 'estimated' }
    : { status: 'undecided', possible: ['met', 'not-met'], reason };
}
