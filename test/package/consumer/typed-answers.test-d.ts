/**
 * What must compile and, under `@ts-expect-error`, what must not. Checked against the source by `tsc -p .` and against the
 * packed declarations by `types.test.ts`; never run.
 */
import { type BandResult, type CutOffResult, type FlagResult, type ScoreResult, score } from 'caseness';
import { auditCUs } from 'caseness/instruments/audit-c-us';
import { phq9 } from 'caseness/instruments/phq-9';

// An answer is the option's code as text, the number with that text, or missing with a reason.
score(phq9, { q1: 2, q2: '1', q9: { missing: 'refused' }, q3: null, q4: undefined });
score(phq9, {});

// @ts-expect-error 4 is no option of item 1 (and the instrument's type is not widened to allow it)
score(phq9, { q1: 4 });
// @ts-expect-error '4' is no option either
score(phq9, { q1: '4' });
// @ts-expect-error there is no item 99
score(phq9, { q99: 0 });
// @ts-expect-error an answer is never a truth value
score(phq9, { q1: true });
// @ts-expect-error 'forgot' is no reason for a missing answer
score(phq9, { q1: { missing: 'forgot' } });

// Context is required where the instrument reads it, if only as 'unknown'.
score(auditCUs, { q1: 1 }, { sex: 'unknown' });
// @ts-expect-error the cut-offs of AUDIT-C (US) read the sex
score(auditCUs, { q1: 1 });
// @ts-expect-error an empty context leaves it open whether anyone asked
score(auditCUs, { q1: 1 }, {});
// @ts-expect-error no such value
score(auditCUs, { q1: 1 }, { sex: 'other' });

const scored = score(phq9, { q1: 2 });
if (scored._tag === 'Right') {
  const { scores, flags } = scored.right;
  scores.total satisfies ScoreResult;
  // @ts-expect-error PHQ-9 has no such score
  scores.grandTotal;
  // @ts-expect-error PHQ-9 has no such flag
  flags['morning-drinking'];
} else {
  scored.left.problems.map(({ message }) => message.length);
}

/** States are told apart by `status`, and hold only what that state has. */
export const narrowing = (
  total: ScoreResult,
  band: BandResult,
  cutOff: CutOffResult,
  flag: FlagResult,
): void => {
  if (total.status === 'complete') total.value satisfies number;
  if (total.status === 'incomplete') {
    total.bounds.lowest satisfies number;
    // @ts-expect-error an incomplete score has no value
    total.value;
  }
  if (band.status === 'decided') band.level satisfies string;
  // @ts-expect-error an undecided band has no level
  if (band.status === 'undecided') band.level;
  if (cutOff.status === 'undecided') cutOff.possible satisfies readonly ('met' | 'not-met')[];
  // @ts-expect-error a cut-off is never a truth value
  if (cutOff.met) return;
  if (flag.status === 'open') flag.reasons satisfies readonly string[];
  // @ts-expect-error a flag that was raised has no open items
  if (flag.status === 'raised') flag.items;
};
