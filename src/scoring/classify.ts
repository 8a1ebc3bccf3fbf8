import { type Either, left, right } from 'fp-ts/Either';
import { point, type Reach } from '../formula/evaluate.js';
import { emptyForm, reach } from '../formula/partial-form.js';
import type { Context, Instrument, Problem, Result, ScoringError, Shape } from '../instrument/index.js';
import { assess } from './assessment.js';
import { problem, unknownName } from './problems.js';
import { asRecord, own, readAnswers } from './read-answers.js';
import { errorOf, resultOf } from './score.js';

/**
 * Verdicts where only a total was recorded. Every item is missing, so a flag that reads items comes back open.
 *
 * @returns `Left` naming each score that the instrument does not have, or whose value no form can give
 *
 * @example
 * import { classify, match } from 'caseness';
 * import { phq9 } from 'caseness/instruments/phq-9';
 *
 * match(
 *   classify(phq9, { total: 14 }),
 *   () => console.assert(false),
 *   ({ flags }) => console.assert(flags['self-harm'].status === 'open'),
 * );
 */
export function classify<S extends Shape>(
  instrument: Instrument<S>,
  scores: { readonly [K in NoInfer<S>['scores']]?: number },
  context?: Context,
): Either<ScoringError<S>, Result<S>> {
  const { program, short } = instrument;
  const members = program.members.map(({ panel, id }) => `${panel}.${id}`);
  const reading = readAnswers(instrument, {}, context, members);
  const given: Record<number, Reach> = {};
  const problems: Problem[] = [...reading.problems];
  const names = program.scores.map(({ id }) => id);
  const empty = emptyForm(program);
  for (const id of asRecord(scores, 'scores', problems)[1]) {
    const value = own(scores, id);
    const index = names.indexOf(id);
    const score = program.scores[index];
    if (score === undefined) {
      problems.push(unknownName('unknown-score', id, names));
      continue;
    }
    const scaled = typeof value === 'number' ? Math.round(value * score.scale) : Number.NaN;
    const { values, lowest, highest } = reach(score, empty);
    // A printed decimal is held times the scale; a value that only rounds to one is not attainable.
    const exact = typeof value === 'number' && Math.abs(scaled - value * score.scale) < 1e-6;
    if (exact && (values?.has(scaled) ?? (scaled >= lowest && scaled <= highest)))
      given[index] = point(scaled);
    else {
      const [from, to] = score.range;
      const remedy = `no form of ${short} gives this value; it lies from ${from} to ${to}`;
      problems.push(problem('not-attainable', id, remedy));
    }
  }
  const assessment = assess(instrument, reading, given);
  const outcome: Either<ScoringError, Result> =
    problems.length > 0
      ? left(errorOf(assessment, problems, null, null))
      : right(resultOf(assessment, context, null, null));
  // The ids in the result are the instrument's own: this is where the literal types of its shape are attached.
  return outcome as Either<ScoringError<S>, Result<S>>;
}
