import fc from 'fast-check';
import type { Either } from 'fp-ts/Either';
import type {
  ChoiceVariable,
  Context,
  Instrument,
  NumberVariable,
  Result,
  ScoreOptions,
  ScoringError,
} from '../../src/instrument/index.js';
import { score } from '../../src/scoring/index.js';

export type Form = Readonly<Record<string, unknown>>;

/** A form and the facts about the person that it was scored with. */
export interface Scored {
  readonly answers: Form;
  readonly context: Context;
}

/** `score` for forms whose items are not known to the type checker. */
export function scoreForm(
  instrument: Instrument,
  answers: unknown,
  context?: unknown,
  options?: ScoreOptions,
): Either<ScoringError, Result> {
  // Tests of laws run over every instrument and any input: the static types are set aside on purpose.
  return (score as (...args: readonly unknown[]) => Either<ScoringError, Result>)(
    instrument,
    answers,
    context,
    options,
  );
}

/** The result of a form that is known to be valid. */
export function resultOf(
  instrument: Instrument,
  answers: unknown,
  context?: unknown,
  options?: ScoreOptions,
): Result {
  const outcome = scoreForm(instrument, answers, context, options);
  if (outcome._tag === 'Left') throw new Error(outcome.left.problems.map(({ message }) => message).join(' '));
  return outcome.right;
}

/** A valid answer to one item, as text. */
export function arbitraryAnswer(variable: ChoiceVariable | NumberVariable): fc.Arbitrary<string> {
  if (variable.kind === 'choice') return fc.constantFrom(...variable.codes);
  const steps = Math.floor((variable.max - variable.min) / variable.step);
  return fc.integer({ min: 0, max: steps }).map((n) => {
    const count = variable.min + n * variable.step;
    return (count / 10 ** variable.places).toFixed(variable.places);
  });
}

const missing = fc.constantFrom<unknown>(
  undefined,
  null,
  { missing: 'refused' },
  { missing: 'not-known' },
  { missing: 'not-asked' },
);

/**
 * Asserts a law on one instrument. There are many instruments: a few forms each on every run, and more where
 * `PROPERTY_RUNS` asks for it.
 */
export function law<T>(property: fc.IRawProperty<T>): void {
  fc.assert(property, process.env['PROPERTY_RUNS'] === undefined ? { numRuns: 12 } : {});
}

/** What formulas may read of the person: known or not. */
export const arbitraryContext: fc.Arbitrary<Context> = fc.record({
  age: fc.oneof(fc.integer({ min: 0, max: 120 }), fc.constant<'unknown'>('unknown')),
  sex: fc.constantFrom<'female' | 'male' | 'unknown'>('female', 'male', 'unknown'),
});

/** A valid form. `answered`: how many in a hundred items are answered. */
export function arbitraryForm(instrument: Instrument, answered: number): fc.Arbitrary<Form> {
  const { variables, items } = instrument.program;
  const entries: Record<string, fc.Arbitrary<unknown>> = {};
  for (const variable of variables.slice(0, items)) {
    const answer =
      variable.kind === 'text'
        ? fc.string({ maxLength: 12 })
        : (arbitraryAnswer(variable) as fc.Arbitrary<unknown>);
    entries[variable.id] =
      answered >= 100
        ? answer
        : fc.oneof({ weight: answered, arbitrary: answer }, { weight: 100 - answered, arbitrary: missing });
  }
  return fc
    .record(entries)
    .map((form) => Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined)));
}

/** Forms from empty to full, and contexts from unknown to known. */
export function arbitraryScored(instrument: Instrument): fc.Arbitrary<Scored> {
  const forms = fc.oneof(
    ...[100, 100, 90, 70, 40, 10].map((answered) => arbitraryForm(instrument, answered)),
  );
  return fc.record({ answers: forms, context: arbitraryContext });
}
