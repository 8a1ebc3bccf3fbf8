import { beforeAll, describe, expect, it } from 'vitest';
import * as index from '../../src/generated/self-test-index.cjs';
import type { Instrument } from '../../src/instrument/index.js';
import type { Pathway } from '../../src/referral/index.js';
import { checkPathwayCases, checkScenarios } from '../../src/review/check-pathway-cases.js';
import {
  type PathwayCase,
  pathwayCasesSchema,
  type Scenario,
  scenariosSchema,
} from '../../src/review/pathway-cases-schema.js';
import { realLibrary } from '../cli/real-instruments.js';

let england: Pathway;
let catalogue: readonly Instrument[] = [];
beforeAll(async () => {
  const library = realLibrary();
  england = await library.pathway('england-probation');
  catalogue = await Promise.all(library.instrumentIds.map(library.instrument));
});

const one = (given: PathwayCase) =>
  checkPathwayCases(england, catalogue, { pathway: england.id, cases: [given] });
const whole = (given: Omit<Scenario, 'name'>) =>
  checkScenarios(england, catalogue, { pathway: england.id, scenarios: [{ name: 'a person', ...given }] });

describe('the cases of a pathway', () => {
  const fires: PathwayCase = {
    rule: 'SUI-01',
    is: 'fires',
    urgency: 'same-day',
    services: ['clinician-now'],
    forms: { 'phq-9': { q9: 1, rest: 0 } },
  };

  it('hold of the shipped pathways, as the package carries them', () => {
    const [found] = index.pathways.filter(({ id }) => id === england.id);
    const cases = pathwayCasesSchema.parse(found?.cases?.load());
    const scenarios = scenariosSchema.parse(found?.scenarios?.load());
    expect(cases.cases.length).toBeGreaterThan(300);
    expect(scenarios.scenarios.length).toBeGreaterThan(100);
    expect(checkPathwayCases(england, catalogue, cases)).toEqual([]);
    expect(checkScenarios(england, catalogue, scenarios)).toEqual([]);
  });

  it('hold, or say what stands in the plan instead', () => {
    expect(one(fires)).toEqual([]);
    expect(one({ ...fires, is: 'silent' })).toEqual([
      { case: 'SUI-01 silent (case 1)', of: 'standing', expected: 'silent', found: 'fires' },
    ]);
    expect(one({ ...fires, urgency: 'routine' })).toMatchObject([{ of: 'urgency', found: 'same-day' }]);
    expect(one({ ...fires, services: ['housing'] })).toMatchObject([
      { of: 'services', expected: 'housing', found: 'clinician-now' },
    ]);
    expect(one({ ...fires, next: ['audit'] })).toMatchObject([{ of: 'next', expected: 'audit' }]);
    expect(one({ ...fires, person: { shoes: true } })).toMatchObject([{ of: 'problems', expected: 'none' }]);
    expect(one({ ...fires, forms: { 'no-such': {} } })).toContainEqual({
      case: 'SUI-01 fires (case 1)',
      of: 'forms',
      expected: 'no-such',
      found: 'no such instrument',
    });
  });

  it('ask about the fact or the form that a rule hangs on', () => {
    const asked: PathwayCase = {
      rule: 'SUI-07',
      is: 'asked',
      about: 'self-harm-recent',
      urgency: 'emergency',
    };
    expect(one(asked)).toEqual([]);
    expect(one({ ...asked, about: 'housing' })).toMatchObject([
      { of: 'about', expected: 'housing', found: 'self-harm-recent' },
    ]);
    expect(one({ ...asked, urgency: 'soon' })).toMatchObject([{ of: 'urgency', found: 'emergency' }]);
  });
});

describe('the scenarios of a pathway', () => {
  const person = { age: 34, sex: 'male', 'consent-to-refer': true, 'self-harm-recent': false };
  const forms = { 'phq-9': { q9: 1, rest: 0 } };
  const usual: Omit<Scenario, 'name'> = { person, forms, expect: { status: 'act', urgency: 'same-day' } };
  const wanting = (wanted: Scenario['expect']) => whole({ ...usual, expect: wanted });

  it('hold, or say what the plan has instead', () => {
    expect(whole(usual)).toEqual([]);
    expect(wanting({ status: 'ask' })).toMatchObject([{ of: 'status', expected: 'ask', found: 'act' }]);
    expect(wanting({ urgency: 'none' })).toMatchObject([{ of: 'urgency', found: 'same-day' }]);
    expect(wanting({ asking: 'none' })).toMatchObject([{ of: 'asking', expected: 'none' }]);
    expect(wanting({ review: '2027-01-01' })).toMatchObject([{ of: 'review', expected: '2027-01-01' }]);
    expect(wanting({ recommend: ['SUI-01', 'DEP-04'] })).toMatchObject([
      { of: 'recommend', expected: 'SUI-01, DEP-04' },
    ]);
    expect(wanting({ not: ['SUI-01'] })).toMatchObject([{ of: 'not', found: 'SUI-01' }]);
    expect(wanting({ questions: ['age'] })).toMatchObject([{ of: 'questions', expected: 'age' }]);
    expect(wanting({ next: ['phq-9'] })).toMatchObject([{ of: 'next', expected: 'phq-9' }]);
    expect(wanting({ access: ['GP-01'] })).toMatchObject([
      { of: 'access', expected: 'GP-01', found: 'none' },
    ]);
  });

  it('may give each form its own day, and answers for the rest', () => {
    const dated: Omit<Scenario, 'name'> = {
      person,
      forms: [{ instrument: 'phq-9', on: '2026-11-20', answers: { q9: 1 }, rest: 0 }],
      expect: { recommend: ['SUI-01'], review: '2026-11-25' },
    };
    expect(whole(dated)).toEqual([]);
    expect(whole({ ...dated, asOf: '2026-12-01' })).toMatchObject([{ of: 'review', found: '2026-12-02' }]);
  });
});
