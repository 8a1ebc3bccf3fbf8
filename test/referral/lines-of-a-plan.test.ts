import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/referral/evaluate-rule.js';
import type { Condition, Pathway, Person, Plan, Rule } from '../../src/referral/index.js';
import { recommend } from '../../src/referral/index.js';
import { readPerson } from '../../src/referral/person.js';
import { drink2, facts, is, mood3, pathwayWith, rule, TODAY, today } from './fictional.js';

/** Whole lines of a plan: how rules that meet in one service are joined, what comes first, what is asked and opened. */

type Forms = Parameters<typeof recommend>[1]['forms'];
const plan = (
  rules: readonly Rule[],
  person: Person = {},
  forms: Forms = [],
  given: Partial<Pathway> = {},
): Plan => recommend(pathwayWith(rules, given), { asOf: TODAY, forms }, { agrees: true, ...person });
const alone = is.fact('alone');
const pain = is.fact('in-pain');
const both: Person = { alone: true, 'in-pain': true };
const to = (choice: 'all' | 'one-of', ...services: string[]) => ({ refer: { choice, services } });
const brief = ({ recommendations, access }: Plan) =>
  [...access, ...recommendations].map(({ services, choice, place }) => [
    services.map(({ id }) => id).join(' '),
    choice,
    place,
  ]);

describe('a line of a plan', () => {
  it('holds this and nothing else for a rule that says no more than it must', () => {
    expect(plan([rule('ONE-01', alone, to('all', 'specialist'))], both).recommendations).toStrictEqual([
      {
        urgency: 'routine',
        critical: false,
        services: [
          {
            id: 'specialist',
            name: 'specialist (fictional)',
            via: 'surgery (fictional)',
            route: { status: 'refer' },
            provider: { status: 'no-provider-known' },
          },
        ],
        choice: 'all',
        place: 'referral',
        status: 'fired',
        reasons: [
          {
            rule: 'ONE-01',
            status: 'fired',
            urgency: 'routine',
            action: 'action of ONE-01',
            warnings: [],
            because: [{ status: 'fact', fact: 'alone', shown: 'alone: yes' }],
            guideline: [{ id: 'FG1', year: '2020' }],
            confidence: 'fictional',
            level: 'design',
            proposal: false,
          },
        ],
        warnings: [],
        after: [],
        audience: 'health-only',
      },
    ]);
  });

  it('names the preferred service first and its alternatives by name', () => {
    expect(brief(plan([rule('ONE-01', alone, to('one-of', 'hotline', 'surgery', 'clinic'))], both))).toEqual([
      ['hotline clinic surgery', 'one-of', 'referral'],
    ]);
  });

  it('keeps of the alternatives those that every rule allows, and is no choice where none is left', () => {
    const choosing = (...others: string[]) => [
      rule('ONE-01', alone, to('one-of', 'hotline', 'surgery', 'clinic')),
      rule('TWO-01', pain, to('one-of', 'hotline', ...others)),
    ];
    expect(brief(plan(choosing('clinic', 'guide'), both))).toEqual([
      ['hotline clinic', 'one-of', 'referral'],
    ]);
    expect(brief(plan(choosing('guide'), both))).toEqual([['hotline', 'all', 'referral']]);
  });

  it('is no choice where a rule names one service, and none where an emergency names several', () => {
    expect(brief(plan([rule('ONE-01', alone, to('one-of', 'clinic'))], both))).toEqual([
      ['clinic', 'all', 'referral'],
    ]);
    const now = rule('NOW-01', alone, { urgency: 'emergency', ...to('all', 'surgery', 'hospital') });
    expect(brief(plan([now], both))).toEqual([['surgery hospital', 'all', 'referral']]);
    const three = rule('NOW-01', alone, {
      urgency: 'emergency',
      ...to('all', 'surgery', 'hotline', 'hospital'),
    });
    expect(brief(plan([three], both))).toEqual([['surgery hotline hospital', 'all', 'referral']]);
  });

  it('is in the room only where each of its services is', () => {
    const half = plan([rule('ONE-01', alone, to('one-of', 'room', 'hotline'))], both);
    expect(brief(half)).toEqual([['room hotline', 'one-of', 'referral']]);
    expect(half.recommendations[0]?.services.map(({ route }) => route.status)).toEqual([
      'in-the-room',
      'refer',
    ]);
    expect(brief(plan([rule('ONE-01', alone, to('all', 'room'))], both))).toEqual([
      ['room', 'all', 'in-the-room'],
    ]);
  });

  it('is none where a rule names no service or asks for nothing', () => {
    for (const choice of ['all', 'one-of'] as const) {
      expect(
        plan([rule('ONE-01', alone, { urgency: 'emergency', ...to(choice) })], both).recommendations,
      ).toEqual([]);
    }
    const none = plan([rule('ONE-01', alone, { urgency: 'none', ...to('all', 'clinic') })], both);
    expect(none.recommendations).toEqual([]);
    expect(none.notes.map((note) => note.rule)).toEqual(['ONE-01']);
    expect(none.status).toBe('ask');
  });

  it('is as firm as the firmest of its reasons', () => {
    const reasons = {
      fired: rule('FIR-01', alone),
      provisional: rule('PRO-01', pain),
      ask: rule('ASK-01', is.raises('mood-3', 'danger')),
    };
    const status = (...of: (keyof typeof reasons)[]) =>
      plan(
        of.map((each) => reasons[each]),
        { alone: true, 'in-pain': 'refused' },
        [today(mood3, { q1: 0, q2: 0 })],
      ).recommendations.map((line) => line.status);
    expect(status('fired', 'provisional')).toEqual(['fired']);
    expect(status('provisional', 'fired')).toEqual(['fired']);
    expect(status('fired', 'ask')).toEqual(['fired']);
    expect(status('ask', 'fired')).toEqual(['fired']);
    expect(status('provisional', 'ask')).toEqual(['provisional']);
    expect(status('ask', 'provisional')).toEqual(['provisional']);
    expect(status('ask')).toEqual(['ask']);
  });

  it('is a note where a rule that has an urgency names no service', () => {
    expect(plan([rule('ONE-01', alone, to('all'))], both).notes.map((note) => note.rule)).toEqual(['ONE-01']);
  });

  it('makes the plan one to act on, beside a step that comes first', () => {
    const step = rule('REG-01', alone, { ...to('all', 'surgery'), provides: ['surgery-place'] });
    expect(plan([step, rule('ONE-01', pain)], both).status).toBe('act');
    expect(plan([step], both).status).toBe('act');
    expect(plan([rule('ONE-01', pain)], both).status).toBe('act');
  });

  it('has its reasons by urgency and name, and its warnings once and by name', () => {
    const made = plan(
      [
        rule('TWO-01', alone, { warnings: ['b', 'c'] }),
        rule('ONE-01', alone, { warnings: ['b', 'a'] }),
        rule('TRI-01', alone, { urgency: 'soon' }),
      ],
      both,
    );
    expect(made.recommendations).toHaveLength(1);
    expect(made.recommendations[0]?.reasons.map((reason) => reason.rule)).toEqual([
      'TRI-01',
      'ONE-01',
      'TWO-01',
    ]);
    expect(made.recommendations[0]?.warnings).toEqual(['a', 'b', 'c']);
  });

  it('is critical where one of the things that it rests on is a critical flag, and not for a fact or a score', () => {
    const critical = (when: Condition) =>
      plan([rule('ONE-01', when)], both, [today(mood3, { q1: 3, q2: 3, q3: 1 })]).recommendations[0]
        ?.critical;
    expect(critical(is.and(alone, is.raises('mood-3', 'danger')))).toBe(true);
    expect(critical(is.meets('mood-3', 'case-5'))).toBe(false);
    expect(critical(alone)).toBe(false);
  });

  it('bears a caution on results where anything that it rests on is one', () => {
    const caution = {
      id: 'c',
      text: 'alone',
      when: alone,
      on: 'results',
      warning: 'mind',
      confidence: 'x',
    } as const;
    const warned = (when: Condition) =>
      plan([rule('ONE-01', when)], both, [today(mood3, { q1: 3, q2: 3, q3: 1 })], { cautions: [caution] })
        .recommendations[0]?.warnings;
    expect(warned(is.and(pain, is.meets('mood-3', 'case-5')))).toEqual(['mind']);
    expect(warned(pain)).toEqual([]);
  });
});

describe('what comes first', () => {
  const place = rule('REG-01', alone, { ...to('all', 'surgery'), provides: ['other-need', 'surgery-place'] });
  const other = rule('OTH-01', alone, { ...to('all', 'guide'), provides: ['other-need'] });
  const firstSteps = (rules: readonly Rule[]) => plan(rules, both).recommendations.map((line) => line.after);

  it('is each step that gives one of the things that a service needs, and no other step', () => {
    expect(firstSteps([place, other, rule('ONE-01', pain, to('all', 'specialist'))])).toEqual([['REG-01']]);
    expect(firstSteps([place, rule('ONE-01', pain, to('all', 'clinic'))])).toEqual([[]]);
  });

  it('is nothing in an emergency', () => {
    const now = rule('NOW-01', pain, { urgency: 'emergency', ...to('all', 'specialist') });
    expect(firstSteps([place, now])).toEqual([[]]);
  });
});

describe('what is asked and opened', () => {
  it('asks for consent where one of several services needs it', () => {
    const made = recommend(
      pathwayWith([rule('ONE-01', alone, to('one-of', 'hotline', 'clinic'))]),
      { asOf: TODAY, forms: [] },
      { alone: true },
    );
    expect(made.questions).toEqual([
      {
        status: 'fact',
        fact: 'agrees',
        question: 'agrees?',
        sensitive: true,
        urgency: 'routine',
        rules: ['ONE-01'],
      },
    ]);
  });

  it('asks for consent once for a line, for the rule that stands first', () => {
    const made = recommend(
      pathwayWith([rule('TWO-01', alone), rule('ONE-01', alone)]),
      { asOf: TODAY, forms: [] },
      { alone: true },
    );
    expect(made.questions).toMatchObject([{ fact: 'agrees', rules: ['ONE-01'] }]);
  });

  it('says whether consent was given, withheld or not asked for', () => {
    const consent = (agrees: Person['agrees']) => plan([], { agrees, 'may-share': true }).consent;
    expect(consent(true)).toEqual({ refer: 'agreed', share: true });
    expect(consent('refused')).toEqual({ refer: 'withheld', share: true });
    expect(consent(undefined)).toEqual({ refer: 'not-asked', share: true });
  });

  it('names the steps up in the order of their names', () => {
    const step = (id: string) =>
      ({
        id,
        text: 'alone',
        when: alone,
        rules: ['ONE-01'],
        upTo: 'urgent',
        says: `says ${id}`,
        confidence: 'x',
        level: 'design',
        guideline: [],
        read: '2026-01-01',
        reviewBy: '2027-01-01',
        instruments: [],
      }) as const;
    const made = plan([rule('ONE-01', pain)], both, [], { raises: [step('b'), step('c'), step('a')] });
    expect(made.recommendations[0]?.reasons[0]?.raised?.map(({ by }) => by)).toEqual(['a', 'b', 'c']);
  });

  it('opens each form once, by name, with the rules that ask for it, and says what a screen can open', () => {
    const made = plan(
      [
        rule('TWO-01', alone, { next: ['mood-3', 'alert-1'] }),
        rule('ONE-01', pain, { next: ['mood-3'] }),
        rule('DRI-01', is.meets('drink-2', 'by-sex'), { next: ['mood-3', 'alert-1'] }),
        rule('DRI-02', is.meets('drink-2', 'women-2')),
      ],
      both,
    );
    expect(made.next).toEqual([
      { instrument: 'alert-1', short: 'ALERT-1', minutes: 2, status: 'opened', rules: ['TWO-01'], opens: [] },
      {
        instrument: 'mood-3',
        short: 'MOOD-3',
        minutes: 4,
        status: 'opened',
        rules: ['ONE-01', 'TWO-01'],
        opens: [],
      },
      {
        instrument: 'drink-2',
        short: 'DRINK-2',
        minutes: null,
        status: 'screen',
        rules: [],
        opens: ['alert-1', 'mood-3'],
      },
    ]);
  });

  it('is provisional only where all that is open was asked and not given', () => {
    const status = (person: Person) =>
      plan([rule('ONE-01', is.and(alone, pain))], person).recommendations.map((line) => line.status);
    expect(status({ alone: 'refused', 'in-pain': 'refused' })).toEqual(['provisional']);
    expect(status({ alone: 'refused' })).toEqual([]);
    expect(status({ alone: 'refused', 'in-pain': false })).toEqual([]);
  });

  it('is to be asked where a flag is open beside a fact that is not known', () => {
    const made = plan([rule('ONE-01', is.and(alone, is.raises('mood-3', 'danger')))], {}, [
      today(mood3, { q1: 1, q2: 1 }),
    ]);
    expect(made.recommendations.map((line) => [line.status, line.critical])).toEqual([['ask', true]]);
  });

  it('has no word of an alternative that does not hold, nor of one that is of no interest', () => {
    const because = (when: Condition, person: Person) =>
      plan([rule('ONE-01', when)], person).recommendations[0]?.reasons[0]?.because.map(
        (each) => 'fact' in each && each.fact,
      );
    expect(because(is.or(alone, pain), { alone: true, 'in-pain': 'refused' })).toEqual(['alone']);
    expect(because(is.or(alone, pain), both)).toEqual(['alone', 'in-pain']);
    expect(because(is.not(is.and(alone, pain)), { alone: false, 'in-pain': 'refused' })).toEqual(['alone']);
  });

  it('has no word of what holds where a rule does not fire', () => {
    const states = new Map(
      facts.map((fact) => [
        fact.id,
        {
          fact,
          state:
            fact.id === 'alone'
              ? ({ status: 'known', values: ['true'], number: Number.NaN } as const)
              : ({ status: 'not-asked' } as const),
        },
      ]),
    );
    expect(
      evaluate(is.and(alone, pain), { pathway: pathwayWith([]), states, byInstrument: new Map() }),
    ).toEqual({ firing: null, because: [], open: [{ status: 'fact-not-asked', fact: 'in-pain' }] });
  });

  it('asks for a fact of which a screen that was not given would say the same', () => {
    const { states } = readPerson(pathwayWith([]), { 'in-pain': true }, null);
    const either = is.and(is.or(is.meets('drink-2', 'by-sex'), alone), pain);
    expect(evaluate(either, { pathway: pathwayWith([]), states, byInstrument: new Map() })).toEqual({
      firing: null,
      because: [],
      open: [{ status: 'fact-not-asked', fact: 'alone' }],
    });
  });

  it('says that a drinking screen does not apply to whom it does not', () => {
    const made = plan([rule('ONE-01', is.not(is.meets('drink-2', 'women-2')))], { sex: 'male' }, [
      today(drink2, { q1: 0, q2: 0 }),
    ]);
    expect(made.recommendations).toEqual([]);
    expect(made.questions).toEqual([]);
  });
});
