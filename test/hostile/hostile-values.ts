import fc from 'fast-check';
import { marker, markerNumber } from './claims.js';

const refuse = (): never => {
  throw new Error(`${marker} out of a trap`);
};

/** Values that no JSON holds, by name: each has taken some program down. */
const makers: Readonly<Record<string, () => unknown>> = {
  'not a number': () => Number.NaN,
  'minus zero': () => -0,
  infinity: () => Number.POSITIVE_INFINITY,
  'minus infinity': () => Number.NEGATIVE_INFINITY,
  'least number': () => 5e-324,
  'inexact integer': () => Number.MAX_SAFE_INTEGER + 2,
  'big integer': () => 10n ** 40n,
  symbol: () => Symbol(marker),
  undefined: () => undefined,
  function: () => () => marker,
  class: () => class {},
  'invalid date': () => new Date(Number.NaN),
  map: () => new Map([[marker, markerNumber]]),
  error: () => new Error(marker),
  'proxied list': () => new Proxy([], {}),
  'no prototype': () => Object.create(null),
  'inherited answers': () => Object.create({ q1: 1, age: 40, missing: 'refused' }),
  'boxed number': () => Object(1),
  'boxed text': () => Object('1'),
  bytes: () => new Uint8Array(3),
  'list of holes': () => new Array(4),
  'list with answers': () => Object.assign([1, 2], { q1: marker }),
  'symbol beside a reason': () => ({ missing: 'refused', [Symbol('more')]: 1 }),
  'hidden reason': () => Object.defineProperty({}, 'missing', { value: 'refused', enumerable: false }),
  'throwing conversions': () => ({ toString: refuse, valueOf: refuse, toJSON: refuse }),
  'throwing reason': () => ({
    get missing() {
      return refuse();
    },
  }),
  'throwing answer': () => ({
    get q1() {
      return refuse();
    },
  }),
  cycle: () => {
    const round: { self?: unknown } = {};
    round.self = round;
    return round;
  },
  'trap in everything': () =>
    new Proxy(
      {},
      {
        get: refuse,
        has: refuse,
        ownKeys: refuse,
        getOwnPropertyDescriptor: refuse,
        getPrototypeOf: refuse,
      },
    ),
  'trap in reading': () => new Proxy({ missing: 'refused' }, { get: refuse }),
  'list with a trap': () => new Proxy([marker], { get: refuse }),
  'proxy that lies about keys': () =>
    new Proxy({ q1: 1 }, { ownKeys: () => ['q1', 'q1x'], getOwnPropertyDescriptor: () => undefined }),
  'proxy with every key': () => new Proxy({}, { get: () => marker, has: () => true }),
  'revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({ q1: 1 }, {});
    revoke();
    return proxy;
  },
  'poisoned keys': () =>
    JSON.parse(
      '{"__proto__": {"q1": 1, "polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
    ),
};

/**
 * How to make a value. What a property draws is the recipe, for a runner that prints or clones a trap falls into it itself.
 */
export type Recipe =
  | { readonly strange: string }
  | { readonly plain: unknown }
  | { readonly entries: readonly (readonly [key: string, Recipe])[] }
  | { readonly list: readonly Recipe[] };

/** The value of a recipe, new each time. */
export const made = (recipe: Recipe): unknown => {
  if ('plain' in recipe) return recipe.plain;
  if ('list' in recipe) return recipe.list.map(made);
  // Unlike assignment this gives `__proto__` as a key like any other.
  if ('entries' in recipe)
    return Object.fromEntries(recipe.entries.map(([key, inner]) => [key, made(inner)]));
  const make = makers[recipe.strange];
  if (make === undefined) throw new Error(`no maker for ${recipe.strange}`);
  return make();
};

/** A value that no JSON holds. */
export const strangeValue: fc.Arbitrary<Recipe> = fc
  .constantFrom(...Object.keys(makers))
  .map((strange) => ({ strange }));

const plain = (value: fc.Arbitrary<unknown>): fc.Arbitrary<Recipe> => value.map((each) => ({ plain: each }));

/** Anything that JavaScript can hold, and now and then an answer's marker. */
export const anyValue: fc.Arbitrary<Recipe> = fc.oneof(
  { weight: 4, arbitrary: strangeValue },
  {
    weight: 3,
    arbitrary: plain(
      fc.constantFrom<unknown>(
        ...[marker, markerNumber, -markerNumber, `${marker}\u202e`, '1e999', [marker], { missing: marker }],
        ...[{ missing: 'refused', q1: marker }, { value: markerNumber }, ''],
      ),
    ),
  },
  { weight: 2, arbitrary: plain(fc.jsonValue({ maxDepth: 3 })) },
  {
    weight: 1,
    arbitrary: plain(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withNullPrototype: true,
        withSparseArray: true,
        maxDepth: 3,
      }),
    ),
  },
);

/** Keys that are no item's and no fact's, and would do harm where they are used as such. */
export const hostileKeys: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'valueOf',
  '__defineGetter__',
  'length',
  'then',
  '',
  ' ',
  'Q1',
  'q1 ',
  'q\u200b1',
  '\u051b1',
  'q1\u0000',
  'q01',
  '0',
  'k'.repeat(5_000),
];

/** An object with some of `known` and some keys that do harm, holding `value`. */
export const recordOf = (known: readonly string[], value: fc.Arbitrary<Recipe>): fc.Arbitrary<Recipe> =>
  fc
    .array(
      fc.tuple(
        fc.oneof(
          { weight: 6, arbitrary: fc.constantFrom(...known) },
          { weight: 1, arbitrary: fc.constantFrom(...hostileKeys) },
          { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
        ),
        value,
      ),
      { maxLength: 14 },
    )
    .map((entries) => ({ entries }));
