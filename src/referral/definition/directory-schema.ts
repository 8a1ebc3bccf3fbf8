import { type Either, left, right } from 'fp-ts/Either';
import type { DefinitionProblem, PathProblem } from '../../definition/problem.js';
import { entryId, mapOf, optional, record, text } from '../../definition/schema-parts.js';
import { schemaProblems } from '../../definition/schema-problems.js';
import { readYaml } from '../../definition/yaml-document.js';
import { closest } from '../../formula/index.js';
import type { Directory } from '../directory.js';
import type { Pathway } from '../pathway.js';

/** The YAML (or JSON) of an adopter's directory. */
export const directorySchema = record(
  {
    id: entryId('the id of the directory'),
    areas: mapOf(
      entryId('an area'),
      record(
        {
          name: text('what the area is called'),
          services: mapOf(
            entryId('a service of the pathway'),
            record({ name: text('the provider'), contact: optional(text('how to reach it')) }, 'a provider'),
            'who answers for each service',
          ),
        },
        'an area',
      ),
      'areas',
    ),
  },
  'a directory',
);

/**
 * Reads a directory and checks that the pathway has each service named. `Left`: every problem, with its place.
 *
 * @example
 * import { recommend } from 'caseness/referral';
 * import { loadDirectory } from 'caseness/referral/definition';
 * import { englandProbation } from 'caseness/pathways/england-probation';
 *
 * const text = `
 * id: smallplace-fictional
 * areas:
 *   smallplace:
 *     name: Smallplace (fictional)
 *     services:
 *       housing: { name: "Smallplace Council (fictional)" }
 * `;
 * const loaded = loadDirectory(text, 'directory.yaml', englandProbation);
 * if (loaded._tag === 'Left') throw new Error('the directory has problems');
 * const local = { directory: loaded.right, area: 'smallplace' };
 * const person = { housing: 'no-fixed-address', 'consent-to-refer': true };
 * const plan = recommend(englandProbation, { asOf: '2026-11-24', forms: [] }, person, { local });
 * const [line] = plan.recommendations;
 * console.assert(line?.services[0]?.provider.status === 'known');
 */
export const loadDirectory = (
  yamlText: string | Uint8Array,
  fileName: string,
  pathway: Pathway,
): Either<readonly DefinitionProblem[], Directory> => {
  const document = readYaml(yamlText, fileName);
  if (document.value === undefined) return left(document.problems);
  const parsed = directorySchema.safeParse(document.value);
  if (!parsed.success) {
    return left([...document.problems, ...schemaProblems(parsed.error, document.value).map(document.place)]);
  }
  const known = Object.keys(pathway.services);
  const problems = Object.entries(parsed.data.areas).flatMap(([area, { services }]) =>
    Object.keys(services)
      .filter((service) => !known.includes(service))
      .map((service): PathProblem => {
        const didYouMean = closest(service, known);
        return {
          code: 'unknown-service',
          where: ['areas', area, 'services', service],
          atKey: true,
          message: `${service} is no service of ${pathway.id}.`,
          ...(didYouMean === undefined ? {} : { didYouMean }),
        };
      }),
  );
  const all = [...document.problems, ...problems.map(document.place)];
  return all.length > 0 ? left(all) : right(parsed.data);
};
