import * as z from 'zod';

/**
 * The parts the schemas are made of. Each says what the entry holds, in the error and in the JSON Schema. An error text is
 * a predicate (`is missing: …`); the key it speaks of is put before it.
 */

/** Marks the error text of unknown keys: the keys known there follow, separated by spaces. */
export const knownKeysMark = 'known keys: ';

type RawIssue = { readonly input?: unknown; readonly code?: string | undefined };

const say =
  (must: string, what: string) =>
  (issue: RawIssue): string =>
    issue.input === undefined
      ? `is missing: ${what}`
      : issue.input === null
        ? `is empty: give ${what}, or leave the key out where it is optional`
        : `must be ${must}: ${what}`;

const described = <S extends z.ZodType>(schema: S, what: string): S => schema.meta({ description: what });

/** Text that is not blank. */
export const text = (what: string) =>
  described(
    z.string({ error: say('text (quote it)', what) }).regex(/\S/, { error: `is blank: give ${what}` }),
    what,
  );

/** Text of a fixed shape. */
export const shaped = (pattern: RegExp, must: string, what: string) =>
  described(
    z
      .string({ error: say(`${must}, as text (quote it)`, what) })
      .regex(pattern, { error: `must be ${must}: ${what}` }),
    what,
  );

/** A length of time. */
export const duration = (what: string) =>
  shaped(/^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$/, 'an ISO 8601 duration (P2W)', what);

/** One of a few words. */
export const oneOf = <const W extends readonly [string, ...string[]]>(words: W, what: string) =>
  described(z.enum(words, { error: say(`one of ${words.join(', ')}`, what) }), what);

/** A finite number. */
export const number = (what: string) => described(z.number({ error: say('a number', what) }), what);

/** A number between two ends. */
export const numberBetween = (least: number, most: number, what: string) =>
  described(
    z
      .number({ error: say('a number', what) })
      .min(least, { error: `must be at least ${least}: ${what}` })
      .max(most, { error: `must be at most ${most}: ${what}` }),
    what,
  );

/** A whole number between two ends. */
export const whole = (least: number, most: number, what: string) =>
  described(
    z
      .int({ error: say('a whole number', what) })
      .min(least, { error: `must be at least ${least}: ${what}` })
      .max(most, { error: `must be at most ${most}: ${what}` }),
    what,
  );

/** `true` or `false`. */
export const yesNo = (what: string) => described(z.boolean({ error: say('true or false', what) }), what);

/** `true`, or the key is left out. */
export const onlyTrue = (what: string) =>
  described(z.literal(true, { error: say('true, or the key is left out', what) }), what);

/** One fixed word. */
export const word = <const W extends string>(value: W, what: string) =>
  described(z.literal(value, { error: say(`'${value}'`, what) }), what);

/** A list of at least one entry. */
export const list = <S extends z.ZodType>(of: S, what: string) =>
  described(
    z.array(of, { error: say('a list', what) }).min(1, { error: `is an empty list: give ${what}` }),
    what,
  );

/** A pair of numbers. */
export const pair = (what: string) =>
  described(
    z.tuple([z.number({ error: say('a number', what) }), z.number({ error: say('a number', what) })], {
      error: say('two numbers, [lowest, highest]', what),
    }),
    what,
  );

/** A mapping of known keys, and no other. */
export const record = <S extends z.ZodRawShape>(shape: S, what: string) =>
  described(
    z.strictObject(shape, {
      error: (issue) =>
        issue.code === 'unrecognized_keys'
          ? `${knownKeysMark}${Object.keys(shape).join(' ')}`
          : say('a mapping', what)(issue),
    }),
    what,
  );

/** A mapping from ids to entries. */
export const mapOf = <K extends z.ZodString, V extends z.ZodType>(ids: K, of: V, what: string) =>
  described(z.record(ids, of, { error: say('a mapping', what) }), what);

/** One of several forms. The error shown is that of the form which fits best. */
export const either = <S extends readonly [z.ZodType, z.ZodType, ...z.ZodType[]]>(
  forms: S,
  must: string,
  what: string,
) => described(z.union(forms, { error: say(must, what) }), what);

/** A key that may be left out (but not left empty). */
export const optional = z.exactOptional;

const idShape = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Id of an entry of a definition: lower case, starts with a letter. */
export const entryId = (what: string) =>
  shaped(idShape, 'lower-case letters, digits and single hyphens, starting with a letter', what);

/** Id of an instrument or pathway: as its folder. */
export const instrumentId = (what: string) =>
  shaped(/^[a-z0-9]+([.-][a-z0-9]+)*$/, 'lower-case letters, digits, single hyphens and dots', what);

/** Id of an entry outside its panel: member first (`cannabis.q2`). */
export const fullId = (what: string) =>
  shaped(
    /^([a-z0-9]+(-[a-z0-9]+)*\.)?[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'an id, after its panel member and a dot where it has one',
    what,
  );

/** ISO 8601 day or month. */
export const isoDate = (what: string) =>
  shaped(/^\d{4}-\d{2}(-\d{2})?$/, 'a date as "2026-11-23" or "2026-11"', what);
