import { catalogue } from '../../../src/generated/catalogue.js';
import { pathwayLoaders } from '../../../src/generated/pathway-loaders.js';
import * as index from '../../../src/generated/self-test-index.cjs';
import type { InstrumentParts, PathwayParts } from '../../../src/review/self-test/self-test.js';

/** JSON that a test may spoil. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The parts of one instrument as data, each a copy. */
export interface InstrumentData {
  id: string;
  catalogue: Json;
  definition: Json;
  instrument: Json;
  cases: Json;
  casesDigest: string;
}

/** The parts of one pathway as data, each a copy. */
export interface PathwayData {
  id: string;
  pathway: Json;
  pathwayDigest: string;
  cases: Json;
  scenarios: Json;
}

const copy = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null));

/** What the package holds of one instrument. */
export const instrumentData = async (id: string): Promise<InstrumentData> => {
  const entry = catalogue.find((each) => each.id === id);
  const found = index.instruments.find((each) => each.id === id);
  if (entry === undefined || found === undefined) throw new Error(`there is no ${id}`);
  return {
    id,
    catalogue: copy(entry.digest),
    definition: copy(found.definition()),
    instrument: copy(await entry.load?.()),
    cases: copy(found.cases?.load()),
    casesDigest: found.cases?.digest ?? '',
  };
};

/** What the package holds of one pathway. */
export const pathwayData = async (id: string): Promise<PathwayData> => {
  const found = index.pathways.find((each) => each.id === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return {
    id,
    pathway: copy(await pathwayLoaders[id]?.()),
    pathwayDigest: found.digest,
    cases: copy(found.cases?.load()),
    scenarios: copy(found.scenarios?.load()),
  };
};

/** The data as a package would load it; `refused` leaves out what a refused instrument does not have. */
export const instrumentParts = (data: InstrumentData): InstrumentParts => ({
  id: data.id,
  digest: data.catalogue as unknown as InstrumentParts['digest'],
  definition: () => data.definition,
  scored:
    data.instrument === null
      ? null
      : {
          instrument: async () => data.instrument,
          cases: () => data.cases,
          casesDigest: data.casesDigest,
        },
});

/** The data of a pathway as a package would load it. */
export const pathwayParts = (data: PathwayData): PathwayParts => {
  const recorded = index.pathways.find(({ id }) => id === data.id);
  const part = (value: Json, digest: string | undefined) =>
    value === null ? null : { load: () => value, digest: digest ?? '' };
  return {
    id: data.id,
    pathway: async () => data.pathway,
    pathwayDigest: data.pathwayDigest,
    cases: part(data.cases, recorded?.cases?.digest),
    scenarios: part(data.scenarios, recorded?.scenarios?.digest),
  };
};

/** Every place of a value that holds no other, as the steps to it. */
export const leaves = (
  value: Json,
  path: readonly (string | number)[] = [],
): (readonly (string | number)[])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) =>
        leaves(inner, [...path, Array.isArray(value) ? Number(key) : key]),
      )
    : [path];

/** Sets what stands at a place to what `change` makes of it. */
export const spoil = (
  value: Json,
  path: readonly (string | number)[],
  change: (leaf: Json) => Json,
): void => {
  const [last] = path.slice(-1);
  const holder = path
    .slice(0, -1)
    .reduce<Json>((inner, step) => (inner as { [key: string]: Json })[step] ?? null, value);
  if (last === undefined || typeof holder !== 'object' || holder === null)
    throw new Error('there is no such place');
  const at = holder as { [key: string]: Json };
  at[last] = change(at[last] ?? null);
};

/** Another value of the same kind. */
export const other = (leaf: Json): Json => {
  if (typeof leaf === 'number') return leaf + 1;
  if (typeof leaf === 'boolean') return !leaf;
  return typeof leaf === 'string' ? `${leaf}x` : 'x';
};
