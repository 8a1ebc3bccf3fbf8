import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadDirectory, loadPathway } from '../../src/referral/definition/index.js';
import { letterFor, type Pathway, recommend } from '../../src/referral/index.js';
import { instrumentsFolder, shipped } from '../support/shipped.js';
import { arePlaced, frozen, prototypesAreClean, timed, tries } from './claims.js';
import { corpus } from './corpus.js';
import { damagedFile, treeOf } from './damaged-tree.js';

const catalogue = shipped.map(({ instrument }) => instrument);
const textOf = (id: string): string =>
  readFileSync(join(instrumentsFolder, 'pathways', id, 'pathway.yaml'), 'utf8');
const real = ['england-probation', 'primary-care-example'];
const trees = real.map((id) => treeOf(parse(textOf(id))));

const pathwayOf = (id: string): Pathway => {
  const loaded = loadPathway(textOf(id), `${id}.yaml`, catalogue);
  if (loaded._tag === 'Left') throw new Error(`${id} cannot be read`);
  return loaded.right;
};
const pathway = pathwayOf('england-probation');

/** Refused in its place, or a pathway that makes a plan of nothing. */
const isReadOrRefused = (input: string | Uint8Array): void => {
  const text = typeof input === 'string' ? input : Buffer.from(input).toString('utf8');
  const took = timed(() => {
    const loaded = loadPathway(input, 'pathway.yaml', catalogue);
    if (loaded._tag === 'Left') {
      arePlaced(loaded.left, text);
      return;
    }
    const plan = recommend(frozen(loaded.right), { asOf: '2026-11-23', forms: [] }, {});
    expect(plan.problems).toEqual([]);
    letterFor(plan, loaded.right, 'person');
  });
  expect([text.slice(0, 100), took < 10_000]).toEqual([text.slice(0, 100), true]);
};

const examples = readFileSync(join(instrumentsFolder, '..', 'docs', 'examples', 'directory.json'), 'utf8');
const directoryTree = treeOf(JSON.parse(examples));

const isDirectoryOrRefused = (input: string | Uint8Array): void => {
  const text = typeof input === 'string' ? input : Buffer.from(input).toString('utf8');
  const loaded = loadDirectory(input, 'directory.json', pathway);
  if (loaded._tag === 'Left') {
    arePlaced(loaded.left, text);
    return;
  }
  for (const area of [...Object.keys(loaded.right.areas), '__proto__', 'constructor', '']) {
    const plan = recommend(
      pathway,
      { asOf: '2026-11-23', forms: [] },
      { housing: 'no-fixed-address', 'registered-with-gp': false },
      { local: { directory: frozen(loaded.right), area } },
    );
    for (const { services } of plan.recommendations)
      for (const { provider } of services) expect(['known', 'no-provider-known']).toContain(provider.status);
  }
};

describe('saved pathways', () => {
  it.each(corpus('pathways'))('$name: $why', ({ bytes }) => {
    isReadOrRefused(bytes);
    prototypesAreClean();
  });
});

describe('saved directories', () => {
  it.each(corpus('directories'))('$name: $why', ({ bytes }) => {
    isDirectoryOrRefused(bytes);
    prototypesAreClean();
  });
});

describe('a real pathway, damaged by somebody who knows its shape', () => {
  it('is refused, each problem in its place and of bounded length, or makes plans', () => {
    fc.assert(fc.property(damagedFile(trees), isReadOrRefused), tries(15));
    prototypesAreClean();
  });
});

describe('a directory, damaged by somebody who knows its shape', () => {
  it('is refused, each problem in its place and of bounded length, or names providers', () => {
    fc.assert(fc.property(damagedFile([directoryTree]), isDirectoryOrRefused), tries(80));
    prototypesAreClean();
  });
});
