import { ABSENT, AMONG, OPEN, UNREADABLE } from '../formula/evaluate.js';
import { NONE_AMONG, type Recorded } from '../formula/partial-form.js';
import type {
  ChoiceVariable,
  Instrument,
  MissingReason,
  NumberVariable,
  Problem,
  ProblemCode,
  Program,
  ScoreOptions,
  Variable,
} from '../instrument/index.js';
import { listed, problem, unknownName } from './problems.js';

/** Answers, read against an instrument. Whatever is wrong is in `problems`; the rest stands as it was given. */
export interface Reading extends Recorded {
  readonly problems: readonly Problem[];
  /** Why a variable has no answer, by index; nothing = `not-asked`. */
  readonly reasons: Readonly<Record<number, MissingReason | 'invalid'>>;
  readonly unscored: Readonly<Record<string, string>>;
  /** By member of a panel: was it administered on this form? */
  readonly administered: readonly boolean[];
}

interface Draft {
  readonly at: number[];
  among: Record<number, readonly number[]>;
  readonly problems: Problem[];
  readonly reasons: Record<number, MissingReason | 'invalid'>;
  readonly unscored: Record<string, string>;
  readonly administered: boolean[];
}

/** What is wrong with an answer, and what to do about it. */
type Wrong = readonly [code: ProblemCode, remedy: string];

const REASONS = ['refused', 'not-known', 'not-asked'];
const CONTEXT = 'age is in whole years from 0 to 120, sex "female" or "male"; each may be "unknown"';

/** Reads answers, context and panel members. Total: any JSON value may be given for each. */
export function readAnswers(
  { program }: Instrument,
  answers: unknown,
  context: unknown,
  administered: ScoreOptions['administered'],
): Reading {
  const { variables, items } = program;
  const draft: Draft = {
    at: [],
    among: NONE_AMONG,
    problems: [],
    reasons: {},
    unscored: {},
    administered: program.members.map(({ asked }) => asked === 'all'),
  };
  const { at, problems, reasons } = draft;
  const given = asRecord(answers, 'answers', draft);
  let found = 0;
  for (let v = 0; v < items; v++) {
    const variable = variables[v] as Variable;
    const answer = own(given, variable.id);
    at.push(OPEN);
    if (answer === undefined) continue;
    found++;
    const wrong = answer === null ? undefined : readAnswer(variable, v, answer, draft);
    if (wrong === undefined) continue;
    problems.push(problem(wrong[0], variable.id, `not an answer to this item; ${wrong[1]}`));
    reasons[v] = 'invalid';
    at[v] = UNREADABLE;
  }
  const keys = Object.keys(given);
  if (keys.length !== found) {
    const ids = variables.slice(0, items).map(({ id }) => id);
    for (const key of keys) if (!ids.includes(key)) problems.push(unknownName('unknown-item', key, ids));
  }
  readContext(program, asRecord(context ?? {}, 'context', draft), draft);
  if (program.members.length > 0) readMembers(program, given, administered, draft);
  return draft;
}

function asRecord(value: unknown, at: string, { problems }: Draft): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  if (value !== undefined) problems.push(problem('not-an-object', at, 'give an object, such as { "q1": 2 }'));
  return {};
}

/** What the object itself holds: an inherited member is nobody's answer. */
function own<T>(given: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(given, key) ? given[key] : undefined;
}

function readAnswer(variable: Variable, v: number, answer: unknown, draft: Draft): Wrong | undefined {
  if (typeof answer === 'object' && answer !== null) return readMissing(v, answer, draft);
  if (typeof answer !== 'string' && typeof answer !== 'number')
    return ['wrong-type', 'give the code as text or a number'];
  const text = String(answer);
  if (variable.kind === 'number') {
    const wrong = readNumber(variable, v, text, draft);
    if (wrong !== undefined) return wrong;
  } else if (variable.kind === 'choice') {
    const { codes, missing = {} } = variable;
    const choice = codes.indexOf(text);
    if (choice < 0) {
      const reason = own(missing, text);
      if (reason === undefined)
        return ['not-an-option', `use ${listed([...new Set([...codes, ...Object.keys(missing)])])}`];
      draft.reasons[v] = reason;
      return undefined;
    }
    draft.at[v] = choice;
    if (codes[choice + 1] === text) {
      draft.at[v] = AMONG;
      draft.among = { ...draft.among, [v]: [...codes.keys()].filter((other) => codes[other] === text) };
    }
  }
  if (variable.kind === 'text' || variable.unscored === true) draft.unscored[variable.id] = text;
  return undefined;
}

function readMissing(v: number, answer: object, { reasons }: Draft): Wrong | undefined {
  const reason: unknown = Object.values(answer)[0];
  const isMissing = Object.keys(answer).join() === 'missing';
  if (!isMissing || !REASONS.includes(reason as string))
    return [
      isMissing ? 'unknown-missing-reason' : 'wrong-type',
      `give { "missing": reason }, the reason one of ${listed(REASONS)}`,
    ];
  reasons[v] = reason as MissingReason;
  return undefined;
}

/** Decimal text is read as a whole count of 10^-places: exact, no binary fraction on the way. */
function readNumber(
  { unit, places, min, max, step }: NumberVariable,
  v: number,
  text: string,
  { at }: Draft,
): Wrong | undefined {
  const parts = /^(\d{1,9})(?:\.(\d{1,9}?)0*)?$/.exec(text);
  const fraction = parts?.[2] ?? '';
  const count = Number(`${parts?.[1]}${fraction.padEnd(places, '0')}`);
  const code =
    parts === null
      ? 'not-a-number'
      : fraction.length > places || (count - min) % step !== 0
        ? 'not-on-step'
        : count < min || count > max
          ? 'out-of-range'
          : undefined;
  if (code !== undefined)
    return [
      code,
      `give ${decimal(min, places)} to ${decimal(max, places)} ${unit} in steps of ${decimal(step, places)}`,
    ];
  at[v] = count;
  return undefined;
}

/** A whole count of 10^-places as decimal text. */
export function decimal(count: number, places: number): string {
  return String(count / 10 ** places);
}

function readContext(
  { variables, items }: Program,
  given: Readonly<Record<string, unknown>>,
  { at, problems }: Draft,
): void {
  for (const key of Object.keys(given))
    if (key !== 'age' && key !== 'sex') problems.push(problem('unknown-context', key, CONTEXT));
  const age = own(given, 'age') ?? 'unknown';
  const sex = own(given, 'sex') ?? 'unknown';
  const isAge = Number.isInteger(age) && (age as number) >= 0 && (age as number) <= 120;
  if (!isAge && age !== 'unknown') problems.push(problem('bad-context', 'age', CONTEXT));
  if (typeof sex !== 'string') problems.push(problem('bad-context', 'sex', CONTEXT));
  for (const variable of variables.slice(items)) {
    if (variable.id === 'age') at.push(isAge ? (age as number) : OPEN);
    // Any other value is unknown: no rule guesses.
    else at.push((variable as ChoiceVariable).codes.indexOf(sex as string));
  }
}

function readMembers(
  { variables, members }: Program,
  given: Readonly<Record<string, unknown>>,
  chosen: unknown,
  { at, problems, administered }: Draft,
): void {
  const names = members.map(({ panel, id }) => `${panel}.${id}`);
  for (const name of Array.isArray(chosen) ? chosen.map(String) : []) {
    const member = names.indexOf(name);
    if (member < 0) problems.push(unknownName('unknown-member', name, names));
    else administered[member] = true;
  }
  for (const { id, member } of variables)
    if (member !== undefined && (own(given, id) ?? null) !== null) administered[member] = true;
  variables.forEach(({ member }, v) => {
    if (member !== undefined && administered[member] !== true) at[v] = ABSENT;
  });
}
