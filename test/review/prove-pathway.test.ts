import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Instrument } from '../../src/instrument/index.js';
import { type PathwayDefinition, pathwaySchema } from '../../src/referral/definition/index.js';
import { pathwayChecker } from '../../src/referral/definition/load-pathway.js';
import { letterFor, type Pathway } from '../../src/referral/index.js';
import { scenarioChecks } from '../../src/review/check-pathway-cases.js';
import {
  type PathwayCases,
  pathwayCasesSchema,
  type Scenarios,
  scenariosSchema,
} from '../../src/review/pathway-cases-schema.js';
import { type PathwayEdit, pathwayEdits } from '../../src/review/pathway-edits.js';
import type { PathwayCheck } from '../../src/review/plan-comparison.js';
import { type PathwayProof, provePathway } from '../../src/review/prove-pathway.js';
import { samePlans } from '../../src/review/same-plans.js';
import { realLibrary, root } from '../cli/real-instruments.js';

const folder = (id: string): string => join(root, 'instruments/pathways', id);
const read = (id: string, name: string): unknown => parse(readFileSync(join(folder(id), name), 'utf8'));

const id = 'primary-care-example';
const definition = pathwaySchema.parse(read(id, 'pathway.yaml'));
const cases = pathwayCasesSchema.parse(read(id, 'cases.yaml'));
const scenarios = scenariosSchema.parse(read(id, 'scenarios.yaml'));

let catalogue: readonly Instrument[];
let pathway: Pathway;
let proof: PathwayProof;
const proveWith = (some: PathwayCases | null, people: Scenarios | null): PathwayProof =>
  provePathway(definition, pathway, catalogue, some, people);
beforeAll(async () => {
  const library = realLibrary();
  catalogue = await Promise.all(library.instrumentIds.map(library.instrument));
  pathway = await library.pathway(id);
  proof = proveWith(cases, scenarios);
});

const placesOf = (kinds: PathwayProof['unnoticed'], kind: string): readonly string[] =>
  kinds.filter((each) => each.kind === kind).map(({ where, change }) => `${where.join('.')} ${change}`);

describe('the proof of a pathway', () => {
  it('finds that every slip in the second pathway is noticed, or shows in no plan', () => {
    expect(proof.unnoticed).toEqual([]);
    expect(proof.failing).toEqual([]);
    expect(proof.byLoader + proof.byCase + proof.equivalent.length).toBe(proof.tried);
    expect(proof.tried).toBeGreaterThan(200);
  });

  it('finds each slip where there is nothing that could notice it, and where it is', () => {
    const bare = proveWith(null, null);
    expect(bare.byCase).toBe(0);
    expect(bare.unnoticed.length + bare.equivalent.length).toBe(proof.byCase + proof.equivalent.length);
    expect(placesOf(bare.unnoticed, 'step')).toContain('rules.EX-04.urgency soon → urgent');
    expect(placesOf(bare.unnoticed, 'number')).toContain(
      'rules.EX-06.when → years >= 41 and last-check > 60',
    );
    expect(placesOf(bare.unnoticed, 'drop')).toContain('battery.1 who-5 left out');
    expect(placesOf(bare.unnoticed, 'turned')).toContain('services.nurse.consent true → false');
    expect(placesOf(bare.unnoticed, 'interval')).toContain('urgencies.urgent.review P3D → P4D');
    expect(placesOf(bare.unnoticed, 'minutes')).toContain('battery.2 minutes of must: 5 → 4');
    expect(placesOf(bare.unnoticed, 'order')).toContain('services.dietitian dietitian ↔ nurse');
    expect(placesOf(bare.unnoticed, 'order')).toContain('facts.carer carer ↔ last-check');
    expect(placesOf(bare.unnoticed, 'number')).toContain("urgencies.urgent.label 72 → 71 in '72 HOURS'");
    expect(placesOf(bare.unnoticed, 'name')).toContain('rules.EX-04.level design → recalled');
    expect(placesOf(bare.unnoticed, 'name')).toContain(
      'rules.EX-06.when → last-check >= 40 and last-check > 60',
    );
    expect(placesOf(bare.unnoticed, 'exchange')).toContain('letters.safety-net the text of withheld');
  });

  it('tells which case holds what: without it the slip is unnoticed', () => {
    const without = { ...cases, cases: cases.cases.filter(({ rule }) => rule !== 'EX-06') };
    const people = {
      ...scenarios,
      scenarios: scenarios.scenarios.filter(
        ({ expect: wanted }) => wanted.recommend?.includes('EX-06') !== true,
      ),
    };
    expect(placesOf(proveWith(without, people).unnoticed, 'number')).toContain(
      'rules.EX-06.when → years >= 39 and last-check > 60',
    );
  });

  it('lets a case that does not hold guard nothing', () => {
    const wrong: PathwayCases = { pathway: id, cases: [{ rule: 'EX-01', is: 'fires' }] };
    const found = proveWith(wrong, null);
    expect(found.failing).toEqual(['EX-01 fires (case 1)']);
    expect(found.byCase).toBe(0);
  });

  it('counts what the loader refuses: a critical flag answered later than the same day', () => {
    const late = pathwayEdits(definition, catalogue).find(
      ({ where, change }) => where.join('.') === 'rules.EX-02.urgency' && change === 'same-day → urgent',
    );
    if (late === undefined) throw new Error('no such edit');
    expect(pathwayChecker(catalogue)(late.edited)).toMatchObject({
      _tag: 'Left',
      left: [{ code: 'critical-flag-urgency' }],
    });
  });
});

/** Plans and letters of every person of a pathway. */
const everything = (of: Pathway, people: readonly PathwayCheck[]): string =>
  JSON.stringify(
    people.map(({ hold }) => {
      const { plan } = hold(of);
      if (plan === null) return null;
      const letters = (['gp', 'person', 'navigator'] as const).map((to) => letterFor(plan, of, to));
      return [plan, letters];
    }),
  );

describe('an edit that is proved to show in no plan', () => {
  const shown = (
    whole: PathwayDefinition,
    of: Pathway,
    scenarios: Scenarios,
    most: number,
    among: (edit: PathwayEdit) => boolean = () => true,
  ) => {
    const check = pathwayChecker(catalogue);
    const people = scenarioChecks(catalogue, scenarios);
    everything(of, people);
    const before = everything({ ...of, digest: '' }, people);
    const byProof = new Map<string, number>();
    const same = samePlans({ definition: whole, pathway: of });
    let tried = 0;
    for (const { edited, minutes } of pathwayEdits(whole, catalogue).filter(among)) {
      const loaded = check(edited);
      if (loaded._tag === 'Left' || minutes !== undefined) continue;
      const proved = same({ definition: edited, pathway: loaded.right });
      if (proved === null) continue;
      const times = byProof.get(proved) ?? 0;
      byProof.set(proved, times + 1);
      if (times >= most) continue;
      tried += 1;
      expect(everything(loaded.right, people)).toBe(before);
    }
    return { tried, proofs: byProof.size };
  };

  it('changes no plan and no letter of anybody in the second pathway', () => {
    expect(shown(definition, pathway, scenarios, 100).tried).toBeGreaterThanOrEqual(proof.equivalent.length);
  });

  it('changes none in England either, some of each proof', async () => {
    const england = pathwaySchema.parse(read('england-probation', 'pathway.yaml'));
    const people = scenariosSchema.parse(read('england-probation', 'scenarios.yaml'));
    const of = await realLibrary().pathway('england-probation');
    const idle = ['consent', 'neutral', 'up-to', 'in-the-room', 'action', 'discreet'];
    const found = shown(england, of, people, 3, ({ where }) => idle.includes(String(where[2])));
    expect(found.proofs).toBeGreaterThan(4);
  });

  it('is never claimed of a change that shows', () => {
    const check = pathwayChecker(catalogue);
    const urgent = structuredClone(definition);
    Object.assign(urgent.rules['EX-04'] ?? {}, { urgency: 'urgent' });
    const loaded = check(urgent);
    if (loaded._tag === 'Left') throw new Error('it does not load');
    expect(samePlans({ definition, pathway })({ definition: urgent, pathway: loaded.right })).toBeNull();
  });
});
