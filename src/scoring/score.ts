import { type Either, left, right } from 'fp-ts/Either';
import {
  type Answers,
  type Context,
  type ContextFor,
  ENGINE,
  type FlagResult,
  type Instrument,
  type Problem,
  type Provenance,
  type Result,
  type ScoreOptions,
  type ScoringError,
  type Shape,
} from '../instrument/index.js';
import { askOf } from './ask.js';
import { type Assessment, assess, skips } from './assessment.js';
import { bandOf } from './bands.js';
import { cutOffOf } from './cut-offs.js';
import { flagOf } from './flags.js';
import { noticesOf } from './notices.js';
import { type Reading, readAnswers } from './read-answers.js';
import { quantityOf, type Scored, scoreOf } from './scores.js';

/** What `score` takes after the answers: the context is required where a formula of the instrument reads it. */
export type ContextAndOptions<S extends Shape> = [S['context']] extends [never]
  ? [context?: Context, options?: ScoreOptions<S>]
  : [context: ContextFor<S>, options?: ScoreOptions<S>];

/**
 * Scores one form. Never throws on data.
 *
 * @param instrument - an instrument of this package, or one made from your own definition
 * @param answers - by item id: the option's code as text, or the number with that decimal text; a missing answer is left
 *   out, `null`, or `{ missing: 'refused' | 'not-known' | 'not-asked' }`, and is never zero
 * @returns `Right` with the result; `Left` with every problem at once, naming item and rule and never the answer, and with
 *   every flag that the valid answers decide or leave open
 *
 * @example
 * import { match, score } from 'caseness';
 * import { phq9 } from 'caseness/instruments/phq-9';
 *
 * const form = score(phq9, { q1: 2, q2: 1, q9: { missing: 'refused' } });
 * match(
 *   form,
 *   (error) => console.error(error.problems),
 *   (result) => {
 *     console.assert(result.scores.total.status === 'incomplete');
 *     console.assert(result.flags['self-harm'].status === 'open');
 *   },
 * );
 */
export function score<S extends Shape>(
  instrument: Instrument<S>,
  answers: NoInfer<Answers<S>>,
  ...[context, options]: NoInfer<ContextAndOptions<S>>
): Either<ScoringError<S>, Result<S>> {
  const reading = readAnswers(instrument, answers, context, options?.administered);
  const assessment = assess(instrument, reading);
  const rule = options?.missing ?? null;
  const on = options?.on ?? null;
  const problems = optionProblems(instrument, reading, rule, on);
  const flags = instrument.program.flags.map((flag) => flagOf(flag, assessment));
  const outcome: Either<ScoringError, Result> =
    problems.length > 0
      ? left({
          problems,
          flags: byId(instrument.program.flags, flags),
          provenance: provenanceOf(instrument, rule),
          on,
        })
      : right(resultOf(assessment, context, rule, on, flags));
  // The ids in the result are the instrument's own: this is where the literal types of its shape are attached.
  return outcome as Either<ScoringError<S>, Result<S>>;
}

/** A scoring error as something that can be thrown. Its message names items and rules, never an answer. */
export class InvalidAnswers extends Error {
  readonly error: ScoringError;
  constructor(error: ScoringError) {
    super(error.problems.map((problem) => problem.message).join(' '));
    this.name = 'InvalidAnswers';
    this.error = error;
  }
}

/**
 * `score` for those who prefer exceptions.
 *
 * @throws {@link InvalidAnswers} with every problem, and with the flags that the valid answers raise or leave open
 *
 * @example
 * import { scoreOrThrow } from 'caseness';
 * import { gad7 } from 'caseness/instruments/gad-7';
 *
 * const { scores } = scoreOrThrow(gad7, { q1: 1, q2: 1, q3: 1, q4: 1, q5: 1, q6: 1, q7: 1 });
 * console.assert(scores.total.status === 'complete' && scores.total.value === 7);
 */
export function scoreOrThrow<S extends Shape>(
  instrument: Instrument<S>,
  answers: NoInfer<Answers<S>>,
  ...rest: NoInfer<ContextAndOptions<S>>
): Result<S> {
  const outcome = score(instrument, answers, ...rest);
  if (outcome._tag === 'Left') throw new InvalidAnswers(outcome.left);
  return outcome.right;
}

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

function optionProblems(
  instrument: Instrument,
  reading: Reading,
  rule: string | null,
  on: string | null,
): readonly Problem[] {
  const problems = [...reading.problems];
  if (rule !== null) {
    const known = instrument.program.scores.flatMap((score) => score.missingRules?.map(({ id }) => id) ?? []);
    if (!known.includes(rule)) {
      problems.push({
        code: 'unknown-missing-rule',
        at: 'missing',
        message: `missing: ${instrument.short} has ${
          known.length === 0
            ? 'no sourced missing rule; leave the option out'
            : `these missing rules: ${[...new Set(known)].join(', ')}`
        }.`,
      });
    }
  }
  if (on !== null && !(typeof on === 'string' && DAY.test(on))) {
    problems.push({ code: 'bad-date', at: 'on', message: 'on: give the day as YYYY-MM-DD.' });
  }
  return problems;
}

export function provenanceOf(instrument: Instrument, missingRule: string | null): Provenance {
  const { id, edition, version, digest } = instrument;
  return { instrument: id, edition, version, digest, engine: ENGINE, missingRule };
}

/** A record by id, in the order of the definition. */
export function byId<R>(
  programs: readonly { readonly id: string }[],
  results: readonly R[],
): Record<string, R> {
  const record: Record<string, R> = {};
  for (let i = 0; i < programs.length; i++) record[(programs[i] as { id: string }).id] = results[i] as R;
  return record;
}

/** Everything that an assessed form says. */
export function resultOf(
  assessment: Assessment,
  context: Context | undefined,
  rule: string | null,
  on: string | null,
  flags: readonly FlagResult[],
): Result {
  const { instrument } = assessment;
  const { program } = instrument;
  const scored = program.scores.map((score, i) => scoreOf(score, i, assessment, rule));
  const open = program.flags.filter((_, i) => flags[i]?.status === 'open' && flags[i]?.critical === true);
  const flagOpen = open.length === 0 ? NO_FLAG_OPEN : { flagOpen: open.map(({ id }) => id) };
  const bands = program.bands.map((band) => bandOf(band, scored, assessment, flagOpen));
  const estimates = rule === null ? null : proratedScores(scored);
  const cutOffs = program.cutOffs.map((cutOff) => cutOffOf(cutOff, estimates, assessment, flagOpen));
  return {
    scores: byId(
      program.scores,
      scored.map(({ result }) => result),
    ),
    quantities: byId(
      program.quantities,
      program.quantities.map((quantity) => quantityOf(quantity, assessment)),
    ),
    bands: byId(program.bands, bands),
    cutOffs: byId(program.cutOffs, cutOffs),
    flags: byId(program.flags, flags),
    ask: askOf(assessment, bands, cutOffs, flags),
    inconsistent: assessment.inconsistent,
    skipped: skips(assessment),
    notices: noticesOf(assessment, context, cutOffs, flags),
    unscored: assessment.reading.unscored,
    on,
    provenance: provenanceOf(instrument, rule),
  };
}

const NO_FLAG_OPEN = {};

function proratedScores(scored: readonly Scored[]): Readonly<Record<number, number>> {
  const given: Record<number, number> = {};
  scored.forEach(({ prorated }, i) => {
    if (prorated !== undefined) given[i] = prorated;
  });
  return given;
}
