import fc from 'fast-check';

/** A file as a tree that can hold what no parsed value can: a key twice, an anchor, a number that is none. */
export type Tree =
  | { readonly kind: 'map'; readonly pairs: readonly (readonly [key: string, value: Tree])[] }
  | { readonly kind: 'list'; readonly of: readonly Tree[] }
  /** Text of the file, as it stands. */
  | { readonly kind: 'raw'; readonly text: string };

const raw = (text: string): Tree => ({ kind: 'raw', text });

/** The tree of plain data. Keys are written in quotes, so that the text is JSON as well as YAML. */
export const treeOf = (value: unknown): Tree => {
  if (Array.isArray(value)) return { kind: 'list', of: value.map(treeOf) };
  if (typeof value !== 'object' || value === null) return raw(JSON.stringify(value) ?? 'null');
  return {
    kind: 'map',
    pairs: Object.entries(value).map(([key, inner]) => [JSON.stringify(key), treeOf(inner)] as const),
  };
};

/** The file of a tree, with one line for each entry. */
export const written = (tree: Tree): string => {
  if (tree.kind === 'raw') return tree.text;
  if (tree.kind === 'list') return `[${tree.of.map(written).join(',\n')}]`;
  return `{${tree.pairs.map(([key, value]) => `${key}: ${written(value)}`).join(',\n')}}`;
};

type Step = (tree: Tree) => Tree;

/** Entries of a tree, itself among them. */
const sizeOf = (tree: Tree): number => {
  if (tree.kind === 'raw') return 1;
  const inside = tree.kind === 'list' ? tree.of : tree.pairs.map(([, value]) => value);
  return inside.reduce((sum, each) => sum + sizeOf(each), 1);
};

/** Changes the entry with this number, counted from the root down. */
const changedAt = (tree: Tree, at: number, change: Step): Tree => {
  let left = at;
  const walk = (here: Tree): Tree => {
    const mine = left === 0;
    left -= 1;
    if (mine) return change(here);
    if (left < 0 || here.kind === 'raw') return here;
    return here.kind === 'list'
      ? { kind: 'list', of: here.of.map(walk) }
      : { kind: 'map', pairs: here.pairs.map(([key, value]) => [key, walk(value)] as const) };
  };
  return walk(tree);
};

const entryAt = (tree: Tree, at: number): Tree => {
  let found = tree;
  changedAt(tree, at, (here) => {
    found = here;
    return here;
  });
  return found;
};

/** Values of the wrong type, out of range, or dangerous in some reader of YAML. */
export const oddValues: readonly string[] = [
  ...[
    'null',
    'true',
    'no',
    '""',
    '" "',
    '[]',
    '{}',
    '[[]]',
    '{"a": {}}',
    '0',
    '-1',
    '-0',
    '0.5',
    '1e3',
    '1e999',
  ],
  ...[
    '999999999999999',
    '99999999999999999999',
    '1000000000',
    '0.000000001',
    '.nan',
    '.inf',
    '0x1F',
    '0o17',
    '1_000',
  ],
  ...[
    '2026-11-23',
    '"2026-02-30"',
    '"P999999999Y"',
    '"q1..q9"',
    '"__proto__"',
    '"constructor"',
    '"sum(q1..q9) * 1e9"',
  ],
  ...[
    '&a 1',
    '*a',
    '&a [*a]',
    '!!str 1',
    '!!js/function "x"',
    '!<tag:x> {}',
    '!!binary aGk=',
    '!!set {a, b}',
  ],
  ...[
    '"\\u202e"',
    '"q\\u200b1"',
    '"\u0441ut-off"',
    '"\u217c"',
    '"\\ud800"',
    '"\\0"',
    '"=1+1"',
    '"../../etc"',
  ],
  `${'['.repeat(30)}${']'.repeat(30)}`,
  `${'['.repeat(70)}${']'.repeat(70)}`,
  `"${'x'.repeat(3_000)}"`,
  `"${'('.repeat(200)}q1${')'.repeat(200)}"`,
  `[${Array.from({ length: 300 }, (_, at) => at).join()}]`,
];

const oddKeys: readonly string[] = [
  ...[
    '"__proto__"',
    '"constructor"',
    '"prototype"',
    '"toString"',
    '"hasOwnProperty"',
    '"<<"',
    '""',
    '" "',
    '1',
    'true',
  ],
  ...[
    'null',
    '[a]',
    '{a: b}',
    '? x',
    '&a k',
    '!!str k',
    '"q\\u200b1"',
    '"\u0456d"',
    '"id "',
    '"ID"',
    '"\\u202eid"',
  ],
  ...[
    '"q1"',
    '"when"',
    '"formula"',
    '"by"',
    '"items"',
    '"id"',
    '"levels"',
    '"female"',
    '"unknown"',
    '"a.b"',
    '"q1..q3"',
  ],
  `"${'k'.repeat(500)}"`,
];

export type Damage =
  | { readonly kind: 'value'; readonly at: number; readonly to: string }
  | { readonly kind: 'key'; readonly at: number; readonly nth: number; readonly to: string }
  | {
      readonly kind: 'drop' | 'double' | 'extra';
      readonly at: number;
      readonly nth: number;
      readonly to: string;
    }
  | { readonly kind: 'move' | 'exchange'; readonly at: number; readonly from: number }
  | { readonly kind: 'wrap'; readonly at: number; readonly deep: number; readonly in: 'list' | 'map' }
  | { readonly kind: 'letter'; readonly at: number; readonly nth: number; readonly to: string };

const place = fc.nat(5_000);

/** One thing done to a file by somebody who knows its shape. */
export const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ kind: fc.constant('value' as const), at: place, to: fc.constantFrom(...oddValues) }),
  fc.record({
    kind: fc.constant('key' as const),
    at: place,
    nth: fc.nat(40),
    to: fc.constantFrom(...oddKeys),
  }),
  fc.record({
    kind: fc.constantFrom('drop' as const, 'double' as const, 'extra' as const),
    at: place,
    nth: fc.nat(40),
    to: fc.constantFrom(...oddKeys),
  }),
  fc.record({ kind: fc.constantFrom('move' as const, 'exchange' as const), at: place, from: place }),
  fc.record({
    kind: fc.constant('wrap' as const),
    at: place,
    deep: fc.constantFrom(1, 2, 20, 45, 70, 3_000),
    in: fc.constantFrom('list' as const, 'map' as const),
  }),
  fc.record({
    kind: fc.constant('letter' as const),
    at: place,
    nth: fc.nat(30),
    to: fc.constantFrom(
      '\u0430',
      '\u200b',
      '\u202e',
      'A',
      '-',
      '.',
      '"',
      '\\',
      '\u0000',
      '\ud83d',
      '\u00e9',
      '0',
      ' ',
    ),
  }),
);

const onPairs =
  (change: (pairs: readonly (readonly [string, Tree])[]) => readonly (readonly [string, Tree])[]): Step =>
  (here) => {
    if (here.kind === 'map') return { kind: 'map', pairs: change(here.pairs) };
    if (here.kind === 'raw') return here;
    // In a list the same is done to its entries.
    return { kind: 'list', of: change(here.of.map((each) => ['', each] as const)).map(([, value]) => value) };
  };

const nest = (inner: Tree, deep: number, kind: 'list' | 'map'): Tree =>
  raw(
    kind === 'list'
      ? `${'['.repeat(deep)}${written(inner)}${']'.repeat(deep)}`
      : `${'{"a": '.repeat(deep)}${written(inner)}${'}'.repeat(deep)}`,
  );

const stepOf = (one: Damage, tree: Tree, size: number): Step => {
  switch (one.kind) {
    case 'value':
      return () => raw(one.to);
    case 'key':
      return onPairs((pairs) =>
        pairs.map(([key, value], at) => [at === one.nth % pairs.length ? one.to : key, value]),
      );
    case 'drop':
      return onPairs((pairs) => pairs.filter((_, at) => at !== one.nth % pairs.length));
    case 'double':
      return onPairs((pairs) =>
        pairs.flatMap((pair, at) => (at === one.nth % pairs.length ? [pair, pair] : [pair])),
      );
    case 'extra':
      return onPairs((pairs) => [...pairs, [one.to, pairs[one.nth % pairs.length]?.[1] ?? raw('1')]]);
    case 'move':
    case 'exchange':
      return () => entryAt(tree, one.from % size);
    case 'wrap':
      return (here) => nest(here, one.deep, one.in);
    case 'letter':
      return (here) =>
        here.kind === 'raw'
          ? raw(`${here.text.slice(0, one.nth)}${one.to}${here.text.slice(one.nth + 1)}`)
          : here;
  }
};

/** The text of a file after all that was done to it. */
export const damagedBy = (tree: Tree, done: readonly Damage[]): string => {
  let now = tree;
  for (const one of done) {
    const size = sizeOf(now);
    const at = one.at % size;
    const before = now;
    now = changedAt(now, at, stepOf(one, now, size));
    if (one.kind === 'exchange') now = changedAt(now, one.from % sizeOf(now), () => entryAt(before, at));
    // A tree moved into itself again and again would grow without end.
    if (sizeOf(now) > 20_000) now = before;
  }
  return written(now);
};

/** The file of `trees`, damaged one to five times, by `by` alone where that is given. */
export const damagedFile = (
  trees: readonly Tree[],
  by: fc.Arbitrary<Damage> = damage,
): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(trees.length - 1), fc.array(by, { minLength: 1, maxLength: 5 }))
    .map(([at, done]) => damagedBy(trees[at] ?? raw(''), done));

/** Damage that leaves each value under its own entry, so that an answer stays an answer. */
export const damageInPlace: fc.Arbitrary<Damage> = damage.filter(
  ({ kind }) => kind !== 'move' && kind !== 'exchange',
);
