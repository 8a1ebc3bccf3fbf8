import type { Instrument } from '../instrument/index.js';
import {
  type Directory,
  type LetterTo,
  letterFor,
  type Pathway,
  type Plan,
  type ProviderMatch,
  planAppointment,
  type Reason,
  type ServiceLine,
} from '../referral/index.js';
import type { Scenario } from './pathway-cases-schema.js';
import {
  askedAbout,
  type Comparing,
  comparing,
  openedBy,
  type PathwayCheck,
  problemsOf,
  unknownInstruments,
} from './plan-comparison.js';
import { byInstrument, plannerOf, USUAL_DAY, type WrittenForm } from './planner.js';

type Wanted = Scenario['expect'];
type Line = Plan['recommendations'][number];

const formsOf = ({ forms = {} }: Scenario, asOf: string): readonly WrittenForm[] =>
  Array.isArray(forms)
    ? forms.map(({ instrument, on = asOf, answers, rest }) => ({ instrument, on, given: answers, rest }))
    : byInstrument(forms, asOf);

/** A whole person, ready to be held against any version of the pathway. */
export const checkScenario = (
  catalogue: readonly Instrument[],
  usual: readonly string[],
  directory: Directory | undefined,
  one: Scenario,
): PathwayCheck => {
  const { name, asOf = USUAL_DAY, area, proposals = usual } = one;
  const forms = formsOf(one, asOf);
  const local = directory === undefined || area === undefined ? undefined : { directory, area };
  const planner = plannerOf({ asOf, forms, proposals, local }, catalogue);
  const unknown = unknownInstruments(forms, catalogue, name);
  return {
    name,
    hold: (pathway, afresh) => {
      const plan = planner(pathway, one.person ?? {}, afresh);
      const compare = comparing(name);
      compareWhole(compare, one.expect, plan);
      compareLines(compare, one.expect, plan, pathway);
      compareQuestions(compare, one.expect, plan);
      compareNext(compare, one.expect, plan);
      compareLetters(compare, one.expect, plan, pathway);
      return { plan, failures: [...unknown, ...compare.failures] };
    },
  };
};

const linesOf = ({ access, recommendations }: Plan): readonly Line[] => [...access, ...recommendations];

const rulesOf = (lines: readonly Line[]): readonly string[] =>
  lines.flatMap(({ reasons }) => reasons.map(({ rule }) => rule));

const compareWhole = (
  { same, atLeast, sameSet, containing }: Comparing,
  wanted: Wanted,
  plan: Plan,
): void => {
  same('status', wanted.status, plan.status);
  same('urgency', wanted.urgency, plan.urgency);
  same('asking', wanted.asking, plan.asking);
  same('review', wanted.review, plan.review?.on ?? 'none');
  const said = [
    ...rulesOf([...plan.recommendations, ...plan.access]),
    ...plan.notes.map(({ rule }) => rule),
    ...plan.next.flatMap(({ rules }) => rules),
  ];
  atLeast('recommend', wanted.recommend, said);
  sameSet(
    'not',
    wanted.not === undefined ? undefined : [],
    (wanted.not ?? []).filter((rule) => said.includes(rule)),
  );
  sameSet('access', wanted.access, rulesOf(plan.access));
  if (wanted.cautions !== undefined) {
    containing('cautions', wanted.cautions, plan.cautions);
    same('cautions', String(wanted.cautions.length), String(plan.cautions.length));
  }
  for (const [instrument, codes] of Object.entries(wanted.notices ?? {})) {
    const found = plan.readings.flatMap(({ instrument: id, outcome }) =>
      id === instrument && outcome._tag === 'Right' ? outcome.right.notices.map(({ code }) => code) : [],
    );
    atLeast(`notices.${instrument}`, codes, found);
  }
  sameSet('problems', wanted.problems ?? [], problemsOf(plan));
};

const providerOf = (provider: ProviderMatch): string =>
  provider.status === 'known' ? provider.name : provider.status;

const compareLines = (
  { oneOf, atLeast, sameSet, inOrder, containing }: Comparing,
  wanted: Wanted,
  plan: Plan,
  pathway: Pathway,
): void => {
  const lines = linesOf(plan);
  const services = lines.flatMap((line) => line.services);
  const ids = services.map(({ id }) => id);
  atLeast('services', wanted.services, ids);
  inOrder(
    'in-order',
    wanted['in-order'],
    plan.recommendations.flatMap((line) => line.services[0]?.id ?? []),
  );
  const each = <T>(
    of: string,
    named: Readonly<Record<string, T>> | undefined,
    compare: (of: string, expected: T, lines: readonly Line[], services: readonly ServiceLine[]) => void,
  ): void => {
    for (const [id, expected] of Object.entries(named ?? {})) {
      const own = lines.filter((line) => line.services.some((service) => service.id === id));
      compare(
        `${of}.${id}`,
        expected,
        own,
        services.filter((service) => service.id === id),
      );
    }
  };
  each('routes', wanted.routes, (of, route, _, own) =>
    sameSet(
      of,
      [route],
      own.map((service) => service.route.status),
    ),
  );
  each('routes-say', wanted['routes-say'], (of, text, _, own) =>
    containing(
      of,
      [text],
      own.flatMap(({ route }) => ('text' in route ? route.text : [])),
    ),
  );
  each('providers', wanted.providers, (of, provider, _, own) =>
    sameSet(
      of,
      [provider],
      own.map((service) => providerOf(service.provider)),
    ),
  );
  each('via', wanted.via, (of, via, _, own) =>
    sameSet(
      of,
      [pathway.services[via]?.name ?? via],
      own.map((service) => service.via ?? 'none'),
    ),
  );
  each('names', wanted.names, (of, text, _, own) =>
    containing(
      of,
      [text],
      own.map(({ name }) => name),
    ),
  );
  each('told', wanted.told, (of, audience, own) =>
    oneOf(
      of,
      audience,
      own.map((line) => line.audience),
    ),
  );
  each('after', wanted.after, (of, steps, own) =>
    sameSet(
      of,
      steps,
      own.flatMap(({ after }) => after),
    ),
  );
  each('warnings', wanted.warnings, (of, texts, own) =>
    containing(
      of,
      texts,
      own.flatMap(({ warnings }) => warnings),
    ),
  );
  const warned = (wanted['mind-nothing'] ?? []).filter((id) =>
    lines.some((line) => line.warnings.length > 0 && line.services.some((service) => service.id === id)),
  );
  sameSet('mind-nothing', [], warned);
  const reasons: readonly Reason[] = lines.flatMap((line) => line.reasons);
  const of = (rule: string): readonly Reason[] => reasons.filter((reason) => reason.rule === rule);
  for (const [rule, urgency] of Object.entries(wanted.urgencies ?? {}))
    sameSet(
      `urgencies.${rule}`,
      [urgency],
      of(rule).map((reason) => reason.urgency),
    );
  for (const [rule, steps] of Object.entries(wanted.raised ?? {}))
    sameSet(
      `raised.${rule}`,
      steps,
      of(rule).flatMap(({ raised = [] }) => raised.map(({ by }) => by)),
    );
  for (const [rule, texts] of Object.entries(wanted.shown ?? {})) {
    const told = [...of(rule), ...plan.notes.filter((note) => note.rule === rule)];
    containing(
      `shown.${rule}`,
      texts,
      told.flatMap(({ because }) => because.map(({ shown }) => shown)),
    );
  }
};

const compareQuestions = (
  { atLeast, sameSet, inOrder, containing }: Comparing,
  wanted: Wanted,
  plan: Plan,
): void => {
  atLeast('questions', wanted.questions, askedAbout(plan));
  inOrder('questions-in-order', wanted['questions-in-order'], askedAbout(plan));
  const facts = plan.questions.flatMap((question) => (question.status === 'fact' ? [question] : []));
  for (const [fact, text] of Object.entries(wanted['asked-as'] ?? {}))
    containing(
      `asked-as.${fact}`,
      [text],
      facts.flatMap((each) => (each.fact === fact ? each.question : [])),
    );
  sameSet(
    'sensitive',
    wanted.sensitive,
    facts.flatMap(({ fact, sensitive }) => (sensitive ? fact : [])),
  );
};

const compareNext = ({ same, atLeast, sameList }: Comparing, wanted: Wanted, plan: Plan): void => {
  atLeast('next', wanted.next, openedBy(plan));
  const idsOf = (list: Plan['next']): readonly string[] => list.map(({ instrument }) => instrument);
  sameList('next-in-order', wanted['next-in-order'], idsOf(plan.next));
  if (wanted.appointment === undefined) return;
  const { now, later, minutes } = planAppointment(plan.next, wanted.appointment.minutes);
  sameList('appointment.now', wanted.appointment.now, idsOf(now));
  sameList('appointment.later', wanted.appointment.later, idsOf(later));
  same('appointment.takes', String(wanted.appointment.takes), String(minutes));
};

const compareLetters = (
  { same, sameSet, containing }: Comparing,
  wanted: Wanted,
  plan: Plan,
  pathway: Pathway,
): void => {
  const readers: readonly LetterTo[] = ['gp', 'person', 'navigator'];
  for (const to of readers) {
    const expected = wanted.letters?.[to];
    if (expected === undefined) continue;
    const made = letterFor(plan, pathway, to);
    if (expected === 'none' || made._tag === 'Left') {
      same(
        `letters.${to}`,
        expected === 'none' ? 'none' : 'a letter',
        made._tag === 'Left' ? 'none' : 'a letter',
      );
      continue;
    }
    const text = made.right.blocks
      .flatMap((block) => (block.kind === 'list' ? block.items : [block.text]))
      .join('\n');
    containing(`letters.${to}.holds`, expected.holds, [text]);
    containing(`letters.${to}.left-out`, expected['left-out'], made.right.leftOut);
    sameSet(
      `letters.${to}.lacks`,
      expected.lacks === undefined ? undefined : [],
      (expected.lacks ?? []).filter((each) => text.includes(each)),
    );
  }
};
