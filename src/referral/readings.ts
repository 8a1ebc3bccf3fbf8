import { type Either, isLeft } from 'fp-ts/Either';
import type { Answers, Context, Instrument, Result, ScoringError, Shape } from '../instrument/index.js';
import { project, score } from '../scoring/index.js';
import { byText } from './by-text.js';
import { calendarDate, isWithin } from './calendar.js';
import type { PlanProblem, Reading } from './plan.js';
import type { Form, Session } from './session.js';

/** A form with its outcome and the instrument it was scored by. */
export interface Scored {
  readonly instrument: Instrument;
  readonly on: string | null;
  readonly date: Date | null;
  /** The longer form it was taken from; `null` where it was filled in by itself. */
  readonly derivedFrom: string | null;
  readonly outcome: Either<ScoringError, Result>;
}

/** A scored form with its part in the plan. */
export interface Placed extends Scored {
  readonly status: Reading['status'];
  /** Inside its recall window. */
  readonly fresh: boolean;
}

/** The forms of a session by instrument (in the order of ids), newest first, and what was wrong with them. */
export interface Readings {
  readonly byInstrument: ReadonlyMap<string, readonly Placed[]>;
  readonly problems: readonly PlanProblem[];
}

const scoreForm = (
  { instrument, answers, options }: Pick<Form, 'instrument' | 'answers' | 'options'>,
  on: string | null,
  context: Context,
): Either<ScoringError, Result> =>
  // `score` reads answers as unknown data and reports what it cannot read; the general shape requires no context.
  score(
    instrument,
    answers as Answers<Shape>,
    context as Required<Context>,
    on === null ? { ...options } : { ...options, on },
  );

/** The outcome that came with a form, where it was made with this very definition. */
const knownOutcome = ({ instrument, outcome }: Form): Form['outcome'] => {
  if (outcome === undefined) return undefined;
  const { provenance } = isLeft(outcome) ? outcome.left : outcome.right;
  return provenance.instrument === instrument.id && provenance.digest.scoring === instrument.digest.scoring
    ? outcome
    : undefined;
};

/** Scores each form that is not scored yet, and the short forms that it contains. */
export const scoreSession = (session: Session, context: Context): readonly Scored[] => {
  const asOf = calendarDate(session.asOf);
  const scored: Scored[] = [];
  for (const form of session.forms) {
    const { instrument } = form;
    const date = form.on === session.asOf ? asOf : calendarDate(form.on);
    const on = date === null ? null : form.on;
    const outcome = knownOutcome(form) ?? scoreForm(form, on, context);
    scored.push({ instrument, on, date, derivedFrom: null, outcome });
    for (const short of session.derive ?? NOTHING) {
      if (!Object.hasOwn(instrument.contains, short.id)) continue;
      const answers = project(instrument, short.id, form.answers as Answers<Shape>, context);
      if (isLeft(answers)) continue;
      const outcome = scoreForm({ instrument: short, answers: answers.right }, on, context);
      scored.push({ instrument: short, on, date, derivedFrom: instrument.id, outcome });
    }
  }
  return scored;
};

const NOTHING: readonly Instrument[] = [];

const time = ({ date }: Scored): number => date?.getTime() ?? Number.NEGATIVE_INFINITY;

/** Whether forms that were scored say anything different. */
const differ = (forms: readonly Placed[]): boolean => {
  let first: string | null = null;
  for (const { outcome } of forms) {
    if (isLeft(outcome)) continue;
    const { bands, cutOffs, scores } = outcome.right;
    const says = JSON.stringify([bands, cutOffs, scores]);
    if (first === null) first = says;
    else if (first !== says) return true;
  }
  return false;
};

const isAfter = (scored: Scored, asOf: Date | null): boolean =>
  asOf !== null && time(scored) > asOf.getTime();

/**
 * Gives each scored form its part: the newest of an instrument is current (all of them where several bear the same day),
 * older ones count for their flags while they are inside their recall window. A day that has not come yet is wrong: such a
 * form stands beside the newest and takes nothing from it. The order of `scored` is irrelevant.
 */
export const placeReadings = (scored: readonly Scored[], asOf: Date | null): Readings => {
  const groups = new Map<string, Scored[]>();
  const problems: PlanProblem[] = [];
  for (const each of scored) {
    const forms = groups.get(each.instrument.id);
    if (forms === undefined) groups.set(each.instrument.id, [each]);
    else forms.push(each);
    if (each.derivedFrom === null) addFormProblems(problems, each, asOf);
  }
  const byInstrument = new Map<string, readonly Placed[]>();
  for (const id of [...groups.keys()].sort()) {
    const forms = placed(groups.get(id) as readonly Scored[], asOf);
    byInstrument.set(id, forms);
    if (forms.length > 1) addDisagreement(problems, forms);
  }
  return { byInstrument, problems: problems.sort((a, b) => byText(a.message, b.message)) };
};

/** The forms of one instrument, newest first. */
const placed = (forms: readonly Scored[], asOf: Date | null): readonly Placed[] => {
  let newest = Number.NEGATIVE_INFINITY;
  for (const form of forms) if (!isAfter(form, asOf)) newest = Math.max(newest, time(form));
  return forms
    .map((form): Placed => {
      const { instrument, on, date, derivedFrom, outcome } = form;
      const fresh = isWithin(date, instrument.recall, asOf);
      const status = time(form) >= newest ? 'current' : fresh ? 'flags-only' : 'past';
      return { instrument, on, date, derivedFrom, outcome, status, fresh };
    })
    .sort(byDayAndWords);
};

const addDisagreement = (problems: PlanProblem[], forms: readonly Placed[]): void => {
  const current = forms.filter(({ status }) => status === 'current');
  const [one] = current;
  if (one === undefined || !differ(current)) return;
  const { id, short } = one.instrument;
  const of = current.some((each) => time(each) !== time(one)) ? '' : ' of the same day';
  const message = `the forms of ${short}${of} differ: both stand; go through them with the person`;
  problems.push({ status: 'forms-disagree', at: id, message });
};

const addFormProblems = (problems: PlanProblem[], scored: Scored, asOf: Date | null): void => {
  const { instrument, on, outcome } = scored;
  const { id, short } = instrument;
  if (on === null) {
    const message = `${short} has no day: give it as YYYY-MM-DD; until then it counts as the oldest`;
    problems.push({ status: 'bad-date', at: id, message });
  }
  if (isAfter(scored, asOf)) {
    const message = `${short} bears a day after the day of the plan: mend the day of the form or that of the plan; until then it stands beside the newest`;
    problems.push({ status: 'bad-date', at: id, message });
  }
  if (isLeft(outcome)) {
    const wrong = outcome.left.problems.map(({ message }) => message).join(' ');
    problems.push({ status: 'not-scored', at: id, message: `${short} could not be scored: ${wrong}` });
  }
};

/** Newest first, then by what they say, so that the order in which forms arrive leaves no trace. */
const byDayAndWords = (a: Placed, b: Placed): number => time(b) - time(a) || byText(wordsOf(a), wordsOf(b));

const wordsOf = ({ derivedFrom, outcome }: Placed): string =>
  `${derivedFrom ?? ''} ${JSON.stringify(outcome)}`;
