import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Library } from '../../src/cli/screen-command.js';
import { instrumentFromYaml } from '../../src/definition/index.js';
import type { Instrument } from '../../src/instrument/index.js';
import { loadPathway } from '../../src/referral/definition/index.js';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

const folders: ReadonlyMap<string, string> = new Map(
  readdirSync(join(root, 'instruments'))
    .filter((domain) => domain !== 'pathways')
    .flatMap((domain) =>
      readdirSync(join(root, 'instruments', domain)).map(
        (id) => [id, join(root, 'instruments', domain, id)] as const,
      ),
    )
    .filter(([, folder]) => existsSync(join(folder, 'definition.yaml')))
    // A refused definition has nothing to score.
    .filter(([, folder]) => !/^status: refused/m.test(readFileSync(join(folder, 'definition.yaml'), 'utf8'))),
);

/** The definition of a shipped instrument, by id. */
export const definitionFile = (id: string): string => join(folders.get(id) ?? id, 'definition.yaml');

/** One shipped instrument, loaded from its definition and no other. */
export const realInstrument = (id: string): Instrument => {
  const file = definitionFile(id);
  const loaded = instrumentFromYaml(readFileSync(file), file);
  if (loaded._tag === 'Left')
    throw new Error(loaded.left.map(({ line, message }) => `${file}:${line} ${message}`).join('\n'));
  return loaded.right;
};

/** What the command looks up, read from `instruments/` instead of the made modules. */
export const realLibrary = (): Library => {
  const instruments = new Map([...folders.keys()].map((id) => [id, realInstrument(id)]));
  return {
    instrumentIds: [...instruments.keys()],
    pathwayIds: readdirSync(join(root, 'instruments/pathways')),
    licenceNote: () => '',
    instrument: async (id) => instruments.get(id) ?? realInstrument(id),
    pathway: async (id) => {
      const file = join(root, 'instruments/pathways', id, 'pathway.yaml');
      const pathway = loadPathway(readFileSync(file, 'utf8'), file, [...instruments.values()]);
      if (pathway._tag === 'Left')
        throw new Error(
          pathway.left.map(({ line, col, message }) => `${file}:${line}:${col} ${message}`).join('\n'),
        );
      return pathway.right;
    },
  };
};
