import { all, type Condition, not } from './conditions.js';
import { exactVerdict } from './exact.js';
import type { Lowering } from './lowering.js';
import type { ModelBand } from './model.js';
import { findName } from './names.js';
import type { BandProgram, Gate, LevelProgram } from './normal-form.js';
import { suggestion } from './spelling.js';

/**
 * A band; of a rule band each level is its condition and none before it. `conditions`: by level. `null` where there is a
 * problem, which was reported.
 */
export function bandOf(
  band: ModelBand,
  conditions: readonly (Condition | null)[],
  gates: readonly Gate[],
  lowering: Lowering,
): BandProgram | null {
  const plain = { id: band.id, ...(band.preferred ? { preferred: true as const } : {}) };
  if (band.of !== undefined) {
    const of = positionOf(band.of, band, lowering);
    return of === null ? null : { ...plain, of, levels: band.levels.map(rangeLevel) };
  }
  const last = band.levels.length - 1;
  if (band.levels.some(({ when }, i) => (when === undefined) !== (i === last))) {
    lowering.report({
      code: 'otherwise-level',
      where: band.where,
      message: `Every level of '${band.id}' but the last needs 'when', and the last is the 'otherwise' level.`,
    });
    return null;
  }
  const own = conditions.filter((one) => one !== null);
  // A condition that does not lower was reported.
  if (own.length < last) return null;
  const levels = band.levels.map(({ id, label, negative, where }, i): LevelProgram => {
    const test = all([...own.slice(0, i).map(not), ...own.slice(i, i + 1)]);
    const verdict = exactVerdict(test, where, gates, lowering);
    return { id, label, ...(negative ? { negative } : {}), verdict };
  });
  return { ...plain, levels };
}

function rangeLevel({ id, label, negative, from, to }: ModelBand['levels'][number]): LevelProgram {
  return {
    id,
    label,
    ...(negative ? { negative } : {}),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/** Where the score of a band stands in the program. */
function positionOf(
  name: string,
  { where, member }: ModelBand,
  { names, scores, report }: Lowering,
): number | null {
  const entity = findName(names, name, member);
  const score = entity?.kind === 'score' ? scores.get(entity.at) : undefined;
  if (score !== undefined) return score.position;
  const ids = names.model.scores.map(({ id }) => id);
  const { sentence, field } = suggestion(name, ids);
  report({
    code: 'unknown-score',
    where: [...where, 'of'],
    message: `'${name}' is no score.${sentence}`,
    ...field,
  });
  return null;
}
