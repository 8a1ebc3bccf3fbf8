import { BOTH, FALSE, type Outcomes, outcomes, point, type Reach, TRUE } from '../formula/evaluate.js';
import { decide, type PartialForm } from '../formula/partial-form.js';
import type { CutOffProgram, CutOffResult, Verdict } from '../instrument/index.js';
import type { Assessment } from './assessment.js';
import { openReason } from './open-reason.js';
import type { Scored } from './scores.js';

const EITHER = ['met', 'not-met'] as const;

/** Whether a cut-off is met. An estimate is taken where a missing rule gave one of the scores. */
export function cutOffOf(
  { applies, verdict, negative }: CutOffProgram,
  scores: readonly Scored[],
  { form, inconsistent }: Assessment,
): CutOffResult {
  const here = applies === undefined ? TRUE : decide(applies, form);
  if (here === FALSE) return { status: 'not-applicable', reason: 'does-not-apply' };
  if (here === BOTH) return { status: 'undecided', possible: [...EITHER], reason: 'applicability' };
  const proved = decide(verdict, form);
  const isProved = proved !== BOTH;
  const outcome = isProved ? proved : estimateOf(verdict, scores, form);
  const status = outcome === TRUE ? 'met' : 'not-met';
  const reason = openReason(
    isProved,
    outcome === BOTH ? undefined : status === negative,
    inconsistent.length > 0,
  );
  return reason === undefined
    ? { status, basis: isProved ? 'proved' : 'estimated' }
    : { status: 'undecided', possible: [...EITHER], reason };
}

/** What a verdict comes to where prorated scores are taken at their value; without one there is no estimate. */
function estimateOf({ test }: Verdict, scores: readonly Scored[], form: PartialForm): Outcomes {
  if (scores.every(({ prorated }) => prorated === undefined)) return BOTH;
  const known: Record<number, Reach> = {};
  scores.forEach(({ prorated }, i) => {
    if (prorated !== undefined) known[i] = point(prorated);
  });
  return outcomes(test, { ...form, known });
}
