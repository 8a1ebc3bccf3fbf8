import { ABSENT, AMONG, OPEN, UNREADABLE } from '../formula/evaluate.js';
import { NONE_AMONG, type Recorded } from '../formula/partial-form.js';
import { closest } from '../formula/spelling.js';
import type {
  ChoiceVariable,
  Instrument,
  MissingReason,
  NumberVariable,
  Problem,
  ScoreOptions,
} from '../instrument/index.js';

/** Answers, read against an instrument. Whatever is wrong is in `problems`; the rest stands as it was given. */
export interface Reading {
  readonly recorded: Recorded;
  readonly problems: readonly Problem[];
  /** Why a variable has no answer, by index; nothing = `not-asked`. */
  readonly reasons: Readonly<Record<number, MissingReason | 'invalid'>>;
  readonly unscored: Readonly<Record<string, string>>;
  /** By member of a panel: was it administered on this form? */
  readonly administered: readonly boolean[];
}

const REASONS: readonly string[] = ['refused', 'not-known', 'not-asked'];
const CONTEXT: readonly string[] = ['age', 'sex'];

interface Draft {
  readonly at: number[];
  among: Record<number, readonly number[]> | null;
  readonly problems: Problem[];
  readonly reasons: Record<number, MissingReason | 'invalid'>;
  readonly unscored: Record<string, string>;
}

/** Reads answers, context and panel members. Total: any JSON value may be given for each. */
export function readAnswers(
  instrument: Instrument,
  answers: unknown,
  context: unknown,
  administered: ScoreOptions['administered'],
): Reading {
  const { variables, items, members } = instrument.program;
  const draft: Draft = { at: [], among: null, problems: [], reasons: {}, unscored: {} };
  const given = asRecord(answers, 'answers', draft);
  let found = 0;
  for (let v = 0; v < items; v++) {
    const id = (variables[v] as { id: string }).id;
    const answer = own(given, id);
    draft.at.push(OPEN);
    if (answer === undefined) continue;
    found += 1;
    if (answer !== null) readAnswer(instrument, v, answer, draft);
  }
  const keys = Object.keys(given);
  if (keys.length !== found) unknownItems(instrument, keys, draft);
  readContext(instrument, context, draft);
  const present = members.length === 0 ? NO_MEMBERS : readMembers(instrument, given, administered, draft);
  return {
    recorded: { at: draft.at, among: draft.among ?? NONE_AMONG },
    problems: draft.problems,
    reasons: draft.reasons,
    unscored: draft.unscored,
    administered: present,
  };
}

const NO_MEMBERS: readonly boolean[] = [];

function asRecord(value: unknown, at: string, draft: Draft): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  if (value !== undefined) {
    draft.problems.push({
      code: 'not-an-object',
      at,
      message: `${at}: give an object from item id to answer, such as { "q1": 2 }.`,
    });
  }
  return {};
}

/** What the object itself holds: an inherited member is nobody's answer. */
function own(given: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(given, key) ? given[key] : undefined;
}

function unknownItems(instrument: Instrument, keys: readonly string[], draft: Draft): void {
  const ids = instrument.program.variables.slice(0, instrument.program.items).map((variable) => variable.id);
  for (const key of keys) {
    if (ids.includes(key)) continue;
    const meant = closest(key, ids);
    draft.problems.push({
      code: 'unknown-item',
      at: shown(key),
      message: `${shown(key)}: ${instrument.short} has no item of this name; ${
        meant === undefined ? `its items are ${listed(ids)}` : `did you mean ${meant}?`
      }`,
      ...(meant === undefined ? {} : { didYouMean: meant }),
    });
  }
}

function shown(key: string): string {
  return key.length <= 40 ? key : `${key.slice(0, 40)}…`;
}

function listed(ids: readonly string[]): string {
  return ids.length <= 12 ? ids.join(', ') : `${ids.slice(0, 11).join(', ')} … ${ids[ids.length - 1]}`;
}

function readAnswer(instrument: Instrument, v: number, answer: unknown, draft: Draft): void {
  const variable = instrument.program.variables[v] as { id: string; kind: string };
  if (typeof answer === 'object' && answer !== null) {
    readMissing(v, variable.id, answer, draft);
  } else if (typeof answer !== 'string' && typeof answer !== 'number') {
    invalid(
      v,
      draft,
      'wrong-type',
      variable.id,
      'give the code as text, or the number with that decimal text',
    );
  } else if (variable.kind === 'choice') {
    readChoice(variable as ChoiceVariable, v, String(answer), draft);
  } else if (variable.kind === 'number') {
    readNumber(variable as NumberVariable, v, String(answer), draft);
  } else {
    draft.unscored[variable.id] = String(answer);
  }
}

function readMissing(v: number, id: string, answer: object, draft: Draft): void {
  const keys = Object.keys(answer);
  const reason = (answer as { missing?: unknown }).missing;
  if (keys.length === 1 && keys[0] === 'missing' && typeof reason === 'string' && REASONS.includes(reason)) {
    draft.reasons[v] = reason as MissingReason;
    return;
  }
  const known = keys.length === 1 && keys[0] === 'missing';
  invalid(
    v,
    draft,
    known ? 'unknown-missing-reason' : 'wrong-type',
    id,
    'a missing answer is { "missing": "refused" }, { "missing": "not-known" } or { "missing": "not-asked" }',
  );
}

function readChoice(variable: ChoiceVariable, v: number, code: string, draft: Draft): void {
  const choice = variable.codes.indexOf(code);
  if (choice < 0) {
    const reason =
      variable.missing !== undefined && Object.hasOwn(variable.missing, code)
        ? variable.missing[code]
        : undefined;
    if (reason !== undefined) draft.reasons[v] = reason;
    else {
      const codes = [...new Set([...variable.codes, ...Object.keys(variable.missing ?? {})])];
      invalid(v, draft, 'not-an-option', variable.id, `its options are ${listed(codes)}`);
    }
    return;
  }
  if (variable.codes[choice + 1] === code) {
    draft.at[v] = AMONG;
    draft.among = draft.among ?? {};
    draft.among[v] = [...variable.codes.keys()].filter((other) => variable.codes[other] === code);
  } else draft.at[v] = choice;
  if (variable.unscored === true) draft.unscored[variable.id] = code;
}

function readNumber(variable: NumberVariable, v: number, text: string, draft: Draft): void {
  const read = countOf(text, variable.places);
  const range = `${decimal(variable.min, variable.places)} to ${decimal(variable.max, variable.places)} ${variable.unit}`;
  if (read === 'not-a-number') {
    invalid(
      v,
      draft,
      'not-a-number',
      variable.id,
      `give a number of ${variable.unit} with a decimal point, ${range}`,
    );
  } else if (read === 'too-fine' || (read - variable.min) % variable.step !== 0) {
    invalid(
      v,
      draft,
      'not-on-step',
      variable.id,
      `give it in steps of ${decimal(variable.step, variable.places)} ${variable.unit}`,
    );
  } else if (read < variable.min || read > variable.max) {
    invalid(v, draft, 'out-of-range', variable.id, `the range is ${range}; check the unit`);
  } else {
    draft.at[v] = read;
    if (variable.unscored === true) draft.unscored[variable.id] = text;
  }
}

/** A decimal text as a whole count of 10^-places: exact, no binary fraction on the way. */
function countOf(text: string, places: number): number | 'not-a-number' | 'too-fine' {
  const parts = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(text);
  if (parts === null) return 'not-a-number';
  const fraction = (parts[2] ?? '').replace(/0+$/, '');
  return fraction.length > places ? 'too-fine' : Number(`${parts[1]}${fraction.padEnd(places, '0')}`);
}

/** A whole count of 10^-places as decimal text. */
export function decimal(count: number, places: number): string {
  return places === 0 ? String(count) : (count / 10 ** places).toFixed(places).replace(/\.?0+$/, '');
}

function invalid(v: number, draft: Draft, code: Problem['code'], id: string, remedy: string): void {
  draft.problems.push({ code, at: id, message: `${id}: not an answer to this item; ${remedy}.` });
  draft.reasons[v] = 'invalid';
  draft.at[v] = UNREADABLE;
}

function readContext(instrument: Instrument, context: unknown, draft: Draft): void {
  const given = asRecord(context ?? {}, 'context', draft);
  for (const key of Object.keys(given)) {
    if (CONTEXT.includes(key)) continue;
    draft.problems.push({
      code: 'unknown-context',
      at: shown(key),
      message: `${shown(key)}: the context holds age (whole years) and sex ("female", "male" or "unknown") only.`,
    });
  }
  const age = own(given, 'age');
  const sex = own(given, 'sex');
  const ageKnown = age !== undefined && age !== null && age !== 'unknown';
  const ageValid = typeof age === 'number' && Number.isInteger(age) && age >= 0 && age <= 120;
  if (ageKnown && !ageValid) {
    draft.problems.push({
      code: 'bad-context',
      at: 'age',
      message: 'age: give whole years from 0 to 120, or "unknown".',
    });
  }
  if (sex !== undefined && sex !== null && typeof sex !== 'string') {
    draft.problems.push({
      code: 'bad-context',
      at: 'sex',
      message: 'sex: give "female", "male" or "unknown".',
    });
  }
  const { variables, items } = instrument.program;
  for (let v = items; v < variables.length; v++) {
    const variable = variables[v] as { id: string };
    if (variable.id === 'age') draft.at.push(ageKnown && ageValid ? age : OPEN);
    // Any other value is unknown: no rule guesses.
    else draft.at.push((variable as ChoiceVariable).codes.indexOf(sex as string));
  }
}

function readMembers(
  instrument: Instrument,
  given: Record<string, unknown>,
  administered: ScoreOptions['administered'],
  draft: Draft,
): readonly boolean[] {
  const { variables, items, members } = instrument.program;
  const names = members.map((member) => `${member.panel}.${member.id}`);
  const present = members.map((member) => member.asked === 'all');
  for (const name of Array.isArray(administered) ? (administered as unknown[]) : []) {
    const member = typeof name === 'string' ? names.indexOf(name) : -1;
    if (member >= 0) present[member] = true;
    else {
      const meant = closest(String(name), names);
      draft.problems.push({
        code: 'unknown-member',
        at: shown(String(name)),
        message: `${shown(String(name))}: no such member of a panel; the members are ${listed(names)}.`,
        ...(meant === undefined ? {} : { didYouMean: meant }),
      });
    }
  }
  for (let v = 0; v < items; v++) {
    const { id, member } = variables[v] as { id: string; member?: number };
    if (member !== undefined && (own(given, id) ?? null) !== null) present[member] = true;
  }
  for (let v = 0; v < items; v++) {
    const { member } = variables[v] as { member?: number };
    if (member !== undefined && present[member] !== true) draft.at[v] = ABSENT;
  }
  return present;
}
