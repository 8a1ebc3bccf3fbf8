import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { isLeft, isRight } from 'fp-ts/Either';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadDirectory } from '../../src/referral/definition/index.js';
import { type Pathway, recommend } from '../../src/referral/index.js';
import { realLibrary, root } from '../cli/real-instruments.js';

const folder = join(root, 'docs/examples/directories');
const files = readdirSync(folder).map((name) => join(folder, name));
let pathway: Pathway;
beforeAll(async () => {
  pathway = await realLibrary().pathway('england-probation');
});

describe('the examples of directories', () => {
  it('are four areas, none of which exists', () => {
    expect(files).toHaveLength(4);
    for (const file of files) {
      const found = loadDirectory(readFileSync(file), file, pathway);
      if (isLeft(found)) throw new Error(JSON.stringify(found.left));
      for (const { name, services } of Object.values(found.right.areas)) {
        expect(name).toMatch(/\(fictional\)$/);
        for (const provider of Object.values(services)) expect(provider.name).toMatch(/\(fictional\)$/);
      }
    }
  });

  it('say for each service who answers for it, or that nobody is known [H29]', () => {
    const person = { opioids: 'current', 'consent-to-refer': true, housing: 'no-fixed-address' };
    const missing = files.map((file) => {
      const found = loadDirectory(readFileSync(file), file, pathway);
      if (isLeft(found)) throw new Error(JSON.stringify(found.left));
      const [area = ''] = Object.keys(found.right.areas);
      const local = { directory: found.right, area };
      const plan = recommend(pathway, { asOf: '2026-11-24', forms: [] }, person, { local });
      const services = plan.recommendations.flatMap((line) => line.services);
      const without = services.filter(({ provider }) => provider.status === 'no-provider-known');
      expect(services.map(({ id }) => id)).toEqual(
        expect.arrayContaining(['naloxone', 'drug-alcohol', 'housing']),
      );
      return without.map(({ id }) => id);
    });
    expect(missing).toContainEqual([]);
    expect(missing).toContainEqual(['naloxone']);
  });

  it('are refused or read, whatever the bytes [H25]', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.jsonValue().map((value) => JSON.stringify(value)),
          fc
            .dictionary(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()))
            .map((areas) => JSON.stringify({ id: 'x', areas })),
        ),
        (text) => {
          const found = loadDirectory(text, 'directory.yaml', pathway);
          expect(isLeft(found) ? found.left.length > 0 : isRight(found)).toBe(true);
        },
      ),
    );
  });
});
