import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Either } from 'fp-ts/Either';
import type * as z from 'zod';
import { camelCase } from '../../src/definition/export-name.js';
import type { DefinitionProblem } from '../../src/definition/index.js';
import { schemaProblems } from '../../src/definition/schema-problems.js';
import { readYaml } from '../../src/definition/yaml-document.js';
import type { Instrument } from '../../src/instrument/instrument.js';
import { pathwayCasesSchema, scenariosSchema } from '../../src/review/pathway-cases-schema.js';
import { literal } from './literal.js';

/** One pathway with what stands beside it. */
export interface MadePathway {
  readonly id: string;
  readonly pathway: unknown;
  /** `null` where there is no such file. */
  readonly cases: unknown;
  readonly scenarios: unknown;
}

/** Made modules of pathways by file name, what they were made from, and every problem. */
export interface Pathways {
  readonly modules: ReadonlyMap<string, string>;
  readonly made: readonly MadePathway[];
  readonly problems: readonly DefinitionProblem[];
}

type LoadPathway = (
  text: string,
  file: string,
  instruments: readonly Instrument[],
) => Either<readonly DefinitionProblem[], { readonly id: string; readonly title: string }>;

const moduleText = (pathway: { readonly id: string; readonly title: string }): string =>
  `// Made from instruments/pathways/ by \`npm run generate\`. Do not edit.
import type { Pathway } from '../../referral/pathway.js';

/** ${pathway.title.replace(/\*\//g, '* /')} */
export const ${camelCase(pathway.id)}: Pathway = ${literal(pathway)};
`;

/** A file beside a pathway, where there is one. */
const readBeside = (
  file: string,
  schema: z.ZodType,
): { readonly value: unknown; readonly problems: readonly DefinitionProblem[] } => {
  if (!existsSync(file)) return { value: null, problems: [] };
  const { value, problems, place } = readYaml(readFileSync(file), file);
  if (value === undefined || problems.length > 0) return { value: null, problems };
  const parsed = schema.safeParse(value);
  return parsed.success
    ? { value: parsed.data, problems: [] }
    : { value: null, problems: schemaProblems(parsed.error, value).map(place) };
};

/** Reads every pathway under `root`, with the loader of the referral layer. */
export const readPathways = async (
  root: string,
  loader: string,
  instruments: readonly Instrument[],
): Promise<Pathways> => {
  const modules = new Map<string, string>();
  const made: MadePathway[] = [];
  const problems: DefinitionProblem[] = [];
  if (!existsSync(loader) || !existsSync(root)) return { modules, made, problems };
  // The referral layer is built by itself; its loader's type is the one written above.
  const { loadPathway } = (await import(pathToFileURL(loader).href)) as { loadPathway: LoadPathway };
  for (const id of readdirSync(root).sort()) {
    const file = join(root, id, 'pathway.yaml');
    if (!existsSync(file)) continue;
    const pathway = loadPathway(readFileSync(file, 'utf8'), file, instruments);
    const cases = readBeside(join(root, id, 'cases.yaml'), pathwayCasesSchema);
    const scenarios = readBeside(join(root, id, 'scenarios.yaml'), scenariosSchema);
    problems.push(...cases.problems, ...scenarios.problems);
    if (pathway._tag === 'Left') problems.push(...pathway.left);
    else {
      modules.set(`pathways/${id}.ts`, moduleText(pathway.right));
      made.push({ id, pathway: pathway.right, cases: cases.value, scenarios: scenarios.value });
    }
  }
  return { modules, made, problems };
};
