import { describe, expect, it } from 'vitest';
import { define, THREE_ITEMS } from '../support/define.js';
import { resultOf, scoreForm } from '../support/forms.js';

const five = define(`
items:
  q1: { label: one, options: four }
  q2: { label: two, options: four }
  q3: { label: three, options: four }
  q4: { label: four, options: four, reverse: true }
  q5: { label: five, options: four, unscored: kept beside }
scores:
  total: { formula: sum(q1..q4), range: [0, 12], source: s, missing: { half: { allow: 2, source: s }, whole: { allow: 1, round: 0, source: s } } }
  scaled: { formula: sum(q1..q4) * 5 + 1, range: [1, 61], source: s, missing: { whole: { allow: 1, round: 0, source: s } } }
bands:
  b:
    of: total
    source: s
    levels:
      - { id: low, label: low, from: 0, to: 4, negative: true }
      - { id: mid, label: mid, from: 5, to: 8 }
      - { id: high, label: high, from: 9, to: 12 }
cut-offs:
  six: { when: total >= 6, screens-for: a trial need, source: s }
  nine: { when: total >= 9, screens-for: a trial need, source: s }
  seven-control: { when: total >= 7, screens-for: a trial need, source: s, kind: control, negative: none }
flags:
  alert: { when: q3 >= 2, title: a trial alert, critical: true, response: respond, source: s }
  plain: { when: q1 >= 3, title: a plain flag, source: s }
`);

describe('the four states of a score', () => {
  it('is complete where every item is answered, reversed items counting the other way', () => {
    const result = resultOf(five, { q1: 1, q2: '2', q3: 0, q4: 0, q5: 3 });
    expect(result.scores['total']).toEqual({ status: 'complete', value: 6, of: 12 });
    expect(result.scores['scaled']).toEqual({ status: 'complete', value: 31, of: 61 });
    expect(result.unscored).toEqual({ q5: '3' });
  });

  it('is incomplete with bounds and the names of what is missing', () => {
    expect(resultOf(five, { q1: 1, q2: 2, q3: null }).scores['total']).toEqual({
      status: 'incomplete',
      bounds: { lowest: 3, highest: 9 },
      of: 12,
      missing: ['q3', 'q4'],
    });
  });

  it('is prorated only by a named rule: value × items / answered [H05]', () => {
    const form = { q1: 3, q2: 1, q3: 1 };
    expect(resultOf(five, form).scores['total']).toMatchObject({ status: 'incomplete' });
    expect(resultOf(five, form, {}, { missing: 'half' }).scores['total']).toEqual({
      status: 'prorated',
      value: (5 * 4) / 3,
      of: 12,
      rule: 'half',
      imputed: ['q4'],
      bounds: { lowest: 5, highest: 8 },
    });
    expect(resultOf(five, form, {}, { missing: 'half' }).provenance.missingRule).toBe('half');
  });

  it('rounds half away from zero by the rule, what is added being added once [H24]', () => {
    // (3 + 1 + 0) × 4 / 3 = 5.33 → 5; 5 × 4 × 4 / 3 + 1 = 27.67 → 28
    const down = resultOf(five, { q1: 3, q2: 1, q3: 0 }, {}, { missing: 'whole' });
    expect(down.scores['total']).toMatchObject({ value: 5 });
    expect(down.scores['scaled']).toMatchObject({ status: 'prorated', value: 28 });
  });

  it('is not prorated beyond what the rule allows, nor from nothing [H05]', () => {
    expect(resultOf(five, { q1: 3, q2: 1 }, {}, { missing: 'whole' }).scores['total']).toMatchObject({
      status: 'incomplete',
    });
    expect(resultOf(five, { q1: 3, q2: 1 }, {}, { missing: 'half' }).scores['total']).toMatchObject({
      status: 'prorated',
      value: 8,
    });
    const all = define(`
items: { q1: { label: one, options: four } }
scores: { total: { formula: sum(q1), range: [0, 3], source: s, missing: { any: { allow: 1, source: s } } } }
`);
    expect(resultOf(all, {}, {}, { missing: 'any' }).scores['total']).toMatchObject({ status: 'incomplete' });
  });

  it('is not applicable where every item it reads is', () => {
    const gated = define(`
items:
  q1: { label: gate, options: answer }
  q2: { label: two, options: four }
  q3: { label: three, options: four }
skips: [ { if: q1 is no, then: q2..q3, not-applicable: true, source: s } ]
scores:
  part: { formula: sum(q2..q3), range: [0, 6], source: s }
  whole: { formula: sum(q1..q3), range: [0, 7], source: s }
bands:
  b: { of: part, source: s, levels: [ { id: low, label: low, from: 0, to: 2, negative: true }, { id: high, label: high, from: 3, to: 6 } ] }
`);
    const result = resultOf(gated, { q1: 'no' });
    expect(result.scores['part']).toEqual({ status: 'not-applicable', reason: 'no-item-applies' });
    expect(result.scores['whole']).toEqual({ status: 'complete', value: 0, of: 1 });
    expect(result.bands['b']).toEqual({ status: 'not-applicable', reason: 'no-item-applies' });
    expect(result.skipped).toEqual([
      { item: 'q2', by: 'q1 is no', kind: 'not-applicable' },
      { item: 'q3', by: 'q1 is no', kind: 'not-applicable' },
    ]);
    expect(resultOf(gated, { q1: 'no', q2: 1 }).inconsistent).toEqual([{ gate: 'q1 is no', items: ['q2'] }]);
  });

  it('takes an option that stands for an interval as any whole number in it, also when it is the answer', () => {
    const interval = define(`
items:
  q1: { label: one, options: count }
  q2: { label: two, options: count }
scores: { total: { formula: sum(q1..q2), range: [0, 6], source: s, missing: { one: { allow: 1, source: s } } } }
cut-offs:
  one: { when: total >= 1, screens-for: a trial need, source: s }
  three: { when: total >= 3, screens-for: a trial need, source: s }
`);
    const result = resultOf(interval, { q1: 'unknown', q2: 0 });
    expect(result.scores['total']).toMatchObject({
      status: 'incomplete',
      bounds: { lowest: 1, highest: 3 },
      missing: ['q1'],
    });
    expect(result.cutOffs['one']).toMatchObject({ status: 'met' });
    expect(result.cutOffs['three']).toMatchObject({ status: 'undecided' });
    expect(
      resultOf(interval, { q1: 'unknown', q2: 2 }, {}, { missing: 'one' }).scores['total'],
    ).toMatchObject({ status: 'prorated', value: 4 });
  });
});

describe('verdicts', () => {
  it('are decided as soon as every completion agrees, and open before [H06]', () => {
    expect(resultOf(five, { q1: 3, q2: 3 }).cutOffs['six']).toEqual({
      status: 'met',
      basis: 'proved',
      flagOpen: ['alert'],
    });
    expect(resultOf(five, { q1: 3, q2: 2, q3: 0 }).cutOffs['six']).toEqual({
      status: 'undecided',
      possible: ['met', 'not-met'],
      reason: 'missing',
    });
    expect(resultOf(five, { q1: 3, q2: 2, q3: 0 }).bands['b']).toEqual({
      status: 'decided',
      level: 'mid',
      label: 'mid',
      basis: 'proved',
    });
  });

  it('from a prorated score are estimated, and never say negative [H05]', () => {
    const up = resultOf(five, { q1: 3, q2: 2, q3: 2 }, {}, { missing: 'half' });
    // 7 × 4 / 3 = 9.33: estimated high; proved only 7 to 10.
    expect(up.bands['b']).toEqual({ status: 'decided', level: 'high', label: 'high', basis: 'estimated' });
    expect(up.cutOffs['nine']).toEqual({ status: 'met', basis: 'estimated' });
    expect(up.cutOffs['six']).toEqual({ status: 'met', basis: 'proved' });
    const down = resultOf(five, { q1: 2, q2: 1, q3: 0 }, {}, { missing: 'half' });
    // 3 × 4 / 3 = 4: the estimate is low, which it may not claim.
    expect(down.bands['b']).toEqual({ status: 'undecided', possible: ['low', 'mid'], reason: 'estimated' });
    expect(down.cutOffs['six']).toEqual({
      status: 'undecided',
      possible: ['met', 'not-met'],
      reason: 'estimated',
    });
    expect(resultOf(five, { q1: 2, q2: 2, q3: 1 }, {}, { missing: 'half' }).cutOffs['seven-control']).toEqual(
      { status: 'not-met', basis: 'estimated' },
    );
  });

  it('that screen for the same and disagree are said, controls apart [H10]', () => {
    const notices = resultOf(five, { q1: 3, q2: 3, q3: 0, q4: 3 }).notices;
    expect(notices).toEqual([
      {
        code: 'cut-offs-disagree',
        text: 'Cut-offs for a trial need disagree: six met, nine not met.',
        cutOffs: ['six', 'nine'],
      },
    ]);
    expect(resultOf(five, { q1: 3, q2: 3, q3: 3, q4: 3 }).notices).toEqual([]);
    expect(resultOf(five, { q1: 3, q2: 2 }).notices.map(({ code }) => code)).toEqual(['critical-flag-open']);
  });

  it('hold a flag open by reason, raised by itself, and not raised only on an answer [H07]', () => {
    expect(resultOf(five, { q3: 2 }).flags['alert']).toEqual({ status: 'raised', critical: true });
    expect(resultOf(five, { q3: 1 }).flags['alert']).toEqual({ status: 'not-raised', critical: true });
    expect(resultOf(five, { q3: { missing: 'not-known' } }).flags['alert']).toMatchObject({
      status: 'open',
      reasons: ['not-known'],
    });
    expect(resultOf(five, {}).flags['plain']).toMatchObject({ status: 'open', critical: false });
  });

  it('apply only where the cut-off is for this person', () => {
    const women = define(`
items: { q1: { label: one, options: four } }
scores: { total: { formula: sum(q1), range: [0, 3], source: s } }
cut-offs:
  women: { when: total >= 2, screens-for: a trial need, applies-when: sex is female, source: s }
  old: { when: total >= 1, screens-for: a trial need, applies-when: age >= 65, source: s }
`);
    const at = (context: unknown) => resultOf(women, { q1: 2 }, context).cutOffs;
    expect(at({ sex: 'female', age: 65 })).toEqual({
      women: { status: 'met', basis: 'proved' },
      old: { status: 'met', basis: 'proved' },
    });
    expect(at({ sex: 'male', age: 64 })).toEqual({
      women: { status: 'not-applicable', reason: 'does-not-apply' },
      old: { status: 'not-applicable', reason: 'does-not-apply' },
    });
    expect(at({ sex: 'unknown', age: 'unknown' })['women']).toEqual({
      status: 'undecided',
      possible: ['met', 'not-met'],
      reason: 'applicability',
    });
    expect(resultOf(women, { q1: 2 }, {}).ask.context).toEqual(['age', 'sex']);
  });
});

describe('context', () => {
  const aged = define(`
items: { q1: { label: one, options: four } }
scores:
  weighed: { formula: if sex is female then sum(q1) * 2 else sum(q1), range: [0, 6], source: s }
flags: { old: { when: age >= 65 and q1 >= 1, title: a trial alert, critical: true, response: respond, source: s } }
`);

  it('that is not known leaves a score with bounds and a flag open, and is asked for [H11]', () => {
    const unknown = resultOf(aged, { q1: 2 }, { sex: 'unknown', age: 'unknown' });
    expect(unknown.scores['weighed']).toMatchObject({
      status: 'incomplete',
      bounds: { lowest: 2, highest: 4 },
      missing: [],
    });
    expect(unknown.flags['old']).toMatchObject({ status: 'open', items: [] });
    expect(unknown.ask.context).toEqual(['age']);
    expect(resultOf(aged, { q1: 2 }, { sex: 'female', age: 70 }).scores['weighed']).toMatchObject({
      status: 'complete',
      value: 4,
    });
    expect(resultOf(aged, { q1: 2 }, { sex: 'other', age: null }).scores['weighed']).toMatchObject({
      status: 'incomplete',
    });
  });

  it('says that there is no missing rule to name', () => {
    expect(scoreForm(aged, {}, {}, { missing: 'any' })).toMatchObject({
      left: { problems: [{ message: 'missing: no such rule; leave it out.' }] },
    });
  });
});

describe('a form that contradicts itself [H27]', () => {
  const skipped = define(`
${THREE_ITEMS}
skips: [ { if: q1 is "0", then: q2..q3, points: 0, source: s } ]
scores: { total: { formula: sum(q1..q3), range: [0, 9], source: s } }
bands: { b: { of: total, source: s, levels: [ { id: low, label: low, from: 0, to: 3, negative: true }, { id: high, label: high, from: 4, to: 9 } ] } }
flags: { alert: { when: q3 >= 2, title: a trial alert, critical: true, response: respond, source: s } }
`);

  it('lets the answers stand, leaves the rest missing, and calls nothing negative', () => {
    const result = resultOf(skipped, { q1: 0, q2: 1, q3: 1 });
    expect(result.inconsistent).toEqual([{ gate: 'q1 is "0"', items: ['q2', 'q3'] }]);
    expect(result.scores['total']).toMatchObject({ status: 'complete', value: 2 });
    expect(result.bands['b']).toMatchObject({
      status: 'undecided',
      possible: ['low', 'high'],
      reason: 'inconsistent',
    });
    expect(result.flags['alert']).toEqual({
      status: 'open',
      critical: true,
      items: ['q1', 'q3'],
      reasons: ['inconsistent', 'inconsistent'],
    });
    expect(result.notices.map(({ code }) => code)).toEqual(['critical-flag-open', 'inconsistent']);
  });

  it('keeps what is raised or above the line', () => {
    const result = resultOf(skipped, { q1: 0, q2: 3, q3: 3 });
    expect(result.flags['alert']).toEqual({ status: 'raised', critical: true });
    expect(result.bands['b']).toMatchObject({ status: 'decided', level: 'high', basis: 'proved' });
  });

  it('is none where the answers are what the skip gives, and says why a flag was not asked', () => {
    expect(resultOf(skipped, { q1: 0, q2: 0, q3: 0 }).inconsistent).toEqual([]);
    expect(resultOf(skipped, { q1: 0 }).flags['alert']).toEqual({
      status: 'not-raised',
      critical: true,
      by: 'q1 is "0"',
    });
  });

  it('asks for what stands behind an undecided gate only later', () => {
    expect(resultOf(skipped, {}).ask).toEqual({ first: ['q1'], now: [], later: ['q2', 'q3'], context: [] });
    expect(resultOf(skipped, { q1: 2 }).ask).toEqual({ first: ['q3'], now: ['q2'], later: [], context: [] });
  });
});

describe('bad input [H25] [H26] [H31]', () => {
  it('names every problem at once, with a remedy and never the answer', () => {
    const outcome = scoreForm(
      five,
      { q1: 17, q2: true, q3: { missing: 'forgot' }, q4: { other: 1 }, qq5: 1, zz: 1 },
      { sex: 3, age: 1.5, height: 2 },
      { missing: 'nobody', on: '24/11/2026' },
    );
    expect(outcome._tag).toBe('Left');
    if (outcome._tag !== 'Left') return;
    expect(outcome.left.problems.map(({ code, at }) => `${code} ${at}`)).toEqual([
      'not-an-option q1',
      'wrong-type q2',
      'unknown-missing-reason q3',
      'wrong-type q4',
      'unknown-item qq5',
      'unknown-item zz',
      'unknown-context height',
      'bad-context age',
      'bad-context sex',
      'unknown-missing-rule missing',
      'bad-date on',
    ]);
    expect(outcome.left.problems[4]?.didYouMean).toBe('q5');
    expect(JSON.stringify(outcome.left.problems)).not.toContain('17');
    expect(outcome.left.flags['alert']).toMatchObject({ status: 'open', reasons: ['invalid'] });
    expect(outcome.left.provenance.instrument).toBe('trial');
  });

  it.each([
    ['a list', []],
    ['text', 'q1'],
    ['null', null],
    ['a number', 3],
  ])('refuses %s for answers and context', (_, value) => {
    const outcome = scoreForm(five, value, value ?? undefined);
    expect(outcome._tag === 'Left' ? outcome.left.problems.map(({ at }) => at) : []).toContain('answers');
  });

  it('takes no answers at all as an empty form', () => {
    expect(resultOf(five, undefined).scores['total']).toMatchObject({
      status: 'incomplete',
      bounds: { lowest: 0, highest: 12 },
    });
  });

  it('takes printed choices that mean missing as missing, with their reason', () => {
    const printed = define(`
items: { q1: { label: one, options: answer } }
scores: { total: { formula: sum(q1), range: [0, 1], source: s } }
flags: { f: { when: q1 is yes, title: a trial flag, source: s } }
`);
    expect(resultOf(printed, { q1: 'declined' }).flags['f']).toMatchObject({
      status: 'open',
      reasons: ['refused'],
    });
    const wrong = scoreForm(printed, { q1: 'toString' });
    expect(wrong._tag === 'Left' ? wrong.left.problems[0]?.message : '').toBe(
      'q1: not an answer to this item; use yes, no, declined.',
    );
  });

  it.each(['2026-02-30', '2025-02-29', '2026-13-01', '26-01-01', 20260101])(
    'refuses %s as a day [H13]',
    (on) => {
      const outcome = scoreForm(five, {}, {}, { on: on as never });
      expect(outcome._tag === 'Left' ? outcome.left.problems.map(({ code }) => code) : []).toEqual([
        'bad-date',
      ]);
    },
  );

  it.each(['2024-02-29', '2026-12-31'])('carries %s as the day of the form', (on) => {
    expect(resultOf(five, {}, {}, { on }).on).toBe(on);
  });

  it('reads only what the object itself holds', () => {
    const inherited = Object.create({ q1: 3 }) as object;
    expect(resultOf(five, inherited).scores['total']).toMatchObject({
      status: 'incomplete',
      bounds: { lowest: 0 },
    });
    const hostile: unknown = JSON.parse('{"__proto__": {"q1": 3}, "q1": 1}');
    expect(scoreForm(five, hostile)).toMatchObject({
      _tag: 'Left',
      left: { problems: [{ code: 'unknown-item', at: '__proto__' }] },
    });
  });

  it('shows a long name shortened and a long list of items in part', () => {
    const many = define(`
items:
${Array.from({ length: 14 }, (_, i) => `  q${i + 1}: { label: item, options: answer }`).join('\n')}
scores: { total: { formula: sum(q1..q14), range: [0, 14], source: s } }
`);
    const outcome = scoreForm(many, { ['x'.repeat(60)]: 1 });
    const problem = outcome._tag === 'Left' ? outcome.left.problems[0] : undefined;
    expect(problem?.at).toBe(`${'x'.repeat(40)}…`);
    expect(problem?.message).toContain('use q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11 … q14');
  });

  it('says which ages an instrument is for [H12]', () => {
    const adult = define(`
valid-for: { age: { from: 18, to: 64 }, source: s }
items: { q1: { label: one, options: four } }
scores: { total: { formula: sum(q1), range: [0, 3], source: s } }
restrictions: [ { text: never alone, source: s } ]
`);
    const notice = { code: 'outside-valid-age', text: 'TRIAL is validated for people aged 18 to 64.' };
    const restriction = { code: 'restriction', text: 'never alone' };
    expect(resultOf(adult, { q1: 1 }, { age: 17 }).notices).toEqual([notice, restriction]);
    expect(resultOf(adult, { q1: 1 }, { age: 65 }).notices).toEqual([notice, restriction]);
    expect(resultOf(adult, { q1: 1 }, { age: 18 }).notices).toEqual([restriction]);
    expect(resultOf(adult, { q1: 1 }, { age: 64 }).notices).toEqual([restriction]);
    expect(resultOf(adult, { q1: 1 }).notices).toEqual([restriction]);
    const young = define(`
valid-for: { age: { to: 17 }, source: s }
items: { q1: { label: one, options: four } }
scores: { total: { formula: sum(q1), range: [0, 3], source: s } }
`);
    expect(resultOf(young, { q1: 1 }, { age: 18 }).notices).toMatchObject([
      { text: 'TRIAL is validated for people aged 0 to 17.' },
    ]);
    expect(resultOf(young, { q1: 1 }, { age: 0 }).notices).toEqual([]);
    const grown = define(`
valid-for: { age: { from: 18 }, source: s }
items: { q1: { label: one, options: four } }
scores: { total: { formula: sum(q1), range: [0, 3], source: s } }
`);
    expect(resultOf(grown, { q1: 1 }, { age: 17 }).notices).toMatchObject([
      { text: 'TRIAL is validated for people aged 18 or over.' },
    ]);
  });
});

describe('numbers', () => {
  const body = define(`
items:
  height: { label: height, number: { unit: m, min: 1, max: 2.5, step: 0.01 } }
  weight: { label: weight, number: { unit: kg, min: 20, max: 300, step: 0.5 } }
  waist: { label: waist, number: { unit: cm, min: 40, max: 200, step: 1 }, unscored: kept beside }
  note: { label: note, text: true, unscored: kept beside }
scores:
  bmi: { formula: weight / (height * height), quantity: true, places: 1, unit: kg/m2, source: s }
cut-offs:
  thin: { when: weight / (height * height) < 18.5, screens-for: a trial need, source: s }
`);

  it('are read as exact decimals, on their step and in their range [H14] [H24]', () => {
    const result = resultOf(body, { height: '1.80', weight: 59.5, waist: 70, note: 'anything' });
    expect(result.quantities['bmi']).toEqual({ status: 'complete', value: 18.4, unit: 'kg/m2' });
    expect(result.cutOffs['thin']).toMatchObject({ status: 'met' });
    expect(result.unscored).toEqual({ waist: '70', note: 'anything' });
    expect(resultOf(body, { height: 2, weight: 74 }).cutOffs['thin']).toMatchObject({ status: 'not-met' });
  });

  it('bound a quotient while one is missing', () => {
    expect(resultOf(body, { height: 2 }).quantities['bmi']).toEqual({
      status: 'incomplete',
      bounds: { lowest: 5, highest: 75 },
      unit: 'kg/m2',
      missing: ['weight'],
    });
    expect(resultOf(body, { weight: 20 }).quantities['bmi']).toEqual({
      status: 'incomplete',
      bounds: { lowest: 3.2, highest: 20 },
      unit: 'kg/m2',
      missing: ['height'],
    });
  });

  it.each([
    ['height', '1,8', 'not-a-number'],
    ['height', '-1', 'not-a-number'],
    ['height', 1e30, 'not-a-number'],
    ['height', '1.805', 'not-on-step'],
    ['weight', 60.2, 'not-on-step'],
    ['height', 180, 'out-of-range'],
    ['height', 0.5, 'out-of-range'],
  ])('refuses %s %s', (id, value, code) => {
    const outcome = scoreForm(body, { [id]: value });
    expect(
      outcome._tag === 'Left' ? outcome.left.problems.map((problem) => [problem.code, problem.at]) : [],
    ).toEqual([[code, id]]);
  });
});

describe('sums of numbers', () => {
  const units = define(`
items:
  beer: { label: beer, number: { unit: units, min: 0, max: 9000, step: 0.5 } }
  wine: { label: wine, number: { unit: units, min: 0, max: 9000, step: 0.5 } }
scores: { week: { formula: beer + wine, range: [0, 18000], source: s } }
bands: { b: { of: week, source: s, levels: [ { id: low, label: low, from: 0, negative: true }, { id: more, label: more, from: 14.5 }, { id: much, label: much, from: 50.5 } ] } }
`);

  it('have bounds, and the levels that the bounds leave', () => {
    expect(resultOf(units, { beer: 14.5 }).bands['b']).toMatchObject({
      status: 'undecided',
      possible: ['more', 'much'],
    });
    expect(resultOf(units, { beer: 50.5 }).bands['b']).toMatchObject({ status: 'decided', level: 'much' });
    expect(resultOf(units, {}).bands['b']).toMatchObject({
      status: 'undecided',
      possible: ['low', 'more', 'much'],
    });
    expect(resultOf(units, { beer: 14, wine: 0 }).bands['b']).toMatchObject({
      status: 'decided',
      level: 'low',
    });
  });
});

describe('quantities', () => {
  it('bound a quotient that can fall below nought', () => {
    const loss = define(`
items:
  before: { label: before, number: { unit: kg, min: 20, max: 200, step: 1 } }
  now: { label: now, number: { unit: kg, min: 20, max: 200, step: 1 } }
scores: { percent: { formula: (before - now) / before * 100, quantity: true, places: 0, unit: "%", source: s } }
`);
    expect(resultOf(loss, { before: 100 }).quantities['percent']).toMatchObject({
      bounds: { lowest: -100, highest: 80 },
    });
    const short = define(`
items:
  a: { label: a, number: { unit: kg, min: 0, max: 10, step: 1 } }
  b: { label: b, number: { unit: kg, min: 20, max: 40, step: 1 } }
scores: { below: { formula: (a - b) / b * 100, quantity: true, places: 0, source: s } }
`);
    // From 0 against 20 to 10 against 20: both ends lie below nought.
    expect(resultOf(short, { b: 20 }).quantities['below']).toEqual({
      status: 'incomplete',
      bounds: { lowest: -100, highest: -50 },
      unit: null,
      missing: ['a'],
    });
    expect(resultOf(loss, { now: 20 }).quantities['percent']).toMatchObject({
      status: 'incomplete',
      bounds: { lowest: 0 },
    });
  });

  const gated = define(`
items:
  standing: { label: can stand, options: answer }
  height: { label: height, number: { unit: m, min: 1, max: 2.5, step: 0.01 } }
  weight: { label: weight, number: { unit: kg, min: 20, max: 300, step: 0.5 } }
skips: [ { if: standing is no, then: [height], not-applicable: true, source: s } ]
scores: { bmi: { formula: weight / (height * height), quantity: true, places: 1, source: s } }
panels:
  limb:
    asked: chosen
    members: { arm: {} }
    items: { length: { label: length, number: { unit: cm, min: 10, max: 200, step: 1 } } }
    scores: { metres: { formula: length / 100, quantity: true, places: 2, source: s } }
`);

  it('are not applicable where one of their items, or their member of a panel, is not', () => {
    const result = resultOf(gated, { standing: 'no', weight: 60 });
    expect(result.quantities['bmi']).toEqual({ status: 'not-applicable', reason: 'no-item-applies' });
    expect(result.quantities['arm.metres']).toEqual({ status: 'not-applicable', reason: 'not-administered' });
    expect(resultOf(gated, { 'arm.length': 55 }).quantities['arm.metres']).toEqual({
      status: 'complete',
      value: 0.55,
      unit: null,
    });
  });
});

describe('panels', () => {
  const panel = define(`
panels:
  substance:
    asked: chosen
    members: { cannabis: {}, opioids: {} }
    items:
      q1: { label: used, options: answer }
      q2: { label: daily, options: answer }
    skips: [ { if: q1 is no, then: [q2], points: 0, source: s } ]
    scores: { count: { formula: sum(q1..q2), range: [0, 2], source: s } }
    bands: { b: { of: count, source: s, levels: [ { id: low, label: low, from: 0, to: 0, negative: true }, { id: high, label: high, from: 1, to: 2 } ] } }
    cut-offs: { two: { when: count >= 2, screens-for: a trial need, source: s } }
    flags: { daily: { when: q2 is yes, title: daily use, source: s } }
cut-offs:
  any-two: { when: "any(substance.* : count >= 2)", screens-for: any trial need, source: s }
`);

  it('score the members that were asked about, and no others', () => {
    const result = resultOf(panel, { 'cannabis.q1': 'yes', 'cannabis.q2': 'yes' });
    expect(result.scores['cannabis.count']).toEqual({ status: 'complete', value: 2, of: 2 });
    expect(result.cutOffs['any-two']).toEqual({ status: 'met', basis: 'proved' });
    const none = { status: 'not-applicable', reason: 'not-administered' };
    expect(result.scores['opioids.count']).toEqual(none);
    expect(result.bands['opioids.b']).toEqual(none);
    expect(result.cutOffs['opioids.two']).toEqual(none);
    expect(result.flags['opioids.daily']).toEqual({ ...none, critical: false });
    expect(result.ask.now).toEqual([]);
  });

  it('ask for a member that the caller chose, or that was declined', () => {
    const chosen = resultOf(panel, {}, {}, { administered: ['substance.opioids'] });
    expect(chosen.scores['opioids.count']).toMatchObject({ status: 'incomplete' });
    expect(resultOf(panel, { 'opioids.q1': { missing: 'refused' } }).flags['opioids.daily']).toMatchObject({
      status: 'open',
    });
    expect(resultOf(panel, { 'opioids.q1': null }).scores['opioids.count']).toMatchObject({
      status: 'not-applicable',
    });
  });

  it('name a member of no panel that is no text', () => {
    expect(scoreForm(panel, {}, {}, { administered: [7] as never })).toMatchObject({
      left: { problems: [{ code: 'unknown-member', at: '7' }] },
    });
  });

  it('refuse a member that is not there, with what was probably meant', () => {
    const outcome = scoreForm(panel, {}, {}, { administered: ['substance.opioid', 'x'.repeat(50)] });
    expect(outcome).toMatchObject({
      _tag: 'Left',
      left: {
        problems: [{ code: 'unknown-member', didYouMean: 'substance.opioids' }, { code: 'unknown-member' }],
      },
    });
  });
});
