import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { isLeft } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import { loadPathway } from '../../src/referral/definition/index.js';
import { isAtLeast, type Plan, recommend } from '../../src/referral/index.js';
import { arbitraryForm, type Form, resultOf } from '../support/forms.js';
import { shipped } from '../support/shipped.js';

const file = 'instruments/pathways/england-probation/pathway.yaml';
const instruments = shipped.map(({ instrument }) => instrument);
const pathway = (() => {
  const outcome = loadPathway(readFileSync(file), file, instruments);
  if (isLeft(outcome)) throw new Error(outcome.left.map(({ message }) => message).join(' '));
  return outcome.right;
})();

const DAY = '2026-11-24';
const planOf = (forms: readonly { readonly id: string; readonly answers: Form }[]): Plan =>
  recommend(
    pathway,
    {
      asOf: DAY,
      forms: forms.flatMap(({ id, answers }) =>
        instruments.filter((one) => one.id === id).map((instrument) => ({ instrument, on: DAY, answers })),
      ),
    },
    {},
  );

const criticalFlags = shipped.flatMap(({ id, instrument }) =>
  instrument.program.flags
    .filter(({ critical }) => critical === true)
    .map((flag) => [`${id} ${flag.id}`, instrument, flag.id] as const),
);

describe('a plan of the pathway for people on probation in England', () => {
  it.each(criticalFlags)(
    'answers %s on the same day, whatever else stands on the form [H07]',
    (_, instrument, flag) => {
      const raising = fc
        .sample(arbitraryForm(instrument, 100), { numRuns: 60, seed: 7 })
        .filter((answers) => resultOf(instrument, answers).flags[flag]?.status === 'raised')
        .slice(0, 10);
      expect(raising.length).toBeGreaterThan(0);
      for (const answers of raising) {
        const plan = planOf([{ id: instrument.id, answers }]);
        expect(isAtLeast(plan.urgency, 'same-day')).toBe(true);
        expect([...plan.recommendations, ...plan.access][0]?.critical).toBe(true);
      }
    },
  );

  it('has one line for a service, however many answers ask for it; emergencies and first steps apart [H35]', () => {
    const filled = ['phq-9', 'gad-7', 'audit', 'pc-ptsd-5', 'dast-10', 'aq-10'];
    const forms = filled.map((id) => {
      const [instrument] = instruments.filter((one) => one.id === id);
      if (instrument === undefined) throw new Error(`no instrument ${id}`);
      return { id, answers: fc.sample(arbitraryForm(instrument, 100), { numRuns: 20, seed: 11 }) };
    });
    for (let n = 0; n < 20; n++) {
      const plan = planOf(forms.map(({ id, answers }) => ({ id, answers: answers[n] ?? {} })));
      const led = plan.recommendations
        .filter(({ urgency }) => urgency !== 'emergency')
        .map(({ services }) => services[0]?.id);
      expect(led.length).toBeGreaterThan(0);
      expect(new Set(led).size).toBe(led.length);
      expect(led.length).toBeLessThanOrEqual(Object.keys(pathway.services).length);
    }
  });

  it('warns against stopping suddenly wherever a rule reads dependence on alcohol [H30]', () => {
    const rules = pathway.rules.filter(
      ({ text, urgency }) => /\bsadq\b|possible-dependence/.test(text) && urgency !== 'none',
    );
    expect(rules.length).toBeGreaterThan(2);
    const silent = rules.filter(({ warnings, action }) => !/suddenly/i.test([...warnings, action].join(' ')));
    expect(silent.map(({ id }) => id)).toEqual([]);
  });
});
