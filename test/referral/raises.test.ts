import { describe, expect, it } from 'vitest';
import { type Raise, recommend } from '../../src/referral/index.js';
import { oneStepUp } from '../../src/referral/urgency.js';
import { is, mood3, pathwayWith, rule, TODAY, today } from './fictional.js';

const raise = (id: string, given: Partial<Raise> = {}): Raise => ({
  id,
  text: id,
  when: is.fact('alone'),
  rules: ['MOO-01'],
  upTo: 'same-day',
  says: 'one step sooner',
  guideline: [{ id: 'FG9', year: '2026' }],
  confidence: 'fictional',
  level: 'design',
  ...given,
});
const plan = (raises: readonly Raise[], alone?: boolean | 'refused', proposals: readonly string[] = []) =>
  recommend(
    pathwayWith([rule('MOO-01', is.meets('mood-3', 'case-5'))], { raises }),
    { asOf: TODAY, forms: [today(mood3, { q1: 3, q2: 3, q3: 0 })] },
    { agrees: true, alone },
    { proposals },
  );

describe('a step up', () => {
  it('raises the rules that it names by one step, and says why', () => {
    const made = plan([raise('UP-01')], true);
    expect(made.urgency).toBe('soon');
    expect(made.recommendations[0]?.reasons[0]?.raised).toEqual([
      {
        by: 'UP-01',
        says: 'one step sooner',
        because: [{ status: 'fact', fact: 'alone', shown: 'alone: yes' }],
        guideline: [{ id: 'FG9', year: '2026' }],
        confidence: 'fictional',
        level: 'design',
        proposal: false,
      },
    ]);
    expect(plan([raise('UP-01', { rules: ['MOO-02'] })], true).urgency).toBe('routine');
    expect(plan([raise('UP-01')], false).urgency).toBe('routine');
  });

  it('does not add up with another, and never passes its end', () => {
    expect(plan([raise('UP-01'), raise('UP-02')], true).urgency).toBe('soon');
    expect(plan([raise('UP-01', { upTo: 'routine' })], true).urgency).toBe('routine');
  });

  it('asks at the urgency to which it would raise, and holds where the fact was asked and not given', () => {
    const made = plan([raise('UP-01')]);
    expect([made.urgency, made.asking]).toEqual(['routine', 'soon']);
    expect(made.questions).toMatchObject([{ fact: 'alone', urgency: 'soon', rules: ['UP-01'] }]);
    expect(plan([raise('UP-01')], 'refused').urgency).toBe('soon');
    expect(plan([raise('UP-01', { rules: ['MOO-02'] })]).questions).toEqual([]);
    expect(plan([raise('UP-01', { upTo: 'routine' })]).questions).toEqual([]);
  });

  it('asks nothing for a rule that cannot fire', () => {
    const quiet = recommend(
      pathwayWith([rule('MOO-01', is.meets('mood-3', 'case-5'))], { raises: [raise('UP-01')] }),
      { asOf: TODAY, forms: [today(mood3, { q1: 0, q2: 0, q3: 0 })] },
      { agrees: true },
    );
    expect([quiet.questions, quiet.asking]).toEqual([[], 'none']);
  });

  it('is off as a proposal until it is named', () => {
    const proposal = raise('UP-P1', { level: 'proposal' });
    expect(plan([proposal], true).urgency).toBe('routine');
    const made = plan([proposal], true, ['UP-P1']);
    expect(made.urgency).toBe('soon');
    expect(made.recommendations[0]?.reasons[0]?.raised).toMatchObject([{ by: 'UP-P1', proposal: true }]);
  });

  it('leaves the highest and no urgency at all where they are', () => {
    expect(oneStepUp('emergency', 'emergency')).toBe('emergency');
    expect(oneStepUp('same-day', 'emergency')).toBe('emergency');
    expect(oneStepUp('same-day', 'same-day')).toBe('same-day');
    expect(oneStepUp('none', 'emergency')).toBe('none');
  });
});

describe('the day of the review', () => {
  const rules = [
    rule('MOO-01', is.meets('mood-3', 'case-5'), { review: 'P1M' }),
    rule('ALO-01', is.fact('alone'), { urgency: 'soon', review: 'P1Y2M3W4D' }),
    rule('PAI-01', is.fact('in-pain'), { urgency: 'urgent' }),
  ];
  const review = (who: object, asOf = '2026-01-31', review_?: string) =>
    recommend(
      pathwayWith(rules, {
        urgencies: {
          ...pathwayWith([]).urgencies,
          urgent: {
            label: 'l',
            target: 't',
            plain: 'p',
            ...(review_ === undefined ? {} : { review: review_ }),
          },
        },
      }),
      { asOf, forms: [{ instrument: mood3, on: '2026-01-31', answers: { q1: 3, q2: 3, q3: 0 } }] },
      { agrees: true, ...who },
    ).review;

  it('is the earliest that a rule, or its urgency, asks for', () => {
    expect(review({ alone: false, 'in-pain': false })).toEqual({ on: '2026-02-28', rules: ['MOO-01'] });
    expect(review({ alone: true, 'in-pain': true }, undefined, 'P7D')).toEqual({
      on: '2026-02-07',
      rules: ['PAI-01'],
    });
    expect(review({ alone: false, 'in-pain': true }, undefined, 'P28D')).toEqual({
      on: '2026-02-28',
      rules: ['MOO-01', 'PAI-01'],
    });
  });

  it('names every rule that asks for it, also those that ask for it in the same words', () => {
    const of = ['A-01', 'B-02'].map((id) => rule(id, is.fact('alone'), { review: 'P2W' }));
    expect(
      recommend(pathwayWith(of), { asOf: TODAY, forms: [] }, { agrees: true, alone: true }).review?.rules,
    ).toEqual(['A-01', 'B-02']);
  });

  it('is not put off by a rule whose time cannot be read, nor by one that names none', () => {
    const given = (id: string, review?: string) =>
      rule(id, is.fact('alone'), review === undefined ? {} : { review });
    for (const order of [
      [given('A-01', 'P2W'), given('B-02', 'soon'), given('C-03')],
      [given('B-02', 'soon'), given('C-03'), given('A-01', 'P2W')],
      [given('A-01', 'P2W'), given('D-04', 'P1M'), given('B-02', 'soon')],
    ])
      expect(
        recommend(pathwayWith(order), { asOf: TODAY, forms: [] }, { agrees: true, alone: true }).review,
      ).toEqual({ on: '2026-12-08', rules: ['A-01'] });
  });

  it('is left open where nothing says, or the day of the plan is none', () => {
    expect(recommend(pathwayWith(rules), { asOf: TODAY, forms: [] }, {}).review).toBeNull();
    expect(review({}, 'yesterday')).toBeNull();
    expect(
      recommend(
        pathwayWith([rule('PAI-02', is.fact('in-pain'), { review: 'soon' })]),
        { asOf: TODAY, forms: [] },
        { 'in-pain': true },
      ).review,
    ).toBeNull();
  });
});
