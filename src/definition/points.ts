import type { Path } from '../formula/model.js';
import type { PathProblem } from './problem.js';
import type { DefinitionOption } from './schema.js';

/** Points of a choice: a number, an interval, or none (the code is no number and none were given). */
export type Points = number | readonly [number, number] | null;

const decimal = /^-?\d+(\.\d+)?$/;

/** The points of an option as printed: those given, else the code where it is a number. */
export const pointsOf = (option: DefinitionOption): Points =>
  'points' in option ? option.points : decimal.test(option.code) ? Number(option.code) : null;

const ends = (points: readonly Points[]): readonly number[] =>
  points.flatMap((value) => (value === null ? [] : typeof value === 'number' ? [value] : [...value]));

/** Options that are answers: those that do not mean missing. */
export const answers = (options: readonly DefinitionOption[]): readonly DefinitionOption[] =>
  options.filter((option) => !('missing' in option));

/** Points `p` become least + greatest − p. */
const reversed = (points: readonly Points[]): readonly Points[] => {
  const all = ends(points);
  const turn = Math.min(...all) + Math.max(...all);
  return points.map((value) =>
    value === null ? null : typeof value === 'number' ? turn - value : [turn - value[1], turn - value[0]],
  );
};

/** What an item says of its own points. */
export interface Keying {
  readonly points?: readonly (number | readonly [number, number])[];
  readonly reverse?: true;
}

/** The points of each answer of an item, after its own points or its reversal. */
export const itemPoints = (
  options: readonly DefinitionOption[],
  keying: Keying,
  where: Path,
  problems: PathProblem[],
): readonly Points[] => {
  const scoring = answers(options);
  const printed = scoring.map(pointsOf);
  if (keying.points !== undefined) {
    if (keying.reverse === true)
      problems.push({
        code: 'reverse-and-points',
        where: [...where, 'reverse'],
        message: '`reverse` and `points` stand together: write the reversed points, or drop them.',
      });
    if (keying.points.length === scoring.length) return keying.points;
    problems.push({
      code: 'points-count',
      where: [...where, 'points'],
      message: `${keying.points.length} points for ${scoring.length} options that score: give one for each, in the order printed.`,
    });
    return printed;
  }
  return keying.reverse === true ? reversed(printed) : printed;
};
