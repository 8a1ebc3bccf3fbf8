import { type Either, isRight, left, right } from 'fp-ts/Either';
import { dayInWords } from './calendar.js';
import type { Pathway } from './pathway.js';
import type { Because, Plan, Reason, Recommendation, ServiceLine } from './plan.js';
import { isAtLeast, URGENCIES } from './urgency.js';

/** Who a letter is for. Each reads something else, and consent decides what. */
export type LetterTo = 'gp' | 'person' | 'navigator';

/** A piece of a letter, to be rendered in whatever form the reader needs. */
export type LetterBlock =
  | { readonly kind: 'heading' | 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] };

/** A letter as plain data. */
export interface Letter {
  readonly to: LetterTo;
  readonly title: string;
  readonly blocks: readonly LetterBlock[];
  /** What was kept out of it and why: for whoever sends it, never part of the letter. */
  readonly leftOut: readonly string[];
}

/** Why there is no letter. */
export interface NoLetter {
  readonly code: 'no-consent' | 'no-recipient';
  readonly message: string;
}

const heading = (text: string): LetterBlock => ({ kind: 'heading', text });
const paragraph = (text: string): LetterBlock => ({ kind: 'paragraph', text });
const list = (items: readonly string[]): LetterBlock => ({ kind: 'list', items });

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
const sentence = (text: string): string => `${capital(text)}${/[.!?]$/.test(text) ? '' : '.'}`;
/** As it stands inside a sentence; a name in capitals keeps them. */
const inSentence = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
const once = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** Every line of the plan, access steps with the others, by urgency. */
const linesOf = (plan: Plan): readonly Recommendation[] => {
  const all = [...plan.access, ...plan.recommendations];
  return URGENCIES.flatMap((urgency) => all.filter((line) => line.urgency === urgency));
};

const providerText = ({ provider }: ServiceLine): string =>
  provider.status !== 'known'
    ? ''
    : ` (${provider.name}${provider.contact === undefined ? '' : `, ${provider.contact}`})`;

/** The services of a line with their providers; alternatives with `or`. */
const servicesText = ({ services, choice }: Recommendation): string =>
  services.map((each) => `${each.name}${providerText(each)}`).join(choice === 'one-of' ? ', or ' : '; ');

const NOT_A_DIAGNOSIS =
  'A screen finds people who may need help. It is not a diagnosis, and a screen that found nothing rules nothing out.';
const FOR_CARE_ONLY =
  'For care only: not for sentencing, for breach, or for any other decision against the person.';

/**
 * The letter to `to`, from a plan. Health detail goes only where consent says:
 *
 * - `gp`: everything, where the person agrees to be referred; without that only what safety asks for, and no scores;
 * - `person`: in plain words, without scores, reasons or names of conditions, and without services that must not be named in
 *   a letter which somebody at home may open;
 * - `navigator`: where to go and what comes first, never a result. Services whose name speaks of health only where the person
 *   agrees to sharing outside health.
 *
 * @returns `Left` where nothing may be told, or the pathway has nobody to whom this letter goes
 */
export const letterFor = (plan: Plan, pathway: Pathway, to: LetterTo): Either<NoLetter, Letter> => {
  if (to === 'person') return right(letterToPerson(plan, pathway));
  const service = pathway.services[String(pathway.letters[to])];
  if (service === undefined) {
    const message = `the pathway ${pathway.id} names no service to which a letter of this kind goes`;
    return left({ code: 'no-recipient', message });
  }
  return to === 'gp'
    ? letterToGp(plan, pathway, service.name)
    : letterToNavigator(plan, pathway, service.name);
};

/** Instruments of which a form of the plan has answers that contradict each other. */
const contradictedIn = ({ readings }: Plan): ReadonlySet<string> =>
  new Set(
    readings
      .filter(({ outcome }) => isRight(outcome) && outcome.right.inconsistent.length > 0)
      .map(({ instrument }) => instrument),
  );

const because = (each: Because, contradicted: ReadonlySet<string>): string => {
  if (each.status === 'fact-not-given') return `${each.shown} (asked, not given)`;
  const derivedFrom = 'derivedFrom' in each ? each.derivedFrom : undefined;
  return 'instrument' in each && contradicted.has(derivedFrom ?? each.instrument)
    ? `${each.shown} (answers on this form contradict each other: go through them with the person)`
    : each.shown;
};

/** `Because: …` with the rule and the guidelines behind it. */
const groundsText = (
  rule: string,
  { because: rests, guideline }: Pick<Reason, 'because' | 'guideline'>,
  contradicted: ReadonlySet<string>,
): string =>
  `Because: ${rests.map((each) => because(each, contradicted)).join('; ')}. [${[rule, ...guideline.map(({ id }) => id)].join(', ')}]`;

/** One reason with all that belongs to it: what makes it sooner, and what to mind. */
const reasonText = (reason: Reason, contradicted: ReadonlySet<string>): string =>
  [
    sentence(reason.action),
    groundsText(reason.rule, reason, contradicted),
    ...(reason.raised ?? []).map(
      (step) => `${sentence(step.says)} ${groundsText(step.by, step, contradicted)}`,
    ),
    ...reason.warnings.map((warning) => `Mind: ${sentence(warning)}`),
  ].join(' ');

/** What guidance forbids of the screens on which these reasons rest, each text once with the screens it is of. */
const limitsOf = ({ readings }: Plan, reasons: readonly Pick<Reason, 'because'>[]): readonly string[] => {
  const named = new Set(
    reasons.flatMap(({ because: rests }) =>
      rests.flatMap((each) => ('instrument' in each ? [each.instrument] : [])),
    ),
  );
  const screens = new Map<string, readonly string[]>();
  for (const { instrument, short, outcome } of readings) {
    if (!named.has(instrument) || !isRight(outcome)) continue;
    for (const { code, text } of outcome.right.notices) {
      const before = screens.get(text) ?? [];
      if (code === 'restriction') screens.set(text, once([...before, short]));
    }
  }
  return [...screens].map(([text, of]) => `${of.join(', ')}: ${sentence(text)}`);
};

const letterToGp = (plan: Plan, pathway: Pathway, name: string): Either<NoLetter, Letter> => {
  const agreed = plan.consent.refer === 'agreed';
  const { safetyFrom } = pathway.routes.consent;
  const told = linesOf(plan).filter(({ urgency }) => agreed || isAtLeast(urgency, safetyFrom));
  if (!agreed && told.length === 0) {
    return left({
      code: 'no-consent',
      message: 'the person has not agreed to be referred, and nothing here is urgent enough to go without',
    });
  }
  const contradicted = contradictedIn(plan);
  const byUrgency = URGENCIES.flatMap((urgency): readonly LetterBlock[] => {
    const lines = told.filter((line) => line.urgency === urgency);
    const byRule = new Map<string, { readonly reason: Reason; readonly services: readonly string[] }>();
    for (const line of lines)
      for (const reason of line.reasons) {
        const services = byRule.get(reason.rule)?.services ?? [];
        byRule.set(reason.rule, { reason, services: [...services, servicesText(line)] });
      }
    const items = [...byRule.values()].map(
      ({ reason, services }) => `${services.join('; ')}: ${reasonText(reason, contradicted)}`,
    );
    const { label, target } = pathway.urgencies[urgency];
    return items.length === 0 ? [] : [heading(`${label}: ${target}`), list(once(items))];
  });
  const noted = agreed
    ? plan.notes.map((note) => `${sentence(note.text)} ${groundsText(note.rule, note, contradicted)}`)
    : [];
  const limits = limitsOf(plan, [...told.flatMap(({ reasons }) => reasons), ...(agreed ? plan.notes : [])]);
  return right({
    to: 'gp',
    title: 'Results of screening',
    blocks: [
      paragraph(`To: ${name}`),
      paragraph(`Day of the plan: ${plan.asOf}`),
      paragraph(
        'Name, date of birth, NHS number or other means of finding the patient: ____________________',
      ),
      ...(agreed
        ? []
        : [paragraph('The person has not agreed to this letter. It holds only what safety asks for.')]),
      ...byUrgency,
      ...(noted.length === 0 ? [] : [heading('Also'), list(noted)]),
      ...(plan.cautions.length === 0 ? [] : [heading('Mind'), list(plan.cautions.map(sentence))]),
      ...(limits.length === 0 ? [] : [heading('Limits of these screens'), list(limits)]),
      ...(plan.review === null ? [] : [paragraph(`To be looked at again by ${plan.review.on}.`)]),
      paragraph(`${NOT_A_DIAGNOSIS} ${FOR_CARE_ONLY}`),
    ],
    leftOut: agreed ? [] : ['results and everything below safety: the person has not agreed to be referred'],
  });
};

const letterToPerson = (plan: Plan, pathway: Pathway): Letter => {
  const leftOut: string[] = [];
  const isDiscreet = ({ id }: ServiceLine): boolean => pathway.services[id]?.discreet === true;
  const openReasons = ({ reasons }: Recommendation): readonly Reason[] =>
    reasons.filter((reason) => !speaksOfDiscreet(reason, pathway));
  const lines = linesOf(plan).filter((line) => {
    // Of one alternative, or one service of a rule, nothing can be said that would not speak of the discreet one.
    const isTold = !line.services.some(isDiscreet) && openReasons(line).length > 0;
    if (!isTold)
      leftOut.push(`${line.services.map(({ name }) => name).join('; ')}: tell the person face to face`);
    return isTold;
  });
  const byUrgency = URGENCIES.flatMap((urgency): readonly LetterBlock[] => {
    const here = lines.filter((line) => line.urgency === urgency);
    const items = here.flatMap((line) => {
      const said = line.services.flatMap((each) => {
        const plain = pathway.services[each.id]?.plain;
        return plain === undefined ? [] : [`${plain}${providerText(each)}`];
      });
      const services = line.choice === 'one-of' ? [said.map(inSentence).join(', or ')] : said;
      return [...services.map(sentence), ...openReasons(line).flatMap(({ plain }) => plain ?? [])];
    });
    return items.length === 0 ? [] : [heading(capital(pathway.urgencies[urgency].plain)), list(once(items))];
  });
  const refer = plan.consent.refer;
  return {
    to: 'person',
    title: 'Your plan',
    blocks: [
      paragraph('This plan is for you. You can choose who sees it.'),
      ...(byUrgency.length === 0
        ? [paragraph('There is no new help to plan today. If you feel worse, please tell us.')]
        : byUrgency),
      ...(refer === 'agreed'
        ? []
        : [
            paragraph(
              refer === 'withheld'
                ? 'You said no to some help. That is fine. You can change your mind at any time.'
                : 'We will ask you first. You can say yes or no to each one.',
            ),
          ]),
      ...(plan.review === null
        ? []
        : [paragraph(`We will look at this plan with you by ${dayInWords(plan.review.on)}.`)]),
      heading('If things get worse'),
      paragraph(pathway.letters.safetyNet),
    ],
    leftOut,
  };
};

/** A rule of which some service is discreet speaks of it in all its words. */
const speaksOfDiscreet = ({ rule }: Reason, pathway: Pathway): boolean =>
  pathway.rules.some(
    ({ id, refer }) =>
      id === rule && refer.services.some((service) => pathway.services[service]?.discreet === true),
  );

const letterToNavigator = (plan: Plan, pathway: Pathway, name: string): Either<NoLetter, Letter> => {
  if (plan.consent.refer !== 'agreed') {
    return left({
      code: 'no-consent',
      message: 'the person has not agreed to be referred: ask first; a hand-over is never sent for safety',
    });
  }
  const { share } = plan.consent;
  const mayName = ({ id }: ServiceLine): boolean => {
    const service = pathway.services[id];
    return service?.discreet !== true && (share || service?.neutral === true);
  };
  const lines = linesOf(plan);
  const byUrgency = URGENCIES.flatMap((urgency): readonly LetterBlock[] => {
    // First steps stand above with what is to be done.
    const items = plan.recommendations
      .filter((line) => line.urgency === urgency)
      .flatMap(({ services, after }) =>
        services
          .filter(mayName)
          .map(
            (each) =>
              `${each.name}${providerText(each)}${after.length === 0 ? '' : `: after the first steps (${after.join(', ')})`}`,
          ),
      );
    const { label, target } = pathway.urgencies[urgency];
    return items.length === 0 ? [] : [heading(`${label}: ${target}`), list(once(items))];
  });
  const steps = plan.access.flatMap(({ reasons }) =>
    reasons.map(({ rule, action }) => `${sentence(action)} [${rule}]`),
  );
  const kept = lines.flatMap(({ services }) => services.filter((each) => !mayName(each)));
  return right({
    to: 'navigator',
    title: 'Hand-over',
    blocks: [
      paragraph(`To: ${name}`),
      paragraph(`Day of the plan: ${plan.asOf}`),
      paragraph('Name, and how to reach the person: ____________________'),
      ...(steps.length === 0 ? [] : [heading('First'), list(steps)]),
      ...byUrgency,
      paragraph(
        share
          ? 'The person agrees that you know which services these are. Results and answers are not part of this hand-over.'
          : 'The person has not agreed to sharing about health. Ask the person what else there is to help with.',
      ),
      paragraph(FOR_CARE_ONLY),
    ],
    leftOut:
      kept.length === 0
        ? []
        : [`${kept.length} services that speak of health, or must not be named, were left out`],
  });
};
