import { isLeft } from 'fp-ts/Either';
import type { Case } from '../definition/index.js';
import type {
  Answers,
  BandResult,
  Context,
  Instrument,
  QuantityResult,
  Result,
  ScoreResult,
  Shape,
} from '../instrument/index.js';
import { score } from '../scoring/index.js';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

/** A score as a case writes it. */
const scoreShown = (found: ScoreResult | QuantityResult | undefined, expected: unknown): unknown => {
  switch (found?.status) {
    case 'complete':
      return found.value;
    case 'prorated':
      return { prorated: found.value };
    case 'incomplete':
      return expected === 'incomplete' ? 'incomplete' : [found.bounds.lowest, found.bounds.highest];
    default:
      return found?.status ?? 'absent';
  }
};

const bandShown = (found: BandResult | undefined): unknown =>
  found?.status === 'decided'
    ? found.level
    : found?.status === 'undecided'
      ? sorted(found.possible)
      : (found?.status ?? 'absent');

/** The answers of a case, with `rest` written out over the items that it leaves to it. */
export const answersOfCase = (instrument: Instrument, one: Case): Readonly<Record<string, unknown>> => {
  const { rest } = one;
  if (rest === undefined) return one.answers;
  const items = instrument.program.variables
    .slice(0, instrument.program.items)
    .filter((item) => item.kind !== 'text');
  return { ...Object.fromEntries(items.map(({ id }) => [id, rest])), ...one.answers };
};

/** What differs between a case and the result; empty where the case holds. Cases are worked examples, so values are shown. */
export const caseFailures = (instrument: Instrument, one: Case): readonly string[] => {
  const context: Required<Context> = {
    age: one.context?.age ?? 'unknown',
    sex: one.context?.sex ?? 'unknown',
  };
  const outcome = score(
    instrument,
    // `score` reads answers as unknown data and reports what it cannot read.
    answersOfCase(instrument, one) as Answers<Shape>,
    context,
    {
      ...(one.options?.missing === undefined ? {} : { missing: one.options.missing }),
      ...(one.options?.administered === undefined ? {} : { administered: one.options.administered }),
    },
  );
  const { expect } = one;
  const failures: string[] = [];
  const compare = (what: string, expected: unknown, found: unknown): void => {
    if (!same(expected, found)) failures.push(`${what}: expected ${show(expected)}, found ${show(found)}`);
  };
  const invalid = isLeft(outcome) ? sorted(outcome.left.problems.map(({ at }) => at)) : [];
  compare('invalid', sorted(expect.invalid ?? []), invalid);
  const flags = isLeft(outcome) ? outcome.left.flags : outcome.right.flags;
  for (const [id, expected] of Object.entries(expect.flags ?? {}))
    compare(`flag ${id}`, expected, flags[id]?.status ?? 'absent');
  if (!isLeft(outcome)) failures.push(...resultFailures(outcome.right, expect));
  return failures;
};

const resultFailures = (result: Result, expect: Case['expect']): readonly string[] => {
  const failures: string[] = [];
  const compare = (what: string, expected: unknown, found: unknown): void => {
    if (!same(expected, found)) failures.push(`${what}: expected ${show(expected)}, found ${show(found)}`);
  };
  for (const [id, expected] of Object.entries(expect.scores ?? {}))
    compare(`score ${id}`, expected, scoreShown(result.scores[id], expected));
  for (const [id, expected] of Object.entries(expect.quantities ?? {})) {
    compare(`quantity ${id}`, expected, scoreShown(result.quantities[id], expected));
  }
  for (const [id, expected] of Object.entries(expect.bands ?? {})) {
    compare(
      `band ${id}`,
      typeof expected === 'string' ? expected : sorted(expected),
      bandShown(result.bands[id]),
    );
  }
  for (const [id, expected] of Object.entries(expect['cut-offs'] ?? {})) {
    compare(`cut-off ${id}`, expected, result.cutOffs[id]?.status ?? 'absent');
  }
  for (const part of ['first', 'now', 'later', 'context'] as const) {
    const expected = expect.ask?.[part];
    if (expected !== undefined) compare(`ask ${part}`, sorted(expected), sorted(result.ask[part]));
  }
  if (expect.inconsistent !== undefined) {
    compare(
      'inconsistent',
      sorted(expect.inconsistent),
      sorted(result.inconsistent.flatMap(({ items }) => items)),
    );
  }
  if (expect.skipped !== undefined)
    compare('skipped', sorted(expect.skipped), sorted(result.skipped.map(({ item }) => item)));
  return failures;
};
