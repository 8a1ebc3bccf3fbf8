import { type Either, left, right } from 'fp-ts/Either';
import type { Path } from '../formula/model.js';
import { closest } from '../formula/spelling.js';
import { type Case, type Cases, casesSchema, type Facts } from './cases-schema.js';
import type { LoadedInstrument } from './load.js';
import type { DefinitionProblem, PathProblem } from './problem.js';
import { schemaProblems } from './schema-problems.js';
import { readYaml } from './yaml-document.js';

const unknown = (name: string, known: readonly string[], where: Path, what: string): PathProblem => ({
  code: 'unknown-name',
  where,
  message: `the definition has no ${what} \`${name}\`.`,
  didYouMean: closest(name, known),
});

/** The names of a list, each in its own place. */
const namesOf = (
  found: readonly string[],
  known: readonly string[],
  where: Path,
  what: string,
): readonly PathProblem[] =>
  found.flatMap((name, at) => (known.includes(name) ? [] : [unknown(name, known, [...where, at], what)]));

const keysOf = (
  entries: object | undefined,
  known: readonly string[],
  where: Path,
  what: string,
): readonly PathProblem[] =>
  Object.keys(entries ?? {})
    .filter((name) => !known.includes(name))
    .map((name) => ({ ...unknown(name, known, [...where, name], what), atKey: true }));

const levelProblems = (one: Case, at: Path, { program }: LoadedInstrument): readonly PathProblem[] =>
  Object.entries(one.expect.bands ?? {}).flatMap(([id, expected]) => {
    const levels = program.bands.find((band) => band.id === id)?.levels.map((level) => level.id);
    if (levels === undefined || expected === 'not-applicable') return [];
    const where = [...at, 'expect', 'bands', id];
    if (typeof expected !== 'string') return namesOf(expected, levels, where, 'level');
    return levels.includes(expected) ? [] : [unknown(expected, levels, where, 'level')];
  });

const caseProblems = (one: Case, at: Path, loaded: LoadedInstrument): readonly PathProblem[] => {
  const { model } = loaded;
  const ids = (entries: readonly { readonly id: string }[]): readonly string[] => entries.map(({ id }) => id);
  const items = ids(model.items);
  const { expect, options } = one;
  const expected = [...at, 'expect'];
  const members = model.members.map(({ panel, id }) => `${panel}.${id}`);
  const rules = model.scores.flatMap(({ missingRules }) => ids(missingRules));
  // A form that is to be refused may hold a name that is no item.
  const invalid = expect.invalid ?? [];
  return [
    ...keysOf(one.answers, [...items, ...invalid], [...at, 'answers'], 'item'),
    ...keysOf(expect.scores, ids(model.scores), [...expected, 'scores'], 'score'),
    ...keysOf(expect.quantities, ids(model.quantities), [...expected, 'quantities'], 'quantity'),
    ...keysOf(expect.bands, ids(model.bands), [...expected, 'bands'], 'band scheme'),
    ...keysOf(expect['cut-offs'], ids(model.cutOffs), [...expected, 'cut-offs'], 'cut-off'),
    ...keysOf(expect.flags, ids(model.flags), [...expected, 'flags'], 'flag'),
    ...levelProblems(one, at, loaded),
    ...(['first', 'now', 'later'] as const).flatMap((when) =>
      namesOf(expect.ask?.[when] ?? [], items, [...expected, 'ask', when], 'item'),
    ),
    ...namesOf(expect.inconsistent ?? [], items, [...expected, 'inconsistent'], 'item'),
    ...namesOf(expect.skipped ?? [], items, [...expected, 'skipped'], 'item'),
    ...namesOf(options?.administered ?? [], members, [...at, 'options', 'administered'], 'panel member'),
    ...(options?.missing === undefined || rules.includes(options.missing)
      ? []
      : [unknown(options.missing, rules, [...at, 'options', 'missing'], 'missing rule')]),
  ];
};

const factProblems = (facts: Facts | undefined, { model }: LoadedInstrument): readonly PathProblem[] => {
  // The second entry names a panel's items and cut-offs once, for all members.
  const known = (entries: readonly { readonly id: string }[]): readonly string[] => [
    ...new Set(entries.flatMap(({ id }) => [id, id.slice(id.indexOf('.') + 1)])),
  ];
  return [
    ...keysOf(facts?.['asked-as'], known(model.items), ['facts', 'asked-as'], 'item'),
    ...namesOf(facts?.controls ?? [], known(model.cutOffs), ['facts', 'controls'], 'cut-off'),
  ];
};

const against = (cases: Cases, loaded: LoadedInstrument): readonly PathProblem[] => [
  ...(cases.instrument === loaded.definition.id
    ? []
    : [
        {
          code: 'other-instrument',
          where: ['instrument'],
          message: `the definition beside it is \`${loaded.definition.id}\`: name that.`,
        },
      ]),
  ...factProblems(cases.facts, loaded),
  ...cases.cases.flatMap((one, index) => caseProblems(one, ['cases', index], loaded)),
];

const nameTwice = (cases: Cases): readonly PathProblem[] =>
  cases.cases.flatMap(({ name }, index): readonly PathProblem[] =>
    cases.cases.findIndex((other) => other.name === name) < index
      ? [
          {
            code: 'case-twice',
            where: ['cases', index, 'name'],
            message: 'another case has this name: rename one.',
          },
        ]
      : [],
  );

/**
 * Reads a `cases.yaml`, and holds its names against the definition where that is given. Left: every problem, placed. Never
 * throws.
 */
export const loadCases = (
  input: string | Uint8Array,
  file: string,
  loaded?: LoadedInstrument,
): Either<readonly DefinitionProblem[], Cases> => {
  const { value, problems, place } = readYaml(input, file);
  if (value === undefined) return left(problems);
  const parsed = casesSchema.safeParse(value);
  const found = parsed.success
    ? [...nameTwice(parsed.data), ...(loaded === undefined ? [] : against(parsed.data, loaded))]
    : schemaProblems(parsed.error, value);
  const all = [...problems, ...found.map(place)];
  return parsed.success && all.length === 0 ? right(parsed.data) : left(all);
};
