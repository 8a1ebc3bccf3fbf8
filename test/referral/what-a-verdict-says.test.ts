import { isLeft, right } from 'fp-ts/Either';
import { describe, expect, it } from 'vitest';
import type { Condition, Person, Plan, Rule } from '../../src/referral/index.js';
import { recommend } from '../../src/referral/index.js';
import { score, scoreOrThrow } from '../../src/scoring/index.js';
import {
  alert1,
  catalogue,
  drink2,
  halves,
  is,
  mood2,
  mood3,
  pathwayWith,
  rule,
  TODAY,
  today,
} from './fictional.js';

/** Whole lists of what a rule rests on, of questions and of problems, as they stand in a plan. */

type Forms = Parameters<typeof recommend>[1]['forms'];

const plan = (rules: readonly Rule[], forms: Forms, person: Person = {}): Plan =>
  recommend(pathwayWith(rules), { asOf: TODAY, forms, derive: catalogue }, { agrees: true, ...person });
const becauseOf = (when: Condition, forms: Forms, person: Person = {}) =>
  plan([rule('ONE-01', when)], forms, person).recommendations[0]?.reasons[0]?.because;
const total = (value: number, operator: '>=' | '<' = '>=', instrument = 'mood-3'): Condition => ({
  op: 'score',
  instrument,
  score: 'total',
  operator,
  value,
});
const result = (verdict: string, shown: string, given: object = {}) => ({
  status: 'result',
  instrument: 'mood-3',
  verdict,
  shown,
  on: TODAY,
  basis: 'proved',
  ...given,
});

describe('what a rule rests on', () => {
  it('names score, band and cut-off, and shows each in its words alone', () => {
    const forms = [today(mood3, { q1: 3, q2: 2, q3: 0 })];
    expect(becauseOf(total(5), forms)).toEqual([result('total', 'MOOD-3 5 of 9')]);
    expect(becauseOf(is.level('mood-3', 'severity', 'some'), forms)).toEqual([
      result('severity', 'MOOD-3 5 of 9, some'),
    ]);
    expect(becauseOf(is.meets('mood-3', 'case-5'), forms)).toEqual([
      result('case-5', 'MOOD-3 5 of 9, screen positive: low mood'),
    ]);
  });

  it('says that a cut-off is not met where the rule asks for that', () => {
    expect(becauseOf(is.not(is.meets('mood-3', 'case-5')), [today(mood3, { q1: 2, q2: 2, q3: 0 })])).toEqual([
      result('case-5', 'MOOD-3 4 of 9, criterion not met: low mood'),
    ]);
  });

  it('shows a proved score with its bounds, never without the critical flag that is open', () => {
    expect(becauseOf(total(5), [today(mood3, { q1: 3, q2: 2 })])).toEqual([
      result('total', 'MOOD-3 5 to 8 of 9 (not answered: thoughts of danger)'),
    ]);
  });

  it('says nothing of an open flag that is not critical', () => {
    expect(becauseOf(total(2, '>=', 'mood-2'), [today(mood2, { q2: 2 })])).toEqual([
      result('total', 'MOOD-2 2 to 5 of 6', { instrument: 'mood-2' }),
    ]);
  });

  it('calls an estimate an estimate, and what is proved in spite of one proved', () => {
    const forms = [{ ...today(mood3, { q2: 2, q3: 1 }), options: { missing: 'fictional' } }];
    expect(becauseOf(total(4), forms)).toEqual([
      result('total', 'MOOD-3 about 4.5 of 9', { basis: 'estimated' }),
    ]);
    expect(becauseOf(is.level('mood-3', 'severity', 'some'), forms)).toEqual([
      result('severity', 'MOOD-3 about 4.5 of 9, some', { basis: 'estimated' }),
    ]);
  });

  it('names the longer form from which a short one is taken', () => {
    expect(becauseOf(is.meets('mood-2', 'open-3'), [today(mood3, { q1: 2, q2: 1, q3: 0 })])).toEqual([
      {
        status: 'result',
        instrument: 'mood-2',
        verdict: 'open-3',
        shown: 'MOOD-2 3 of 6, screen positive: low mood',
        on: TODAY,
        basis: 'proved',
        derivedFrom: 'mood-3',
      },
    ]);
  });

  it('is of one half of an instrument where the rule asks for that half', () => {
    const forms = [today(halves, { q1: 2, q2: 2, q3: 2 })];
    const half = (verdict: string, shown: string) => [result(verdict, shown, { instrument: 'halves-3' })];
    const score = (of: string): Condition =>
      ({ ...total(2), instrument: 'halves-3', score: of }) as Condition;
    expect(becauseOf(score('one'), forms)).toEqual(half('one', 'HALVES-3 2 of 3'));
    expect(becauseOf(score('two'), forms)).toEqual(half('two', 'HALVES-3 4 of 6'));
    expect(becauseOf(is.level('halves-3', 'band-one', 'high'), forms)).toEqual(
      half('band-one', 'HALVES-3 2 of 3, band-one high'),
    );
    expect(becauseOf(is.level('halves-3', 'band-two', 'high'), forms)).toEqual(
      half('band-two', 'HALVES-3 4 of 6, band-two high'),
    );
    expect(
      becauseOf({ op: 'meets', instrument: 'halves-3', cutOff: 'cut-two', shows: 'two' }, forms),
    ).toEqual(half('cut-two', 'HALVES-3 4 of 6, screen positive: cut-two'));
  });

  it('names each critical flag that is open, and no other', () => {
    const shown = (answers: object) =>
      becauseOf({ op: 'score', instrument: 'halves-3', score: 'two', operator: '>=', value: 2 }, [
        today(halves, answers),
      ])?.map((each) => each.shown);
    expect(shown({ q2: 3 })).toEqual([
      'HALVES-3 3 to 6 of 6 (not answered: alarm-one) (not answered: alarm-two)',
    ]);
    expect(shown({ q1: 0, q2: 3 })).toEqual(['HALVES-3 3 to 6 of 6 (not answered: alarm-two)']);
  });

  it('is proved where every level that is still possible is one that the rule names', () => {
    expect(
      becauseOf(is.level('mood-3', 'severity', 'some', 'much'), [today(mood3, { q1: 3, q3: 1 })]),
    ).toEqual([result('severity', 'MOOD-3 4 to 7 of 9, some or much')]);
  });

  it('says of a flag whether it is raised or not answered, in its own words and no more', () => {
    const forms = (answers: object) => [today(halves, answers)];
    const raises = is.raises('halves-3', 'alarm-two');
    expect(becauseOf(raises, forms({ q1: 0, q2: 0, q3: 3 }))).toStrictEqual([
      result('alarm-two', 'HALVES-3: alarm-two', { instrument: 'halves-3', critical: true }),
    ]);
    expect(becauseOf(raises, forms({ q1: 0, q2: 0 }))).toStrictEqual([
      {
        status: 'open',
        instrument: 'halves-3',
        verdict: 'alarm-two',
        shown: 'HALVES-3: not answered: alarm-two',
      },
    ]);
  });

  it('is what the newest forms say, and of those what speaks for it', () => {
    const shown = (when: Condition, forms: Forms) => becauseOf(when, forms)?.map((each) => each.shown);
    const positive = today(mood3, { q1: 3, q2: 3, q3: 0 });
    const higher = { ...today(mood3, { q1: 3, q2: 3, q3: 3 }), on: '2026-11-20' };
    const negative = today(mood3, { q1: 0, q2: 0, q3: 0 });
    const words = ['MOOD-3 6 of 9, screen positive: low mood'];
    expect(shown(is.meets('mood-3', 'case-5'), [positive, higher])).toEqual(words);
    expect(shown(is.meets('mood-3', 'case-5'), [positive, negative])).toEqual(words);
  });

  it('is each critical flag that no rule names and that is raised, and no other', () => {
    const any: Condition = { op: 'unrouted-critical-flag', routed: ['mood-3 danger'] };
    expect(
      becauseOf(any, [
        today(alert1, { q1: 2 }),
        today(halves, { q1: 0, q2: 0, q3: 3 }),
        today(mood3, { q1: 0, q2: 0, q3: 3 }),
      ])?.map((each) => each.shown),
    ).toEqual(['ALERT-1: an alarm', 'HALVES-3: alarm-two']);
  });

  it('is nothing that an older form did not disclose, where the newest was not asked', () => {
    const older = { ...today(mood3, { q1: 0, q2: 0, q3: 0 }), on: '2026-11-20' };
    const asked = scoreOrThrow(mood3, { q1: 0, q2: 0, q3: 0 } as object, { age: 30, sex: 'female' });
    const flags = {
      danger: { status: 'not-applicable', critical: true, reason: 'not-administered' },
    } as const;
    const newest = { ...today(mood3, {}), outcome: right({ ...asked, flags }) };
    expect(becauseOf(is.not(is.raises('mood-3', 'danger')), [newest, older])).toBeUndefined();
  });

  it('names a verdict that is open beside a fact that was not given', () => {
    const when = is.and(is.or(is.fact('alone'), is.fact('in-pain')), is.meets('drink-2', 'by-sex'));
    const forms = [today(drink2, { q1: 1, q2: 1 })];
    expect(becauseOf(when, forms, { sex: 'refused', alone: true })).toEqual([
      { status: 'fact', fact: 'alone', shown: 'alone: yes' },
      { status: 'open', instrument: 'drink-2', verdict: 'by-sex', shown: 'DRINK-2: open: by-sex' },
    ]);
  });
});

describe('what would settle a verdict', () => {
  const asked = (when: Condition, forms: Forms, person: Person = {}) =>
    plan([rule('ONE-01', when)], forms, person).questions;
  const items = (instrument: string, short: string, ...open: string[]) => ({
    status: 'items',
    instrument,
    short,
    items: open,
    urgency: 'routine',
    rules: ['ONE-01'],
  });

  it('is the items that a score reads and that are not answered, a score as much as a band', () => {
    const forms = [today(mood3, { q2: 1 })];
    expect(asked(total(5), forms)).toEqual([items('mood-3', 'MOOD-3', 'q1', 'q3')]);
    expect(asked(is.level('mood-3', 'severity', 'much'), forms)).toEqual([
      items('mood-3', 'MOOD-3', 'q1', 'q3'),
    ]);
  });

  it('is no item that the verdict does not read', () => {
    expect(asked(is.level('drink-2', 'response', 'now'), [today(drink2, {})])).toEqual([
      items('drink-2', 'DRINK-2', 'q2'),
    ]);
  });

  it('is the items of one half where the verdict is of that half, answered or not as the other may be', () => {
    for (const [at, open] of [
      ['one', ['q1']],
      ['two', ['q2', 'q3']],
    ] as const) {
      const asks = [items('halves-3', 'HALVES-3', ...open)];
      const score = { op: 'score', instrument: 'halves-3', score: at, operator: '>=', value: 2 } as const;
      expect(asked(score, [today(halves, {})])).toEqual(asks);
      expect(asked(is.level('halves-3', `band-${at}`, 'high'), [today(halves, {})])).toEqual(asks);
      expect(asked(is.meets('halves-3', `cut-${at}`), [today(halves, {})])).toEqual(asks);
      expect(asked(score, [today(halves, at === 'one' ? { q2: 0, q3: 0 } : { q1: 0 })])).toEqual(asks);
    }
  });

  it('is an item and a fact where a cut-off hangs on both', () => {
    expect(asked(is.meets('drink-2', 'by-sex'), [today(drink2, { q1: 1 })])).toMatchObject([
      { status: 'items', items: ['q2'] },
      { status: 'fact', fact: 'sex' },
    ]);
  });

  it('stands in the order of the instruments, each rule once and by name', () => {
    const made = plan(
      [
        rule('TWO-01', total(5)),
        rule('ONE-01', is.and(total(5), is.level('mood-3', 'severity', 'much'))),
        rule('TRI-01', total(5, '>=', 'mood-2')),
      ],
      [today(mood3, { q1: 1, q2: 2 }), today(mood2, { q1: 3 })],
    );
    expect(made.questions).toEqual([
      { ...items('mood-2', 'MOOD-2', 'q2'), rules: ['TRI-01'] },
      { ...items('mood-3', 'MOOD-3', 'q3'), rules: ['ONE-01', 'TWO-01'] },
    ]);
  });
});

describe('what is wrong with a session', () => {
  it('is told in the order of its words, whatever the order of the forms', () => {
    const forms = [
      { ...today(mood3, { q1: 1, q2: 1, q3: 0 }), on: 'yesterday' },
      { ...today(mood2, { q1: 1, q2: 1 }), on: '2026-11-25' },
      today(drink2, { q1: 0, q2: 0 }),
      today(drink2, { q1: 3, q2: 3 }),
    ];
    const expected = [
      {
        status: 'bad-date',
        at: 'mood-2',
        message:
          'MOOD-2 bears a day after the day of the plan: mend the day of the form or that of the plan; until then it stands beside the newest',
      },
      {
        status: 'bad-date',
        at: 'mood-3',
        message: 'MOOD-3 has no day: give it as YYYY-MM-DD; until then it counts as the oldest',
      },
      {
        status: 'forms-disagree',
        at: 'drink-2',
        message: 'the forms of DRINK-2 of the same day differ: both stand; go through them with the person',
      },
    ];
    const told = (of: Forms) =>
      recommend(pathwayWith([]), { asOf: TODAY, forms: of }, { sex: 'male' }).problems;
    expect(told(forms)).toEqual(expected);
    expect(told([...forms].reverse())).toEqual(expected);
  });

  it('is a day that has not come: such a form stands, and hides none that was filled in before [H28]', () => {
    const much = { ...today(mood3, { q1: 3, q2: 3, q3: 3 }), on: '2026-11-20' };
    const little = { ...today(mood3, { q1: 0, q2: 0, q3: 0 }), on: '2062-11-24' };
    for (const forms of [
      [much, little],
      [little, much],
    ]) {
      const made = recommend(pathwayWith([rule('TWO-01', total(5))]), { asOf: TODAY, forms }, {});
      expect(made.recommendations.map(({ reasons }) => reasons.map((reason) => reason.rule))).toEqual([
        ['TWO-01'],
      ]);
      expect(made.readings.map(({ on, status }) => [on, status])).toEqual([
        ['2062-11-24', 'current'],
        ['2026-11-20', 'current'],
      ]);
      expect(made.problems.map(({ message }) => message)).toEqual([
        'MOOD-3 bears a day after the day of the plan: mend the day of the form or that of the plan; until then it stands beside the newest',
        'the forms of MOOD-3 differ: both stand; go through them with the person',
      ]);
    }
  });

  it('is a day of the plan that is none', () => {
    const made = recommend(pathwayWith([]), { asOf: 'someday', forms: [] }, {});
    expect(made.asOf).toBe('');
    expect(made.problems).toEqual([
      {
        status: 'bad-date',
        at: 'as-of',
        message: 'give the day of the plan as YYYY-MM-DD; every form was counted',
      },
    ]);
  });

  it('is each answer of a form that could not be read, in one line', () => {
    const wrong = { q1: 99, q2: 0, q3: 98 };
    const outcome = score(mood3, wrong as object, { age: 30, sex: 'female' });
    const [first, second] = isLeft(outcome) ? outcome.left.problems : [];
    expect(plan([], [today(mood3, wrong)]).problems).toEqual([
      {
        status: 'not-scored',
        at: 'mood-3',
        message: `MOOD-3 could not be scored: ${first?.message} ${second?.message}`,
      },
    ]);
  });

  it('is two forms of one day that differ, also beside one that could not be scored', () => {
    const forms = [
      today(mood3, { q1: 99, q2: 0, q3: 0 }),
      today(mood3, { q1: 0, q2: 0, q3: 0 }),
      today(mood3, { q1: 3, q2: 3, q3: 3 }),
    ];
    expect(
      recommend(pathwayWith([]), { asOf: TODAY, forms }, {}).problems.map(({ status, at }) => [status, at]),
    ).toEqual([
      ['not-scored', 'mood-3'],
      ['forms-disagree', 'mood-3'],
    ]);
  });

  it('is nothing where two forms of one day say the same, or the day of the plan is the day of the form', () => {
    const twice = [today(mood3, { q1: 1, q2: 1, q3: 0 }), today(mood3, { q1: 1, q2: 1, q3: 0 })];
    expect(plan([], twice).problems).toEqual([]);
  });
});

describe('notes, steps and review days', () => {
  it('has the notes by the name of their rule, with what they rest on, and no rule that refers', () => {
    const note = (id: string) =>
      rule(id, is.fact('alone'), { urgency: 'none', refer: { choice: 'all', services: [] } });
    const made = plan(
      [
        note('NOT-02'),
        note('NOT-01'),
        rule('REF-01', is.fact('alone')),
        rule('NXT-01', is.fact('alone'), { refer: { choice: 'all', services: [] }, next: ['mood-3'] }),
      ],
      [],
      { alone: true },
    );
    const said = (id: string) => ({
      rule: id,
      status: 'fired',
      text: `action of ${id}`,
      because: [{ status: 'fact', fact: 'alone', shown: 'alone: yes' }],
      guideline: [{ id: 'FG1', year: '2020' }],
      confidence: 'fictional',
      level: 'design',
    });
    expect(made.notes).toEqual([said('NOT-01'), said('NOT-02')]);
    expect(made.recommendations.map(({ reasons }) => reasons.map((reason) => reason.rule))).toEqual([
      ['REF-01'],
    ]);
  });

  it('is looked at again on the earliest day, for all rules that ask for it, by name', () => {
    const made = plan(
      [
        rule('REV-03', is.fact('alone'), { review: 'P2W' }),
        rule('REV-02', is.fact('alone'), { review: 'P7D' }),
        rule('REV-01', is.fact('alone'), { review: 'P1W' }),
        rule('REV-00', is.fact('alone')),
      ],
      [],
      { alone: true },
    );
    expect(made.review).toEqual({ on: '2026-12-01', rules: ['REV-01', 'REV-02'] });
  });
});
