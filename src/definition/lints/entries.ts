import type { Path } from '../../formula/model.js';
import type { Definition, ShippedDefinition } from '../schema.js';
import { partsOf } from '../to-model.js';

/** A text of a definition, with its place. */
export interface PlacedText {
  readonly where: Path;
  readonly text: string;
}

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every value of a definition with its place, parents first. `into` says whether to go into a value. */
export const walk = function* (
  value: unknown,
  into: (path: Path) => boolean,
  path: Path = [],
): Generator<{ readonly where: Path; readonly value: unknown }> {
  yield { where: path, value };
  if (Array.isArray(value))
    for (const [index, inner] of value.entries()) yield* walk(inner, into, [...path, index]);
  else if (isMapping(value))
    for (const [key, inner] of Object.entries(value)) {
      const place = [...path, key];
      if (into(place)) yield* walk(inner, into, place);
    }
};

/** Mappings whose keys are names, so that a key `source` there is no source. */
const namesOnly = (path: Path): boolean =>
  path[0] === 'sources' ||
  path[0] === 'contains' ||
  path[0] === 'keyings' ||
  (path[0] === 'codes' && (path[1] === 'loinc' || path[1] === 'snomed'));

/** An entry that names its source. */
export interface SourcedEntry {
  readonly where: Path;
  readonly source: string;
  readonly confidence?: string;
}

/** Every entry that names a source, with its own confidence where it has one. */
export const sourcedEntries = (definition: Definition): readonly SourcedEntry[] =>
  [...walk(definition, (path) => !namesOnly(path))].flatMap(({ where, value }): readonly SourcedEntry[] => {
    if (!isMapping(value) || typeof value['source'] !== 'string') return [];
    const confidence = typeof value['confidence'] === 'string' ? { confidence: value['confidence'] } : {};
    return [{ where, source: value['source'], ...confidence }];
  });

/** Every text of a definition but those of its sources. */
export const allTexts = (definition: Definition): readonly PlacedText[] =>
  [...walk(definition, (path) => path[0] !== 'sources')].flatMap(({ where, value }) =>
    typeof value === 'string' ? [{ where, text: value }] : [],
  );

const shipped = (definition: Definition): definition is ShippedDefinition => definition.status !== 'refused';

/** The top level and each panel member as one list of entries; none for a refused definition. */
export const parts = (definition: Definition): ReturnType<typeof partsOf> =>
  shipped(definition) ? partsOf(definition) : [];

/** Labels of items and options: for recognising what was asked. */
export const labels = (definition: Definition): readonly PlacedText[] => {
  if (!shipped(definition)) return [];
  const options = Object.entries(definition.options ?? {}).flatMap(([set, entries]) =>
    entries.map(({ label }, index) => ({ where: ['options', set, index, 'label'], text: label })),
  );
  const items = parts(definition).flatMap((part) =>
    part.items.map(({ where, entry }) => ({ where: [...where, 'label'], text: entry.label })),
  );
  return [...options, ...items];
};

/** Labels of levels and titles of flags: what a result is called. */
export const verdictLabels = (definition: Definition): readonly PlacedText[] => [
  ...levelsOf(definition).map(({ where, label }) => ({ where: [...where, 'label'], text: label })),
  ...parts(definition).flatMap((part) =>
    part.flags.map(({ where, entry }) => ({ where: [...where, 'title'], text: entry.title })),
  ),
];

/** A level of a band scheme, with its place. */
export interface PlacedLevel {
  readonly where: Path;
  readonly id: string;
  readonly label: string;
  readonly negative: boolean;
  readonly byRule: boolean;
}

/** Every level of every band scheme. */
export const levelsOf = (definition: Definition): readonly PlacedLevel[] =>
  parts(definition).flatMap((part) =>
    part.bands.flatMap(({ where, entry }) => {
      const byRule = 'rules' in entry;
      const levels = byRule ? entry.rules : entry.levels;
      const at: Path = where[4] === 'levels' ? where : [...where, byRule ? 'rules' : 'levels'];
      return levels.map(({ id, label, negative }, index) => ({
        where: [...at, index],
        id,
        label,
        negative: negative === true,
        byRule,
      }));
    }),
  );

/** What a result says in our own words: labels of levels, what a cut-off screens for, titles and responses of flags. */
export const verdictWords = (definition: Definition): readonly PlacedText[] => [
  ...levelsOf(definition).map(({ where, label }) => ({ where: [...where, 'label'], text: label })),
  ...parts(definition).flatMap((part) => [
    ...part.bands.flatMap(({ where, entry }) =>
      entry.title === undefined ? [] : [{ where: [...where, 'title'], text: entry.title }],
    ),
    ...part.cutOffs.map(({ where, entry }) => ({
      where: [...where, 'screens-for'],
      text: entry['screens-for'],
    })),
    ...part.flags.flatMap(({ where, entry }) => [
      { where: [...where, 'title'], text: entry.title },
      ...(entry.response === undefined ? [] : [{ where: [...where, 'response'], text: entry.response }]),
    ]),
  ]),
];
