import type { Either } from 'fp-ts/Either';
import {
  type Answers,
  type BandProgram,
  type BandResult,
  type Context,
  type ContextFor,
  type CutOffProgram,
  type CutOffResult,
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
import { askOf, type Part } from './ask.js';
import { type Assessment, assess, idsOf, isAdministered, notApplicable } from './assessment.js';
import { bandOf } from './bands.js';
import { cutOffOf } from './cut-offs.js';
import { flagOf } from './flags.js';
import { noticesOf } from './notices.js';
import { problem } from './problems.js';
import { own, readAnswers } from './read-answers.js';
import { quantityOf, scoreOf } from './scores.js';

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

/** A day that the calendar has: 30 February is refused. */
function isDay(on: unknown): boolean {
  return typeof on === 'string' && /^\d{4}-..-..$/.test(on) && new Date(on).toJSON()?.startsWith(on) === true;
}

function optionProblems({ program }: Instrument, rule: string | null, on: string | null): readonly Problem[] {
  const problems: Problem[] = [];
  if (rule !== null) {
    const known = new Set(program.scores.flatMap(({ missingRules = [] }) => idsOf(missingRules)));
    if (!known.has(rule)) {
      const others = [...known].map((id) => ` or use ${id}`).join('');
      problems.push(problem('unknown-missing-rule', 'missing', `no such rule; leave it out${others}`));
    }
  }
  if (on !== null && !isDay(on)) problems.push(problem('bad-date', 'on', 'give the day as YYYY-MM-DD'));
  return problems;
}

function provenanceOf({ id, edition, version, digest }: Instrument, missingRule: string | null): Provenance {
  return { instrument: id, edition, version, digest: { ...digest }, engine: ENGINE, missingRule };
}

/** Results by the id of what they are of, in the order of the definition. */
function byId<R>(parts: readonly { readonly id: string }[], results: readonly R[]): Record<string, R> {
  const record: Record<string, R> = {};
  parts.forEach(({ id }, i) => {
    record[id] = results[i] as R;
  });
  return record;
}

function flagsOf(form: Assessment): readonly FlagResult[] {
  return form.program.flags.map((flag) => flagOf(flag, form));
}

/** The error of a form with problems: every flag that its valid answers decide or leave open is kept. */
export function errorOf(
  form: Assessment,
  problems: readonly Problem[],
  rule: string | null,
  on: string | null,
): ScoringError {
  const flags = byId(form.program.flags, flagsOf(form));
  return { problems, flags, provenance: provenanceOf(form.instrument, rule), on };
}

/** Everything that an assessed form says. */
export function resultOf(
  form: Assessment,
  context: Context | undefined,
  rule: string | null,
  on: string | null,
): Result {
  const { instrument, program, inconsistent, skipped, recorded } = form;
  const flags = flagsOf(form);
  const open = program.flags.filter((_, i) => flags[i]?.status === 'open');
  const critical = open.filter((flag) => flag.critical);
  const undecided: Part[] = [...open];
  const flagOpen = idsOf(critical);
  const verdicts = <P extends BandProgram | CutOffProgram, R extends BandResult | CutOffResult>(
    parts: readonly P[],
    of: (part: P) => R,
  ) =>
    parts.map((part) => {
      if (!isAdministered(form, part)) return notApplicable('not-administered');
      const result = of(part);
      if (result.status === 'undecided') undecided.push(part);
      return critical.length === 0 || result.status === 'not-applicable' ? result : { ...result, flagOpen };
    });
  const scored = program.scores.map((score) => scoreOf(score, form, rule));
  const estimates = rule === null ? null : scored.map(({ estimate }) => estimate);
  const cutOffs = verdicts(program.cutOffs, (cutOff) => cutOffOf(cutOff, estimates, form));
  const bands = verdicts(program.bands, (band) => bandOf(band, scored, form));
  const quantities = program.quantities.map((quantity) => quantityOf(quantity, form));
  const scores = scored.map(({ result }) => result);
  return {
    scores: byId(program.scores, scores),
    quantities: byId(program.quantities, quantities),
    bands: byId(program.bands, bands),
    cutOffs: byId(program.cutOffs, cutOffs),
    flags: byId(program.flags, flags),
    ask: askOf(form, undecided, critical),
    inconsistent,
    skipped,
    notices: noticesOf(form, own(context ?? {}, 'age'), cutOffs, critical),
    unscored: recorded.unscored,
    on,
    provenance: provenanceOf(instrument, rule),
  };
}
