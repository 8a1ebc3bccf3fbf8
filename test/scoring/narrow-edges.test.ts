import { describe, expect, it } from 'vitest';
import type { Instrument } from '../../src/instrument/index.js';
import { explain, form, project } from '../../src/scoring/index.js';
import { define, THREE_ITEMS } from '../support/define.js';
import { resultOf, scoreForm } from '../support/forms.js';
import { instrumentOf } from '../support/shipped.js';

// The instruments here are not known to the type checker: their answers are given as they come.
const any = (value: unknown) => value as never;

const dropped = define(`
items:
  q1: { label: one, options: four }
  q2: { label: two, options: four }
  q3: { label: three, options: four }
  q4: { label: four, options: four, reverse: true }
skips: [ { if: q1 is "0", then: q2, not-applicable: true, source: s } ]
scores:
  half: { formula: sum(q1..q2) / 2, range: [0, 3], source: s, missing: { one: { allow: 1, round: 1, source: s } } }
  total: { formula: sum(q1..q4), range: [0, 12], source: s, missing: { one: { allow: 1, source: s } } }
bands:
  halves: { of: half, source: s, levels: [ { id: low, label: low, from: 0, negative: true }, { id: high, label: high, from: 2 } ] }
cut-offs:
  half-2: { when: half >= 2, screens-for: a need, source: s }
  both: { when: total >= 3 and half >= 1, screens-for: another need, source: s }
`);

describe('an item that does not apply', () => {
  it('leaves the greatest attainable value and the list of what is missing', () => {
    const { scores } = resultOf(dropped, { q1: 0, q4: 3 });
    expect(scores['half']).toEqual({ status: 'complete', value: 0, of: 1.5 });
    expect(scores['total']).toEqual({
      status: 'incomplete',
      bounds: { lowest: 0, highest: 3 },
      of: 9,
      missing: ['q3'],
    });
  });

  it('is none of the items over which a rule prorates', () => {
    // (0 + 2) over two answered of three that apply: 2 × 3 / 2.
    expect(resultOf(dropped, { q1: 0, q4: 1 }, {}, { missing: 'one' }).scores['total']).toMatchObject({
      status: 'prorated',
      value: 3,
    });
  });
});

describe('the greatest attainable value', () => {
  it('is that of the declared range where the formula by parts would promise more', () => {
    const either = define(`
items: { q1: { label: one, options: four }, q2: { label: two, options: four } }
scores: { total: { formula: if q1 >= 2 then sum(q2) else sum(q1..q2), range: [0, 4], source: s } }
`);
    expect(resultOf(either, { q1: 1, q2: 1 }).scores['total']).toEqual({
      status: 'complete',
      value: 2,
      of: 4,
    });
  });
});

describe('a score whose items are left out by one gate or another', () => {
  it('does not apply, though neither gate is known to hold', () => {
    const turns = define(`
items:
  q0: { label: zero, options: four }
  q1: { label: one, options: four }
  q2: { label: two, options: four }
skips:
  - { if: q0 >= 1 and q1 is "0", then: q2, not-applicable: true, source: s }
  - { if: q0 >= 1 and q1 >= 1, then: q2, not-applicable: true, source: s }
scores:
  part: { formula: sum(q2), range: [0, 3], source: s }
  whole: { formula: sum(q0..q2), range: [0, 6], source: s }
`);
    expect(resultOf(turns, { q0: 1 }).scores['part']).toEqual({
      status: 'not-applicable',
      reason: 'no-item-applies',
    });
    expect(resultOf(turns, { q0: 0, q1: 0 }).scores['part']).toMatchObject({ status: 'incomplete' });
  });
});

describe('a prorated value', () => {
  it('of one score estimates no verdict on another that no rule filled in [H05]', () => {
    const apart = define(`
options:
  both: [ { code: "0", label: none }, { code: "1", label: some } ]
  least-one: [ { code: "1", label: a little }, { code: "2", label: some }, { code: "3", label: much } ]
items:
  q1: { label: one, options: both }
  q2: { label: two, options: least-one }
  q3: { label: three, options: both }
  q4: { label: four, options: both }
skips: [ { if: q1 is "0", then: q2, not-applicable: true, source: s } ]
scores:
  part: { formula: sum(q1..q2), range: [0, 4], source: s }
  other: { formula: sum(q3..q4), range: [0, 2], source: s, missing: { one: { allow: 1, source: s } } }
cut-offs: { one: { when: part >= 1, screens-for: a need, source: s } }
`);
    const { scores, cutOffs } = resultOf(apart, { q3: 1 }, {}, { missing: 'one' });
    expect(scores['other']).toMatchObject({ status: 'prorated' });
    // Where q1 is "0" nothing is left of the part.
    expect(scores['part']).toMatchObject({ status: 'incomplete', bounds: { lowest: 0, highest: 4 } });
    expect(cutOffs['one']).toMatchObject({ status: 'undecided', reason: 'missing' });
  });

  it('estimates a verdict also where what is missing is the answer that a gate reads', () => {
    const gated = define(`
items: { q1: { label: one, options: four }, q2: { label: two, options: four }, q3: { label: three, options: four } }
skips: [ { if: q1 is "0", then: q2, points: 3, source: s } ]
scores: { total: { formula: sum(q1..q3), range: [1, 9], source: s, missing: { one: { allow: 1, source: s } } } }
cut-offs: { four: { when: total >= 4, screens-for: a need, source: s } }
`);
    expect(gated.program.cutOffs[0]?.verdict.pivots).not.toEqual([]);
    // (1 + 2) × 3 / 2 = 4.5.
    const { cutOffs } = resultOf(gated, { q2: 1, q3: 2 }, {}, { missing: 'one' });
    expect(cutOffs['four']).toMatchObject({ status: 'met', basis: 'estimated' });
  });

  it('counts the points of a reversed answer, not its place in the list', () => {
    // 1 + 1 + 3 over three answered of four.
    expect(resultOf(dropped, { q1: 1, q2: 1, q4: 0 }, {}, { missing: 'one' }).scores['total']).toMatchObject({
      status: 'prorated',
      value: 20 / 3,
    });
  });

  it('is held against a cut-off in the scale of the score', () => {
    const half = (q1: number) =>
      resultOf(dropped, { q1, q3: 0, q4: 3 }, {}, { missing: 'one' }).cutOffs['half-2'];
    expect(half(2)).toMatchObject({ status: 'met', basis: 'estimated' });
    expect(half(1)).toMatchObject({ status: 'undecided', reason: 'estimated' });
  });

  it('stands beside the bounds of a score that the rule does not fill in', () => {
    const mixed = define(`
${THREE_ITEMS}
scores:
  pair: { formula: sum(q1..q2) / 2, range: [0, 3], source: s }
  total: { formula: sum(q1..q3), range: [0, 9], source: s, missing: { one: { allow: 1, source: s } } }
cut-offs: { both: { when: total >= 3 and pair >= 1, screens-for: a need, source: s } }
`);
    // total 2 × 3 / 2 = 3; pair from 1 to 2.5.
    expect(resultOf(mixed, { q1: 2, q3: 0 }, {}, { missing: 'one' }).cutOffs['both']).toMatchObject({
      status: 'met',
      basis: 'estimated',
    });
  });

  it('that meets a lower edge belongs to that level', () => {
    const edge = define(`
items:
  q1: { label: one, options: four }
  q2: { label: two, options: four }
scores: { total: { formula: sum(q1..q2), range: [0, 6], source: s, missing: { one: { allow: 1, source: s } } } }
bands: { b: { of: total, source: s, levels: [ { id: low, label: low, from: 0, to: 3, negative: true }, { id: high, label: high, from: 4, to: 6 } ] } }
`);
    expect(resultOf(edge, { q1: 2 }, {}, { missing: 'one' }).bands['b']).toMatchObject({
      status: 'decided',
      level: 'high',
    });
  });
});

describe('possible levels', () => {
  it('are those that some completion reaches, not all between the ends', () => {
    const gaps = define(`
options:
  far: [ { code: "0", label: none }, { code: "4", label: much } ]
  near: [ { code: "0", label: none }, { code: "1", label: a little } ]
  mid: [ { code: "0", label: none }, { code: "2", label: some } ]
items:
  q1: { label: one, options: far }
  q2: { label: two, options: near }
  q3: { label: three, options: mid }
scores: { total: { formula: sum(q1..q3), range: [0, 7], source: s } }
bands: { b: { of: total, source: s, levels: [ { id: low, label: low, from: 0, to: 1, negative: true }, { id: middle, label: middle, from: 2, to: 3 }, { id: high, label: high, from: 4, to: 7 } ] } }
`);
    expect(resultOf(gaps, { q2: 0, q3: 0 }).bands['b']).toMatchObject({ possible: ['low', 'high'] });
    expect(resultOf(gaps, { q2: 0 }).bands['b']).toMatchObject({ possible: ['low', 'middle', 'high'] });
  });

  it('are read in the scale of the score', () => {
    expect(resultOf(dropped, { q1: 1 }).bands['halves']).toMatchObject({ possible: ['low', 'high'] });
    expect(resultOf(dropped, { q2: 0 }).bands['halves']).toMatchObject({ level: 'low', basis: 'proved' });
    expect(resultOf(dropped, { q1: 1, q2: 2 }).bands['halves']).toMatchObject({ level: 'low' });
    expect(resultOf(dropped, { q1: 1, q2: 3 }).bands['halves']).toMatchObject({ level: 'high' });
  });
});

describe('the lowest level', () => {
  it('takes a value that no form should have: answers that contradict a gate', () => {
    const floor = define(`
items: { q1: { label: one, options: four }, q2: { label: two, options: four } }
skips: [ { if: q1 is "0", then: q2, points: 3, source: s } ]
scores: { total: { formula: sum(q1..q2), range: [1, 6], source: s } }
bands: { b: { of: total, source: s, levels: [ { id: low, label: low, from: 1, to: 3, negative: true }, { id: high, label: high, from: 4, to: 6 } ] } }
`);
    const { scores, bands } = resultOf(floor, { q1: 0, q2: 0 });
    expect(scores['total']).toMatchObject({ status: 'complete', value: 0 });
    expect(bands['b']).toEqual({ status: 'undecided', possible: ['low', 'high'], reason: 'inconsistent' });
  });
});

describe('levels by rules', () => {
  const ruled = define(`
items: { q1: { label: one, options: four }, q2: { label: two, options: four }, q3: { label: three, options: four } }
scores: { first: { formula: sum(q1), range: [0, 3], source: s }, second: { formula: sum(q2), range: [0, 3], source: s } }
bands:
  response:
    source: s
    rules:
      - { id: now, label: now, when: q3 >= 2 }
      - { id: none, label: none, otherwise: true, negative: true }
`);

  it('read no score, also where the instrument has some', () => {
    expect(resultOf(ruled, { q1: 0, q2: 0, q3: 2 }).bands['response']).toMatchObject({ level: 'now' });
    expect(resultOf(ruled, { q1: 3, q2: 3, q3: 0 }).bands['response']).toMatchObject({ level: 'none' });
  });

  it('ask for what they read, as long as they are open', () => {
    expect(resultOf(ruled, { q1: 0 }).ask.now).toEqual(['q3']);
  });
});

describe('what was skipped', () => {
  it('is no item that was answered as the gate has it', () => {
    const skipped = (answers: object) =>
      resultOf(instrumentOf('audit'), answers).skipped.map(({ item }) => item);
    expect(skipped({ q1: 0 })).toContain('q2');
    expect(skipped({ q1: 0, q2: 0 })).not.toContain('q2');
  });

  it('is told once, by the first gate that skips it', () => {
    const twice = define(`
${THREE_ITEMS}
skips:
  - { if: q1 is "0", then: q3, points: 0, source: s }
  - { if: q2 is "0", then: q3, points: 0, source: s }
scores: { total: { formula: sum(q1..q3), range: [0, 9], source: s } }
cut-offs: { one: { when: total >= 1, screens-for: a need, source: s } }
`);
    expect(resultOf(twice, { q1: 0, q2: 0 }).skipped).toEqual([
      { item: 'q3', by: 'q1 is "0"', kind: 'points' },
    ]);
  });

  it('is nothing where a stop knows the verdict: the items stay missing', () => {
    const { skipped, scores } = resultOf(instrumentOf('fast'), { q1: 4 });
    expect(skipped).toEqual([]);
    expect(scores['total']).toMatchObject({ missing: ['q2', 'q3', 'q4'] });
  });
});

describe('reading answers', () => {
  const all = define(`
items:
  n: { label: number, number: { unit: days, min: 1, max: 10, step: 3 } }
panels:
  part:
    members: { home: {}, work: {} }
    asked: all
    items: { a: { label: a, options: four } }
    scores: { total: { formula: sum(a), range: [0, 3], source: s } }
    bands: { b: { of: total, source: s, levels: [ { id: low, label: low, from: 0, to: 1, negative: true }, { id: high, label: high, from: 2, to: 3 } ] } }
scores: { days: { formula: sum(n), range: [1, 10], source: s } }
cut-offs: { many: { when: days >= 4, screens-for: a need, source: s } }
flags: { alert: { when: n >= 7, title: a trial alert, critical: true, response: respond, source: s } }
`);

  it('takes every member of a panel that is asked of all as administered', () => {
    const { scores } = resultOf(all, {});
    expect(scores['home.total']).toMatchObject({ status: 'incomplete' });
    expect(form(all, any({})).map(({ status }) => status)).toEqual(['open', 'open', 'open']);
  });

  it('counts the steps of a measurement from its least value', () => {
    const tags = [1, 4, 7, 10, 2, 3, 5, 6].map((n) => scoreForm(all, { n })._tag);
    expect(tags).toEqual(['Right', 'Right', 'Right', 'Right', 'Left', 'Left', 'Left', 'Left']);
  });

  it('lays an open critical flag beside verdicts, and not beside what does not apply', () => {
    const chosen = define(`
items: { q1: { label: one, options: four } }
panels:
  part:
    members: { home: {} }
    asked: chosen
    items: { a: { label: a, options: four } }
    scores: { total: { formula: sum(a), range: [0, 3], source: s } }
    bands: { b: { of: total, source: s, levels: [ { id: low, label: low, from: 0, to: 1, negative: true }, { id: high, label: high, from: 2, to: 3 } ] } }
scores: { one: { formula: sum(q1), range: [0, 3], source: s } }
flags: { alert: { when: q1 >= 2, title: a trial alert, critical: true, response: respond, source: s } }
`);
    expect(resultOf(chosen, {}).bands['home.b']).toStrictEqual({
      status: 'not-applicable',
      reason: 'not-administered',
    });
    expect(resultOf(chosen, { 'home.a': 1 }).bands['home.b']).toMatchObject({ flagOpen: ['alert'] });
    const forSome = define(`
items: { q1: { label: one, options: four }, q2: { label: two, options: four } }
scores: { one: { formula: sum(q1), range: [0, 3], source: s } }
cut-offs: { women: { when: one >= 2, applies-when: sex is female, screens-for: a need, source: s } }
flags: { alert: { when: q2 >= 2, title: a trial alert, critical: true, response: respond, source: s } }
`);
    expect(resultOf(forSome, { q1: 2 }, { sex: 'male' }).cutOffs['women']).toStrictEqual({
      status: 'not-applicable',
      reason: 'does-not-apply',
    });
    expect(resultOf(forSome, { q1: 2 }, { sex: 'female' }).cutOffs['women']).toMatchObject({
      flagOpen: ['alert'],
    });
  });
});

describe('what is asked', () => {
  it('is not what a gate reads that is settled without it', () => {
    const settled = define(`
${THREE_ITEMS}
skips: [ { if: q1 >= 1 and q2 >= 1, then: q3, points: 0, source: s } ]
scores: { a: { formula: sum(q3), range: [0, 3], source: s }, b: { formula: sum(q1..q2), range: [0, 6], source: s } }
cut-offs: { one: { when: a >= 1, screens-for: a need, source: s } }
`);
    expect(resultOf(settled, { q1: 0 }).ask.now).toEqual(['q3']);
    expect(resultOf(settled, { q1: 1 }).ask).toMatchObject({ now: ['q2'], later: ['q3'] });
  });

  it('is no item that was answered with an interval', () => {
    const counted = define(`
items: { q1: { label: one, options: count }, q2: { label: two, options: count } }
scores: { total: { formula: sum(q1..q2), range: [0, 6], source: s } }
cut-offs: { two: { when: total >= 2, screens-for: a need, source: s } }
`);
    const result = resultOf(counted, { q1: 'unknown', q2: '0' });
    expect(result.cutOffs['two']).toMatchObject({ status: 'undecided' });
    expect(result.ask).toEqual({ first: [], now: [], later: [], context: [] });
  });
});

describe('a flag that contradictory answers keep open', () => {
  it('names the answers to go through, and no fact about the person', () => {
    const bySex = define(`
items: { q1: { label: one, options: four }, q2: { label: two, options: four }, q3: { label: three, options: four } }
skips: [ { if: q1 is "0" and sex is male, then: q2, points: 0, source: s } ]
scores: { total: { formula: sum(q1..q3), range: [0, 9], source: s } }
flags:
  touched: { when: q2 >= 3 and sex is male, title: a trial alert, critical: true, response: respond, source: s }
  apart: { when: q3 >= 2 and sex is male, title: another trial alert, critical: true, response: respond, source: s }
`);
    const { flags } = resultOf(bySex, { q1: 0, q2: 1, q3: 0 }, { sex: 'male' });
    expect(flags['touched']).toMatchObject({ status: 'open', items: ['q1', 'q2'] });
    expect(flags['apart']).toMatchObject({ status: 'not-raised' });
  });
});

describe('cut-offs that disagree', () => {
  it('are named in one sentence, all that are met and all that are not', () => {
    const many = define(`
items: { q1: { label: one, options: four }, q2: { label: two, options: four } }
skips: [ { if: q1 is "0", then: q2, points: 0, source: s } ]
scores: { total: { formula: sum(q1..q2), range: [0, 6], source: s } }
cut-offs:
  c1: { when: total >= 1, screens-for: a need, source: s }
  c2: { when: total >= 2, screens-for: a need, source: s }
  c3: { when: total >= 3, screens-for: a need, source: s }
  c4: { when: total >= 4, screens-for: a need, source: s }
`);
    expect(resultOf(many, { q1: 1, q2: 1 }).notices).toEqual([
      {
        code: 'cut-offs-disagree',
        text: 'Cut-offs for a need disagree: c1, c2 met, c3, c4 not met.',
        cutOffs: ['c1', 'c2', 'c3', 'c4'],
      },
    ]);
  });
});

describe('project', () => {
  const long = define(`
items: { q1: { label: one, options: four }, q2: { label: two, options: four } }
scores: { total: { formula: sum(q1..q2), range: [0, 6], source: s } }
cut-offs: { one: { when: total >= 1, screens-for: a need, source: s } }
contains: { short: { items: { a: q1 } } }
`);

  it('carries what a gate took off as not asked, also where it was asked before', () => {
    const gated = define(`
items: { q1: { label: one, options: four }, q2: { label: two, options: four } }
skips: [ { if: q1 is "0", then: q2, not-applicable: true, source: s } ]
scores: { total: { formula: sum(q1..q2), range: [0, 6], source: s } }
contains: { short: { items: { a: q1, b: q2 } } }
`);
    const carried = (q1: number) => project(gated, any('short'), any({ q1, q2: { missing: 'refused' } }));
    expect(carried(0)).toMatchObject({ right: { a: '0', b: { missing: 'not-asked' } } });
    expect(carried(1)).toMatchObject({ right: { a: '1', b: { missing: 'refused' } } });
  });

  it('refuses answers that cannot be read, and a short form that is not contained', () => {
    expect(project(long, any('short'), any({ q2: 9 }))).toMatchObject({
      _tag: 'Left',
      left: { problems: [{ code: 'not-an-option', at: 'q2' }] },
    });
    expect(project(long, any('shirt'), any({}))).toMatchObject({
      left: { problems: [{ code: 'unknown-short-form', at: 'shirt' }] },
    });
  });
});

describe('explain', () => {
  const texts = (instrument: Instrument, answers: object, options: object = {}): readonly string[] => {
    const outcome = explain(instrument, any(answers), any({}), any(options));
    return outcome._tag === 'Left' ? [] : outcome.right.map(({ text }) => text);
  };

  const panel = define(`
panels:
  drug:
    asked: chosen
    members: { first: {}, other: {} }
    items: { q1: { label: one, options: four }, q2: { label: two, options: four } }
    skips: [ { if: q1 is "0", then: [q2], points: 0, source: s } ]
    scores: { total: { formula: sum(q1..q2), range: [0, 6], source: s } }
`);

  it('names no member of a gate that stands over several', () => {
    const over = define(`
items: { any: { label: any at all, options: answer } }
panels:
  drink:
    asked: all
    members: { beer: {}, wine: {} }
    items: { q1: { label: one, options: four } }
    scores: { total: { formula: sum(q1), range: [0, 3], source: s } }
skips: [ { if: any is no, then: [beer.q1, wine.q1], points: 0, source: s } ]
`);
    const gates = texts(over, { any: 'no' }).filter((text) => text.includes('any is no'));
    expect(gates).toEqual(['any is no: holds, beer.q1, wine.q1 skipped (points)']);
    const across = define(`
panels:
  drink:
    asked: all
    members: { beer: {}, wine: {} }
    items: { q1: { label: one, options: four } }
    scores: { total: { formula: sum(q1), range: [0, 3], source: s } }
skips: [ { if: 'beer.q1 is "0"', then: [wine.q1], points: 0, source: s } ]
`);
    expect(texts(across, { 'beer.q1': 0 })).toContain('beer.q1 is "0": holds, wine.q1 skipped (points)');
  });

  it('names the member of each gate of a panel, and says nothing of a member that was not asked', () => {
    const gates = (answers: object, options: object = {}) =>
      texts(panel, answers, options).filter((text) => text.includes('q1 is "0"'));
    expect(gates({ 'first.q1': 0 })).toEqual(['first: q1 is "0": holds, first.q2 skipped (points)']);
    expect(gates({ 'first.q1': 1 }, { administered: ['drug.other'] })).toEqual([
      'first: q1 is "0": does not hold',
      'other: q1 is "0": not decided yet',
    ]);
  });

  const three = define(`
${THREE_ITEMS}
scores: { total: { formula: sum(q1..q3), range: [0, 9], source: s, missing: { two: { allow: 2, source: s } } } }
cut-offs: { one: { when: total >= 1, screens-for: a need, source: s } }
flags: { alert: { when: "any(q2 >= 2, q3 >= 2)", title: a trial alert, critical: true, response: respond, source: s } }
`);

  it('lists everything that is missing, filled in or open, with a comma between', () => {
    const open = texts(three, { q1: 1, q3: { missing: 'refused' } }).join('\n');
    expect(open).toContain('1 to 7 of 9; missing q2, q3');
    expect(open).toContain('q2, q3 (not-asked, refused)');
    expect(texts(three, { q1: 1 }, { missing: 'two' }).join('\n')).toContain('rule two fills in q2, q3');
  });
});
