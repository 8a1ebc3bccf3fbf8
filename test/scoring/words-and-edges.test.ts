import { describe, expect, it } from 'vitest';
import type { Instrument, Result, ScoringError } from '../../src/instrument/index.js';
import { classify, explain, form, InvalidAnswers, project, scoreOrThrow } from '../../src/scoring/index.js';
import { define, THREE_ITEMS } from '../support/define.js';
import { resultOf, scoreForm } from '../support/forms.js';
import { instrumentOf } from '../support/shipped.js';

// The instruments here are not known to the type checker: their answers are given as they come.
const any = (value: unknown) => value as never;

type Outcome = { readonly _tag: 'Left'; readonly left: ScoringError } | { readonly _tag: 'Right' };
const messagesOf = (outcome: Outcome): readonly string[] =>
  outcome._tag === 'Left' ? outcome.left.problems.map(({ message }) => message) : [];
const messages = (instrument: Instrument, answers: unknown, context?: unknown, options?: object) =>
  messagesOf(scoreForm(instrument, answers, context, options));

const panel = define(`
items:
  q1: { label: one, options: four }
panels:
  drug:
    members: { beer: {}, wine: {} }
    asked: chosen
    items:
      a: { label: a, options: four }
      b: { label: b, options: four }
    scores: { total: { formula: sum(a..b), range: [0, 6], source: s } }
    cut-offs: { three: { when: total >= 3, screens-for: a trial need, source: s }, five: { when: total >= 5, screens-for: a trial need, source: s } }
scores: { all: { formula: sum(q1), range: [0, 3], source: s } }
cut-offs: { any-one: { when: all >= 1, screens-for: another need, source: s } }
`);

const measured = define(`
items:
  weight: { label: weight, number: { unit: kg, min: 20, max: 60, step: 0.5 } }
  q1: { label: one, options: four }
scores: { sum: { formula: "sum(weight, q1)", range: [20, 63], source: s } }
cut-offs: { heavy: { when: sum >= 40, screens-for: a trial need, source: s } }
`);

const two = define(`
valid-for: { age: { from: 18, to: 65 }, source: s }
${THREE_ITEMS}
skips: [ { if: q1 is "0", then: q2, points: 0, source: s } ]
scores:
  total: { formula: sum(q1..q3), range: [0, 9], source: s, missing: { one: { allow: 1, round: 1, source: s }, other: { allow: 1, source: s } } }
  half: { formula: sum(q1..q2) / 2, range: [0, 3], source: s, missing: { one: { allow: 1, round: 1, source: s } } }
bands: { b: { of: total, source: s, levels: [ { id: low, label: low, from: 0, to: 4, negative: true }, { id: high, label: high, from: 5, to: 9 } ] } }
cut-offs:
  three: { when: total >= 3, screens-for: a need, source: s }
  four: { when: total >= 4, screens-for: a need, source: s }
  six: { when: total >= 6, screens-for: another need, source: s }
flags:
  first: { when: q3 >= 2, title: first alert, critical: true, response: respond, source: s }
  second: { when: q3 >= 3, title: second alert, critical: true, response: respond, source: s }
contains: { short: { items: { a: q1, b: q2 } } }
`);

describe('messages of what is wrong name item and remedy', () => {
  it('for an answer of another type, a wrong reason and what is no object', () => {
    expect(messages(two, { q1: true })).toEqual([
      'q1: not an answer to this item; give the code as text or a number.',
    ]);
    expect(messages(two, { q1: { missing: 'lost' }, q2: {} })).toEqual([
      'q1: not an answer to this item; give { "missing": reason }, the reason one of refused, not-known, not-asked.',
      'q2: not an answer to this item; give { "missing": reason }, the reason one of refused, not-known, not-asked.',
    ]);
    expect(messages(two, 'q1')).toEqual(['answers: give an object, such as { "q1": 2 }.']);
    expect(messages(two, {}, 'female')).toEqual(['context: give an object, such as { "q1": 2 }.']);
  });

  it('for a measurement outside its limits or between its steps', () => {
    const remedy = 'weight: not an answer to this item; give 20 to 60 kg in steps of 0.5.';
    for (const weight of [19.5, 60.5, 20.3, 'heavy', 20.25])
      expect(messages(measured, { weight })).toEqual([remedy]);
    for (const weight of [20, 20.5, '60.0', 60]) expect(messages(measured, { weight })).toEqual([]);
  });

  it('for context: whole years from 0 to 120, and a sex in words', () => {
    const remedy = 'age is in whole years from 0 to 120, sex "female" or "male"; each may be "unknown".';
    for (const age of [-1, 121, 40.5, '40']) expect(messages(two, {}, { age })).toEqual([`age: ${remedy}`]);
    for (const age of [0, 120, 'unknown', null]) expect(messages(two, {}, { age })).toEqual([]);
    expect(messages(two, {}, { sex: 1 })).toEqual([`sex: ${remedy}`]);
    expect(messages(two, {}, { hight: 1 })).toEqual(['hight: not known here; use age, sex.']);
    expect(messages(two, {}, { sexx: 1 })).toEqual(['sexx: not known here; use sex.']);
  });

  it('for a rule, a day and a member that nobody knows', () => {
    expect(messages(two, {}, {}, { missing: 'none' })).toEqual([
      'missing: no such rule; leave it out or use one or use other.',
    ]);
    expect(messages(two, {}, {}, { on: '2026-02-30' })).toEqual(['on: give the day as YYYY-MM-DD.']);
    expect(messages(two, {}, {}, { on: '2026-2-3' })).toEqual(['on: give the day as YYYY-MM-DD.']);
    expect(messages(two, {}, {}, { on: any(20260203) })).toEqual(['on: give the day as YYYY-MM-DD.']);
    expect(messages(panel, {}, {}, { administered: ['drug.bear'] })).toEqual([
      'drug.bear: not known here; use drug.beer.',
    ]);
    expect(messages(panel, {}, {}, { administered: ['drug.beer', 'drug.wine'] })).toEqual([]);
  });

  it('for a day that is more or less than a year, a month and a day, or is no text', () => {
    const days = ['2026', '2026-02', '2026-02-03T00:00:00.000Z', '+012026-02-03', ['2026-02-03']];
    for (const on of days)
      expect(messages(two, {}, {}, { on: any(on) })).toEqual(['on: give the day as YYYY-MM-DD.']);
    expect(messages(two, {}, {}, { on: '2026-02-03' })).toEqual([]);
  });

  it('for a fact about the person that stands among the answers', () => {
    const us = instrumentOf('audit-c-us');
    expect(us.program.variables.map(({ id }) => id)).toContain('sex');
    expect(messages(us, { sex: 'female' }, { sex: 'female' })).toEqual([
      'sex: not known here; use q1, q2, q3.',
    ]);
  });

  it('for a hundred unknown names, and for no more', () => {
    const names = Array.from({ length: 101 }, (_, i) => [`zebra${i}`, 1]);
    expect(messages(two, Object.fromEntries(names))).toHaveLength(100);
  });

  it('for no member, where an instrument has none to choose', () => {
    expect(messages(two, {}, {}, { administered: ['drug.beer'] })).toEqual([]);
  });

  it('lists up to twelve names whole, and of more the first eleven and the last', () => {
    const items = (n: number) => Array.from({ length: n }, (_, i) => `x${i + 1}`);
    const wide = (n: number) =>
      define(`
items:
${items(n)
  .map((id) => `  ${id}: { label: ${id}, options: four }`)
  .join('\n')}
scores: { total: { formula: sum(x1..x${n}), range: [0, ${3 * n}], source: s } }
cut-offs: { one: { when: total >= 1, screens-for: a trial need, source: s } }
`);
    expect(messages(wide(12), { zebra: 1 })).toEqual([`zebra: not known here; use ${items(12).join(', ')}.`]);
    expect(messages(wide(13), { zebra: 1 })).toEqual([
      `zebra: not known here; use ${items(11).join(', ')} … x13.`,
    ]);
  });

  it('cuts a name of more than forty characters short, and no other', () => {
    const name = 'z'.repeat(40);
    expect(messages(two, { [name]: 1 })[0]).toMatch(`${name}: not known`);
    expect(messages(two, { [`${name}z`]: 1 })[0]).toMatch(`${name}…: not known`);
  });

  it('are the message of the exception, which has a name of its own', () => {
    try {
      scoreOrThrow(two, any({ q1: 7, q2: 8 }), any({}));
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidAnswers);
      expect((error as Error).name).toBe('InvalidAnswers');
      expect((error as Error).message).toBe(
        'q1: not an answer to this item; use 0, 1, 2, 3. q2: not an answer to this item; use 0, 1, 2, 3.',
      );
    }
  });
});

describe('an answer that is missing', () => {
  it('is none: null, nothing, and a reason leave the rest as it is', () => {
    for (const q3 of [null, undefined, { missing: 'refused' }])
      expect(resultOf(two, { q1: 1, q2: 1, q3 }).scores['total']).toMatchObject({ missing: ['q3'] });
  });

  it('of a member brings the member into nothing', () => {
    const of = (answers: object) =>
      resultOf(panel, answers).scores['drug.beer.total'] ?? resultOf(panel, answers).scores['beer.total'];
    expect(of({ 'beer.a': null })).toMatchObject({ status: 'not-applicable', reason: 'not-administered' });
    expect(of({ 'beer.a': { missing: 'refused' } })).toMatchObject({ status: 'incomplete' });
    expect(of({ 'beer.a': 1 })).toMatchObject({ status: 'incomplete', bounds: { lowest: 1, highest: 4 } });
  });
});

describe('notices', () => {
  const notices = (answers: object, context: object = {}): Result['notices'] =>
    resultOf(two, answers, context).notices;

  it('name every critical flag that is not settled', () => {
    expect(notices({ q1: 1, q2: 1 })).toEqual([
      {
        code: 'critical-flag-open',
        text: 'Not finished: first alert; second alert not settled on this form.',
        flags: ['first', 'second'],
      },
    ]);
    expect(notices({ q1: 1, q2: 1, q3: 2 })).toEqual(
      [
        {
          code: 'cut-offs-disagree',
          text: 'Cut-offs for a need disagree: three, four met, six not met.',
          cutOffs: ['three', 'four', 'six'],
        },
      ].slice(1),
    );
  });

  it('say which answers contradict which gate, and that nothing is called negative', () => {
    expect(notices({ q1: 0, q2: 2, q3: 0 })).toEqual([
      {
        code: 'inconsistent',
        text: 'The answers contradict each other: q2 answered although q1 is "0". Nothing is called negative; go through them with the person.',
      },
    ]);
  });

  it('name every answer that contradicts a gate, with a comma between', () => {
    const gated = define(`
${THREE_ITEMS}
skips: [ { if: q1 is "0", then: q2..q3, points: 0, source: s } ]
scores: { total: { formula: sum(q1..q3), range: [0, 9], source: s } }
`);
    expect(resultOf(gated, { q1: 0, q2: 2, q3: 1 }).notices[0]?.text).toContain(': q2, q3 answered although');
  });

  it('name no cut-off for another thing among those that disagree', () => {
    const apart = define(`
items: { q1: { label: one, options: four } }
scores: { total: { formula: sum(q1), range: [0, 3], source: s } }
cut-offs:
  one: { when: total >= 1, screens-for: a need, source: s }
  other: { when: total >= 1, screens-for: another need, source: s }
  three: { when: total >= 3, screens-for: a need, source: s }
`);
    expect(resultOf(apart, { q1: 2 }).notices).toMatchObject([
      { code: 'cut-offs-disagree', cutOffs: ['one', 'three'] },
    ]);
  });

  it('say where cut-offs for one thing disagree, once, and not those for another', () => {
    expect(notices({ q1: 1, q2: 1, q3: 1 })).toEqual([
      {
        code: 'cut-offs-disagree',
        text: 'Cut-offs for a need disagree: three met, four not met.',
        cutOffs: ['three', 'four'],
      },
    ]);
    expect(notices({ q1: 3, q2: 1, q3: 0 })).toEqual([]);
  });

  it('never hold the cut-offs of one member of a panel against those of another', () => {
    const both = resultOf(panel, { q1: 0, 'beer.a': 3, 'beer.b': 3, 'wine.a': 0, 'wine.b': 0 });
    expect(both.notices).toEqual([]);
    const one = resultOf(panel, { q1: 0, 'beer.a': 3, 'beer.b': 1, 'wine.a': 0, 'wine.b': 0 });
    expect(one.notices).toMatchObject([{ code: 'cut-offs-disagree', cutOffs: ['beer.three', 'beer.five'] }]);
  });

  it('say the ages for which the instrument is validated, and only outside them [H12]', () => {
    const full = { q1: 0, q3: 0 };
    for (const age of [17, 66])
      expect(notices(full, { age })).toEqual([
        { code: 'outside-valid-age', text: 'TRIAL is validated for people aged 18 to 65.' },
      ]);
    for (const age of [18, 65, 'unknown']) expect(notices(full, { age })).toEqual([]);
  });
});

describe('classify', () => {
  const refused = (instrument: Instrument, scores: unknown, context?: never) =>
    messagesOf(classify(instrument, any(scores), context) as Outcome);
  const taken = (instrument: Instrument, scores: unknown, context?: never): Result => {
    const outcome = classify(instrument, any(scores), context);
    if (outcome._tag === 'Left') throw new Error('a result was expected');
    return outcome.right as Result;
  };

  it('takes the least and the greatest value and none beyond, where the values are not listed', () => {
    for (const sum of [20, 63, 41.5]) expect(refused(measured, { sum })).toEqual([]);
    for (const sum of [19.5, 63.5, 41.25])
      expect(refused(measured, { sum })).toEqual([
        'sum: no form of TRIAL gives this value; it lies from 20 to 63.',
      ]);
  });

  it('refuses a value between two, and one that is no number', () => {
    const remedy = 'total: no form of TRIAL gives this value; it lies from 0 to 9.';
    expect(refused(two, { total: 5.4 })).toEqual([remedy]);
    expect(refused(two, { total: 1e-6 })).toEqual([remedy]);
    expect(refused(two, { total: '5' })).toEqual([remedy]);
    expect(refused(two, { total: 5 })).toEqual([]);
  });

  it('gives the verdicts of every member of a panel, and refuses what is wrong with the context', () => {
    const { cutOffs } = taken(panel, { 'beer.total': 4 });
    expect(cutOffs['beer.three']).toMatchObject({ status: 'met' });
    expect(cutOffs['beer.five']).toMatchObject({ status: 'not-met' });
    expect(cutOffs['wine.three']).toMatchObject({ status: 'undecided' });
    expect(refused(two, { total: 5 }, any({ age: 300 }))).toHaveLength(1);
  });

  it('reads the sex that it is given', () => {
    const us = instrumentOf('audit-c-us');
    const met = (sex: string) =>
      Object.entries(taken(us, { total: 3 }, any({ sex })).cutOffs).flatMap(([id, { status }]) =>
        status === 'met' ? [id] : [],
      );
    expect(met('female').length).toBeGreaterThan(met('male').length);
  });
});

describe('prorated scores', () => {
  it('are rounded as the rule says, held in the scale of the score, and shown with what was filled in', () => {
    const { scores } = resultOf(two, { q1: 2, q2: 3 }, {}, { missing: 'one' });
    expect(scores['total']).toEqual({
      status: 'prorated',
      value: 7.5,
      of: 9,
      rule: 'one',
      imputed: ['q3'],
      bounds: { lowest: 5, highest: 8 },
    });
    const { scores: less } = resultOf(two, { q1: 3, q3: 0 }, {}, { missing: 'one' });
    expect(less['half']).toMatchObject({
      status: 'prorated',
      value: 3,
      of: 3,
      bounds: { lowest: 1.5, highest: 3 },
    });
    expect(less['total']).toMatchObject({ status: 'prorated', value: 4.5 });
  });

  it('count an answer worth nothing as an answer', () => {
    expect(resultOf(two, { q1: 1, q3: 0 }, {}, { missing: 'other' }).scores['total']).toMatchObject({
      status: 'prorated',
      value: 1.5,
    });
  });

  it('are held against the lower edge of each level', () => {
    const at = (q1: number, q2: number) =>
      resultOf(two, { q1, q2, q3: null }, {}, { missing: 'one' }).bands['b'];
    // (2 + 1) × 3 / 2 = 4.5 lies below 5; (2 + 2) × 3 / 2 = 6 above it; an estimate never says 'negative'.
    expect(at(2, 1)).toMatchObject({ status: 'undecided', reason: 'estimated' });
    expect(at(2, 2)).toMatchObject({ status: 'decided', level: 'high', basis: 'estimated' });
  });
});

describe('what is still worth asking', () => {
  it('is not what only a settled verdict reads', () => {
    const apart = define(`
${THREE_ITEMS}
skips: [ { if: q2 is "0", then: q3, points: 0, source: s } ]
scores: { a: { formula: sum(q1), range: [0, 3], source: s }, b: { formula: sum(q3), range: [0, 3], source: s } }
cut-offs:
  one: { when: a >= 1, screens-for: a need, source: s }
  two: { when: b >= 1, screens-for: another need, source: s }
`);
    expect(resultOf(apart, {}).ask).toEqual({ first: [], now: ['q1', 'q2'], later: ['q3'], context: [] });
    // The gate matters to q3 alone: with q3 answered nobody needs q2.
    expect(resultOf(apart, { q3: 2 }).ask.now).toEqual(['q1']);
    expect(resultOf(apart, { q1: 2, q2: 1 }).ask).toEqual({ first: [], now: ['q3'], later: [], context: [] });
    expect(resultOf(apart, { q1: 2, q2: 1, q3: 1 }).ask).toEqual({
      first: [],
      now: [],
      later: [],
      context: [],
    });
  });

  it('puts what a critical flag hangs on first, and keeps a flag that is not critical among the rest', () => {
    const flagged = define(`
items:
  q1: { label: one, options: four }
  q2: { label: two, options: four }
scores: { a: { formula: sum(q1), range: [0, 3], source: s } }
flags:
  plain: { when: q1 >= 1, title: a plain flag, source: s }
  alert: { when: q2 >= 1, title: a trial alert, critical: true, response: respond, source: s }
`);
    expect(resultOf(flagged, {}).ask).toEqual({ first: ['q2'], now: ['q1'], later: [], context: [] });
  });
});

describe('project', () => {
  it('names a short form that is not there, and carries a reason with a missing answer', () => {
    const none = project(measured, any('short'), any({}));
    expect(messagesOf(none as Outcome)).toEqual(['short: TRIAL contains no short form.']);
    expect(none).toMatchObject({ left: { problems: [{ code: 'unknown-short-form', at: 'short' }] } });
    const outcome = project(two, any('short'), any({ q1: { missing: 'refused' } }));
    expect(outcome).toMatchObject({ right: { a: { missing: 'refused' }, b: { missing: 'not-asked' } } });
  });
});

describe('form', () => {
  const gated = define(`
items:
  q1: { label: one, options: four }
  q2: { label: two, options: four }
  q3: { label: three, options: four }
  q4: { label: four, options: four }
skips:
  - { if: q1 is "0", then: q2, points: 0, source: s }
  - { if: q2 is "0" and q3 is "0", then: q4, points: 0, source: s }
scores: { total: { formula: sum(q1..q4), range: [0, 12], source: s } }
cut-offs: { one: { when: total >= 1, screens-for: a need, source: s } }
`);
  const refused = { missing: 'refused' };

  it('says that an item waits for ever where one of the answers before it was asked for in vain', () => {
    expect(form(gated, any({ q1: 1, q2: refused }))[3]).toMatchObject({ status: 'blocked' });
    expect(form(gated, any({ q1: 1 }))[3]).toMatchObject({ status: 'later' });
  });

  it('does not take for asked in vain what a gate has answered since', () => {
    expect(form(gated, any({ q1: 0, q2: refused }))[3]).toMatchObject({ status: 'later' });
  });

  it('says why the items of a member that was not chosen are not asked', () => {
    expect(form(panel, any({})).find(({ item }) => item === 'beer.a')).toMatchObject({
      status: 'skipped',
      kind: 'not-administered',
      by: 'not chosen',
    });
  });

  it('says that an item is open, and why only where there is a reason', () => {
    const [first, , third] = form(two, any({ q1: { missing: 'refused' }, q3: null }));
    expect(first).toMatchObject({ status: 'open', reason: 'refused' });
    expect(third).toStrictEqual({ item: 'q3', label: 'three', status: 'open' });
  });
});

describe('explain', () => {
  const lines = (answers: object, options?: object): readonly string[] => {
    const outcome = explain(two, any(answers), any({}), any(options ?? {}));
    return outcome._tag === 'Left' ? [] : outcome.right.map(({ text }) => text);
  };

  it('writes out what was added, what is missing and what a rule filled in', () => {
    expect(lines({ q1: 1, q2: 2, q3: 0 })).toContain('sum(q1..q3) = 1 + 2 + 0 = 3 of 9');
    expect(lines({ q1: 1, q2: 2 }).join('\n')).toContain('3 to 6 of 9; missing q3');
    expect(lines({ q1: 1, q2: 2 }, { missing: 'one' }).join('\n')).toContain('rule one fills in q3');
  });

  const linesOf = (instrument: Instrument, answers: object): readonly string[] => {
    const outcome = explain(instrument, any(answers), any({}));
    return outcome._tag === 'Left' ? [] : outcome.right.map(({ text }) => text);
  };

  it('shows the answer to an item that is chosen and not scored', () => {
    const beside = define(`
items:
  q1: { label: one, options: four }
  q2: { label: two, options: four, unscored: kept beside }
scores: { total: { formula: sum(q1), range: [0, 3], source: s } }
`);
    expect(linesOf(beside, { q1: 1, q2: 3 })).toContain('q2 (two): answered 3');
  });

  it('adds nothing up for what does not apply', () => {
    const gated = define(`
items: { q1: { label: one, options: four }, q2: { label: two, options: four }, q3: { label: three, options: four } }
skips: [ { if: q1 is "0", then: q2, not-applicable: true, source: s } ]
scores: { total: { formula: sum(q1..q3), range: [0, 9], source: s } }
`);
    expect(linesOf(gated, { q1: 0, q3: 2 })).toContain('sum(q1..q3) = 0 + 2 = 2 of 6');
  });

  it('shows a score that is no plain sum of points by its formula alone', () => {
    const halved = define(`
items:
  q1: { label: one, options: four }
  q2: { label: two, options: four, reverse: true }
scores: { half: { formula: sum(q1..q2) / 2, range: [0, 3], source: s } }
`);
    const half = linesOf(halved, { q1: 1, q2: 0 });
    expect(half).toContain('sum(q1..q2) / 2 = 2 of 3');
    // The sum holds twice what the answer counts for.
    expect(half).toContain('q2 (two): answered 0');
    const other = define(`
items: { q1: { label: one, options: four }, q2: { label: two, options: four }, q3: { label: three, options: four } }
scores:
  most: { formula: "max(sum(q1..q2), 2 * sum(q1..q2))", range: [0, 12], source: s }
  third: { formula: sum(q3), range: [0, 3], source: s }
  again: { formula: third, range: [0, 3], source: s }
`);
    const again = linesOf(other, { q1: 1, q2: 1, q3: 2 });
    expect(again).toContain('third = 2 of 3');
    expect(again).toContain('q1 (one): answered 1');
  });

  it('tells of a gate over items of several members where one of them was asked', () => {
    const shared = define(`
items: { q1: { label: one, options: four } }
panels:
  drug:
    asked: chosen
    members: { beer: {}, wine: {} }
    items: { a: { label: a, options: four } }
    scores: { total: { formula: sum(a), range: [0, 3], source: s } }
skips: [ { if: q1 is "0", then: [beer.a, wine.a], points: 0, source: s } ]
scores: { all: { formula: sum(q1), range: [0, 3], source: s } }
`);
    expect(linesOf(shared, { q1: 0, 'beer.a': 0 }).join('\n')).toContain('q1 is "0": holds');
    expect(linesOf(shared, { q1: 0 }).join('\n')).not.toContain('q1 is "0"');
  });

  it('says what would settle an open flag, and why it is open', () => {
    expect(lines({ q1: 1, q2: 2, q3: { missing: 'refused' } }).join('\n')).toContain(': q3 (refused)');
  });
});
