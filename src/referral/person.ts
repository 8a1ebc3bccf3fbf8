import type { Context } from '../instrument/index.js';
import { calendarDate, elapsed } from './calendar.js';
import type { Fact, Pathway } from './pathway.js';
import type { PlanProblem } from './plan.js';

/** What a person said, by fact id. `'refused'` and `'not-known'` mean asked and not given; absent means not asked. */
export type Person = Readonly<Record<string, PersonValue>>;
export type PersonValue = boolean | number | string | readonly string[] | null | undefined;

/** A fact as a rule reads it. A boolean is held as `'true'` or `'false'`, a date as the time elapsed (not a number: never). */
export interface KnownState {
  readonly status: 'known';
  readonly values: readonly string[];
  readonly number: number;
}
export type FactState = KnownState | { readonly status: 'not-given' } | { readonly status: 'not-asked' };

/** What is known of a person, by fact id. */
export type States = ReadonlyMap<string, { readonly fact: Fact; readonly state: FactState }>;

/** The facts of a pathway with what is known of each, and what was wrong with the input. */
export interface Facts {
  readonly states: States;
  readonly problems: readonly PlanProblem[];
  readonly context: Context;
}

const NOT_ASKED: FactState = { status: 'not-asked' };
const NOT_GIVEN: FactState = { status: 'not-given' };

const known = (values: readonly string[], number = Number.NaN): FactState => ({
  status: 'known',
  values,
  number,
});

const isOneOf = (says: Readonly<Record<string, string>>, value: unknown): value is string =>
  typeof value === 'string' && Object.hasOwn(says, value);

/** The state of one fact; `null` where the value is none that the fact can have. */
const stateOf = (fact: Fact, value: unknown, asOf: Date | null): FactState | null => {
  if (value === undefined || value === null) return NOT_ASKED;
  if (value === 'refused' || value === 'not-known') return NOT_GIVEN;
  switch (fact.type) {
    case 'boolean':
      return typeof value === 'boolean' ? known([String(value)]) : null;
    case 'enum':
      return isOneOf(fact.says, value) ? known([value]) : null;
    case 'list':
      return Array.isArray(value) && value.every((each) => isOneOf(fact.says, each))
        ? known([...value])
        : null;
    case 'number':
      return typeof value === 'number' && value >= fact.min && value <= fact.max ? known([], value) : null;
    case 'date': {
      if (value === 'never') return known([value]);
      const date = calendarDate(value);
      if (date === null || asOf === null) return null;
      const count = elapsed(date, asOf, fact.countedIn);
      return count >= 0 ? known([], count) : null;
    }
  }
};

/** A name out of the input, cut where it is long. */
const shown = (name: string): string => (name.length <= 60 ? name : `${name.slice(0, 60)}…`);

/** What a fact takes, in the pathway's own words: nothing of the value that was given. */
const expected = (fact: Fact): string => {
  switch (fact.type) {
    case 'boolean':
      return 'true or false';
    case 'enum':
      return `one of ${Object.keys(fact.says).join(', ')}`;
    case 'list':
      return `a list, of ${Object.keys(fact.says).join(', ')}`;
    case 'number':
      return `a number from ${fact.min} to ${fact.max}`;
    case 'date':
      return "a date YYYY-MM-DD, not later than the day of the plan, or 'never'";
  }
};

/** The facts that a person's record holds itself. What is no record, or a proxy that does not say, holds none. */
const keysOf = (person: unknown): readonly string[] => {
  try {
    return typeof person === 'object' && person !== null && !Array.isArray(person) ? Object.keys(person) : [];
  } catch {
    return [];
  }
};

/** The state of a fact that the record holds; `null` too where a getter or a proxy throws instead of giving it. */
const stateIn = (person: unknown, fact: Fact, asOf: Date | null): FactState | null => {
  try {
    return stateOf(fact, (person as Readonly<Record<string, unknown>>)[fact.id], asOf);
  } catch {
    return null;
  }
};

/**
 * Reads what is known of a person against the facts that the pathway declares. Total on any JSON: a value that the fact
 * cannot have is reported, without the value, and the fact counts as not asked.
 */
export const readPerson = (pathway: Pathway, person: unknown, asOf: Date | null): Facts => {
  const given = keysOf(person);
  const states = new Map<string, { readonly fact: Fact; readonly state: FactState }>();
  const problems: PlanProblem[] = [];
  for (const fact of pathway.facts) {
    const state = given.includes(fact.id) ? stateIn(person, fact, asOf) : NOT_ASKED;
    states.set(fact.id, { fact, state: state ?? NOT_ASKED });
    if (state === null) {
      const message = `${fact.id} must be ${expected(fact)}; it counts as not asked`;
      problems.push({ status: 'bad-fact', at: fact.id, message });
    }
  }
  for (const id of given) {
    if (!states.has(id)) {
      problems.push({
        status: 'unknown-fact',
        at: shown(id),
        message: `${shown(id)} is no fact of this pathway; it was not read`,
      });
    }
  }
  return { states, problems, context: contextOf(pathway, states) };
};

const contextOf = (pathway: Pathway, states: States): Context => {
  const age = knownOf(states, pathway.context.age);
  const sex = knownOf(states, pathway.context.sex);
  const named = sex?.values[0];
  return {
    age: age === null ? 'unknown' : Math.floor(age.number),
    sex: named === 'female' || named === 'male' ? named : 'unknown',
  };
};

const knownOf = (states: States, id: string | undefined) => {
  const state = id === undefined ? undefined : states.get(id)?.state;
  return state?.status === 'known' ? state : null;
};

/** Whether the fact is known to hold the value; `null` where it is not known. */
export const holds = (states: States, fact: string, value: string): boolean | null => {
  const state = knownOf(states, fact);
  return state === null ? null : state.values.includes(value);
};
