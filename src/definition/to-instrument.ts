import type { Instrument } from '../instrument/instrument.js';
import { documentDigest, type Hash, scoringDigest } from './canonical.js';
import type { LoadedDefinition, LoadedInstrument } from './load.js';
import type { ShippedDefinition } from './schema.js';

const editionsMatch = (
  ours: string | undefined,
  editions: Readonly<Record<string, string>> | undefined,
): boolean => editions === undefined || (ours !== undefined && Object.hasOwn(editions, ours));

const containsOf = (definition: ShippedDefinition): Instrument['contains'] =>
  Object.fromEntries(
    Object.entries(definition.contains ?? {})
      .filter(([, { editions }]) => editionsMatch(definition.edition?.id, editions))
      .map(([short, { items }]) => [short, items]),
  );

/** Both digests of a loaded definition. */
export const digests = (loaded: LoadedDefinition, hash: Hash): Instrument['digest'] => ({
  scoring: scoringDigest(loaded.definition, loaded.status === 'shipped' ? loaded.model : null, hash),
  document: documentDigest(loaded.definition, hash),
});

/** The lean run-time shape of a definition: what `score` reads. */
export const toInstrumentWith = (loaded: LoadedInstrument, hash: Hash): Instrument => {
  const { definition, program, labels } = loaded;
  return {
    id: definition.id,
    version: definition.version,
    title: definition.title,
    short: definition.short,
    edition: definition.edition?.id ?? null,
    digest: digests(loaded, hash),
    recall: definition.recall ?? null,
    minutes: definition.minutes ?? null,
    validAge: definition['valid-for']?.age ?? null,
    restrictions: (definition.restrictions ?? []).map(({ text }) => text),
    labels,
    program,
    contains: containsOf(definition),
  };
};

/**
 * What `caseness/definitions/<id>.json` holds, for other languages: the definition with its sources, as written, both
 * digests, and the normal form that scores are computed from (absent where the instrument is refused).
 */
export type JsonDefinition = LoadedDefinition['definition'] & {
  readonly digest: Instrument['digest'];
  readonly program?: LoadedInstrument['program'];
};

/** The full definition as JSON data. */
export const jsonDefinitionWith = (loaded: LoadedDefinition, hash: Hash): JsonDefinition => ({
  ...loaded.definition,
  digest: digests(loaded, hash),
  ...(loaded.status === 'shipped' ? { program: loaded.program } : {}),
});
