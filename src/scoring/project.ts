import { type Either, left, right } from 'fp-ts/Either';
import { OPEN } from '../formula/evaluate.js';
import type {
  Answers,
  Context,
  Instrument,
  MissingReason,
  Problem,
  ScoringError,
  Shape,
} from '../instrument/index.js';
import { type Assessment, assess } from './assessment.js';
import { problem, unknownName } from './problems.js';
import { readAnswers } from './read-answers.js';
import { errorOf } from './score.js';

/** Answers to a short form, by its item ids: ready to be scored with the short form's own definition. */
export type ProjectedAnswers = Readonly<Record<string, string | { readonly missing: MissingReason }>>;

/**
 * The answers to a short form that a longer one contains (AUDIT-C out of AUDIT). An item that a gate skipped is carried
 * as its points; one that contradicts a gate is carried as missing.
 *
 * @returns `Left` where the answers are invalid, or the instrument contains no such short form in this edition
 *
 * @example
 * import { match, project } from 'caseness';
 * import { audit } from 'caseness/instruments/audit';
 *
 * match(
 *   project(audit, 'audit-c', { q1: 0 }),
 *   () => console.assert(false),
 *   (short) => console.assert(short['q2'] === '0'),
 * );
 */
export function project<S extends Shape>(
  instrument: Instrument<S>,
  shortForm: string,
  answers: NoInfer<Answers<S>>,
  context?: Context,
): Either<ScoringError<S>, ProjectedAnswers> {
  const reading = readAnswers(instrument, answers, context, undefined);
  const assessment = assess(instrument, reading);
  const known = Object.keys(instrument.contains);
  const items = Object.hasOwn(instrument.contains, shortForm) ? instrument.contains[shortForm] : undefined;
  const problems: Problem[] = [...reading.problems];
  if (items === undefined)
    problems.push(
      known.length === 0
        ? problem('unknown-short-form', shortForm, `${instrument.short} contains no short form`)
        : unknownName('unknown-short-form', shortForm, known),
    );
  if (items === undefined || problems.length > 0) {
    // The flag ids are the instrument's own.
    return left(errorOf(assessment, problems, null, null) as ScoringError<S>);
  }
  const projected: Record<string, string | { readonly missing: MissingReason }> = {};
  for (const [short, long] of Object.entries(items)) projected[short] = carried(long, assessment);
  return right(projected);
}

function carried(item: string, form: Assessment): string | { readonly missing: MissingReason } {
  const { instrument, at: all, among, recorded, inconsistent } = form;
  const v = instrument.program.variables.findIndex(({ id }) => id === item);
  const variable = instrument.program.variables[v] as { codes?: readonly string[] };
  const at = all[v] as number;
  if (inconsistent.some(({ items }) => items.includes(item))) return { missing: 'not-known' };
  const choice = at >= 0 ? at : among[v]?.[0];
  if (choice !== undefined) return variable.codes?.[choice] as string;
  const reason = at === OPEN ? recorded.reasons[v] : undefined;
  return { missing: reason === undefined || reason === 'invalid' ? 'not-asked' : reason };
}
