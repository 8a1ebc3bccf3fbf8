import { TRUE } from '../formula/evaluate.js';
import { decide } from '../formula/partial-form.js';
import type { BandProgram, BandResult, LevelProgram, ScoreProgram, Verdict } from '../instrument/index.js';
import type { Assessment } from './assessment.js';
import { openReason } from './open-reason.js';
import type { Scored } from './scores.js';

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
  const isProved = possible.length === 1;
  const level = isProved ? possible[0] : estimate;
  const reason = openReason(isProved, level && level.negative === true, assessment.inconsistent.length > 0);
  if (reason !== undefined) {
    const open = reason === 'inconsistent' ? levels : possible;
    return { status: 'undecided', possible: open.map(({ id }) => id), reason };
  }
  // With no reason to stay open there is a level.
  const { id, label } = level as LevelProgram;
  return { status: 'decided', level: id, label, basis: isProved ? 'proved' : 'estimated' };
}

/** Levels in which a value lies that the score can still have: the loader has proved that they tile those. */
function rangeLevels(
  levels: readonly LevelProgram[],
  { reach: { lowest, highest, values } }: Scored,
  scale: number,
): readonly LevelProgram[] {
  return levels.filter((level, i) => {
    // Answers that contradict a gate can make a value that no form should have: the ends take what lies beyond them.
    const from = i === 0 ? -Infinity : (level.from as number);
    const next = levels[i + 1]?.from ?? Infinity;
    return values === null
      ? highest / scale >= from && lowest / scale < next
      : [...values].some((value) => value / scale >= from && value / scale < next);
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
