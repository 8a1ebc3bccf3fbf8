import type { Either } from 'fp-ts/Either';
import type { Case } from '../definition/cases-schema.js';
import type {
  BandResult,
  CutOffResult,
  FlagResult,
  Instrument,
  QuantityResult,
  Result,
  ScoreResult,
  ScoringError,
} from '../instrument/index.js';
import { form, type ItemState, type ProjectedAnswers, project, score } from '../scoring/index.js';

type ExpectedScore = NonNullable<Case['expect']['scores']>[string];

/** Where a case and the definition disagree. */
export interface CaseFailure {
  readonly case: string;
  /** `scores.total`, `flags.self-harm` … */
  readonly of: string;
  readonly expected: string;
  readonly found: string;
}

/** The answers of a case with `rest` filled in. */
export function answersOf(instrument: Instrument, one: Case): Readonly<Record<string, unknown>> {
  if (one.rest === undefined) return one.answers;
  const { variables, items } = instrument.program;
  const scored = variables
    .slice(0, items)
    .filter((variable) => variable.kind !== 'text' && variable.unscored !== true);
  return { ...Object.fromEntries(scored.map(({ id }) => [id, one.rest])), ...one.answers };
}

/** Scores a case and lists where the result is not what the case expects. */
export function checkCase(instrument: Instrument, one: Case): readonly CaseFailure[] {
  // A case is data: its item ids are checked by the engine, not by the compiler.
  const outcome = (score as (...args: readonly unknown[]) => Either<ScoringError, Result>)(
    instrument,
    answersOf(instrument, one),
    one.context,
    one.options,
  );
  const { expect } = one;
  const failures: CaseFailure[] = [];
  const hold = (of: string, expected: unknown, found: unknown): void => {
    const [want, got] = [JSON.stringify(expected), JSON.stringify(found)];
    if (want !== got)
      failures.push({ case: one.name, of, expected: want ?? 'nothing', found: got ?? 'nothing' });
  };
  const flags = outcome._tag === 'Left' ? outcome.left.flags : outcome.right.flags;
  for (const [id, status] of Object.entries(expect.flags ?? {}))
    hold(`flags.${id}`, status, statusOf(flags[id]));
  const invalid =
    outcome._tag === 'Left' ? [...new Set(outcome.left.problems.map(({ at }) => at))].sort() : [];
  hold('invalid', [...(expect.invalid ?? [])].sort(), invalid);
  if (outcome._tag === 'Left') return failures;
  const result = outcome.right;
  for (const [id, value] of Object.entries(expect.scores ?? {})) {
    hold(`scores.${id}`, asNumbers(value), scoreAs(value, result.scores[id]));
  }
  for (const [id, value] of Object.entries(expect.quantities ?? {})) {
    hold(`quantities.${id}`, value, quantityAs(value, result.quantities[id]));
  }
  for (const [id, level] of Object.entries(expect.bands ?? {})) {
    hold(`bands.${id}`, Array.isArray(level) ? [...level].sort() : level, bandAs(result.bands[id]));
  }
  for (const [id, status] of Object.entries(expect['cut-offs'] ?? {})) {
    hold(`cut-offs.${id}`, status, statusOf(result.cutOffs[id]));
  }
  for (const part of ['first', 'now', 'later', 'context'] as const) {
    const expected = expect.ask?.[part];
    if (expected !== undefined) hold(`ask.${part}`, [...expected].sort(), [...result.ask[part]].sort());
  }
  for (const [id, answers] of Object.entries(expect['short-forms'] ?? {})) {
    hold(`short-forms.${id}`, inOrder(answers), inOrder(shortFormOf(instrument, one, id)));
  }
  if (expect.inconsistent !== undefined) {
    const found = new Set(result.inconsistent.flatMap(({ items }) => items));
    hold('inconsistent', [...expect.inconsistent].sort(), [...found].sort());
  }
  if (expect.skipped !== undefined) {
    const found = [...result.skipped.map(({ item }) => item), ...stoppedItems(instrument, one)];
    hold('skipped', [...expect.skipped].sort(), found.sort());
  }
  return failures;
}

/** The answers that a short form takes from a case; none where it is not contained. */
function shortFormOf(instrument: Instrument, one: Case, id: string): ProjectedAnswers {
  const taken = (project as (...args: readonly unknown[]) => Either<ScoringError, ProjectedAnswers>)(
    instrument,
    id,
    answersOf(instrument, one),
    one.context,
  );
  return taken._tag === 'Right' ? taken.right : {};
}

const inOrder = (answers: object): readonly unknown[] =>
  Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1));

/** The items that need not be asked as a stop knows the verdict: they move no result, so only the form shows them. */
function stoppedItems(instrument: Instrument, one: Case): readonly string[] {
  if (instrument.program.gates.every(({ effect }) => effect.kind !== 'stops')) return [];
  const states = (form as (...args: readonly unknown[]) => readonly ItemState[])(
    instrument,
    answersOf(instrument, one),
    one.context,
    one.options,
  );
  return states
    .filter((state) => state.status === 'skipped' && state.kind === 'stops')
    .map(({ item }) => item);
}

/** Every disagreement of a list of cases with an instrument. */
export function checkCases(instrument: Instrument, cases: readonly Case[]): readonly CaseFailure[] {
  return cases.flatMap((one) => checkCase(instrument, one));
}

function statusOf(result: CutOffResult | FlagResult | undefined): string | undefined {
  return result?.status;
}

/** A prorated value may be written as a fraction (`160/9`), as no decimal of it is exact. */
function asNumbers(expected: ExpectedScore): ExpectedScore {
  if (typeof expected !== 'object' || !('prorated' in expected) || typeof expected.prorated !== 'string')
    return expected;
  const [top, bottom] = expected.prorated.split('/').map(Number);
  return { prorated: (top as number) / (bottom as number) };
}

function scoreAs(expected: ExpectedScore, result: ScoreResult | undefined): unknown {
  switch (result?.status) {
    case 'complete':
      return result.value;
    case 'prorated':
      return { prorated: result.value };
    case 'incomplete':
      return Array.isArray(expected) ? [result.bounds.lowest, result.bounds.highest] : 'incomplete';
    default:
      return result?.status;
  }
}

function quantityAs(expected: unknown, result: QuantityResult | undefined): unknown {
  if (result?.status === 'complete') return result.value;
  if (result?.status === 'incomplete' && Array.isArray(expected))
    return [result.bounds.lowest, result.bounds.highest];
  return result?.status;
}

function bandAs(result: BandResult | undefined): unknown {
  switch (result?.status) {
    case 'decided':
      return result.level;
    case 'undecided':
      return [...result.possible].sort();
    default:
      return result?.status;
  }
}
