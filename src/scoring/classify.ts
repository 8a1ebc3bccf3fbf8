import { type Either, left, right } from 'fp-ts/Either';
import { OPEN } from '../formula/evaluate.js';
import { emptyForm, NONE_AMONG, reach } from '../formula/partial-form.js';
import { closest } from '../formula/spelling.js';
import type { Context, Instrument, Problem, Result, ScoringError, Shape } from '../instrument/index.js';
import { assess } from './assessment.js';
import { flagOf } from './flags.js';
import { readAnswers } from './read-answers.js';
import { byId, provenanceOf, resultOf } from './score.js';

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
  const { program } = instrument;
  const members = program.members.map((member) => `${member.panel}.${member.id}`);
  const reading = readAnswers(instrument, {}, context, members);
  const given: Record<number, number> = {};
  const problems: Problem[] = [...reading.problems];
  const names = program.scores.map(({ id }) => id);
  const empty = emptyForm(program);
  for (const [id, value] of Object.entries(scores as Record<string, unknown>)) {
    const index = names.indexOf(id);
    if (index < 0) {
      const meant = closest(id, names);
      problems.push({
        code: 'unknown-score',
        at: id,
        message: `${id}: ${instrument.short} has no score of this name; its scores are ${names.join(', ')}.`,
        ...(meant === undefined ? {} : { didYouMean: meant }),
      });
      continue;
    }
    const score = program.scores[index] as (typeof program.scores)[number];
    const scaled = typeof value === 'number' ? Math.round(value * score.scale) : Number.NaN;
    const { values, lowest, highest } = reach(score, empty);
    // A printed decimal is held times the scale; a value that only rounds to one is not attainable.
    const exact = Math.abs(scaled - (value as number) * score.scale) < 1e-6;
    const attainable =
      exact && (values === null ? scaled >= lowest && scaled <= highest : values.has(scaled));
    if (attainable) given[index] = scaled;
    else {
      problems.push({
        code: 'not-attainable',
        at: id,
        message: `${id}: no form of ${instrument.short} gives this value; it lies from ${score.range[0]} to ${score.range[1]}.`,
      });
    }
  }
  const recorded = {
    at: reading.recorded.at.map((at, v) => (v < program.items ? OPEN : at)),
    among: NONE_AMONG,
  };
  const assessment = assess(instrument, { ...reading, recorded }, given);
  const flags = program.flags.map((flag) => flagOf(flag, assessment));
  const outcome: Either<ScoringError, Result> =
    problems.length > 0
      ? left({
          problems,
          flags: byId(program.flags, flags),
          provenance: provenanceOf(instrument, null),
          on: null,
        })
      : right(resultOf(assessment, context, null, null, flags));
  // The ids in the result are the instrument's own: this is where the literal types of its shape are attached.
  return outcome as Either<ScoringError<S>, Result<S>>;
}
