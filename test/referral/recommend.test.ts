import { describe, expect, it } from 'vitest';
import { ENGINE } from '../../src/instrument/index.js';
import type { Person, Plan, Recommendation, RecommendOptions, Rule } from '../../src/referral/index.js';
import { recommend } from '../../src/referral/index.js';
import {
  alert1,
  catalogue,
  drink2,
  gated2,
  is,
  mood2,
  mood3,
  pathwayWith,
  rule,
  TODAY,
  today,
} from './fictional.js';

type Forms = readonly {
  instrument: Parameters<typeof today>[0];
  on: string;
  answers: unknown;
  options?: object;
}[];

const plan = (
  rules: readonly Rule[],
  forms: Forms,
  person: Person = {},
  options: RecommendOptions = {},
): Plan => recommend(pathwayWith(rules), { asOf: TODAY, forms, derive: catalogue }, person, options);

const services = ({ services: lines }: Recommendation) => lines.map(({ id }) => id);
const lineFor = (made: Plan, service: string) =>
  [...made.recommendations, ...made.access].find((line) => line.services[0]?.id === service);
const agreed: Person = { agrees: true };
const full = { q1: 2, q2: 2, q3: 1 };

const danger = rule('DAN-01', is.raises('mood-3', 'danger'), {
  urgency: 'same-day',
  refer: { choice: 'all', services: ['room'] },
});
const mood = rule('MOO-01', is.meets('mood-3', 'case-5'));

describe('a rule over a verdict', () => {
  it('fires where the verdict holds, and says why', () => {
    const made = plan([mood], [today(mood3, { q1: 3, q2: 2, q3: 0 })], agreed);
    expect(made.status).toBe('act');
    expect(made.urgency).toBe('routine');
    expect(made.recommendations).toHaveLength(1);
    expect(made.recommendations[0]).toMatchObject({
      status: 'fired',
      place: 'referral',
      services: [{ id: 'clinic', route: { status: 'refer' } }],
      reasons: [
        {
          rule: 'MOO-01',
          action: 'action of MOO-01',
          guideline: [{ id: 'FG1', year: '2020' }],
          confidence: 'fictional',
          proposal: false,
          because: [
            {
              status: 'result',
              instrument: 'mood-3',
              verdict: 'case-5',
              shown: 'MOOD-3 5 of 9, screen positive: low mood',
              on: TODAY,
              basis: 'proved',
            },
          ],
        },
      ],
    });
  });

  it('is silent where the verdict does not hold', () => {
    const made = plan([mood], [today(mood3, { q1: 2, q2: 2, q3: 0 })], agreed);
    expect(made.recommendations).toEqual([]);
    expect(made.questions).toEqual([]);
  });

  it('fires on a bound that is proved, whatever the open items are', () => {
    const made = plan([mood], [today(mood3, { q1: 3, q2: 2 })], agreed);
    expect(lineFor(made, 'clinic')?.reasons[0]?.because[0]?.shown).toBe(
      'MOOD-3 5 to 8 of 9, screen positive: low mood (not answered: thoughts of danger)',
    );
  });

  it('asks for the items where they can still decide it', () => {
    const made = plan([mood], [today(mood3, { q1: 2, q3: 0 })], agreed);
    expect(made.recommendations).toEqual([]);
    expect(made.questions).toEqual([
      {
        status: 'items',
        instrument: 'mood-3',
        short: 'MOOD-3',
        items: ['q2'],
        urgency: 'routine',
        rules: ['MOO-01'],
      },
    ]);
    expect(made.asking).toBe('routine');
  });

  it('is silent about an instrument that is not in the session', () => {
    const made = plan([danger, mood, rule('NEG-01', is.not(is.meets('mood-3', 'case-5')))], [], agreed);
    expect(made.recommendations).toEqual([]);
    expect(made.questions).toEqual([]);
  });

  it('says an estimate where a missing rule filled in', () => {
    const severe = rule('SEV-01', is.level('mood-3', 'severity', 'much'));
    const forms = [{ ...today(mood3, { q1: 3, q2: 3 }), options: { missing: 'fictional' } }];
    const because = plan([severe], forms, agreed).recommendations[0]?.reasons[0]?.because[0];
    expect(because).toMatchObject({
      shown: 'MOOD-3 about 9 of 9, much (not answered: thoughts of danger)',
      basis: 'proved',
    });
    const low = rule('LOW-01', {
      op: 'score',
      instrument: 'mood-3',
      score: 'total',
      operator: '>=',
      value: 4,
    });
    const estimated = [{ ...today(mood3, { q1: 1, q2: 2 }), options: { missing: 'fictional' } }];
    expect(plan([low], estimated, agreed).recommendations[0]?.reasons[0]?.because[0]).toMatchObject({
      basis: 'estimated',
      shown: expect.stringContaining('about 4.5 of 9'),
    });
  });

  it('reads a verdict that depends on a fact not known, and asks for the fact', () => {
    const rules = [rule('SEX-01', is.meets('drink-2', 'by-sex'), { urgency: 'soon' })];
    const forms = [today(drink2, { q1: 1, q2: 1 })];
    expect(
      plan(rules, forms, { ...agreed, sex: 'female' }).recommendations[0]?.reasons[0]?.because[0]?.shown,
    ).toBe('DRINK-2: criterion met: drinking');
    expect(plan(rules, forms, { ...agreed, sex: 'male' }).recommendations).toEqual([]);
    const made = plan(rules, forms, agreed);
    expect(made.questions).toMatchObject([
      { status: 'fact', fact: 'sex', urgency: 'soon', rules: ['SEX-01'] },
    ]);
    expect(plan(rules, forms, { ...agreed, sex: 'refused' }).recommendations[0]).toMatchObject({
      urgency: 'soon',
      status: 'provisional',
    });
  });

  it('asks for the form where a verdict hangs on context that the pathway does not ask', () => {
    const pathway = pathwayWith([rule('SEX-01', is.meets('drink-2', 'by-sex'))], { context: {} });
    const made = recommend(pathway, { asOf: TODAY, forms: [today(drink2, { q1: 1, q2: 1 })] }, agreed);
    expect(made.questions).toMatchObject([{ status: 'items', instrument: 'drink-2', items: [] }]);
  });

  it('keeps to the people whom a cut-off is for', () => {
    const rules = [rule('WOM-01', is.meets('drink-2', 'women-2'))];
    const forms = [today(drink2, { q1: 1, q2: 1 })];
    expect(
      plan(rules, forms, { ...agreed, sex: 'female' }).recommendations[0]?.reasons[0]?.because[0]?.shown,
    ).toBe('DRINK-2 2 of 6, criterion met: drinking in women');
    expect(plan(rules, forms, { ...agreed, sex: 'male' }).recommendations).toEqual([]);
    expect(plan(rules, forms, agreed).questions).toMatchObject([{ fact: 'sex' }]);
  });

  it('reads the levels of a band, decided, still possible, or open', () => {
    const some = rule('LEV-01', is.level('mood-3', 'severity', 'some', 'much'));
    expect(plan([some], [today(mood3, { q1: 3, q2: 0, q3: 0 })], agreed).recommendations).toHaveLength(1);
    const possible = plan([some], [today(mood3, { q1: 3, q2: 2 })], agreed);
    expect(possible.recommendations[0]?.reasons[0]?.because[0]?.shown).toBe(
      'MOOD-3 5 to 8 of 9, some or much (not answered: thoughts of danger)',
    );
    expect(plan([some], [today(mood3, { q1: 0, q2: 1, q3: 1 })], agreed).recommendations).toEqual([]);
    expect(plan([some], [today(mood3, { q1: 1, q2: 1 })], agreed).questions).toMatchObject([
      { items: ['q3'] },
    ]);
  });

  it('reads bands by rule', () => {
    const now = rule('NOW-01', is.level('drink-2', 'response', 'now'), { urgency: 'urgent' });
    const made = plan([now], [today(drink2, { q1: 0, q2: 3 })], { ...agreed, sex: 'male' });
    expect(made.recommendations[0]?.reasons[0]?.because[0]?.shown).toBe('DRINK-2: needs a response now');
    expect(plan([now], [today(drink2, { q1: 0 })], { ...agreed, sex: 'male' }).questions).toMatchObject([
      { status: 'items', items: ['q2'], urgency: 'urgent' },
    ]);
  });

  it('asks for the items that contradict each other where that forbids a negative', () => {
    const gated = rule('GAT-01', is.meets('gated-2', 'some-3'), { urgency: 'soon' });
    const made = plan([gated], [today(gated2, { q1: 0, q2: 2 })], agreed);
    expect(made.questions).toMatchObject([
      { status: 'items', instrument: 'gated-2', items: ['q2'], urgency: 'soon' },
    ]);
    expect(plan([gated], [today(gated2, { q1: 0 })], agreed).questions).toEqual([]);
  });

  it('names no verdict that the instrument does not have', () => {
    const rules = [
      rule('NIL-01', is.meets('mood-3', 'nothing')),
      rule('NIL-02', is.level('mood-3', 'nothing', 'some')),
      rule('NIL-03', is.raises('mood-3', 'nothing')),
      rule('NIL-04', { op: 'score', instrument: 'mood-3', score: 'nothing', operator: '>', value: 1 }),
    ];
    const made = plan(rules, [today(mood3, full)], agreed);
    expect(made.recommendations).toEqual([]);
    expect(made.questions).toEqual([]);
  });
});

describe('a comparison of a score', () => {
  const score = (operator: '<' | '<=' | '>' | '>=' | '=' | '!=', value: number) =>
    rule('NUM-01', { op: 'score', instrument: 'mood-3', score: 'total', operator, value });
  const fires = (of: Rule, answers: object) =>
    plan([of], [today(mood3, answers)], agreed).recommendations.length > 0;
  const asks = (of: Rule, answers: object) =>
    plan([of], [today(mood3, answers)], agreed).questions.length > 0;

  it.each([
    ['>=', 5, 4],
    ['>', 4, 3],
    ['<=', 5, 6],
    ['<', 6, 7],
  ] as const)('%s is exact at its edge', (operator, holds, misses) => {
    const edge = 5;
    const at = (value: number) => ({
      q1: Math.min(3, value),
      q2: Math.min(3, Math.max(0, value - 3)),
      q3: Math.max(0, value - 6),
    });
    const value = operator === '>' ? 3 : operator === '<' ? 7 : edge;
    expect(fires(score(operator, value), at(holds))).toBe(true);
    expect(fires(score(operator, value), at(misses))).toBe(false);
  });

  it('tells equal from different', () => {
    expect(fires(score('=', 5), full)).toBe(true);
    expect(fires(score('=', 4), full)).toBe(false);
    expect(fires(score('!=', 4), full)).toBe(true);
    expect(fires(score('!=', 5), full)).toBe(false);
  });

  it('is open while the bounds lie on both sides, and settled when they do not', () => {
    for (const operator of ['>=', '>', '<=', '<', '=', '!='] as const) {
      expect(asks(score(operator, 4), { q1: 2, q2: 1 })).toBe(true);
      expect(asks(score(operator, 20), { q1: 2, q2: 1 })).toBe(false);
      expect(asks(score(operator, -1), { q1: 2, q2: 1 })).toBe(false);
    }
  });
});

describe('critical flags in a plan [H07]', () => {
  it('raise their rule whatever the total is', () => {
    const made = plan([danger, mood], [today(mood3, { q1: 0, q2: 0, q3: 1 })], agreed);
    expect(made.urgency).toBe('same-day');
    expect(made.recommendations[0]).toMatchObject({
      critical: true,
      place: 'in-the-room',
      services: [{ id: 'room', route: { status: 'in-the-room' }, provider: { status: 'not-needed' } }],
      reasons: [
        { because: [{ shown: 'MOOD-3: thoughts of danger', critical: true, response: 'ask about it now' }] },
      ],
    });
  });

  it('survive a bad answer elsewhere on the form', () => {
    const made = plan([danger, mood], [today(mood3, { q1: 99, q2: 0, q3: 1 })], agreed);
    expect(made.recommendations).toMatchObject([{ urgency: 'same-day', status: 'fired' }]);
    expect(made.problems).toMatchObject([{ status: 'not-scored', at: 'mood-3' }]);
    expect(JSON.stringify(made.problems)).not.toContain('99');
    expect(made.questions).toMatchObject([
      { status: 'items', instrument: 'mood-3', items: ['q1'], rules: ['MOO-01'] },
    ]);
  });

  it('are asked for where they are open, at their own urgency', () => {
    for (const answers of [
      { q1: 0, q2: 0 },
      { q1: 0, q2: 0, q3: { missing: 'refused' } },
      { q1: 0, q2: 0, q3: 'x' },
    ]) {
      const made = plan([danger], [today(mood3, answers)], agreed);
      expect(made.recommendations).toMatchObject([
        { urgency: 'same-day', status: 'ask', critical: true, reasons: [{ because: [{ status: 'open' }] }] },
      ]);
    }
  });

  it('of older forms count inside their recall window, with their day', () => {
    const newest = today(mood3, { q1: 0, q2: 0, q3: 0 });
    const inside = { ...newest, on: '2026-11-10', answers: { q1: 0, q2: 0, q3: 2 } };
    const outside = { ...inside, on: '2026-11-09' };
    const made = plan([danger], [newest, inside], agreed);
    expect(made.recommendations[0]?.reasons[0]?.because).toMatchObject([
      { on: '2026-11-10', critical: true },
    ]);
    expect(plan([danger], [newest, outside], agreed).recommendations).toEqual([]);
    expect(plan([danger], [outside], agreed).recommendations).toHaveLength(1);
  });

  it('of older forms count for nothing where they are open or not raised', () => {
    const newest = today(mood3, { q1: 0, q2: 0, q3: 0 });
    const open = { ...newest, on: '2026-11-20', answers: { q1: 0 } };
    const quiet = { ...newest, on: '2026-11-20' };
    expect(plan([danger], [newest, open, quiet], agreed).recommendations).toEqual([]);
  });

  it('that no rule names are answered all the same', () => {
    const anyFlag = rule(
      'FLA-01',
      { op: 'unrouted-critical-flag', routed: ['mood-3 danger'] },
      {
        urgency: 'same-day',
        refer: { choice: 'all', services: ['room'] },
      },
    );
    const made = plan([anyFlag], [today(alert1, { q1: 2 }), today(mood3, full)], agreed);
    expect(made.recommendations[0]?.reasons[0]?.because.map(({ shown }) => shown)).toEqual([
      'ALERT-1: an alarm',
    ]);
  });

  it('that are not critical say what they are', () => {
    const morning = rule('MOR-01', is.raises('drink-2', 'mornings'));
    const because = plan([morning], [today(drink2, { q1: 3, q2: 0 })], agreed).recommendations[0]?.reasons[0]
      ?.because[0];
    expect(because).toMatchObject({ shown: 'DRINK-2: drinks in the morning' });
    expect(because).not.toHaveProperty('critical');
    expect(because).not.toHaveProperty('response');
  });

  it('of a derived short form say where they were taken from', () => {
    const sleepless = rule('SLE-01', is.raises('mood-2', 'sleepless'));
    const made = plan([sleepless], [today(mood3, { q1: 3, q2: 0, q3: 0 })], agreed);
    expect(made.recommendations[0]?.reasons[0]?.because[0]).toMatchObject({
      shown: 'MOOD-2: hardly sleeps',
      derivedFrom: 'mood-3',
    });
  });

  it('not raised read as not disclosed at this screen, never as a level of risk [H08]', () => {
    const quiet = rule('QUI-01', is.not(is.raises('mood-3', 'danger')), {
      urgency: 'none',
      refer: { choice: 'all', services: [] },
    });
    const made = plan([quiet], [today(mood3, { q1: 0, q2: 0, q3: 0 })], agreed);
    expect(made.notes[0]?.because[0]?.shown).toBe('MOOD-3: not disclosed at this screen: thoughts of danger');
    expect(made.status).toBe('ask');
  });
});

describe('facts that are not known', () => {
  const both = rule('FAC-01', is.and(is.meets('mood-3', 'case-5'), is.fact('in-pain')), {
    urgency: 'urgent',
  });
  const positive = [today(mood3, full)];

  it('put a question with the urgency that hangs on it', () => {
    const made = plan([both], positive, agreed);
    expect(made.recommendations).toEqual([]);
    expect(made.questions).toEqual([
      {
        status: 'fact',
        fact: 'in-pain',
        question: 'in-pain?',
        sensitive: false,
        urgency: 'urgent',
        rules: ['FAC-01'],
      },
    ]);
    expect(made.asking).toBe('urgent');
    expect(made.status).toBe('ask');
  });

  it('make the rule fire as provisional where they were asked and not given', () => {
    const made = plan([both], positive, { ...agreed, 'in-pain': 'refused' });
    expect(made.recommendations).toMatchObject([{ urgency: 'urgent', status: 'provisional' }]);
    expect(made.recommendations[0]?.reasons[0]?.because).toMatchObject([
      { status: 'result' },
      { status: 'fact-not-given', fact: 'in-pain', shown: 'not given: in-pain?' },
    ]);
    expect(made.questions).toEqual([]);
  });

  it('are not asked where the rest of the rule is refuted', () => {
    expect(plan([both], [today(mood3, { q1: 0, q2: 0, q3: 0 })], agreed).questions).toEqual([]);
    expect(plan([both], [], agreed).questions).toEqual([]);
  });

  it('are asked beside the items that the rule hangs on', () => {
    const made = plan([both], [today(mood3, { q1: 2, q2: 2 })], agreed);
    expect(made.questions.map(({ status }) => status)).toEqual(['items', 'fact']);
  });

  it('are not asked where another alternative holds already', () => {
    const either = rule('FAC-02', is.or(is.meets('mood-3', 'case-5'), is.fact('in-pain')));
    expect(plan([either], positive, agreed).questions).toEqual([]);
    expect(plan([either], [], agreed).questions).toMatchObject([{ fact: 'in-pain' }]);
  });

  it('are not asked inside an alternative that is refuted already', () => {
    const either = rule(
      'FAC-08',
      is.or(is.and(is.meets('mood-3', 'case-5'), is.fact('in-pain')), is.fact('alone')),
    );
    const asked = (answers: object) =>
      plan([either], [today(mood3, answers)], agreed).questions.map((question) =>
        question.status === 'fact' ? question.fact : question.instrument,
      );
    expect(asked({ q1: 0, q2: 0, q3: 0 })).toEqual(['alone']);
    expect(asked(full)).toEqual(['in-pain', 'alone']);
  });

  it('are not asked where a refuted part settles a negated rule', () => {
    const neither = rule('FAC-03', is.not(is.and(is.meets('mood-3', 'case-5'), is.fact('in-pain'))));
    const made = plan([neither], [today(mood3, { q1: 0, q2: 0, q3: 0 })], agreed);
    expect(made.recommendations[0]?.reasons[0]?.because.map(({ shown }) => shown)).toEqual([
      'MOOD-3 0 of 9, criterion not met: low mood',
    ]);
  });

  it('are said in the words of the pathway where they are known', () => {
    const facts = rule(
      'FAC-04',
      is.and(
        is.not(is.fact('registered')),
        is.fact('in-pain'),
        is.fact('sex', 'female'),
        is.fact('treated-by', 'clinic'),
        { op: 'fact-number', fact: 'age', operator: '>=', value: 18 },
        { op: 'fact-number', fact: 'event', operator: '<', value: 4 },
      ),
    );
    const person = {
      ...agreed,
      registered: false,
      'in-pain': true,
      sex: 'female',
      'treated-by': ['clinic', 'surgery'],
      age: 18,
      event: '2026-11-10',
    };
    expect(
      plan([facts], [], person).recommendations[0]?.reasons[0]?.because.map(({ shown }) => shown),
    ).toEqual([
      'registered: no',
      'in-pain: yes',
      'female',
      'the clinic, the surgery',
      'age 18',
      'the event 2 weeks ago',
    ]);
  });

  it('of time never make an event that did not happen', () => {
    const recent = rule('FAC-06', { op: 'fact-number', fact: 'event', operator: '<', value: 4 });
    const not = rule('FAC-07', is.not(recent.when), { refer: { choice: 'all', services: ['guide'] } });
    const made = plan([recent, not], [], { ...agreed, event: 'never' });
    expect(
      made.recommendations.flatMap(({ reasons }) => reasons.map(({ because }) => because[0]?.shown)),
    ).toEqual(['the event: never']);
    expect(made.questions).toEqual([]);
  });

  it('that the pathway does not declare make nothing fire and nothing asked', () => {
    expect(plan([rule('FAC-05', is.fact('unheard-of'))], [], agreed).questions).toEqual([]);
    expect(plan([rule('FAC-05', is.fact('unheard-of'))], [], agreed).recommendations).toEqual([]);
  });

  it('order the questions by the urgency that hangs on them', () => {
    const rules = [
      rule('ORD-01', is.fact('in-pain')),
      rule('ORD-02', is.fact('alone'), { urgency: 'emergency' }),
      rule('ORD-03', is.fact('in-pain'), { urgency: 'soon' }),
    ];
    expect(plan(rules, [], agreed).questions).toMatchObject([
      { fact: 'alone', urgency: 'emergency', rules: ['ORD-02'] },
      { fact: 'in-pain', urgency: 'soon', rules: ['ORD-01', 'ORD-03'] },
    ]);
  });
});

describe('lines of the plan', () => {
  it('merge by service and keep every action, warning and reason, at the highest urgency [H28]', () => {
    const rules = [
      rule('MER-01', is.fact('in-pain'), { warnings: ['warning b'] }),
      rule('MER-02', is.fact('alone'), { urgency: 'urgent', warnings: ['warning a', 'warning b'] }),
      rule('MER-03', is.fact('registered'), { refer: { choice: 'one-of', services: ['clinic', 'guide'] } }),
    ];
    const made = plan(rules, [], { ...agreed, 'in-pain': true, alone: 'refused', registered: true });
    expect(made.recommendations).toHaveLength(1);
    expect(made.recommendations[0]).toMatchObject({ urgency: 'urgent', status: 'fired', choice: 'all' });
    expect(made.recommendations[0]?.reasons.map(({ rule: id }) => id)).toEqual([
      'MER-02',
      'MER-01',
      'MER-03',
    ]);
    expect(made.recommendations[0]?.warnings).toEqual(['warning a', 'warning b']);
  });

  it('keep alternatives where every reason allows them', () => {
    const oneOf = { choice: 'one-of' as const, services: ['clinic', 'surgery', 'guide'] };
    const rules = [
      rule('ALT-01', is.fact('in-pain'), { refer: oneOf }),
      rule('ALT-02', is.fact('alone'), { refer: { choice: 'one-of', services: ['clinic', 'guide'] } }),
    ];
    const made = plan(rules, [], { ...agreed, 'in-pain': true, alone: true });
    expect(made.recommendations.map((line) => [line.choice, services(line)])).toEqual([
      ['one-of', ['clinic', 'guide']],
    ]);
  });

  it('keep emergencies apart, one line each [H28]', () => {
    const emergency = {
      urgency: 'emergency' as const,
      refer: { choice: 'all' as const, services: ['hospital', 'hotline'] },
    };
    const rules = [
      rule('EME-02', is.fact('alone'), emergency),
      rule('EME-01', is.fact('in-pain'), emergency),
      rule('EME-03', is.fact('registered'), {
        urgency: 'same-day',
        refer: { choice: 'all', services: ['hospital'] },
      }),
    ];
    const made = plan(rules, [], { 'in-pain': true, alone: true, registered: true });
    expect(made.recommendations.map((line) => [line.urgency, line.reasons[0]?.rule, services(line)])).toEqual(
      [
        ['emergency', 'EME-01', ['hospital', 'hotline']],
        ['emergency', 'EME-02', ['hospital', 'hotline']],
        ['same-day', 'EME-03', ['hospital']],
      ],
    );
  });

  it('stand by urgency, then critical flags, then the order of services', () => {
    const rules = [
      rule('LIN-01', is.fact('in-pain'), {
        urgency: 'same-day',
        refer: { choice: 'all', services: ['hotline'] },
      }),
      rule('LIN-02', is.raises('mood-3', 'danger'), {
        urgency: 'same-day',
        refer: { choice: 'all', services: ['guide'] },
      }),
      rule('LIN-03', is.fact('in-pain'), {
        refer: { choice: 'all', services: ['guide', 'unheard-of', 'clinic'] },
      }),
      rule('LIN-04', is.fact('in-pain'), {
        urgency: 'emergency',
        refer: { choice: 'all', services: ['hospital'] },
      }),
    ];
    const made = plan(rules, [today(mood3, full)], { ...agreed, 'in-pain': true });
    expect(made.recommendations.map((line) => [line.urgency, services(line)[0]])).toEqual([
      ['emergency', 'hospital'],
      ['same-day', 'guide'],
      ['same-day', 'hotline'],
      ['routine', 'clinic'],
      ['routine', undefined],
    ]);
  });

  it('done in the room stay a place, not an urgency', () => {
    const inRoom = rule('ROO-01', is.fact('in-pain'), { inTheRoom: true });
    const elsewhere = rule('ROO-02', is.fact('alone'));
    expect(plan([inRoom], [], { 'in-pain': true }).recommendations).toMatchObject([
      { place: 'in-the-room', urgency: 'routine', services: [{ route: { status: 'in-the-room' } }] },
    ]);
    expect(plan([inRoom, elsewhere], [], { 'in-pain': true, alone: true }).recommendations).toMatchObject([
      { place: 'referral' },
    ]);
  });
});

describe('proposals', () => {
  it('are off unless the adopter names them, and say what they are', () => {
    const proposal = rule('PRO-01', is.fact('in-pain'), { level: 'proposal' });
    expect(plan([proposal], [], { ...agreed, 'in-pain': true }).recommendations).toEqual([]);
    expect(plan([proposal], [], agreed).questions).toEqual([]);
    const on = plan([proposal], [], { ...agreed, 'in-pain': true }, { proposals: ['PRO-01'] });
    expect(on.recommendations).toMatchObject([{ reasons: [{ rule: 'PRO-01', proposal: true }] }]);
  });
});

describe('consent and treatment change the route, never the urgency [H29]', () => {
  const at = (urgency: 'emergency' | 'same-day' | 'urgent' | 'routine', service = 'clinic') =>
    rule('CON-01', is.fact('in-pain'), { urgency, refer: { choice: 'all', services: [service] } });
  const routeOf = (of: Rule, person: Person) => {
    const [line] = plan([of], [], { 'in-pain': true, ...person }).recommendations;
    return [line?.urgency, line?.services[0]?.route.status];
  };

  it('withheld: information below safety, action at safety', () => {
    for (const agrees of [false, 'refused'] as const) {
      expect(routeOf(at('urgent'), { agrees })).toEqual(['urgent', 'information']);
      expect(routeOf(at('same-day'), { agrees })).toEqual(['same-day', 'safety']);
      expect(routeOf(at('emergency'), { agrees })).toEqual(['emergency', 'safety']);
      expect(routeOf(at('urgent', 'hotline'), { agrees })).toEqual(['urgent', 'refer']);
    }
  });

  it('not asked: a question, with the urgency of what waits for it', () => {
    expect(routeOf(at('urgent'), {})).toEqual(['urgent', 'ask-consent']);
    expect(routeOf(at('same-day'), {})).toEqual(['same-day', 'refer']);
    const made = plan([at('urgent')], [], { 'in-pain': true });
    expect(made.questions).toMatchObject([
      { fact: 'agrees', sensitive: true, urgency: 'urgent', rules: ['CON-01'] },
    ]);
  });

  it('in treatment there: the named worker is told', () => {
    expect(routeOf(at('urgent'), { ...agreed, 'treated-by': ['clinic'] })).toEqual(['urgent', 'tell-worker']);
    expect(routeOf(at('urgent'), { ...agreed, 'treated-by': ['surgery'] })).toEqual(['urgent', 'refer']);
  });

  it('sharing outside health rests on consent, or on safety [H32]', () => {
    const audience = (of: Rule, person: Person) =>
      plan([of], [], { 'in-pain': true, ...person }).recommendations[0]?.audience;
    expect(audience(at('urgent'), agreed)).toBe('health-only');
    expect(audience(at('urgent'), { ...agreed, 'may-share': true })).toBe('share-with-consent');
    expect(audience(at('same-day'), { 'may-share': false })).toBe('safety-override');
  });
});

describe('access', () => {
  const register = rule('ACC-01', is.not(is.fact('registered')), {
    refer: { choice: 'all', services: ['surgery', 'guide'] },
    provides: ['surgery-place'],
  });
  const refer = rule('REF-01', is.fact('in-pain'), {
    refer: { choice: 'all', services: ['specialist', 'clinic'] },
  });
  const rush = rule('RUS-01', is.fact('alone'), {
    urgency: 'emergency',
    refer: { choice: 'all', services: ['surgery'] },
  });

  it('comes first, and the referrals that need it say so', () => {
    const made = plan([refer, register, rush], [], {
      ...agreed,
      'in-pain': true,
      alone: true,
      registered: false,
    });
    expect(made.access.map((line) => [services(line), line.after])).toEqual([[['surgery', 'guide'], []]]);
    expect(lineFor(made, 'specialist')).toMatchObject({
      after: ['ACC-01'],
      services: [{ via: 'surgery (fictional)' }],
    });
    expect(lineFor(made, 'clinic')).toMatchObject({ after: [] });
  });

  it('does not hold up an emergency', () => {
    const made = plan([register, rush], [], { alone: true, registered: false });
    expect(made.recommendations).toMatchObject([{ urgency: 'emergency', after: [] }]);
  });

  it('is not needed by those who have it, and is asked of those who may not', () => {
    expect(plan([refer, register], [], { ...agreed, 'in-pain': true, registered: true }).access).toEqual([]);
    expect(plan([register], [], agreed).questions).toMatchObject([{ fact: 'registered' }]);
    expect(plan([register], [], { ...agreed, registered: 'refused' }).access).toMatchObject([
      { status: 'provisional' },
    ]);
  });
});

describe('the directory', () => {
  const to = rule('DIR-01', is.fact('in-pain'), { refer: { choice: 'all', services: ['clinic', 'guide'] } });
  const directory = {
    id: 'fictional',
    areas: {
      northmoor: {
        name: 'Northmoor',
        services: { clinic: { name: 'Northmoor Clinic (fictional)', contact: 'by post' } },
      },
    },
  };
  const providers = (area: string | null) =>
    plan(
      [to],
      [],
      { ...agreed, 'in-pain': true },
      area === null ? {} : { local: { directory, area } },
    ).recommendations.map((line) => line.services[0]?.provider);

  it('names the provider, and says where there is none', () => {
    expect(providers('northmoor')).toEqual([
      { status: 'known', name: 'Northmoor Clinic (fictional)', contact: 'by post' },
      { status: 'no-provider-known' },
    ]);
    for (const area of ['southmoor', 'toString', null]) {
      expect(providers(area)).toEqual([{ status: 'no-provider-known' }, { status: 'no-provider-known' }]);
    }
  });
});

describe('short and long forms', () => {
  const shortRule = rule('SHO-01', is.meets('mood-2', 'open-3'), {
    next: ['mood-3'],
    refer: { choice: 'all', services: [] },
  });
  const current = (made: Plan) =>
    made.readings.map(({ instrument, status, derivedFrom }) => [instrument, status, derivedFrom]);

  it('derive the short one from the long one', () => {
    const made = plan([rule('SHO-02', is.meets('mood-2', 'open-3'))], [today(mood3, full)], agreed);
    expect(made.recommendations[0]?.reasons[0]?.because[0]).toMatchObject({
      instrument: 'mood-2',
      derivedFrom: 'mood-3',
    });
    expect(current(made)).toEqual([
      ['mood-2', 'current', 'mood-3'],
      ['mood-3', 'current', undefined],
    ]);
  });

  it('propose the long one after the short one, and not where it is there', () => {
    const made = plan([shortRule], [today(mood2, { q1: 2, q2: 2 })], agreed);
    expect(made.next).toMatchObject([
      { instrument: 'mood-3', short: 'MOOD-3', minutes: 4, status: 'opened', rules: ['SHO-01'] },
      { instrument: 'drink-2', status: 'screen', minutes: null },
    ]);
    expect(made.recommendations).toEqual([]);
    expect(made.notes).toEqual([]);
    expect(
      plan([shortRule], [today(mood2, { q1: 2, q2: 2 }), today(mood3, full)], agreed).next,
    ).toMatchObject([{ instrument: 'drink-2' }]);
  });

  it('let both stand where they differ, and say so', () => {
    const made = plan(
      [rule('SHO-03', is.meets('mood-2', 'open-3'))],
      [today(mood2, { q1: 0, q2: 0 }), today(mood3, full)],
      agreed,
    );
    expect(made.recommendations).toHaveLength(1);
    expect(made.problems).toMatchObject([{ status: 'forms-disagree', at: 'mood-2' }]);
    const agree = plan([], [today(mood2, { q1: 2, q2: 2 }), today(mood3, full)], agreed);
    expect(agree.problems).toEqual([]);
  });

  it('take the newer where they are of different days', () => {
    const old = { ...today(mood3, full), on: '2026-11-20' };
    const made = plan(
      [rule('SHO-04', is.meets('mood-2', 'open-3'))],
      [today(mood2, { q1: 0, q2: 0 }), old],
      agreed,
    );
    expect(made.recommendations).toEqual([]);
    expect(made.problems).toEqual([]);
  });

  it('derive nothing from a form that cannot be read', () => {
    const made = plan([shortRule], [today(mood3, 'nonsense')], agreed);
    expect(current(made)).toEqual([['mood-3', 'current', undefined]]);
  });

  it('propose the long one again where it is older than its recall window', () => {
    const old = { ...today(mood3, full), on: '2026-01-01' };
    const made = plan([shortRule], [today(mood2, { q1: 2, q2: 2 }), old], agreed);
    expect(made.next[0]).toMatchObject({ instrument: 'mood-3', status: 'opened' });
  });

  it('say what a screen can open', () => {
    expect(plan([shortRule], [], agreed).next).toMatchObject([
      { instrument: 'mood-2', status: 'screen', minutes: 1, opens: ['mood-3'], rules: [] },
      { instrument: 'drink-2', opens: [] },
    ]);
  });

  it('name an instrument that the pathway has no card for by its id', () => {
    const odd = rule('ODD-01', is.fact('in-pain'), {
      next: ['odd-1'],
      refer: { choice: 'all', services: [] },
    });
    expect(plan([odd], [], { 'in-pain': true }).next[0]).toMatchObject({
      instrument: 'odd-1',
      short: 'odd-1',
      minutes: null,
    });
  });
});

describe('several forms of one instrument', () => {
  it('give their scores from the newest', () => {
    const newest = today(mood3, { q1: 0, q2: 0, q3: 0 });
    const older = { ...today(mood3, full), on: '2026-11-01' };
    expect(plan([mood], [older, newest], agreed).recommendations).toEqual([]);
    expect(plan([mood], [{ ...newest, on: '2026-10-01' }, older], agreed).recommendations).toHaveLength(1);
  });

  it('without a proper day count as the oldest, and say so', () => {
    const undated = { ...today(mood3, full), on: 'yesterday' };
    const made = plan([mood, danger], [undated, today(mood3, { q1: 0, q2: 0, q3: 0 })], agreed);
    expect(made.recommendations).toMatchObject([{ urgency: 'same-day' }]);
    expect(made.recommendations[0]?.reasons[0]?.because).toMatchObject([{ on: null }]);
    expect(made.problems).toMatchObject([{ status: 'bad-date', at: 'mood-3' }]);
    expect(plan([mood], [undated, undated], agreed).recommendations).toHaveLength(1);
  });

  it('after the day of the plan are counted and reported', () => {
    const later = { ...today(mood3, full), on: '2026-12-24' };
    const made = plan([mood], [later], agreed);
    expect(made.recommendations).toHaveLength(1);
    expect(made.problems).toMatchObject([{ status: 'bad-date', at: 'mood-3' }]);
  });

  it('all count where the day of the plan is not known', () => {
    const old = { ...today(mood3, full), on: '2020-01-01' };
    const made = recommend(
      pathwayWith([danger]),
      { asOf: 'today', forms: [old, today(mood3, { q1: 0, q2: 0, q3: 0 })] },
      {},
    );
    expect(made.recommendations).toHaveLength(1);
    expect(made.problems).toMatchObject([{ status: 'bad-date', at: 'as-of' }]);
  });

  it('of which one cannot be scored do not disagree', () => {
    const made = plan([mood], [today(mood3, { q1: 9 }), today(mood3, full)], agreed);
    expect(made.problems.map(({ status }) => status)).toEqual(['not-scored']);
    expect(made.recommendations).toHaveLength(1);
  });
});

describe('what else a plan says', () => {
  it('says where the pathway has no rule for an instrument', () => {
    const made = plan([mood], [today(mood3, full), today(drink2, {}), today(alert1, {})], agreed);
    expect(made.withoutRule).toEqual([
      { instrument: 'alert-1', text: 'no rule in this pathway for ALERT-1' },
      { instrument: 'drink-2', text: 'no rule in this pathway for DRINK-2' },
    ]);
    const none = plan([], [today(mood3, full)], agreed);
    expect(none.withoutRule).toEqual([{ instrument: 'mood-3', text: 'no rule in this pathway for MOOD-3' }]);
    const second = rule('DRI-09', is.fact('alone'));
    expect(plan([mood, second], [today(mood3, full)], agreed).withoutRule).toEqual([]);
  });

  it('adds cautions to results or to the plan, and asks for what they hang on', () => {
    const base = pathwayWith([
      mood,
      rule('CAU-01', is.fact('alone'), { refer: { choice: 'all', services: ['guide'] } }),
    ]);
    const cautions = [
      {
        id: 'tired',
        text: '',
        when: is.fact('in-pain'),
        on: 'results' as const,
        warning: 'screen again',
        confidence: 'fictional',
      },
      {
        id: 'young',
        text: '',
        when: is.fact('registered'),
        on: 'plan' as const,
        warning: 'other services',
        confidence: 'fictional',
      },
    ];
    const pathway = { ...base, cautions };
    const forms = [today(mood3, full)];
    const made = recommend(
      pathway,
      { asOf: TODAY, forms },
      { ...agreed, alone: true, 'in-pain': true, registered: true },
    );
    expect(lineFor(made, 'clinic')?.warnings).toEqual(['screen again']);
    expect(lineFor(made, 'guide')?.warnings).toEqual([]);
    expect(made.cautions).toEqual(['other services']);
    const open = recommend(pathway, { asOf: TODAY, forms }, { ...agreed, alone: true }).questions;
    expect(open).toMatchObject([
      { fact: 'registered', urgency: 'none', rules: ['young'] },
      { fact: 'in-pain', urgency: 'none', rules: ['tired'] },
    ]);
  });

  it('is never a clean bill: nothing recommended is only that', () => {
    const made = plan([], [today(mood2, { q1: 0, q2: 0 }), today(drink2, { q1: 0, q2: 0 })], agreed);
    expect(made.status).toBe('nothing-recommended');
    expect(JSON.stringify(made)).not.toMatch(/risk|safe|healthy/);
  });

  it('carries the day and the pathway, and is plain JSON', () => {
    const made = plan([mood], [today(mood3, full)], agreed);
    expect(made.asOf).toBe(TODAY);
    expect(made.pathway).toEqual({
      id: 'fictional',
      version: '1.0.0',
      digest: 'fictional',
      title: 'A fictional pathway',
      engine: ENGINE,
    });
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });
});
