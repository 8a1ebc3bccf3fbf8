import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Either, left, right } from 'fp-ts/Either';
import { camelCase } from '../definition/export-name.js';
import type { JsonDefinition } from '../definition/index.js';
import { catalogue } from '../generated/catalogue.js';
import type { Pathway } from '../referral/index.js';
import type { Failure } from './outcome.js';
import { unknownInstrument } from './package-library.js';

const here = dirname(fileURLToPath(import.meta.url));

/** Where made files of a kind stand: beside the built command, or among the made files of a checkout. */
const places = (kind: 'definitions' | 'pathways'): readonly string[] => [
  join(here, kind),
  join(here, '..', 'generated', kind),
];

const listed = async (
  kind: 'definitions' | 'pathways',
  ending: RegExp,
): Promise<ReadonlyMap<string, string>> => {
  for (const folder of places(kind)) {
    try {
      const files = (await readdir(folder)).filter((file) => ending.test(file)).sort();
      return new Map(files.map((file) => [file.replace(ending, ''), join(folder, file)]));
    } catch {
      // The other place is tried.
    }
  }
  return new Map();
};

/** The full definition of an instrument, refused ones too; `Left` names the id that was probably meant. */
export const definitionOf = async (id: string): Promise<Either<Failure, JsonDefinition>> => {
  const path = (await listed('definitions', /\.json$/)).get(id);
  if (path === undefined)
    return left(
      unknownInstrument(
        id,
        catalogue.map((entry) => entry.id),
      ),
    );
  // The file is the package's own, made from a definition that passed the loader.
  return right(JSON.parse(await readFile(path, 'utf8')) as JsonDefinition);
};

const pathwayFiles = (): Promise<ReadonlyMap<string, string>> => listed('pathways', /(?<!\.d)\.[jt]s$/);

/** Pathways of the package. */
export const pathwayIds = async (): Promise<readonly string[]> => [...(await pathwayFiles()).keys()];

/** Loads a pathway that is known to be there. */
export const pathwayNamed = async (id: string): Promise<Pathway> => {
  const path = (await pathwayFiles()).get(id);
  if (path === undefined) throw new Error(`there is no pathway ${id}`);
  // The module is the package's own: `export const <camel case of the id>: Pathway`.
  const module = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as Readonly<
    Record<string, Pathway>
  >;
  const pathway = module[camelCase(id)];
  if (pathway === undefined) throw new Error(`${id} exports no pathway`);
  return pathway;
};
