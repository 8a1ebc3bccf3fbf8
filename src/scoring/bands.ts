import { TRUE } from '../formula/evaluate.js';
import { decide } from '../formula/partial-form.js';
import type { BandProgram, BandResult, LevelProgram, Verdict } from '../instrument/index.js';
import { type Assessment, isAdministered } from './assessment.js';
import type { Scored } from './scores.js';

/** The level of a band scheme, or the levels that are still possible. */
export function bandOf(
  band: BandProgram,
  scores: readonly Scored[],
  assessment: Assessment,
  flagOpen: { readonly flagOpen?: readonly string[] },
): BandResult {
  if (!isAdministered(assessment, band.member))
    return { status: 'not-applicable', reason: 'not-administered' };
  if (band.of === undefined) return settled(band, ruleLevels(band, assessment), assessment, flagOpen);
  const scored = scores[band.of] as Scored;
  const { scale } = assessment.instrument.program.scores[band.of] as { scale: number };
  if (scored.result.status === 'not-applicable')
    return { status: 'not-applicable', reason: scored.result.reason };
  const levels = rangeLevels(band, scored, scale);
  if (levels.length > 1 && scored.prorated !== undefined) {
    const value = scored.prorated / scale;
    const level = band.levels.findLast(({ from }) => value >= (from as number)) as LevelProgram;
    return level.negative === true
      ? { status: 'undecided', possible: ids(levels), reason: 'estimated', ...flagOpen }
      : { status: 'decided', level: level.id, label: level.label, basis: 'estimated', ...flagOpen };
  }
  return settled(band, levels, assessment, flagOpen);
}

/** Levels in which a value lies that the score can still have. */
function rangeLevels(band: BandProgram, { reach }: Scored, scale: number): readonly LevelProgram[] {
  const { levels } = band;
  if (reach.lowest === reach.highest) return [levelAt(levels, reach.lowest / scale)];
  const values = reach.values;
  if (values === null) {
    return levels.filter((level, i) => {
      const next = levels[i + 1]?.from ?? Number.POSITIVE_INFINITY;
      return reach.highest / scale >= (level.from as number) && reach.lowest / scale < next;
    });
  }
  const possible = new Set<LevelProgram>();
  for (const value of values) possible.add(levelAt(levels, value / scale));
  return levels.filter((level) => possible.has(level));
}

/** The loader has proved that the levels tile the reachable values: the last whose edge is not above the value holds it. */
function levelAt(levels: readonly LevelProgram[], value: number): LevelProgram {
  let found = levels[0] as LevelProgram;
  for (const level of levels) if (value >= (level.from as number)) found = level;
  return found;
}

/** Levels that the rules leave possible. Each verdict already says 'and none of those before it'. */
function ruleLevels(band: BandProgram, assessment: Assessment): readonly LevelProgram[] {
  const possible: LevelProgram[] = [];
  for (const level of band.levels) {
    const outcome = decide(level.verdict as Verdict, assessment.form);
    if (outcome === TRUE) return [level];
    if (outcome & TRUE) possible.push(level);
  }
  return possible;
}

function settled(
  band: BandProgram,
  levels: readonly LevelProgram[],
  assessment: Assessment,
  flagOpen: { readonly flagOpen?: readonly string[] },
): BandResult {
  const level = levels[0] as LevelProgram;
  if (levels.length > 1)
    return { status: 'undecided', possible: ids(levels), reason: 'missing', ...flagOpen };
  // Where the form contradicts itself, one of its answers is wrong and any level may be the right one.
  if (level.negative === true && assessment.inconsistent.length > 0) {
    return { status: 'undecided', possible: ids(band.levels), reason: 'inconsistent', ...flagOpen };
  }
  return { status: 'decided', level: level.id, label: level.label, basis: 'proved', ...flagOpen };
}

function ids(levels: readonly LevelProgram[]): readonly string[] {
  return levels.map(({ id }) => id);
}
