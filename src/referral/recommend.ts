import { ENGINE } from '../instrument/index.js';
import { nextInstruments } from './battery.js';
import { byText } from './by-text.js';
import { calendarDate, dateText, dayAfter } from './calendar.js';
import type { LocalDirectory } from './directory.js';
import { providerOf } from './directory.js';
import { type Draft, draftsOf, type Firing, inPlanOrder, mergeByKey } from './draft.js';
import { evaluate, type Outcome } from './evaluate-rule.js';
import type { Evidence } from './finding.js';
import type { Pathway, Raise, Rule, Service } from './pathway.js';
import { type Facts, type Person, readPerson } from './person.js';
import type { Note, Plan, PlanProblem, RaisedBy, Reading, Recommendation, ServiceLine } from './plan.js';
import { type Hanging, questionsOf } from './questions.js';
import { placeReadings, type Readings, type Scored, scoreSession } from './readings.js';
import { audienceOf, type Consents, consentsOf, routeOf } from './route.js';
import type { Session } from './session.js';
import { highestUrgency, isAtLeast, joinUrgency, oneStepUp, type Urgency } from './urgency.js';

/** What the adopter chooses. */
export interface RecommendOptions {
  /** Proposals of the pathway to switch on, by the id of the rule or step: they have no guideline behind them. */
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
 *
 * @example
 * import { phq9 } from 'caseness/instruments/phq-9';
 * import { primaryCareExample } from 'caseness/pathways/primary-care-example';
 * import { recommend } from 'caseness/referral';
 *
 * const session = { asOf: '2026-11-23', forms: [{ instrument: phq9, on: '2026-11-23', answers: { q9: 1 } }] };
 * const plan = recommend(primaryCareExample, session, { years: 34 });
 * console.assert(plan.status === 'act' && plan.urgency === 'emergency');
 * console.assert(plan.recommendations[0]?.reasons[0]?.because[0]?.status === 'result');
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
  const evidence: Evidence = { pathway, states: facts.states, byInstrument: readings.byInstrument };
  const proposals = options.proposals ?? NONE;
  const isOn = ({ id, level }: { readonly id: string; readonly level: Rule['level'] }): boolean =>
    level !== 'proposal' || proposals.includes(id);
  const rules = pathway.rules.filter(isOn);
  const steps = stepsOf(pathway, isOn, evidence);
  const hanging: Hanging[] = [];
  const warned = pathway.cautions.filter(({ id, when }) => {
    const { firing, open } = evaluate(when, evidence);
    for (const each of open) hanging.push({ open: each, urgency: 'none', rule: id });
    return firing !== null;
  });
  const onResults = warned.filter(({ on }) => on === 'results').map(({ warning }) => warning);

  const firings: Firing[] = [];
  const drafts: Draft[] = [];
  for (const rule of rules) {
    const outcome = evaluate(rule.when, evidence);
    if (outcome.firing === null && outcome.open.length === 0) continue;
    const { urgency, raised } = urgencyOf(rule, steps);
    if (urgency !== 'none') for (const open of outcome.open) hanging.push({ open, urgency, rule: rule.id });
    hangSteps(rule, urgency, steps, hanging);
    if (outcome.firing === null) continue;
    const restsOnResult = outcome.because.some(({ status }) => status === 'result');
    const firing: Firing = {
      rule,
      status: outcome.firing,
      because: outcome.because,
      urgency,
      raised,
      warnings: restsOnResult ? onResults : NONE,
    };
    firings.push(firing);
    if (urgency !== 'none') drafts.push(...draftsOf(firing, pathway));
  }
  const lines = inPlanOrder(mergeByKey(drafts), pathway);
  const first = lines.filter(({ provides }) => provides.length > 0);
  const consents = consentsOf(pathway.routes, facts.states);
  const finish = (draft: Draft): Recommendation =>
    recommendationOf(draft, first, pathway, consents, options.local);
  const access = first.map(finish);
  const recommendations = lines.filter(({ provides }) => provides.length === 0).map(finish);
  hanging.push(...consentQuestions(recommendations, pathway));
  const questions = questionsOf(hanging, pathway);
  const next = nextInstruments(
    pathway,
    rules,
    firings.map(({ rule }) => rule),
    readings,
  );
  const acts = recommendations.length + access.length > 0;

  return {
    status: acts ? 'act' : questions.length + next.length > 0 ? 'ask' : 'nothing-recommended',
    asOf: date === null ? '' : asOf,
    pathway: {
      id: pathway.id,
      version: pathway.version,
      digest: pathway.digest,
      title: pathway.title,
      engine: ENGINE,
    },
    urgency: highestUrgency(firings.map((firing) => firing.urgency)),
    review: reviewOf(firings, pathway, date),
    asking: highest(questions),
    consent: {
      refer: consents.agrees === null ? 'not-asked' : consents.agrees ? 'agreed' : 'withheld',
      share: consents.shares,
    },
    recommendations,
    access,
    questions,
    next,
    notes: firings
      .filter(isNote)
      .map(noteOf)
      .sort((a, b) => byText(a.rule, b.rule)),
    cautions: warned.filter(({ on }) => on === 'plan').map(({ warning }) => warning),
    readings: readingsShown(readings),
    withoutRule: withoutRule(rules, readings),
    problems: [...dateProblem(date), ...facts.problems, ...readings.problems],
  };
};

const NONE: readonly string[] = [];

/** The highest urgency of questions, which stand by urgency already. */
const highest = ([first]: readonly { readonly urgency: Urgency }[]): Urgency => first?.urgency ?? 'none';

/** A step up, and whether it holds for this person. */
interface Step {
  readonly raise: Raise;
  readonly outcome: Outcome;
}

/** The steps that hold or may hold, in order of their names. */
const stepsOf = (
  { raises }: Pathway,
  isOn: (raise: Raise) => boolean,
  evidence: Evidence,
): readonly Step[] => {
  const steps: Step[] = [];
  for (const raise of raises) {
    if (!isOn(raise)) continue;
    const outcome = evaluate(raise.when, evidence);
    if (outcome.firing !== null || outcome.open.length > 0) steps.push({ raise, outcome });
  }
  return steps.sort((a, b) => byText(a.raise.id, b.raise.id));
};

const NOT_RAISED: readonly RaisedBy[] = [];

/** The urgency of a rule with the steps that hold. Each is counted from the rule's own urgency: two do not add up. */
const urgencyOf = (
  { id, urgency }: Rule,
  steps: readonly Step[],
): { readonly urgency: Urgency; readonly raised: readonly RaisedBy[] } => {
  let highestStep = urgency;
  let raised = NOT_RAISED;
  for (const { raise, outcome } of steps) {
    if (outcome.firing === null || !raise.rules.includes(id)) continue;
    const up = oneStepUp(urgency, raise.upTo);
    if (up === urgency) continue;
    highestStep = joinUrgency(highestStep, up);
    raised = [
      ...raised,
      {
        by: raise.id,
        says: raise.says,
        because: outcome.because,
        guideline: raise.guideline,
        confidence: raise.confidence,
        level: raise.level,
        proposal: raise.level === 'proposal',
      },
    ];
  }
  return { urgency: highestStep, raised };
};

/** A step that nobody knows to hold puts its question at the urgency to which it would raise what fired or still may. */
const hangSteps = (rule: Rule, urgency: Urgency, steps: readonly Step[], hanging: Hanging[]): void => {
  for (const { raise, outcome } of steps) {
    if (!raise.rules.includes(rule.id)) continue;
    const up = oneStepUp(rule.urgency, raise.upTo);
    if (isAtLeast(urgency, up)) continue;
    for (const open of outcome.open) hanging.push({ open, urgency: up, rule: raise.id });
  }
};

/** The access steps that provide something of what is needed. */
const rulesThatProvide = (needs: readonly string[], first: readonly Draft[]): readonly string[] =>
  first
    .filter(({ provides }) => provides.some((need) => needs.includes(need)))
    .flatMap((step) => step.reasons.map(({ rule }) => rule));

const recommendationOf = (
  draft: Draft,
  first: readonly Draft[],
  pathway: Pathway,
  consents: Consents,
  local: LocalDirectory | undefined,
): Recommendation => {
  const { urgency, critical, choice, place, status, reasons, warnings } = draft;
  const known: Service[] = [];
  for (const id of draft.services) {
    const service = pathway.services[id];
    if (service !== undefined) known.push(service);
  }
  const services = known.map((service): ServiceLine => {
    const route = routeOf(service, place === 'in-the-room', urgency, consents);
    const provider = route.status === 'in-the-room' ? NOT_NEEDED : providerOf(local, service.id);
    const via = service.via && pathway.services[service.via]?.name;
    return via === undefined
      ? { id: service.id, name: service.name, route, provider }
      : { id: service.id, name: service.name, via, route, provider };
  });
  const waits = urgency !== 'emergency' && draft.provides.length === 0;
  const needs = waits ? known.flatMap((service) => service.needs) : NONE;
  return {
    urgency,
    critical,
    services,
    choice,
    place,
    status,
    reasons,
    warnings,
    after: needs.length === 0 ? NONE : rulesThatProvide(needs, first),
    audience: audienceOf(urgency, consents),
  };
};

const NOT_NEEDED = { status: 'not-needed' } as const;

const consentQuestions = (
  recommendations: readonly Recommendation[],
  { routes }: Pathway,
): readonly Hanging[] =>
  recommendations
    .filter(({ services }) => services.some(({ route }) => route.status === 'ask-consent'))
    .flatMap(({ urgency, reasons }) =>
      reasons.slice(0, 1).map(
        ({ rule }): Hanging => ({
          open: { status: 'fact-not-asked', fact: routes.consent.fact },
          urgency,
          rule,
        }),
      ),
    );

/** The earliest day on which anything that fired is looked at again. */
const reviewOf = (firings: readonly Firing[], { urgencies }: Pathway, asOf: Date | null): Plan['review'] => {
  if (asOf === null) return null;
  const rulesByLength = new Map<string, string[]>();
  for (const { rule, urgency } of firings) {
    const length = rule.review ?? urgencies[urgency].review;
    if (length === undefined) continue;
    const rules = rulesByLength.get(length);
    if (rules === undefined) rulesByLength.set(length, [rule.id]);
    else rules.push(rule.id);
  }
  let first: Date | null = null;
  let due: string[] = [];
  for (const [length, rules] of rulesByLength) {
    const day = dayAfter(asOf, length);
    if (day === null || (first !== null && day > first)) continue;
    // Two lengths may come to the same day: P7D and P1W.
    due = first !== null && day >= first ? [...due, ...rules] : rules;
    first = day;
  }
  return first === null ? null : { on: dateText(first), rules: due.sort() };
};

const isNote = ({ rule, urgency }: Firing): boolean =>
  (urgency === 'none' || rule.refer.services.length === 0) && rule.next.length === 0;

const noteOf = ({ rule, status, because }: Firing): Note => ({
  rule: rule.id,
  status,
  text: rule.action,
  because,
  guideline: rule.guideline,
  confidence: rule.confidence,
  level: rule.level,
});

const readingsShown = ({ byInstrument }: Readings): readonly Reading[] => {
  const shown: Reading[] = [];
  for (const forms of byInstrument.values())
    for (const {
      instrument: { id, short },
      on,
      status,
      derivedFrom,
      outcome,
    } of forms)
      shown.push(
        derivedFrom === null
          ? { instrument: id, short, on, status, outcome }
          : { instrument: id, short, on, status, derivedFrom, outcome },
      );
  return shown;
};

const withoutRule = (rules: readonly Rule[], { byInstrument }: Readings): Plan['withoutRule'] => {
  const unruled: { readonly instrument: string; readonly text: string }[] = [];
  for (const [id, forms] of byInstrument) {
    if (rules.some(({ instruments }) => instruments.includes(id))) continue;
    const own = forms.find(({ derivedFrom }) => derivedFrom === null);
    if (own !== undefined)
      unruled.push({ instrument: id, text: `no rule in this pathway for ${own.instrument.short}` });
  }
  return unruled;
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
