import { type Either, isLeft, isRight } from 'fp-ts/Either';
import type {
  Answers,
  Context,
  Instrument,
  Result,
  ScoreOptions,
  ScoringError,
  Shape,
} from '../instrument/index.js';
import { project, score } from '../scoring/index.js';
import { calendarDate, isWithin } from './calendar.js';
import type { PlanProblem, Reading } from './plan.js';
import type { Form, Session } from './session.js';

/** A form with its outcome and the instrument it was scored by. */
export interface Scored {
  readonly instrument: Instrument;
  readonly on: string | null;
  readonly date: Date | null;
  readonly derivedFrom?: string;
  readonly outcome: Either<ScoringError, Result>;
}

/** A scored form with its part in the plan. */
export interface Placed extends Scored {
  readonly status: Reading['status'];
  /** Inside its recall window. */
  readonly fresh: boolean;
}

/** The forms of a session by instrument, newest first, and what was wrong with them. */
export interface Readings {
  readonly byInstrument: ReadonlyMap<string, readonly Placed[]>;
  readonly problems: readonly PlanProblem[];
}

const scoreForm = (
  instrument: Instrument,
  answers: unknown,
  context: Context,
  options: ScoreOptions,
): Either<ScoringError, Result> =>
  // `score` reads answers as unknown data and reports what it cannot read; the general shape requires no context.
  score(instrument, answers as Answers<Shape>, context as Required<Context>, options);

/** Scores each form, and the short forms that it contains. */
export const scoreSession = (session: Session, context: Context): readonly Scored[] =>
  session.forms.flatMap((form: Form) => {
    const date = calendarDate(form.on);
    const on = date === null ? null : form.on;
    const options: ScoreOptions = { ...form.options, ...(on === null ? {} : { on }) };
    const direct: Scored = {
      instrument: form.instrument,
      on,
      date,
      outcome: scoreForm(form.instrument, form.answers, context, options),
    };
    const derived = (session.derive ?? []).flatMap((short): readonly Scored[] => {
      if (!Object.hasOwn(form.instrument.contains, short.id)) return [];
      const answers = project(form.instrument, short.id, form.answers as Answers<Shape>, context);
      if (isLeft(answers)) return [];
      const outcome = scoreForm(short, answers.right, context, on === null ? {} : { on });
      return [{ instrument: short, on, date, derivedFrom: form.instrument.id, outcome }];
    });
    return [direct, ...derived];
  });

const time = ({ date }: Scored): number => date?.getTime() ?? Number.NEGATIVE_INFINITY;

const differs = (a: Placed, b: Placed): boolean =>
  isRight(a.outcome) &&
  isRight(b.outcome) &&
  JSON.stringify([a.outcome.right.bands, a.outcome.right.cutOffs, a.outcome.right.scores]) !==
    JSON.stringify([b.outcome.right.bands, b.outcome.right.cutOffs, b.outcome.right.scores]);

/**
 * Gives each scored form its part: the newest of an instrument is current (all of them where several bear the same day),
 * older ones count for their flags while they are inside their recall window. The order of `scored` is irrelevant.
 */
export const placeReadings = (scored: readonly Scored[], asOf: Date | null): Readings => {
  const byInstrument = new Map<string, Placed[]>();
  const problems: PlanProblem[] = [];
  const newest = new Map<string, number>();
  for (const each of scored) {
    newest.set(
      each.instrument.id,
      Math.max(time(each), newest.get(each.instrument.id) ?? Number.NEGATIVE_INFINITY),
    );
  }
  for (const each of scored) {
    const { id, recall } = each.instrument;
    const fresh = isWithin(each.date, recall, asOf);
    const status = time(each) === newest.get(id) ? 'current' : fresh ? 'flags-only' : 'past';
    byInstrument.set(id, [...(byInstrument.get(id) ?? []), { ...each, status, fresh }]);
    if (each.derivedFrom === undefined) problems.push(...formProblems(each, asOf));
  }
  for (const [id, forms] of byInstrument) {
    byInstrument.set(id, inOrder(forms));
    const [first, ...others] = forms.filter(({ status }) => status === 'current');
    if (first !== undefined && others.some((other) => differs(first, other))) {
      const message = `the forms of ${first.instrument.short} of the same day differ: both stand`;
      problems.push({ status: 'forms-disagree', at: id, message });
    }
  }
  return { byInstrument, problems: problems.sort((a, b) => (a.message < b.message ? -1 : 1)) };
};

const formProblems = (
  { instrument, on, date, outcome }: Scored,
  asOf: Date | null,
): readonly PlanProblem[] => {
  const { id, short } = instrument;
  const problems: PlanProblem[] = [];
  if (on === null) {
    problems.push({
      status: 'bad-date',
      at: id,
      message: `${short} has no day YYYY-MM-DD; it counts as the oldest`,
    });
  }
  if (date !== null && asOf !== null && date > asOf) {
    problems.push({ status: 'bad-date', at: id, message: `${short} bears a day after the day of the plan` });
  }
  if (isLeft(outcome)) {
    const wrong = outcome.left.problems.map(({ message }) => message).join(' ');
    problems.push({ status: 'not-scored', at: id, message: `${short} could not be scored: ${wrong}` });
  }
  return problems;
};

/** Newest first, then by what they say, so that the order in which forms arrive leaves no trace. */
const inOrder = (forms: readonly Placed[]): Placed[] =>
  forms.length < 2
    ? [...forms]
    : forms
        .map((form) => ({ form, key: `${form.derivedFrom ?? ''} ${JSON.stringify(form.outcome)}` }))
        .sort((a, b) => time(b.form) - time(a.form) || (a.key < b.key ? -1 : Number(a.key > b.key)))
        .map(({ form }) => form);
