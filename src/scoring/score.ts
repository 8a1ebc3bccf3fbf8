import type { Either } from 'fp-ts/Either';
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
import { type Assessment, assess, isAdministered, notAdministered } from './assessment.js';
import { bandOf } from './bands.js';
import { cutOffOf } from './cut-offs.js';
import { flagOf } from './flags.js';
import { noticesOf } from './notices.js';
import { problem } from './problems.js';
import { own, readAnswers } from './read-answers.js';
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
  const problems = reading.problems.concat(optionProblems(instrument, rule, on));
  const outcome: Either<ScoringError, Result> =
    problems.length > 0
      ? { _tag: 'Left', left: errorOf(assessment, problems, rule, on) }
      : { _tag: 'Right', right: resultOf(assessment, context, rule, on) };
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

/** A day that the calendar has: 30 February is refused. */
function isDay(on: unknown): boolean {
  return typeof on === 'string' && DAY.test(on) && new Date(on).toISOString().startsWith(on);
}

function optionProblems({ program }: Instrument, rule: string | null, on: string | null): readonly Problem[] {
  const problems: Problem[] = [];
  if (rule !== null) {
    const known = program.scores.flatMap(({ missingRules = [] }) => missingRules.map(({ id }) => id));
    if (!known.includes(rule)) {
      const others = [...new Set(known)].map((id) => ` or use ${id}`).join('');
      problems.push(problem('unknown-missing-rule', 'missing', `no such rule; leave it out${others}`));
    }
  }
  if (on !== null && !isDay(on)) problems.push(problem('bad-date', 'on', 'give the day as YYYY-MM-DD'));
  return problems;
}

function provenanceOf({ id, edition, version, digest }: Instrument, missingRule: string | null): Provenance {
  return { instrument: id, edition, version, digest: { ...digest }, engine: ENGINE, missingRule };
}

interface Part {
  readonly id: string;
  readonly member?: number;
}

/** A record by id, in the order of the definition. */
function byId<P extends Part, R>(parts: readonly P[], of: (part: P, i: number) => R): Record<string, R> {
  const record: Record<string, R> = {};
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as P;
    record[part.id] = of(part, i);
  }
  return record;
}

function flagsOf(assessment: Assessment): Record<string, FlagResult> {
  return byId(assessment.form.program.flags, (flag) => flagOf(flag, assessment));
}

/** The error of a form with problems: every flag that its valid answers decide or leave open is kept. */
export function errorOf(
  assessment: Assessment,
  problems: readonly Problem[],
  rule: string | null,
  on: string | null,
): ScoringError {
  return { problems, flags: flagsOf(assessment), provenance: provenanceOf(assessment.instrument, rule), on };
}

/** Everything that an assessed form says. */
export function resultOf(
  assessment: Assessment,
  context: Context | undefined,
  rule: string | null,
  on: string | null,
): Result {
  const { instrument, inconsistent, skipped, reading } = assessment;
  const { program } = instrument;
  const flags = flagsOf(assessment);
  const scored = program.scores.map((score) => scoreOf(score, assessment, rule));
  const open = program.flags.filter(({ id, critical }) => critical && flags[id]?.status === 'open');
  const flagOpen = open.map(({ id }) => id);
  const verdicts = <P extends Part, R extends { readonly status: string }>(
    parts: readonly P[],
    of: (part: P) => R,
  ) =>
    byId(parts, (part) => {
      if (!isAdministered(assessment, part.member)) return notAdministered();
      const result = of(part);
      return flagOpen.length === 0 || result.status === 'not-applicable' ? result : { ...result, flagOpen };
    });
  const bands = verdicts(program.bands, (band) => bandOf(band, scored, assessment));
  const cutOffs = verdicts(program.cutOffs, (cutOff) => cutOffOf(cutOff, scored, assessment));
  return {
    scores: byId(program.scores, (_, i) => (scored[i] as Scored).result),
    quantities: byId(program.quantities, (quantity) =>
      isAdministered(assessment, quantity.member) ? quantityOf(quantity, assessment) : notAdministered(),
    ),
    bands,
    cutOffs,
    flags,
    ask: askOf(assessment, bands, cutOffs, flags),
    inconsistent,
    skipped,
    notices: noticesOf(assessment, own(context, 'age'), cutOffs, open),
    unscored: reading.unscored,
    on,
    provenance: provenanceOf(instrument, rule),
  };
}
