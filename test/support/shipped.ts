import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LoadedInstrument } from '../../src/definition/index.js';
import { loadDefinition, toInstrument } from '../../src/definition/index.js';
import type { Instrument } from '../../src/instrument/index.js';

/** One shipped instrument, read from its folder: what every law and every case runs on. */
export interface Shipped {
  readonly id: string;
  readonly folder: string;
  readonly loaded: LoadedInstrument;
  readonly instrument: Instrument;
}

export const instrumentsFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'instruments');

/** Every folder with a definition, in order of id; refused definitions are not among them. */
export const shipped: readonly Shipped[] = readdirSync(instrumentsFolder, { withFileTypes: true })
  .filter((domain) => domain.isDirectory() && domain.name !== 'pathways')
  .flatMap((domain) =>
    readdirSync(join(instrumentsFolder, domain.name)).map((id) => ({
      id,
      folder: join(instrumentsFolder, domain.name, id),
    })),
  )
  .filter(({ folder }) => existsSync(join(folder, 'definition.yaml')))
  .flatMap(({ id, folder }) => {
    const file = join(folder, 'definition.yaml');
    const outcome = loadDefinition(readFileSync(file), file);
    if (outcome._tag === 'Left') {
      const problems = outcome.left.map(({ line, col, message }) => `${file}:${line}:${col} ${message}`);
      throw new Error(problems.join('\n'));
    }
    const loaded = outcome.right;
    return loaded.status === 'refused' ? [] : [{ id, folder, loaded, instrument: toInstrument(loaded) }];
  })
  .sort((a, b) => (a.id < b.id ? -1 : 1));

/** The shipped instrument of this id. */
export function instrumentOf(id: string): Instrument {
  const found = shipped.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no shipped instrument ${id}`);
  return found.instrument;
}
