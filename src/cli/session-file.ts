import { type Either, left, right } from 'fp-ts/Either';
import * as z from 'zod';
import type { Directory } from '../referral/index.js';
import type { JsonText } from './json-text.js';
import { nearest } from './nearest.js';
import { dataError, type Failure, failuresIn } from './outcome.js';

const text = (what: string) =>
  z
    .string({
      error: (issue) => (issue.input === undefined ? `is missing: ${what}` : `must be text: ${what}`),
    })
    .min(1, { error: `is empty: ${what}` });

const day = (what: string) =>
  text(what).regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, {
    error: `must be a day as YYYY-MM-DD: ${what}`,
  });

const mapping =
  (what: string) =>
  (issue: { readonly code?: string; readonly input?: unknown }): string =>
    issue.code === 'unrecognized_keys'
      ? 'is no key that is known here'
      : issue.input === undefined
        ? `is missing: ${what}`
        : `must be an object: ${what}`;

/** An object with any keys. (A schema of a record would pass over `__proto__` in silence; here it is a key like any other.) */
const anyObject = (what: string) =>
  z.custom<Readonly<Record<string, unknown>>>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    { error: mapping(what) },
  );

const anyFacts = anyObject('what is known of the person, { "age": 34 }');

const form = z.strictObject(
  {
    instrument: text('the id of an instrument, such as "phq-9"'),
    on: day('when the form was filled in'),
    // What an answer may be is for the instrument to say, so that a bad one never hides a flag.
    answers: anyObject('from item to answer, { "q1": 2 }'),
    'missing-rule': z.exactOptional(text('the name of a sourced missing rule')),
    administered: z.exactOptional(
      z.array(text('panel.member'), { error: 'must be a list of panel members, ["substance.cannabis"]' }),
    ),
  },
  { error: mapping('a form, { "instrument", "on", "answers" }') },
);

const session = z.strictObject(
  {
    note: z.exactOptional(text('a note for the reader')),
    'as-of': day('the day for which the plan is made'),
    pathway: text('the id of a pathway, such as "england-probation"'),
    area: z.exactOptional(text('an area of the directory')),
    directory: z.exactOptional(text('the path of a directory file')),
    proposals: z.exactOptional(z.array(text('the id of a rule'), { error: 'must be a list of rule ids' })),
    person: z.optional(anyFacts),
    forms: z.array(form, {
      error: (issue) =>
        issue.input === undefined ? 'is missing: the forms that were filled in' : 'must be a list of forms',
    }),
  },
  { error: mapping('a session, { "as-of", "pathway", "person", "forms" }') },
);

/** A session as written in its file. */
export type SessionFile = z.infer<typeof session>;

const SESSION_KEYS = Object.keys(session.shape);
const FORM_KEYS = Object.keys(form.shape);

const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step).slice(0, 60)}`))
    .join('')
    .replace(/^\./, '');

const steps = (path: readonly PropertyKey[]): readonly (string | number)[] =>
  path.map((step) => (typeof step === 'number' ? step : String(step)));

/** One thing that the schema refuses: the value at `path`, or a key in it that is none. */
interface Refusal {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly key?: string;
}

const refusalsIn = (error: z.ZodError): readonly Refusal[] =>
  error.issues.flatMap((issue): readonly Refusal[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: issue.path, message: issue.message, key }))
      : [{ path: issue.path, message: issue.message }],
  );

const failuresOf = (
  error: z.ZodError,
  json: JsonText,
  file: string,
  knownAt: (path: readonly PropertyKey[]) => readonly string[],
): readonly Failure[] =>
  failuresIn(refusalsIn(error), file, ({ path, message, key }) => {
    if (key === undefined) {
      const at = pathText(path);
      return dataError(
        'session',
        `${file}:${json.placeOf(steps(path))}`,
        `${at === '' ? 'this file' : at} ${message}`,
      );
    }
    const known = knownAt(path);
    const meant = nearest(key, known);
    const list = meant === undefined ? `; known here: ${known.join(', ')}` : '';
    return dataError(
      'unknown-key',
      `${file}:${json.placeOfKey([...steps(path), key])}`,
      `'${pathText([...path, key])}' is no key that is known here${list}`,
      meant,
    );
  });

/** Reads a session; `Left` holds every problem with its place, never an answer. */
export const readSession = (json: JsonText, file: string): Either<readonly Failure[], SessionFile> => {
  const parsed = session.safeParse(json.value);
  if (parsed.success) return right(parsed.data);
  return left(
    failuresOf(parsed.error, json, file, (path) => (path[0] === 'forms' ? FORM_KEYS : SESSION_KEYS)),
  );
};

/** The area's key in the directory; `Left` where it has no such area. */
export const areaOf = (found: Directory, area: string, place: string): Either<Failure, string> =>
  Object.hasOwn(found.areas, area)
    ? right(area)
    : left(
        dataError(
          'unknown-area',
          place,
          `the directory has no area '${area.slice(0, 60)}'`,
          nearest(area, Object.keys(found.areas)),
        ),
      );
