import { type Either, left, right } from 'fp-ts/Either';
import type { Instrument } from '../instrument/instrument.js';
import { checkDefinition, type LoadedDefinition, type LoadedInstrument, loadDefinition } from './load.js';
import type { DefinitionProblem } from './problem.js';
import type { ShippedDefinition } from './schema.js';
import { sha256 } from './sha256.js';
import { digests, type JsonDefinition, jsonDefinitionWith, toInstrumentWith } from './to-instrument.js';

export { canonicalJson, documentDigest, type Hash, scoringDigest } from './canonical.js';
export { type Case, type Cases, type CaseValue, casesSchema, type Facts } from './cases-schema.js';
export { exportName } from './export-name.js';
export { type Lint, lints } from './lints/index.js';
export {
  checkDefinition,
  type LoadedDefinition,
  type LoadedInstrument,
  type LoadedRefusal,
  loadDefinition,
} from './load.js';
export { loadCases } from './load-cases.js';
export { type DefinitionProblem, formatProblem } from './problem.js';
export {
  type Definition,
  definitionSchema,
  domains,
  type RefusedDefinition,
  type ShippedDefinition,
} from './schema.js';
export { sha256 } from './sha256.js';
export type { JsonDefinition } from './to-instrument.js';

/** The run-time shape of a loaded definition, with both digests. */
export const toInstrument = (loaded: LoadedInstrument): Instrument => toInstrumentWith(loaded, sha256);

/** The full definition as JSON with its sources, digests and normal form, for other languages. */
export const jsonDefinition = (loaded: LoadedDefinition): JsonDefinition =>
  jsonDefinitionWith(loaded, sha256);

/** Both digests of a loaded definition. */
export const digestsOf = (loaded: LoadedDefinition): Instrument['digest'] => digests(loaded, sha256);

const instrumentOf = (
  loaded: Either<readonly DefinitionProblem[], LoadedDefinition>,
  file: string,
): Either<readonly DefinitionProblem[], Instrument> => {
  if (loaded._tag === 'Left') return loaded;
  if (loaded.right.status === 'shipped') return right(toInstrument(loaded.right));
  const { reason } = loaded.right.definition.refused;
  return left([
    {
      code: 'refused',
      file,
      line: 1,
      col: 1,
      path: 'status',
      message: `this definition is refused and cannot be scored: ${reason}`,
    },
  ]);
};

/**
 * An instrument of your own, from YAML as docs/definition-language.md. Left: every problem, with line and column. Never
 * throws.
 */
export const instrumentFromYaml = (
  text: string | Uint8Array,
  file = 'definition',
): Either<readonly DefinitionProblem[], Instrument> => instrumentOf(loadDefinition(text, file), file);

/** An instrument of your own, from a typed literal with the keys of the YAML. Left: every problem, with its path. */
export const instrumentFromDefinition = (
  definition: ShippedDefinition,
): Either<readonly DefinitionProblem[], Instrument> =>
  instrumentOf(checkDefinition(definition), 'definition');
