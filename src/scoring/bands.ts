import { point, type Reach, TRUE } from '../formula/evaluate.js';
import { decide } from '../formula/partial-form.js';
import type { BandProgram, BandResult, LevelProgram, ScoreProgram, Verdict } from '../instrument/index.js';
import { type Assessment, idsOf } from './assessment.js';
import { openReason } from './open-reason.js';
import type { Scored } from './scores.js';

/** The level of a band scheme, or the levels that are still possible. */
export function bandOf({ levels, of }: BandProgram, scores: readonly Scored[], form: Assessment): BandResult {
  const scored = scores[of ?? -1];
  if (scored?.result.status === 'not-applicable') return scored.result;
  const possible = scored
    ? rangeLevels(levels, scored.reach, (form.program.scores[of as number] as ScoreProgram).scale)
    : ruleLevels(levels, form);
  const [estimate] =
    scored?.result.status === 'prorated' ? rangeLevels(levels, point(scored.result.value), 1) : [];
  const isProved = possible.length === 1;
  const level = isProved ? possible[0] : estimate;
  const reason = openReason(isProved, level && level.negative === true, form);
  if (reason !== undefined)
    return { status: 'undecided', possible: idsOf(reason === 'inconsistent' ? levels : possible), reason };
  // With no reason to stay open there is a level.
  const { id, label } = level as LevelProgram;
  return { status: 'decided', level: id, label, basis: isProved ? 'proved' : 'estimated' };
}

/** Levels in which a value lies that the score can still have: the loader has proved that they tile those. */
function rangeLevels(
  levels: readonly LevelProgram[],
  { lowest, highest, values }: Reach,
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
function ruleLevels(levels: readonly LevelProgram[], form: Assessment): readonly LevelProgram[] {
  return levels.filter(({ verdict }) => decide(verdict as Verdict, form) & TRUE);
}
