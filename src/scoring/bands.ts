import { TRUE } from '../formula/evaluate.js';
import { decide } from '../formula/partial-form.js';
import type { BandProgram, BandResult, LevelProgram, ScoreProgram, Verdict } from '../instrument/index.js';
import type { Assessment } from './assessment.js';
import type { Scored } from './scores.js';
import { settle } from './settle.js';

/** The level of a band scheme, or the levels that are still possible. */
export function bandOf(band: BandProgram, scores: readonly Scored[], assessment: Assessment): BandResult {
  const { levels, of } = band;
  let possible: readonly LevelProgram[];
  let estimate: LevelProgram | undefined;
  if (of === undefined) possible = ruleLevels(levels, assessment);
  else {
    const scored = scores[of] as Scored;
    if (scored.result.status === 'not-applicable') return scored.result;
    const { scale } = assessment.form.program.scores[of] as ScoreProgram;
    possible = rangeLevels(levels, scored, scale);
    const { result } = scored;
    if (result.status === 'prorated')
      estimate = levels.findLast(({ from }) => result.value >= (from as number));
  }
  const settled = settle(
    levels,
    possible,
    estimate,
    assessment.inconsistent.length > 0,
    ({ negative }) => negative === true,
  );
  return settled.side === undefined
    ? { status: 'undecided', possible: settled.possible.map(({ id }) => id), reason: settled.reason }
    : { status: 'decided', level: settled.side.id, label: settled.side.label, basis: settled.basis };
}

/** Levels in which a value lies that the score can still have: the loader has proved that they tile those. */
function rangeLevels(
  levels: readonly LevelProgram[],
  { reach: { lowest, highest, values } }: Scored,
  scale: number,
): readonly LevelProgram[] {
  return levels.filter((level, i) => {
    const next = levels[i + 1]?.from ?? Infinity;
    const holds = (low: number, high: number) => high / scale >= (level.from as number) && low / scale < next;
    return values === null ? holds(lowest, highest) : [...values].some((value) => holds(value, value));
  });
}

/** Levels that the rules leave possible. Each verdict already says 'and none of those before it'. */
function ruleLevels(levels: readonly LevelProgram[], { form }: Assessment): readonly LevelProgram[] {
  const possible: LevelProgram[] = [];
  for (const level of levels) {
    const outcome = decide(level.verdict as Verdict, form);
    if (outcome === TRUE) return [level];
    if (outcome & TRUE) possible.push(level);
  }
  return possible;
}
