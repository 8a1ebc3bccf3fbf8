import { isLeft } from 'fp-ts/Either';
import type { Instrument } from '../instrument/index.js';
import {
  type Audience,
  type Because,
  type NextInstrument,
  type Note,
  type Plan,
  planAppointment,
  type Question,
  type RaisedBy,
  type Reason,
  type Recommendation,
  type Route,
  type ServiceLine,
  URGENCIES,
  type Urgency,
} from '../referral/index.js';
import { errorTexts, resultText } from './render-result.js';
import { hanging, WIDTH, withAside, wrap } from './text-layout.js';

/** Where the text begins, right of the headings. */
const COLUMN = 9;

/** Width of `because` and its like, under a recommendation. */
const DETAIL = 9;

/** Width of the urgency beside a question. */
const ASKED_WIDTH = 11;

/** What each urgency is called, in the pathway's words. */
export type Headings = Readonly<Record<Urgency, string>>;

/** What is done in this appointment and is not urgent. */
const HERE = 'HERE';

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const isHere = ({ place, urgency }: Recommendation): boolean =>
  place === 'in-the-room' && (urgency === 'routine' || urgency === 'none');

const shownBecause = (because: Because): string => {
  switch (because.status) {
    case 'result': {
      const derived = because.derivedFrom === undefined ? '' : `, taken from ${because.derivedFrom}`;
      return `${because.shown}${derived}${because.basis === 'estimated' ? ' (estimated)' : ''}`;
    }
    case 'open':
      return `${because.shown} (open)`;
    case 'fact':
      return because.shown;
    case 'fact-not-given':
      return `${because.shown} (asked, not given)`;
  }
};

/** How well a rule was checked. The whole sentence stands in `--json`. */
const CHECKED: Readonly<Record<Reason['level'], string>> = {
  verified: 'verified',
  partial: 'partly verified',
  recalled: 'recalled',
  proposal: 'our proposal',
  design: 'design',
};

/** `SUI-01 · NG222 · recalled`: the rule or step, what it rests on and how well that was checked. */
const originOf = (name: string, { guideline, level }: Reason | Note | RaisedBy): string =>
  [name, ...guideline.map(({ id }) => id).slice(0, 2), CHECKED[level]].join(' · ');

const origin = (reason: Reason | Note): string => originOf(reason.rule, reason);

const firmness = (line: { readonly status: Recommendation['status'] }): string => {
  switch (line.status) {
    case 'fired':
      return '';
    case 'provisional':
      return ' (provisional: a fact was asked and not given)';
    case 'ask':
      return ' (hangs on items that are still open: ask them)';
  }
};

/** Whether the adopter gave a directory: without one, that no provider is known is said once and not at each service. */
export type DirectoryGiven = 'directory' | 'no-directory';

const providerText = (service: ServiceLine, given: DirectoryGiven): string => {
  switch (service.provider.status) {
    case 'known':
      return service.provider.contact === undefined
        ? service.provider.name
        : `${service.provider.name}, ${service.provider.contact}`;
    case 'no-provider-known':
      return given === 'directory' ? 'no provider known in this area' : '';
    case 'not-needed':
      return '';
  }
};

/** The ways to the services of a line that have words of their own, each once. */
const routesOf = ({ services }: Recommendation): ReadonlyMap<Route['status'], string> =>
  new Map(services.flatMap(({ route }) => ('text' in route ? [[route.status, route.text] as const] : [])));

/** Who may be told: to whom the health detail of a line may go. */
const TOLD: Readonly<Record<Audience, string>> = {
  'health-only': 'health only',
  'share-with-consent': 'with consent',
  'safety-override': 'safety override',
};

/** The rules of a line, each with the steps that made it sooner. */
const rulesOf = ({ reasons }: Recommendation): string =>
  [...new Set(reasons.flatMap(({ rule, raised = [] }) => [rule, ...raised.map(({ by }) => by)]))].join(', ');

const servicesText = (line: Recommendation): string =>
  line.services.map(({ name }) => name).join(line.choice === 'one-of' ? ', or ' : '; ');

/** The rules of a line that a reader has read already, and the reasons that are new; these stand above whatever comes next. */
const toldAbove = (
  { reasons }: Recommendation,
  above: Set<string>,
): { readonly told: readonly string[]; readonly reasons: readonly Reason[] } => {
  const told = reasons.map(({ rule }) => rule).filter((rule) => above.has(rule));
  for (const { rule } of reasons) above.add(rule);
  return { told, reasons: reasons.filter(({ rule }) => !told.includes(rule)) };
};

/** One recommendation: who and what, why with the rule behind it, what to mind. A rule that stands `above` is only named. */
const recommendationLines = (
  line: Recommendation,
  title: string,
  given: DirectoryGiven,
  above: Set<string>,
): readonly string[] => {
  const [, ...others] = line.services;
  const { told, reasons } = toldAbove(line, above);
  const [first] = reasons;
  const action = first === undefined ? '' : first.action;
  const isRoom = line.place === 'in-the-room';
  const services = servicesText(line);
  const what =
    isRoom && action !== ''
      ? action
      : services === ''
        ? action
        : action === ''
          ? services
          : `${services}: ${action}`;
  const providers = line.services.map((each) => providerText(each, given)).filter((text) => text !== '');
  const lines = [
    ...withAside(
      title,
      `${capital(what)}${firmness(line)}`,
      others.length === 0 ? (providers[0] ?? '') : '',
      COLUMN,
    ),
  ];
  const detail = (name: string, text: string, aside = ''): void => {
    lines.push(...withAside(`${' '.repeat(COLUMN)}${name}`, text, aside, COLUMN + DETAIL));
  };
  for (const [index, reason] of reasons.entries()) {
    if (index > 0 && reason.action !== action) detail('also', reason.action);
    detail('because', reason.because.map(shownBecause).join('; '), origin(reason));
    for (const step of reason.raised ?? [])
      detail(
        'sooner',
        `${step.says} (${step.because.map(shownBecause).join('; ')})`,
        originOf(step.by, step),
      );
  }
  if (told.length > 0) detail('because', `as above: ${told.join(', ')}`);
  for (const warning of line.warnings) detail('mind', warning);
  if (others.length > 0) {
    for (const each of line.services) {
      const provider = providerText(each, given);
      if (provider !== '') detail('with', `${each.name}: ${provider}`);
    }
  }
  for (const [status, text] of routesOf(line)) {
    detail('route', above.has(text) ? SHORT_ROUTE[status] : text);
    above.add(text);
  }
  detail('told', TOLD[line.audience], line.after.length > 0 ? `after ${line.after.join(', ')}` : '');
  return lines;
};

/** An emergency is one line: nothing is to be read before it is acted on. */
const emergencyLines = (line: Recommendation, title: string): readonly string[] => {
  const action = line.reasons.map((reason) => reason.action).join('; ');
  const because = line.reasons.flatMap((reason) => reason.because.map(shownBecause)).join('; ');
  return hanging(
    title,
    `${servicesText(line)}: ${action}${firmness(line)} (because ${because}; ${rulesOf(line)}; told: ${TOLD[line.audience]})`,
    COLUMN,
  );
};

/** How a service is reached, where a page has no room for the words of the pathway. */
const SHORT_ROUTE: Readonly<Record<Route['status'], string>> = {
  'in-the-room': '',
  refer: '',
  'ask-consent': 'ask first',
  information: 'not agreed: inform',
  safety: 'not agreed: act',
  'tell-worker': 'in treatment: tell the worker',
};

/**
 * A line where a page has no room for its reasons: who, by which rules, what to mind, and who may be told. What is to be done
 * on the same day is said all the same.
 */
const briefLines = (
  line: Recommendation,
  title: string,
  given: DirectoryGiven,
  above: Set<string>,
): readonly string[] => {
  const providers = line.services.map((each) =>
    each.provider.status === 'no-provider-known' && given === 'directory'
      ? 'no provider'
      : providerText(each, given),
  );
  const fresh = toldAbove(line, above).reasons.map(({ action }) => action);
  const actions = line.urgency === 'same-day' ? fresh : fresh.slice(0, 1);
  const isRoom = line.place === 'in-the-room';
  const what = isRoom && actions.length > 0 ? actions.join('; ') : servicesText(line);
  const parts = [
    ...(!isRoom && line.urgency === 'same-day' ? actions : []),
    ...providers,
    ...line.services.map(({ route }) => SHORT_ROUTE[route.status]),
    ...line.warnings.map((warning) => `mind: ${warning}`),
    ...(line.after.length === 0 ? [] : [`after ${line.after.join(', ')}`]),
    `told: ${TOLD[line.audience]}`,
  ];
  const details = [...new Set(parts)].filter((part) => part !== '').join('; ');
  return hanging(title, `${capital(what)}${firmness(line)} (${rulesOf(line)}): ${details}`, COLUMN);
};

const section = <T>(
  title: string,
  items: readonly T[],
  lines: (item: T, title: string) => readonly string[],
): readonly string[] => items.flatMap((item, index) => lines(item, index === 0 ? title : ''));

/** `page`: what fits on one; `full`: everything. */
export type Length = 'page' | 'full';

/** Questions that a page has room for beside those on which an emergency hangs, which all stand there. */
const ASKED: Readonly<Record<Room, number>> = { everything: Number.POSITIVE_INFINITY, usual: 6, little: 3 };

/** How many questions are shown. */
type Room = 'everything' | 'usual' | 'little';

/** Questions by the urgency that hangs on them, which is written beside the first of each; on a page the first, and how many more. */
const askLines = (all: readonly Question[], room: Room): readonly string[] => {
  const emergencies = all.filter(({ urgency }) => urgency === 'emergency').length;
  const questions = all.slice(0, Math.max(ASKED[room], emergencies));
  const more = all.length - questions.length;
  const lines = questions.flatMap((question, index) => {
    const same = questions[index - 1]?.urgency === question.urgency;
    const urgency = same ? '' : question.urgency === 'none' ? 'else' : question.urgency;
    const start = `${(index === 0 ? 'ASK' : '').padEnd(COLUMN)}${urgency.padEnd(ASKED_WIDTH)}`;
    const text =
      question.status === 'fact'
        ? `${question.question}${question.sensitive ? ' (alone, and with care)' : ''}`
        : `${question.short}: items ${question.items.join(', ')}`;
    const rules =
      room === 'everything' || question.rules.length <= 3
        ? question.rules.join(', ')
        : `${question.rules.slice(0, 2).join(', ')} and ${question.rules.length - 2} more`;
    return withAside(start, text, rules, COLUMN + ASKED_WIDTH);
  });
  const rest = `and ${more} more, ${urgencyWord(all[questions.length])} at most: all with --full`;
  return more === 0 ? lines : [...lines, ...hanging('', rest, COLUMN + ASKED_WIDTH)];
};

const urgencyWord = (question: Question | undefined): string =>
  question === undefined || question.urgency === 'none' ? 'nothing' : question.urgency;

/** What comes next; where the minutes of the appointment are known, what fits into it and what waits. */
const nextLines = (next: readonly NextInstrument[], minutes: number | undefined): readonly string[] => {
  if (next.length === 0) return [];
  if (minutes === undefined) return hanging('NEXT', nextText(next), COLUMN);
  const { now, later, minutes: used } = planAppointment(next, minutes);
  return [
    ...hanging(
      'NEXT',
      now.length === 0
        ? `nothing fits into ${minutes} minutes`
        : `in ${minutes} minutes, ${used} of them used: ${now.map(nextOne).join(' · ')}`,
      COLUMN,
    ),
    ...(later.length === 0 ? [] : hanging('LATER', later.map(nextOne).join(' · '), COLUMN)),
  ];
};

const nextOne = ({ short, minutes, rules }: NextInstrument): string =>
  `${short}${minutes === null ? '' : ` ${minutes} min`}${rules.length === 0 ? '' : ` (${rules.join(', ')})`}`;

const nextText = (next: readonly NextInstrument[]): string => {
  const shown = next.map(nextOne);
  const known = next.flatMap(({ minutes }) => minutes ?? []);
  const sum = known.reduce((total, minutes) => total + minutes, 0);
  return known.length > 1 ? `${shown.join(' · ')} · ${sum} minutes in all` : shown.join(' · ');
};

/** What each form says, the newest first; older ones with their day. */
export const readingLines = (
  plan: Plan,
  instruments: ReadonlyMap<string, Instrument>,
  length: Length,
  words: 'with-verdicts' | 'alone' = 'with-verdicts',
): readonly string[] => {
  const wide = Math.max(8, ...plan.readings.map(({ short }) => short.length + 1));
  const own = plan.readings.filter(({ derivedFrom }) => derivedFrom === undefined);
  const derived =
    length === 'full' ? plan.readings.filter(({ derivedFrom }) => derivedFrom !== undefined) : [];
  return section('SCORES', [...own, ...derived], (reading, title) => {
    const instrument = instruments.get(reading.instrument);
    if (instrument === undefined) return [];
    const start = `${title.padEnd(COLUMN)}${reading.short.padEnd(wide)}`;
    const about = [
      ...(reading.status === 'current'
        ? []
        : [
            `${reading.on ?? 'no day'}, ${reading.status === 'past' ? 'outside its window' : 'older: its flags count'}`,
          ]),
      ...(reading.derivedFrom === undefined ? [] : [`taken from ${reading.derivedFrom}`]),
    ].join('; ');
    const under = ' '.repeat(COLUMN + wide);
    const more = (text: string): readonly string[] =>
      hanging(under, text, under.length + 2).map((line, index) =>
        index === 0 ? `${under}${line.slice(under.length + 2)}` : line,
      );
    if (isLeft(reading.outcome)) {
      return [
        `${start}could not be scored${about === '' ? '' : ` (${about})`}`,
        ...errorTexts(instrument, reading.outcome.left).flatMap(more),
      ];
    }
    const text = resultText(instrument, reading.outcome.right);
    const line = [text.score, text.band].filter((part) => part !== '').join(' · ');
    return [
      ...hanging(start, `${line}${about === '' ? '' : ` (${about})`}`, start.length),
      ...(length === 'full' ? text.more : words === 'alone' ? text.flags : text.first).flatMap(more),
    ];
  });
};

const restrictionLines = (
  plan: Plan,
  instruments: ReadonlyMap<string, Instrument>,
  limits: Shortening['limits'],
): readonly string[] => {
  const texts = new Map<string, string[]>();
  for (const { instrument } of plan.readings) {
    const found = instruments.get(instrument);
    for (const text of found?.restrictions ?? []) {
      const by = texts.get(text) ?? [];
      if (found !== undefined && !by.includes(found.short)) texts.set(text, [...by, found.short]);
    }
  }
  if (limits === 'named' && texts.size > 0) {
    const named = [...new Set([...texts.values()].flat())].join(', ');
    return hanging('LIMITS', `of ${named}: all with --full`, COLUMN);
  }
  return section('LIMITS', [...texts], ([text, by], title) =>
    hanging(title, `${by.join(', ')}: ${text}`, COLUMN),
  );
};

/** What stands around a plan on its page. */
export interface PlanPage {
  readonly instruments: ReadonlyMap<string, Instrument>;
  readonly headings: Headings;
  readonly header: string;
  readonly directory: DirectoryGiven;
  readonly length: Length;
  /** Minutes of the appointment, where they are known. */
  readonly minutes?: number;
  /** What a user has to know of the licence of an instrument, by its id. */
  readonly licences: ReadonlyMap<string, string>;
}

/** Rows of one side of A4 as `--format html` prints it, and of a terminal that is as high. */
export const PAGE_ROWS = 72;

/** How much a page leaves to `--full`: the lines of these urgencies lose their reasons, limits and scores their words. */
interface Shortening {
  readonly brief: readonly Urgency[];
  readonly limits: 'in-words' | 'named';
  readonly scores: 'with-verdicts' | 'alone';
  readonly questions: Exclude<Room, 'everything'>;
}

const WHOLE: Shortening = { brief: [], limits: 'in-words', scores: 'with-verdicts', questions: 'usual' };
const LITTLE: Shortening = { brief: [], limits: 'named', scores: 'alone', questions: 'little' };

/** From little left out to everything that a page can do without. What is urgent keeps its reasons longest. */
const SHORTENINGS: readonly Shortening[] = [
  { ...WHOLE, limits: 'named' },
  { ...WHOLE, limits: 'named', questions: 'little' },
  LITTLE,
  { ...LITTLE, brief: ['none', 'routine'] },
  { ...LITTLE, brief: ['none', 'routine', 'soon'] },
  { ...LITTLE, brief: ['none', 'routine', 'soon', 'urgent'] },
  { ...LITTLE, brief: ['none', 'routine', 'soon', 'urgent', 'same-day'] },
];

/**
 * The plan for one person as a page of plain text: emergencies first, one line each; then by urgency what to do and why;
 * then what can be done here, the scores, what to ask and what to fill in next. A plan that is longer than a page is
 * shortened from its least urgent end, says so, and keeps every line.
 */
export const planText = (plan: Plan, page: PlanPage): string => {
  let text = pageText(plan, page, WHOLE);
  if (page.length === 'full') return text;
  for (const shortening of SHORTENINGS) {
    if (text.split('\n').length - 1 <= PAGE_ROWS) break;
    text = pageText(plan, page, shortening);
  }
  return text;
};

const pageText = (
  plan: Plan,
  { instruments, headings, header, directory, length, minutes, licences }: PlanPage,
  shortening: Shortening,
): string => {
  const above = new Set<string>();
  const isBrief = ({ urgency }: Recommendation): boolean => shortening.brief.includes(urgency);
  const lines = (line: Recommendation, title: string): readonly string[] =>
    (isBrief(line) ? briefLines : recommendationLines)(
      line,
      title,
      directory,
      length === 'full' ? new Set() : above,
    );
  const all = [...plan.recommendations, ...plan.access];
  const here = [...plan.access, ...plan.recommendations].filter(isHere);
  const timed = all.filter((line) => !isHere(line));
  const sections = URGENCIES.flatMap((urgency) =>
    section(
      headings[urgency],
      timed.filter((line) => line.urgency === urgency),
      urgency === 'emergency' ? emergencyLines : lines,
    ),
  );
  const blocks: (readonly string[])[] = [
    wrap(header, WIDTH),
    section('PROBLEM', plan.problems, ({ message }, title) => hanging(title, message, COLUMN)),
    [...sections, ...section(HERE, here, lines), ...nothingLines(plan)],
    all.some(isBrief)
      ? hanging('PAGE', 'Shortened to one page: reasons and actions of every line with --full', COLUMN)
      : [],
    directory === 'directory'
      ? []
      : hanging('WITH', 'No directory was given, so no provider is named', COLUMN),
    section('MIND', plan.cautions, (text, title) => hanging(title, text, COLUMN)),
    readingLines(plan, instruments, length, shortening.scores),
    askLines(plan.questions, length === 'full' ? 'everything' : shortening.questions),
    nextLines(plan.next, minutes),
    reviewLines(plan, shortening.questions),
    section('SAY', plan.notes, (note, title) =>
      withAside(title, `${capital(note.text)}${firmness(note)}`, origin(note), COLUMN),
    ),
    section('NO RULE', plan.withoutRule, ({ text }, title) => hanging(title, text, COLUMN)),
    restrictionLines(plan, instruments, shortening.limits),
    section('LICENCE', [...licences], ([id, note], title) =>
      hanging(title, `${instruments.get(id)?.short ?? id}: ${note}`, COLUMN),
    ),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
};

const reviewLines = ({ review }: Plan, room: Room): readonly string[] =>
  review === null
    ? []
    : withAside('REVIEW', `by ${review.on}`, room === 'little' ? '' : review.rules.join(', '), COLUMN);

const nothingLines = (plan: Plan): readonly string[] => {
  switch (plan.status) {
    case 'act':
      return [];
    case 'ask':
      return hanging('NOTHING', 'No rule fired yet; the questions below are open.', COLUMN);
    case 'nothing-recommended':
      return hanging(
        'NOTHING',
        'No rule of this pathway fired on what was given. That is not the same as no need.',
        COLUMN,
      );
  }
};
