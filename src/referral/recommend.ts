import { nextInstruments } from './battery.js';
import { calendarDate } from './calendar.js';
import type { LocalDirectory } from './directory.js';
import { providerOf } from './directory.js';
import { type Draft, draftsOf, inPlanOrder, mergeByKey } from './draft.js';
import { evaluate, type Outcome } from './evaluate-rule.js';
import type { Evidence } from './finding.js';
import type { Pathway, Rule } from './pathway.js';
import { type Facts, type Person, readPerson } from './person.js';
import type { Note, Plan, PlanProblem, Reading, Recommendation, ServiceLine } from './plan.js';
import { type Hanging, questionsOf } from './questions.js';
import { placeReadings, type Readings, type Scored, scoreSession } from './readings.js';
import { audienceOf, routeOf } from './route.js';
import type { Session } from './session.js';
import { highestUrgency } from './urgency.js';

/** What the adopter chooses. */
export interface RecommendOptions {
  /** Proposals of the pathway to switch on, by rule id: they have no guideline behind them. */
  readonly proposals?: readonly string[];
  /** The adopter's directory and the person's area. */
  readonly local?: LocalDirectory;
}

/**
 * Makes the plan for one person: what to do, how soon and why, what to ask, what to fill in next.
 *
 * Pure and total: it reads no clock, throws on no data, and reports in `plan.problems` what it could not read, naming item
 * or fact and never the answer. Making something unknown never lowers the plan's highest urgency without a question of
 * that urgency in its place; consent and current treatment change a route, never an urgency.
 *
 * @param pathway - services, facts and rules, from `caseness/pathways/<id>` or `loadPathway`
 * @param session - the day of the plan, and the forms with their instruments
 * @param person - what is known of the person, by the pathway's fact ids; `'refused'` or `'not-known'` where asked and
 *   not given, absent where not asked
 */
export const recommend = (
  pathway: Pathway,
  session: Session,
  person: Person,
  options: RecommendOptions = {},
): Plan => {
  const facts = readPerson(pathway, person, calendarDate(session.asOf));
  return planFor(pathway, session.asOf, scoreSession(session, facts.context), facts, options);
};

/** `recommend` for forms that are scored already. */
export const planFor = (
  pathway: Pathway,
  asOf: string,
  scored: readonly Scored[],
  facts: Facts,
  options: RecommendOptions,
): Plan => {
  const date = calendarDate(asOf);
  const readings = placeReadings(scored, date);
  const evidence: Evidence = {
    pathway,
    states: facts.states,
    byInstrument: readings.byInstrument,
  };
  const rules = pathway.rules.filter(
    ({ id, level }) => level !== 'proposal' || (options.proposals ?? []).includes(id),
  );
  const outcomes = rules.map((rule) => ({ rule, outcome: evaluate(rule.when, evidence) }));
  const cautions = pathway.cautions.map((caution) => ({
    caution,
    outcome: evaluate(caution.when, evidence),
  }));
  const warned = cautions.filter(({ outcome }) => outcome.firing !== null).map(({ caution }) => caution);
  const onResults = warned.filter(({ on }) => on === 'results').map(({ warning }) => warning);

  const drafts = outcomes.flatMap(({ rule, outcome }) => {
    if (outcome.firing === null || rule.urgency === 'none') return [];
    const restsOnResult = outcome.because.some(({ status }) => status === 'result');
    return draftsOf(rule, outcome.firing, outcome, restsOnResult ? onResults : [], pathway);
  });
  const lines = inPlanOrder(mergeByKey(drafts), pathway);
  const steps = lines.filter(({ provides }) => provides.length > 0);
  const finish = (draft: Draft): Recommendation => recommendationOf(draft, steps, evidence, options.local);
  const access = steps.map(finish);
  const recommendations = lines.filter(({ provides }) => provides.length === 0).map(finish);

  const hanging: readonly Hanging[] = [
    ...outcomes
      .filter(({ rule }) => rule.urgency !== 'none')
      .flatMap(({ rule: { id, urgency }, outcome }) =>
        outcome.open.map((open) => ({ open, urgency, rule: id })),
      ),
    ...cautions.flatMap(({ caution: { id }, outcome }) =>
      outcome.open.map((open) => ({ open, urgency: 'none' as const, rule: id })),
    ),
    ...consentQuestions(recommendations, pathway),
  ];
  const questions = questionsOf(hanging, pathway);
  const fired = outcomes.filter(({ outcome }) => outcome.firing !== null).map(({ rule }) => rule);
  const next = nextInstruments(pathway, rules, fired, readings);
  const urgency = highestUrgency([...recommendations, ...access].map((line) => line.urgency));
  const acts = recommendations.length + access.length > 0;

  return {
    status: acts ? 'act' : questions.length + next.length > 0 ? 'ask' : 'nothing-recommended',
    asOf: date === null ? '' : asOf,
    pathway: { id: pathway.id, version: pathway.version, title: pathway.title },
    urgency,
    asking: highestUrgency(questions.map((question) => question.urgency)),
    recommendations,
    access,
    questions,
    next,
    notes: outcomes.flatMap(({ rule, outcome }) => notesOf(rule, outcome)),
    cautions: warned.filter(({ on }) => on === 'plan').map(({ warning }) => warning),
    readings: readingsShown(readings),
    withoutRule: withoutRule(rules, readings),
    problems: [...dateProblem(date), ...facts.problems, ...readings.problems],
  };
};

const recommendationOf = (
  draft: Draft,
  steps: readonly Draft[],
  { pathway, states }: Evidence,
  local: LocalDirectory | undefined,
): Recommendation => {
  const { urgency, critical, choice, place, status, reasons, warnings } = draft;
  const known = draft.services.flatMap((id) => pathway.services[id] ?? []);
  const services = known.map((service): ServiceLine => {
    const route = routeOf(service, place === 'in-the-room', urgency, pathway.routes, states);
    const provider =
      route.status === 'in-the-room' ? { status: 'not-needed' as const } : providerOf(local, service.id);
    const via = service.via === undefined ? undefined : pathway.services[service.via]?.name;
    return { id: service.id, name: service.name, ...(via === undefined ? {} : { via }), route, provider };
  });
  const needs = known.flatMap((service) => service.needs);
  const waits = urgency !== 'emergency' && draft.provides.length === 0;
  const after = waits ? steps.filter(({ provides }) => provides.some((need) => needs.includes(need))) : [];
  return {
    urgency,
    critical,
    services,
    choice,
    place,
    status,
    reasons,
    warnings,
    after: after.flatMap((step) => step.reasons.map(({ rule }) => rule)),
    audience: audienceOf(urgency, pathway.routes, states),
  };
};

const consentQuestions = (
  recommendations: readonly Recommendation[],
  { routes }: Pathway,
): readonly Hanging[] =>
  recommendations
    .filter(({ services }) => services.some(({ route }) => route.status === 'ask-consent'))
    .map(({ urgency, reasons }) => ({
      open: { status: 'fact-not-asked', fact: routes.consent.fact },
      urgency,
      rule: String(reasons[0]?.rule),
    }));

const notesOf = (
  { id, urgency, refer, next, action, guideline, confidence }: Rule,
  outcome: Outcome,
): readonly Note[] =>
  outcome.firing === null || (urgency !== 'none' && refer.services.length > 0) || next.length > 0
    ? []
    : [{ rule: id, status: outcome.firing, text: action, because: outcome.because, guideline, confidence }];

const readingsShown = ({ byInstrument }: Readings): readonly Reading[] =>
  [...byInstrument]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, forms]) => forms)
    .map(({ instrument, on, status, derivedFrom, outcome }) => ({
      instrument: instrument.id,
      short: instrument.short,
      on,
      status,
      ...(derivedFrom === undefined ? {} : { derivedFrom }),
      outcome,
    }));

const withoutRule = (rules: readonly Rule[], { byInstrument }: Readings): Plan['withoutRule'] => {
  const ruled = new Set(rules.flatMap(({ instruments }) => instruments));
  const unruled = [...byInstrument.values()]
    .flat()
    .filter(({ instrument, derivedFrom }) => derivedFrom === undefined && !ruled.has(instrument.id));
  return [...new Map(unruled.map(({ instrument: { id, short } }) => [id, short]))]
    .map(([instrument, short]) => ({ instrument, text: `no rule in this pathway for ${short}` }))
    .sort((a, b) => (a.instrument < b.instrument ? -1 : 1));
};

const dateProblem = (date: Date | null): readonly PlanProblem[] =>
  date === null
    ? [
        {
          status: 'bad-date',
          at: 'as-of',
          message: 'give the day of the plan as YYYY-MM-DD; every form was counted',
        },
      ]
    : [];
