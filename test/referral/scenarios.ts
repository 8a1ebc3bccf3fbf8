import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Instrument } from '../../src/instrument/index.js';
import { type Pathway, type Person, type Plan, recommend, URGENCIES } from '../../src/referral/index.js';

/** Whole people with the plan that a reader of the guidance expects, as `docs/pathways.md` describes them. */
const answers = z.record(z.string(), z.json());
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const ids = z.array(z.string());
const forms = z.union([
  z.record(z.string(), answers),
  z.array(
    z.strictObject({
      instrument: z.string(),
      on: day.optional(),
      answers,
      rest: z.json().optional(),
    }),
  ),
]);
const scenario = z.strictObject({
  name: z.string(),
  note: z.string().optional(),
  person: z.record(z.string(), z.json()).default({}),
  asOf: day.default('2026-11-24'),
  forms: forms.default({}),
  proposals: ids.optional(),
  expect: z.strictObject({
    status: z.enum(['act', 'ask', 'nothing-recommended']).optional(),
    urgency: z.enum(URGENCIES).optional(),
    asking: z.enum(URGENCIES).optional(),
    recommend: ids.default([]),
    not: ids.default([]),
    questions: ids.default([]),
    access: ids.optional(),
    next: ids.default([]),
    review: day.optional(),
  }),
});
const file = z.strictObject({
  pathway: z.string(),
  proposals: ids.default([]),
  scenarios: z.array(scenario),
});

export type Scenario = z.infer<typeof scenario>;
export type Scenarios = z.infer<typeof file>;

/** Reads a file of scenarios; throws with what is wrong in it. */
export const readScenarios = (path: string): Scenarios => file.parse(parse(readFileSync(path, 'utf8')));

type Written = Readonly<Record<string, unknown>>;

const filled = (instrument: Instrument, given: Written, rest: unknown): Written => {
  const others = instrument.program.variables
    .slice(0, instrument.program.items)
    .filter(({ kind }) => kind !== 'text')
    .map(({ id }) => [id, rest] as const);
  return rest === undefined ? given : { ...Object.fromEntries(others), ...given };
};

/** The plan of a scenario; every short form that a longer one contains is derived. */
export const planOfScenario = (
  { person, asOf, forms: written, proposals }: Scenario,
  pathway: Pathway,
  catalogue: readonly Instrument[],
  usual: readonly string[],
): Plan => {
  const named = (id: string): Instrument => {
    const found = catalogue.find((each) => each.id === id);
    if (found === undefined) throw new Error(`there is no instrument ${id}`);
    return found;
  };
  const list = Array.isArray(written)
    ? written.map(({ instrument, on, answers: given, rest }) => ({ instrument, on, given, rest }))
    : Object.entries(written).map(([instrument, { rest, ...given }]) => ({
        instrument,
        on: undefined,
        given,
        rest,
      }));
  return recommend(
    pathway,
    {
      asOf,
      forms: list.map(({ instrument, on = asOf, given, rest }) => ({
        instrument: named(instrument),
        on,
        answers: filled(named(instrument), given, rest),
      })),
      derive: catalogue,
    },
    // `recommend` reads facts as unknown data and reports what a fact cannot be.
    person as Person,
    { proposals: proposals ?? usual },
  );
};

/** What a plan does, as far as a scenario speaks of it. */
export const foundIn = (plan: Plan) => {
  const rulesOf = (lines: Plan['recommendations']) =>
    lines.flatMap(({ reasons }) => reasons.map(({ rule }) => rule));
  return {
    status: plan.status,
    urgency: plan.urgency,
    asking: plan.asking,
    recommend: [
      ...rulesOf([...plan.recommendations, ...plan.access]),
      ...plan.notes.map(({ rule }) => rule),
      ...plan.next.flatMap(({ rules }) => rules),
    ],
    questions: plan.questions.map((question) =>
      question.status === 'fact' ? question.fact : question.instrument,
    ),
    access: rulesOf(plan.access).sort(),
    next: plan.next.filter(({ status }) => status === 'opened').map(({ instrument }) => instrument),
    review: plan.review?.on ?? null,
    // A form that cannot be scored is a scenario of its own; a misnamed fact is a mistake in the file.
    problems: plan.problems.filter(({ status }) => status !== 'not-scored').map(({ message }) => message),
  };
};
