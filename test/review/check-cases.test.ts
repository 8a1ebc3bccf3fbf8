import { describe, expect, it } from 'vitest';
import type { Case } from '../../src/definition/index.js';
import { answersOf, checkCase, checkCases } from '../../src/review/check-cases.js';
import { define } from '../support/define.js';

const trial = define(`
items:
  q1: { label: first, options: four }
  q2: { label: second, options: four }
  q3: { label: third, options: four }
  remark: { label: remark, text: true, unscored: a remark }
skips: [ { if: q1 is "0", then: [q2], points: 0, source: s } ]
scores:
  total: { formula: sum(q1..q3), range: [0, 9], source: s, missing: { mean: { allow: 1, source: s } } }
bands: { signs: { of: total, source: s, levels: [ { id: few, label: few, from: 0, to: 4, negative: true }, { id: many, label: many, from: 5, to: 9 } ] } }
cut-offs: { five: { when: total >= 5, screens-for: signs, source: s } }
flags: { third: { when: q3 >= 1, title: third, critical: true, response: ask now, source: s } }
contains: { tiny: { items: { s1: q3, s2: q1 } } }
`);

const one = (answers: Case['answers'], expected: Case['expect'], more: Partial<Case> = {}): Case => ({
  name: 'a fictional case',
  source: 'worked by hand',
  answers,
  expect: expected,
  ...more,
});

describe('answers that a short form takes', () => {
  const taking = (expected: NonNullable<Case['expect']['short-forms']>) =>
    checkCase(trial, one({ q1: 1, q2: 2, q3: 3 }, { 'short-forms': expected })).map(({ of }) => of);

  it('are held against what the case says, item by item, and none where it is not contained', () => {
    expect(taking({ tiny: { s2: '1', s1: '3' } })).toEqual([]);
    expect(taking({ tiny: { s1: '3', s2: '2' } })).toEqual(['short-forms.tiny']);
    expect(taking({ tiny: { s1: '3' } })).toEqual(['short-forms.tiny']);
    expect(taking({ other: { s1: '3' } })).toEqual(['short-forms.other']);
  });
});

describe('checking a case', () => {
  it.each<[string, Case]>([
    [
      'a complete form',
      one(
        { q1: 1, q2: 2, q3: 3 },
        {
          scores: { total: 6 },
          bands: { signs: 'many' },
          'cut-offs': { five: 'met' },
          flags: { third: 'raised' },
        },
      ),
    ],
    [
      'bounds of an open form',
      one(
        { q1: 1, q2: 2 },
        {
          scores: { total: [3, 6] },
          bands: { signs: ['many', 'few'] },
          'cut-offs': { five: 'undecided' },
          flags: { third: 'open' },
          ask: { first: ['q3'], now: [], later: [] },
        },
      ),
    ],
    ['an open score without its bounds', one({ q1: 1, q2: 2 }, { scores: { total: 'incomplete' } })],
    [
      'a prorated value as a fraction',
      one(
        { q1: 1, q2: 0, q3: { missing: 'refused' } },
        { scores: { total: { prorated: '3/2' } } },
        { options: { missing: 'mean' } },
      ),
    ],
    [
      'answers that a short form takes',
      one({ q1: 1, q2: 2, q3: 3 }, { 'short-forms': { tiny: { s1: '3', s2: '1' } } }),
    ],
    ['a skipped item', one({ q1: 0, q3: 0 }, { scores: { total: 0 }, skipped: ['q2'], inconsistent: [] })],
    [
      'a contradiction',
      one(
        { q1: 0, q2: 1, q3: 0 },
        { scores: { total: 1 }, bands: { signs: ['few', 'many'] }, inconsistent: ['q2'] },
      ),
    ],
    [
      'a form that is refused, its flag beside it',
      one({ q1: 9, q2: 0, q3: 1 }, { invalid: ['q1'], flags: { third: 'raised' } }),
    ],
  ])('finds nothing wrong with %s that is as expected', (_, fits) => {
    expect(checkCase(trial, fits)).toEqual([]);
  });

  it.each<[string, Case['expect']]>([
    ['scores.total', { scores: { total: 5 } }],
    ['bands.signs', { bands: { signs: 'few' } }],
    ['cut-offs.five', { 'cut-offs': { five: 'not-met' } }],
    ['flags.third', { flags: { third: 'open' } }],
    ['ask.now', { ask: { now: ['q1'] } }],
    ['inconsistent', { inconsistent: ['q2'] }],
    ['skipped', { skipped: ['q2'] }],
    ['invalid', { invalid: ['q1'] }],
    ['scores.none', { scores: { none: 1 } }],
  ])('places a disagreement at %s', (of, expected) => {
    const failures = checkCase(trial, one({ q1: 1, q2: 2, q3: 3 }, expected));
    expect(failures.map((failure) => failure.of)).toEqual([of]);
  });

  it('says what was expected and what was found', () => {
    expect(checkCase(trial, one({ q1: 1, q2: 2, q3: 3 }, { scores: { total: 5 } }))).toEqual([
      { case: 'a fictional case', of: 'scores.total', expected: '5', found: '6' },
    ]);
  });

  it('takes a refused form that was not expected for a failure', () => {
    const failures = checkCase(trial, one({ q1: 9, q2: 0, q3: 0 }, { scores: { total: 0 } }));
    expect(failures).toEqual([{ case: 'a fictional case', of: 'invalid', expected: '[]', found: '["q1"]' }]);
  });

  it('does not take an estimate for a complete value, nor the other way round', () => {
    const estimated = one({ q1: 1, q2: 0 }, { scores: { total: 1.5 } }, { options: { missing: 'mean' } });
    expect(checkCase(trial, estimated)).toHaveLength(1);
    expect(
      checkCase(trial, one({ q1: 1, q2: 0, q3: 0 }, { scores: { total: { prorated: 1 } } })),
    ).toHaveLength(1);
  });

  it('gives every scored item that a case does not name the rest, and no text', () => {
    expect(answersOf(trial, one({ q2: 3 }, {}, { rest: 1 }))).toEqual({ q1: 1, q2: 3, q3: 1 });
    expect(answersOf(trial, one({ q2: 3 }, {}))).toEqual({ q2: 3 });
  });

  it('lists the failures of all cases, in order', () => {
    const wrong = (name: string) => one({ q1: 1, q2: 2, q3: 3 }, { scores: { total: 0 } }, { name });
    expect(checkCases(trial, [wrong('a'), wrong('b')]).map((failure) => failure.case)).toEqual(['a', 'b']);
  });

  it('counts what a stop makes needless among the items skipped', () => {
    const stopping = define(`
items:
  q1: { label: first, options: four }
  q2: { label: second, options: four }
stops: [ { if: q1 >= 2, decides: [two], then: [q2], source: s } ]
scores: { total: { formula: sum(q1..q2), range: [0, 6], source: s } }
cut-offs: { two: { when: total >= 2, screens-for: signs, source: s } }
`);
    expect(checkCase(stopping, one({ q1: 2 }, { skipped: ['q2'] }))).toEqual([]);
    expect(checkCase(stopping, one({ q1: 1 }, { skipped: [] }))).toEqual([]);
    expect(checkCase(stopping, one({ q1: 2, q2: 0 }, { skipped: [] }))).toEqual([]);
  });
});
