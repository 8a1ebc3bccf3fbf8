import type { Either } from 'fp-ts/Either';
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
import { score } from '../scoring/index.js';

/** One expectation of `cases.yaml`, taken from a publication or worked by hand. */
export interface Case {
  readonly name: string;
  readonly source: string;
  readonly answers: Readonly<Record<string, unknown>>;
  /** The code of every item that `answers` does not name. */
  readonly rest?: string | number;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly options?: { readonly missing?: string; readonly administered?: readonly string[] };
  readonly expect: Expectation;
}

/** What a case says; only what it names is held against the result. */
export interface Expectation {
  readonly scores?: Readonly<Record<string, ExpectedScore>>;
  readonly quantities?: Readonly<Record<string, number | 'incomplete' | 'not-applicable'>>;
  readonly bands?: Readonly<Record<string, string | readonly string[]>>;
  readonly 'cut-offs'?: Readonly<Record<string, string>>;
  readonly flags?: Readonly<Record<string, string>>;
  readonly ask?: Readonly<Partial<Record<'first' | 'now' | 'later' | 'context', readonly string[]>>>;
  readonly inconsistent?: readonly string[];
  readonly skipped?: readonly string[];
  readonly invalid?: readonly string[];
}

type ExpectedScore = number | readonly [number, number] | 'incomplete' | 'not-applicable' | { readonly prorated: number };

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
  const scored = variables.slice(0, items).filter((variable) => variable.kind !== 'text' && variable.unscored !== true);
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
    if (want !== got) failures.push({ case: one.name, of, expected: want ?? 'nothing', found: got ?? 'nothing' });
  };
  const flags = outcome._tag === 'Left' ? outcome.left.flags : outcome.right.flags;
  for (const [id, status] of Object.entries(expect.flags ?? {})) hold(`flags.${id}`, status, statusOf(flags[id]));
  const invalid = outcome._tag === 'Left' ? [...new Set(outcome.left.problems.map(({ at }) => at))].sort() : [];
  hold('invalid', [...(expect.invalid ?? [])].sort(), invalid);
  if (outcome._tag === 'Left') return failures;
  const result = outcome.right;
  for (const [id, value] of Object.entries(expect.scores ?? {})) {
    hold(`scores.${id}`, value, scoreAs(value, result.scores[id]));
  }
  for (const [id, value] of Object.entries(expect.quantities ?? {})) {
    hold(`quantities.${id}`, value, quantityAs(result.quantities[id]));
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
  if (expect.inconsistent !== undefined) {
    const found = new Set(result.inconsistent.flatMap(({ items }) => items));
    hold('inconsistent', [...expect.inconsistent].sort(), [...found].sort());
  }
  if (expect.skipped !== undefined) {
    hold('skipped', [...expect.skipped].sort(), result.skipped.map(({ item }) => item).sort());
  }
  return failures;
}

/** Every disagreement of a list of cases with an instrument. */
export function checkCases(instrument: Instrument, cases: readonly Case[]): readonly CaseFailure[] {
  return cases.flatMap((one) => checkCase(instrument, one));
}

function statusOf(result: CutOffResult | FlagResult | undefined): string | undefined {
  return result?.status;
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

function quantityAs(result: QuantityResult | undefined): unknown {
  return result?.status === 'complete' ? result.value : result?.status;
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
