import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Instrument } from '../../src/instrument/index.js';
import type { Pathway } from '../../src/referral/index.js';
import { realLibrary, root } from '../cli/real-instruments.js';
import { foundIn, planOfScenario, readScenarios, type Scenario } from './scenarios.js';

const folder = join(root, 'instruments/pathways');
const files = readdirSync(folder)
  .map((id) => [id, join(folder, id, 'scenarios.yaml')] as const)
  .filter(([, file]) => existsSync(file));
const library = realLibrary();
let catalogue: readonly Instrument[] = [];
beforeAll(async () => {
  catalogue = await Promise.all(library.instrumentIds.map(library.instrument));
});

it('finds pathways with scenarios', () => {
  expect(files.length).toBeGreaterThan(0);
});

describe.each(files)('whole people of %s', (id, file) => {
  const { pathway: named, proposals, scenarios } = readScenarios(file);
  let pathway: Pathway;
  beforeAll(async () => {
    pathway = await library.pathway(id);
  });

  it('are people of this pathway, each with a name of its own, and rules that exist', () => {
    expect(named).toBe(id);
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
    const known = [...pathway.rules, ...pathway.raises].map((rule) => rule.id);
    const used = scenarios.flatMap(({ expect: { recommend, not, access = [] } }) => [
      ...recommend,
      ...not,
      ...access,
    ]);
    expect(used.filter((rule) => !known.includes(rule))).toEqual([]);
  });

  const compared = (scenario: Scenario): void => {
    const found = foundIn(planOfScenario(scenario, pathway, catalogue, proposals));
    const { expect: wanted } = scenario;
    expect({
      status: found.status,
      urgency: found.urgency,
      asking: found.asking,
      missing: wanted.recommend.filter((rule) => !found.recommend.includes(rule)),
      unwanted: wanted.not.filter((rule) => found.recommend.includes(rule)),
      unasked: wanted.questions.filter((fact) => !found.questions.includes(fact)),
      access: found.access,
      notNext: wanted.next.filter((instrument) => !found.next.includes(instrument)),
      review: found.review,
      problems: found.problems,
    }).toEqual({
      status: wanted.status ?? found.status,
      urgency: wanted.urgency ?? found.urgency,
      asking: wanted.asking ?? found.asking,
      missing: [],
      unwanted: [],
      unasked: [],
      access: wanted.access === undefined ? found.access : [...wanted.access].sort(),
      notNext: [],
      review: wanted.review ?? found.review,
      problems: [],
    });
  };

  for (const scenario of scenarios) {
    it(scenario.name, () => compared(scenario));
  }
});
