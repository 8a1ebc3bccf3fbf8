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

/** Unknown names said one by one: each is looked for among all items. */
const MOST_UNKNOWN = 100;

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
  const [given, keys] = asRecord(answers, 'answers', problems);
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
  if (keys.length !== found) {
    const ids = variables.slice(0, items).map(({ id }) => id);
    for (const key of keys.filter((name) => !ids.includes(name)).slice(0, MOST_UNKNOWN))
      problems.push(unknownName('unknown-item', key, ids));
  }
  readContext(program, asRecord(context ?? {}, 'context', problems), draft);
  if (program.members.length > 0) readMembers(program, given, administered, draft);
  return draft;
}

/** A record with its own keys; empty, with a problem, where the value is none. */
export function asRecord(
  value: unknown,
  at: string,
  problems: Problem[],
): readonly [given: object, keys: readonly string[]] {
  try {
    // A map, a set or a day has no keys of its own, and would read as an empty form.
    if (Object.prototype.toString.call(value) === '[object Object]')
      return [value as object, Object.keys(value as object)];
  } catch {
    // A proxy that does not say what it holds is no record.
  }
  if (value !== undefined) problems.push(problem('not-an-object', at, 'give an object, such as { "q1": 2 }'));
  return [{}, []];
}

/** Stands for what a getter or a proxy threw instead of giving: no item and no fact takes it. */
const UNREAD = Symbol();

/** What the object itself holds: an inherited member is nobody's answer. Whatever is thrown on the way stays here. */
export function own(given: unknown, key: string): unknown {
  try {
    const record = given as Readonly<Record<string, unknown>>;
    return Object.hasOwn(record, key) ? record[key] : undefined;
  } catch {
    return UNREAD;
  }
}

function readAnswer(
  variable: Variable,
  v: number,
  answer: NonNullable<unknown>,
  draft: Draft,
): Wrong | undefined {
  if (typeof answer === 'object') return readMissing(v, answer, draft);
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
      const reason = Object.hasOwn(missing, text) ? missing[text] : undefined;
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
  const isMissing = asRecord(answer, '', [])[1].join() === 'missing';
  const reason = own(answer, 'missing');
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
  [given, keys]: ReturnType<typeof asRecord>,
  { at, problems }: Draft,
): void {
  for (const key of keys)
    if (key !== 'age' && key !== 'sex') problems.push(unknownName('unknown-context', key, ['age', 'sex']));
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

function textsOf(list: unknown): readonly string[] {
  try {
    return Array.isArray(list) ? Array.from(list, String) : [];
  } catch {
    return ['administered'];
  }
}

function readMembers(
  { variables, members }: Program,
  given: object,
  chosen: unknown,
  { at, problems, administered }: Draft,
): void {
  const names = members.map(({ panel, id }) => `${panel}.${id}`);
  for (const name of textsOf(chosen)) {
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
