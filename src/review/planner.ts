import type { Instrument } from '../instrument/index.js';
import {
  type Form,
  type LocalDirectory,
  type Pathway,
  type Person,
  type Plan,
  recommend,
} from '../referral/index.js';

/** Answers and facts as they are written in a case. */
export type Written = Readonly<Record<string, unknown>>;

/** A form as a case has it; `rest` answers every item that is not named. */
export interface WrittenForm {
  readonly instrument: string;
  readonly on: string;
  readonly given: Written;
  readonly rest: unknown;
}

/** One person of a case or scenario, ready to be planned for. */
export interface WrittenSession {
  readonly asOf: string;
  readonly forms: readonly WrittenForm[];
  readonly proposals: readonly string[];
  readonly local?: LocalDirectory | undefined;
  /** Whether short forms are taken out of longer ones, as an app may or may not do. */
  readonly derive?: boolean;
}

/**
 * Makes the plan of one session by any version of its pathway. Forms are scored once, by the first; `afresh` scores them
 * again, for a version that reads age or sex otherwise.
 */
export type Planner = (pathway: Pathway, person: Written, afresh?: boolean) => Plan;

/** The day of the plan and of each form where a case names none. */
export const USUAL_DAY = '2026-11-24';

/** The answers with `rest` for every item not named; free text is never filled in. */
const filled = (instrument: Instrument, { given, rest }: WrittenForm): Written => {
  if (rest === undefined) return given;
  const others = instrument.program.variables
    .slice(0, instrument.program.items)
    .filter(({ kind }) => kind !== 'text')
    .map(({ id }) => [id, rest] as const);
  return { ...Object.fromEntries(others), ...given };
};

/** Forms written by instrument, all of one day. */
export const byInstrument = (forms: Readonly<Record<string, Written>>, on: string): readonly WrittenForm[] =>
  Object.entries(forms).map(([instrument, { rest, ...given }]) => ({ instrument, on, given, rest }));

export const plannerOf = (
  { asOf, forms: written, proposals, local, derive: derives = true }: WrittenSession,
  catalogue: readonly Instrument[],
): Planner => {
  const forms = written.flatMap((form): readonly Form[] => {
    const instrument = catalogue.find(({ id }) => id === form.instrument);
    return instrument === undefined ? [] : [{ instrument, on: form.on, answers: filled(instrument, form) }];
  });
  const derive = catalogue.filter(
    ({ id }) => derives && forms.some(({ instrument }) => Object.hasOwn(instrument.contains, id)),
  );
  let scored: readonly Form[] | null = null;
  return (pathway, person, afresh = false) => {
    const plan = recommend(
      pathway,
      { asOf, forms: afresh ? forms : (scored ?? forms), derive },
      // `recommend` reads facts as unknown data and reports what a fact cannot be.
      person as Person,
      { proposals, ...(local === undefined ? {} : { local }) },
    );
    if (!afresh) scored ??= withOutcomes(forms, plan);
    return plan;
  };
};

/** The forms with what `score` gave for each, where no other of its instrument and day is in the session. */
const withOutcomes = (forms: readonly Form[], { readings }: Plan): readonly Form[] =>
  forms.map((form) => {
    const own = readings.filter(
      ({ instrument, on, derivedFrom }) =>
        derivedFrom === undefined && instrument === form.instrument.id && on === form.on,
    );
    const [only] = own;
    return own.length === 1 && only !== undefined ? { ...form, outcome: only.outcome } : form;
  });
