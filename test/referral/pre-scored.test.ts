import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recommend } from '../../src/referral/index.js';
import { score } from '../../src/scoring/index.js';
import { catalogue, drink2, is, mood3, pathwayWith, rule, TODAY } from './fictional.js';

const pathway = pathwayWith([
  rule('MOO-01', is.meets('mood-3', 'case-5')),
  rule('DRI-01', is.meets('drink-2', 'by-sex')),
  rule('MOO-02', is.meets('mood-2', 'open-3')),
]);
const points = fc.option(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(9)), { nil: undefined });
const answers = fc.record({ q1: points, q2: points, q3: points });
const context = { age: 30, sex: 'female' } as const;

describe('a session whose forms are scored already', () => {
  it('gives the same plan as one that is scored here', () => {
    fc.assert(
      fc.property(answers, answers, (mood, drink) => {
        const forms = [
          { instrument: mood3, on: TODAY, answers: mood },
          { instrument: drink2, on: TODAY, answers: { q1: drink.q1, q2: drink.q2 } },
        ];
        const scored = forms.map((form) => ({
          ...form,
          outcome: score(form.instrument, form.answers as object, context, { on: TODAY }),
        }));
        const plan = (filled: typeof forms) =>
          recommend(pathway, { asOf: TODAY, forms: filled, derive: catalogue }, context);
        expect(plan(scored)).toEqual(plan(forms));
      }),
    );
  });

  it('takes no outcome of another instrument or another definition of it [H19]', () => {
    const form = { instrument: mood3, on: TODAY, answers: { q1: 0, q2: 0, q3: 0 } };
    const others = [
      score(
        { ...mood3, digest: { ...mood3.digest, scoring: 'other' } },
        { q1: 3, q2: 3, q3: 3 } as object,
        context,
      ),
      score({ ...mood3, id: 'other' }, { q1: 3, q2: 3, q3: 3 } as object, context),
      score({ ...mood3, id: 'other' }, { q1: 9 } as object, context),
    ];
    for (const outcome of others) {
      const made = recommend(pathway, { asOf: TODAY, forms: [{ ...form, outcome }] }, context);
      expect(made.recommendations).toEqual([]);
    }
  });
});
