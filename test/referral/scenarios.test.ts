import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Instrument } from '../../src/instrument/index.js';
import type { Pathway } from '../../src/referral/index.js';
import { caseChecks, scenarioChecks } from '../../src/review/check-pathway-cases.js';
import { pathwayCasesSchema, scenariosSchema } from '../../src/review/pathway-cases-schema.js';
import { realLibrary, root } from '../cli/real-instruments.js';

const folder = join(root, 'instruments/pathways');
const ids = readdirSync(folder);
const library = realLibrary();
const catalogue: Instrument[] = [];
beforeAll(async () => {
  catalogue.push(...(await Promise.all(library.instrumentIds.map(library.instrument))));
});

const read = (id: string, name: string): unknown => {
  const file = join(folder, id, name);
  return existsSync(file) ? parse(readFileSync(file, 'utf8')) : null;
};

it('finds more than one pathway', () => {
  expect(ids.length).toBeGreaterThan(1);
});

describe.each(ids)('the cases and whole people of %s', (id) => {
  const cases = pathwayCasesSchema.parse(read(id, 'cases.yaml'));
  const scenarios = scenariosSchema.parse(read(id, 'scenarios.yaml'));
  // Tests are named before the instruments are loaded.
  const checks = () => [...caseChecks(catalogue, cases), ...scenarioChecks(catalogue, scenarios)];
  let pathway: Pathway;
  let ready: ReturnType<typeof checks> = [];
  beforeAll(async () => {
    pathway = await library.pathway(id);
    ready = checks();
  });

  it('are of this pathway, each person with a name of its own, and name rules that exist', () => {
    expect([cases.pathway, scenarios.pathway]).toEqual([id, id]);
    const names = scenarios.scenarios.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const known = [...pathway.rules, ...pathway.raises].map((rule) => rule.id);
    const used = [
      ...cases.cases.map(({ rule }) => rule),
      ...scenarios.scenarios.flatMap(({ expect: { recommend = [], not = [], access = [] } }) => [
        ...recommend,
        ...not,
        ...access,
      ]),
    ];
    expect(used.filter((rule) => !known.includes(rule))).toEqual([]);
  });

  it.each(checks().map(({ name }, at) => [name, at] as const))('%s', (_, at) => {
    expect(ready[at]?.hold(pathway).failures).toEqual([]);
  });
});
