import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Either } from 'fp-ts/Either';
import { camelCase } from '../../src/definition/export-name.js';
import type { DefinitionProblem } from '../../src/definition/index.js';
import type { Instrument } from '../../src/instrument/instrument.js';
import { literal } from './literal.js';

/** Made modules of pathways by file name, and every problem. */
export interface Pathways {
  readonly modules: ReadonlyMap<string, string>;
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

/** Reads every pathway under `root`, with the loader of the referral layer. */
export const readPathways = async (
  root: string,
  loader: string,
  instruments: readonly Instrument[],
): Promise<Pathways> => {
  const modules = new Map<string, string>();
  const problems: DefinitionProblem[] = [];
  if (!existsSync(loader) || !existsSync(root)) return { modules, problems };
  // The referral layer is built by itself; its loader's type is the one written above.
  const { loadPathway } = (await import(pathToFileURL(loader).href)) as { loadPathway: LoadPathway };
  for (const id of readdirSync(root).sort()) {
    const file = join(root, id, 'pathway.yaml');
    if (!existsSync(file)) continue;
    const pathway = loadPathway(readFileSync(file, 'utf8'), file, instruments);
    if (pathway._tag === 'Left') problems.push(...pathway.left);
    else modules.set(`pathways/${id}.ts`, moduleText(pathway.right));
  }
  return { modules, problems };
};
