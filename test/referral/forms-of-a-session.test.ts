import { describe, expect, it } from 'vitest';
import { recommend } from '../../src/referral/index.js';
import { score } from '../../src/scoring/index.js';
import { catalogue, is, mood2, mood3, pathwayWith, rule, TODAY, today } from './fictional.js';

/** The part of each form in a plan, and what is taken with it. */

type Forms = Parameters<typeof recommend>[1]['forms'];

const pathway = pathwayWith([
  rule('MOO-01', is.meets('mood-3', 'case-5')),
  rule('NUM-01', { op: 'score', instrument: 'mood-3', score: 'total', operator: '>=', value: 4 }),
]);
const plan = (forms: Forms) =>
  recommend(pathway, { asOf: TODAY, forms, derive: catalogue }, { agrees: true });
const quiet = { q1: 0, q2: 0, q3: 0 };
const on = (day: string) => ({ ...today(mood3, quiet), on: day });

describe('the forms of a session', () => {
  it('are current, count for their flags alone, or are past', () => {
    const made = plan([on('2026-11-09'), on('2026-11-10'), on(TODAY)]);
    expect(
      made.readings
        .filter(({ instrument }) => instrument === 'mood-3')
        .map((reading) => [reading.on, reading.status]),
    ).toEqual([
      [TODAY, 'current'],
      ['2026-11-10', 'flags-only'],
      ['2026-11-09', 'past'],
    ]);
  });

  it('of one day stand with what was filled in before what is taken out of a longer form, in whatever order', () => {
    const forms = [today(mood3, quiet), today(mood2, { q1: 3, q2: 3 }), today(mood2, { q1: 0, q2: 0 })];
    const shown = (of: Forms) =>
      plan(of)
        .readings.filter(({ instrument }) => instrument === 'mood-2')
        .map(({ derivedFrom, outcome }) => [derivedFrom, JSON.stringify(outcome)]);
    expect(shown(forms).map(([derivedFrom]) => derivedFrom)).toEqual([undefined, undefined, 'mood-3']);
    expect(shown([...forms].reverse())).toEqual(shown(forms));
    const figure = [today({ ...mood3, id: '3-mood' }, quiet), today(mood2, quiet)];
    expect(shown(figure).map(([derivedFrom]) => derivedFrom)).toEqual([undefined, '3-mood']);
  });

  it('keep their missing rule where they bear no proper day', () => {
    const form = { ...today(mood3, { q1: 1, q2: 2 }), on: 'yesterday', options: { missing: 'fictional' } };
    expect(plan([form]).recommendations[0]?.reasons.map((reason) => reason.because)).toMatchObject([
      [{ on: null, basis: 'estimated' }],
    ]);
  });

  it('that are scored already are not scored again, whether they could be scored or not', () => {
    const context = { age: 30, sex: 'female' } as const;
    const scored = score(mood3, { q1: 3, q2: 3, q3: 0 } as object, context, { on: TODAY });
    const failed = score(mood3, { q1: 99 } as object, context, { on: TODAY });
    const taken = plan([{ ...today(mood3, quiet), outcome: scored }]);
    expect(taken.recommendations).toHaveLength(1);
    expect(taken.readings.find(({ instrument }) => instrument === 'mood-3')?.outcome).toBe(scored);
    const refused = plan([{ ...today(mood3, quiet), outcome: failed }]);
    expect(refused.problems.map(({ status }) => status)).toEqual(['not-scored']);
  });
});
