import { BOTH, FALSE, type Outcomes, outcomes, point, type Reach, TRUE } from '../formula/evaluate.js';
import { decide, type PartialForm } from '../formula/partial-form.js';
import type { CutOffProgram, CutOffResult, Verdict } from '../instrument/index.js';
import type { Assessment } from './assessment.js';
import type { Scored } from './scores.js';
import { settle } from './settle.js';

type Side = 'met' | 'not-met';

const SIDES: readonly Side[] = ['met', 'not-met'];

function sidesOf(outcome: Outcomes): readonly Side[] {
  return outcome === BOTH ? SIDES : [outcome === TRUE ? 'met' : 'not-met'];
}

/** Whether a cut-off is met. An estimate is taken where a missing rule gave one of the scores. */
export function cutOffOf(
  { applies, verdict, negative }: CutOffProgram,
  scores: readonly Scored[],
  { form, inconsistent }: Assessment,
): CutOffResult {
  const here = applies === undefined ? TRUE : decide(applies, form);
  if (here === FALSE) return { status: 'not-applicable', reason: 'does-not-apply' };
  if (here === BOTH) return { status: 'undecided', possible: SIDES, reason: 'applicability' };
  const possible = sidesOf(decide(verdict, form));
  const settled = settle(
    SIDES,
    possible,
    possible.length > 1 ? estimateOf(verdict, scores, form) : undefined,
    inconsistent.length > 0,
    (side) => side === negative,
  );
  return settled.side === undefined
    ? { status: 'undecided', possible: settled.possible, reason: settled.reason }
    : { status: settled.side, basis: settled.basis };
}

/** The side on which the prorated scores lie, where all of them lie on one. */
function estimateOf({ test }: Verdict, scores: readonly Scored[], form: PartialForm): Side | undefined {
  const known: Record<number, Reach> = {};
  scores.forEach(({ prorated }, i) => {
    if (prorated !== undefined) known[i] = point(prorated);
  });
  if (Object.keys(known).length === 0) return undefined;
  const [side, ...others] = sidesOf(outcomes(test, { ...form, known }));
  return others.length === 0 ? side : undefined;
}
