import { BOTH, FALSE, outcomes, TRUE } from '../formula/evaluate.js';
import { decide } from '../formula/partial-form.js';
import type { CutOffProgram, CutOffResult } from '../instrument/index.js';
import { type Assessment, isAdministered } from './assessment.js';

const EITHER = ['met', 'not-met'] as const;

/**
 * Whether a cut-off is met. `prorated`: the scores that a missing rule gave, by index, in their scale.
 */
export function cutOffOf(
  cutOff: CutOffProgram,
  prorated: Readonly<Record<number, number>> | null,
  assessment: Assessment,
  flagOpen: { readonly flagOpen?: readonly string[] },
): CutOffResult {
  if (!isAdministered(assessment, cutOff.member))
    return { status: 'not-applicable', reason: 'not-administered' };
  const { form } = assessment;
  const applies = cutOff.applies === undefined ? TRUE : decide(cutOff.applies, form);
  if (applies === FALSE) return { status: 'not-applicable', reason: 'does-not-apply' };
  const outcome = decide(cutOff.verdict, form);
  if (applies === BOTH)
    return { status: 'undecided', possible: EITHER, reason: 'applicability', ...flagOpen };
  if (outcome === BOTH) {
    const estimate = prorated === null ? BOTH : outcomes(cutOff.verdict.test, { ...form, given: prorated });
    if (estimate === BOTH) return { status: 'undecided', possible: EITHER, reason: 'missing', ...flagOpen };
    const status = estimate === TRUE ? 'met' : 'not-met';
    return cutOff.negative === status
      ? { status: 'undecided', possible: EITHER, reason: 'estimated', ...flagOpen }
      : { status, basis: 'estimated', ...flagOpen };
  }
  const status = outcome === TRUE ? 'met' : 'not-met';
  return cutOff.negative === status && assessment.inconsistent.length > 0
    ? { status: 'undecided', possible: EITHER, reason: 'inconsistent', ...flagOpen }
    : { status, basis: 'proved', ...flagOpen };
}
