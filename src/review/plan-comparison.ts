import type { Instrument } from '../instrument/index.js';
import type { Because, Pathway, Plan } from '../referral/index.js';
import type { WrittenForm } from './planner.js';

/** Where a case of a pathway and its plan disagree. */
export interface PathwayCaseFailure {
  readonly case: string;
  /** `standing`, `urgency`, `recommend` … */
  readonly of: string;
  readonly expected: string;
  readonly found: string;
}

/** One case or scenario, ready to be held against any version of its pathway. */
export interface PathwayCheck {
  readonly name: string;
  /** The plan, and where it is not what the case expects. `afresh` scores the forms again. */
  readonly hold: (
    pathway: Pathway,
    afresh?: boolean,
  ) => { readonly plan: Plan | null; readonly failures: readonly PathwayCaseFailure[] };
}

/** Comparisons of one case, each of which is no comparison where nothing is expected. */
export interface Comparing {
  readonly failures: readonly PathwayCaseFailure[];
  readonly same: (of: string, expected: string | undefined, found: string) => void;
  /** What is expected is one of those found. */
  readonly oneOf: (of: string, expected: string | undefined, found: readonly string[]) => void;
  readonly atLeast: (of: string, expected: readonly string[] | undefined, found: readonly string[]) => void;
  /** The same, in whatever order and however often. */
  readonly sameSet: (of: string, expected: readonly string[] | undefined, found: readonly string[]) => void;
  readonly sameList: (of: string, expected: readonly string[] | undefined, found: readonly string[]) => void;
  /** What is expected is found, in the order in which it is expected. */
  readonly inOrder: (of: string, expected: readonly string[] | undefined, found: readonly string[]) => void;
  /** Each text that is expected stands in one of those found. */
  readonly containing: (
    of: string,
    expected: readonly string[] | undefined,
    found: readonly string[],
  ) => void;
}

export const missingFrom = (wanted: readonly string[], found: readonly string[]): readonly string[] =>
  wanted.filter((name) => !found.includes(name));

export const listed = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : [...new Set(names)].join(', ');

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

export const comparing = (name: string): Comparing => {
  const failures: PathwayCaseFailure[] = [];
  const hold = (of: string, holds: boolean, expected: string, found: string): void => {
    if (!holds) failures.push({ case: name, of, expected, found });
  };
  return {
    failures,
    same: (of, expected, found) => {
      if (expected !== undefined) hold(of, expected === found, expected, found === '' ? 'none' : found);
    },
    oneOf: (of, expected, found) => {
      if (expected !== undefined) hold(of, found.includes(expected), expected, listed(found));
    },
    atLeast: (of, expected = [], found) =>
      hold(of, missingFrom(expected, found).length === 0, listed(expected), listed(found)),
    sameSet: (of, expected, found) => {
      if (expected === undefined) return;
      hold(of, sorted(expected).join('\n') === sorted(found).join('\n'), listed(expected), listed(found));
    },
    sameList: (of, expected, found) => {
      if (expected !== undefined)
        hold(of, expected.join('\n') === found.join('\n'), listed(expected), listed(found));
    },
    inOrder: (of, expected, found) => {
      if (expected === undefined) return;
      const places = expected.map((each) => found.indexOf(each));
      const holds = places.every((place, at) => place > (places[at - 1] ?? -1));
      hold(of, holds, listed(expected), listed(found));
    },
    containing: (of, expected = [], found) => {
      const lacking = expected.filter((text) => !found.some((each) => each.includes(text)));
      hold(of, lacking.length === 0, listed(lacking), listed(found));
    },
  };
};

export const askedAbout = ({ questions }: Plan, rule?: string): readonly string[] =>
  questions
    .filter(({ rules }) => rule === undefined || rules.includes(rule))
    .map((question) => (question.status === 'fact' ? question.fact : question.instrument));

export const openedBy = ({ next }: Plan): readonly string[] =>
  next.filter(({ status }) => status === 'opened').map(({ instrument }) => instrument);

/** What a reason rests on: `phq-9 nice-16`, or the id of a fact. */
export const becauseOf = (reasons: readonly { readonly because: readonly Because[] }[]): readonly string[] =>
  reasons.flatMap(({ because }) =>
    because.map((each) =>
      each.status === 'fact' || each.status === 'fact-not-given'
        ? each.fact
        : `${each.instrument} ${each.verdict}`,
    ),
  );

/** What could not be read: `not-scored phq-9`, `bad-fact age`. Where none is expected, one is a mistake in the file. */
export const problemsOf = ({ problems }: Plan): readonly string[] =>
  problems.map(({ status, at }) => `${status} ${at}`);

export const unknownInstruments = (
  forms: readonly WrittenForm[],
  catalogue: readonly Instrument[],
  name: string,
): readonly PathwayCaseFailure[] =>
  forms
    .filter(({ instrument }) => !catalogue.some(({ id }) => id === instrument))
    .map(({ instrument }) => ({
      case: name,
      of: 'forms',
      expected: instrument,
      found: 'no such instrument',
    }));
