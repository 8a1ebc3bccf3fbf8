import type { Instrument } from '../instrument/index.js';
import type { Guideline, Pathway, Plan, Reason, Recommendation } from '../referral/index.js';
import { checkScenario } from './check-scenario.js';
import type { PathwayCase, PathwayCases, Scenario, Scenarios } from './pathway-cases-schema.js';
import {
  askedAbout,
  becauseOf,
  type Comparing,
  comparing,
  openedBy,
  type PathwayCaseFailure,
  type PathwayCheck,
  problemsOf,
  unknownInstruments,
} from './plan-comparison.js';
import { byInstrument, plannerOf, USUAL_DAY, type Written } from './planner.js';

export type { PathwayCaseFailure, PathwayCheck } from './plan-comparison.js';

/** How a rule stands in a plan: as a reason, a note, or the reason for an instrument. */
const standing = (plan: Plan, rule: string): PathwayCase['is'] => {
  const lines = [...plan.recommendations, ...plan.access].flatMap(({ reasons }) => reasons);
  const said = [...lines, ...plan.notes].find((each) => each.rule === rule);
  if (said !== undefined) return said.status === 'fired' ? 'fires' : said.status;
  if (plan.next.some(({ rules }) => rules.includes(rule))) return 'fires';
  return plan.questions.some(({ rules }) => rules.includes(rule)) ? 'asked' : 'silent';
};

/** The name of a case: its rule, how it should stand, and its place in the file (from 1). */
const caseName = ({ rule, is }: PathwayCase, place: number): string => `${rule} ${is} (case ${place})`;

/** A person about whom a case need not say the usual, as far as the pathway asks. */
const usualPerson = ({ facts }: Pathway): Written =>
  Object.fromEntries(
    Object.entries({ age: 34, sex: 'male', 'consent-to-refer': true }).filter(([fact]) =>
      facts.some(({ id }) => id === fact),
    ),
  );

/** A guideline as a case names it: its id, then the numbers of its year, locator and note. */
const guidelineName = ({ id, year, locator, note }: Guideline): string =>
  [id, ...[year, locator, note].flatMap((text) => text?.match(/\d+(?:\.\d+)*/g) ?? [])].join(' ');

const caseCheck = (
  catalogue: readonly Instrument[],
  proposals: readonly string[],
  one: PathwayCase,
  name: string,
): PathwayCheck => {
  const forms = byInstrument(one.forms ?? {}, USUAL_DAY);
  const planner = plannerOf(
    { asOf: USUAL_DAY, forms, proposals: one.proposals ?? proposals, derive: one.derive ?? true },
    catalogue,
  );
  const unknown = unknownInstruments(forms, catalogue, name);
  return {
    name,
    hold: (pathway, afresh) => {
      const plan = planner(pathway, { ...usualPerson(pathway), ...one.person }, afresh);
      return { plan, failures: [...unknown, ...compared(plan, one, name)] };
    },
  };
};

/** Where the rule of a case does not stand in its plan as the case expects. */
const compared = (plan: Plan, one: PathwayCase, name: string): readonly PathwayCaseFailure[] => {
  const { failures, same, atLeast, oneOf, sameSet, containing } = comparing(name);
  const isOwn = ({ rule }: { readonly rule: string }): boolean => rule === one.rule;
  same('standing', one.is, standing(plan, one.rule));
  const lines = [...plan.recommendations, ...plan.access].filter(({ reasons }) => reasons.some(isOwn));
  const reasons: readonly Reason[] = lines.flatMap((line) => line.reasons.filter(isOwn));
  const notes = plan.notes.filter(isOwn);
  const questions = plan.questions.filter(({ rules }) => rules.includes(one.rule));
  if (one.is === 'asked' && one.about !== undefined) oneOf('about', one.about, askedAbout(plan, one.rule));
  const urgencies = one.is === 'asked' ? questions : reasons;
  oneOf(
    'urgency',
    one.urgency,
    urgencies.map(({ urgency }) => urgency),
  );
  atLeast(
    'services',
    one.services,
    lines.flatMap((line) => line.services.map(({ id }) => id)),
  );
  atLeast('next', one.next, openedBy(plan));
  sameSet('refer', one.refer, servicesOf(lines, 'all'));
  same('one-of', one['one-of']?.join(', '), servicesOf(lines, 'one-of').join(', '));
  sameSet(
    'place',
    typeof one.place === 'string' ? [one.place] : one.place,
    lines.map(({ place }) => place),
  );
  sameSet('because', one.because, becauseOf([...reasons, ...notes]));
  sameSet('asks', one.asks, askedAbout(plan, one.rule));
  sameSet(
    'warnings',
    one.warnings,
    lines.flatMap(({ warnings }) => warnings),
  );
  sameSet(
    'guideline',
    one.guideline,
    [...reasons, ...notes].flatMap(({ guideline }) => guideline.map(guidelineName)),
  );
  const said = [...reasons.map(({ action }) => action), ...notes.map(({ text }) => text)];
  containing('says', one.says, said);
  containing(
    'plain',
    one.plain,
    reasons.flatMap(({ plain }) => plain ?? []),
  );
  sameSet(
    'raised',
    one.raised,
    reasons.flatMap(({ raised }) => raised?.map(({ by }) => by) ?? []),
  );
  sameSet('problems', one.problems ?? [], problemsOf(plan));
  return failures;
};

const servicesOf = (lines: readonly Recommendation[], choice: Recommendation['choice']): readonly string[] =>
  lines.filter((line) => line.choice === choice).flatMap(({ services }) => services.map(({ id }) => id));

/** A check of the pathway itself, which needs no plan. */
const wholeCheck = (
  name: string,
  compare: (comparing: Comparing, pathway: Pathway) => void,
): PathwayCheck => ({
  name,
  hold: (pathway) => {
    const made = comparing(name);
    compare(made, pathway);
    return { plan: null, failures: made.failures };
  },
});

const rulesNamed = (named: 'all' | 'none' | readonly string[], { rules }: Pathway): readonly string[] =>
  named === 'all' ? rules.map(({ id }) => id) : named === 'none' ? [] : named;

const textOf = (text: string | undefined): readonly string[] => (text === undefined ? [] : [text]);

/** A list of the pathway in the order in which `words` has it. */
const orderCheck = (
  name: string,
  expected: Readonly<Record<string, unknown>> | undefined,
  found: (pathway: Pathway) => readonly string[],
): readonly PathwayCheck[] =>
  expected === undefined
    ? []
    : [wholeCheck(name, ({ sameList }, pathway) => sameList('order', Object.keys(expected), found(pathway)))];

/**
 * What a `cases.yaml` says of the pathway as a whole: what is overdue on a day, how well each rule was checked, the order of facts
 * and services, and words that its texts hold.
 */
const wholeChecks = ({
  overdue = [],
  read = [],
  confidence = {},
  words = {},
}: PathwayCases): readonly PathwayCheck[] => [
  ...overdue.map(({ on, rules }) =>
    wholeCheck(`overdue on ${on}`, ({ sameSet }, pathway) =>
      sameSet('overdue', rulesNamed(rules, pathway), overdueOn(pathway, on)),
    ),
  ),
  ...read.map(({ on, rules }) =>
    wholeCheck(`read on ${on}`, ({ sameSet }, pathway) => {
      const found = pathway.rules.filter((rule) => rule.read === on).map(({ id }) => id);
      sameSet('read', rulesNamed(rules, pathway), found);
    }),
  ),
  ...Object.entries(confidence).map(([id, { level, says, guideline }]) =>
    wholeCheck(`${id} and how it was checked`, ({ same, sameSet, containing }, { rules, raises }) => {
      const found = [...rules, ...raises].find((rule) => rule.id === id);
      same('level', level, found?.level ?? '');
      containing('confidence', says, textOf(found?.confidence));
      sameSet('guideline', guideline, found?.guideline.map(guidelineName) ?? []);
    }),
  ),
  ...orderCheck('facts in their order', words.facts, ({ facts }) => facts.map(({ id }) => id)),
  ...orderCheck('services in their order', words.services, ({ services }) =>
    Object.values(services)
      .sort((a, b) => a.place - b.place)
      .map(({ id }) => id),
  ),
  ...Object.entries(words.urgencies ?? {}).map(([id, expected]) =>
    wholeCheck(`${id} in words`, ({ containing }, { urgencies }) => {
      const found = Object.entries(urgencies).find(([urgency]) => urgency === id)?.[1];
      for (const key of ['label', 'target', 'plain'] as const)
        containing(key, [expected[key]], textOf(found?.[key]));
    }),
  ),
  ...Object.entries(words.facts ?? {}).map(([id, { asks, sensitive = false, label, values = {} }]) =>
    wholeCheck(`${id} in words`, ({ containing, same }, { facts }) => {
      const found = facts.find((fact) => fact.id === id);
      containing('asks', [asks], textOf(found?.question));
      same('sensitive', String(sensitive), String(found?.sensitive === true));
      containing('label', textOf(label), found !== undefined && 'label' in found ? [found.label] : []);
      const says = found !== undefined && 'says' in found ? Object.entries(found.says) : [];
      for (const [value, text] of Object.entries(values))
        containing(value, [text], textOf(says.find(([each]) => each === value)?.[1]));
    }),
  ),
  ...Object.entries(words.services ?? {}).map(([id, expected]) =>
    wholeCheck(`${id} in words`, ({ containing }, { services }) => {
      containing('name', [expected.name], textOf(services[id]?.name));
      containing('plain', [expected.plain], textOf(services[id]?.plain));
    }),
  ),
];

/** As `overdueRules` of the loader, which an app that tests itself does not carry. */
const overdueOn = ({ rules, waivers }: Pathway, on: string): readonly string[] =>
  rules.filter(({ id, reviewBy }) => reviewBy < on && !Object.hasOwn(waivers, id)).map(({ id }) => id);

/** Each case of a `cases.yaml`, ready to be held against its pathway. `catalogue`: all instruments. */
export const caseChecks = (
  catalogue: readonly Instrument[],
  cases: PathwayCases,
): readonly PathwayCheck[] => [
  ...cases.cases.map((one, at) => caseCheck(catalogue, cases.proposals ?? [], one, caseName(one, at + 1))),
  ...wholeChecks(cases),
];

/** Each scenario of a `scenarios.yaml`, ready to be held against its pathway. `catalogue`: all instruments. */
export const scenarioChecks = (
  catalogue: readonly Instrument[],
  { proposals = [], directory, scenarios }: Scenarios,
): readonly PathwayCheck[] =>
  scenarios.map((one) => {
    const other = scenarios.find(({ name }) => name === one.like);
    return one.like !== undefined && other === undefined
      ? noSuchPerson(one.name, one.like)
      : checkScenario(catalogue, proposals, directory, other === undefined ? one : likeAnother(one, other));
  });

/** A person as another one is, but for what is said of this one. */
const likeAnother = (one: Scenario, { person, asOf, area, forms, proposals }: Scenario): Scenario => ({
  ...Object.fromEntries(
    Object.entries({ asOf, area, forms, proposals }).filter(([, value]) => value !== undefined),
  ),
  ...one,
  person: { ...person, ...one.person },
});

const noSuchPerson = (name: string, like: string): PathwayCheck => ({
  name,
  hold: () => ({
    plan: null,
    failures: [{ case: name, of: 'like', expected: like, found: 'no such person' }],
  }),
});

/** Every disagreement of a pathway's `cases.yaml` with the plans that it gives. `catalogue`: all instruments. */
export const checkPathwayCases = (
  pathway: Pathway,
  catalogue: readonly Instrument[],
  cases: PathwayCases,
): readonly PathwayCaseFailure[] =>
  caseChecks(catalogue, cases).flatMap(({ hold }) => hold(pathway).failures);

/** Every disagreement of a pathway's `scenarios.yaml` with the plans that it gives. `catalogue`: all instruments. */
export const checkScenarios = (
  pathway: Pathway,
  catalogue: readonly Instrument[],
  scenarios: Scenarios,
): readonly PathwayCaseFailure[] =>
  scenarioChecks(catalogue, scenarios).flatMap(({ hold }) => hold(pathway).failures);
