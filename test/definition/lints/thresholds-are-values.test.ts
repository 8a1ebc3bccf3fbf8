import { expect, it } from 'vitest';
import { checkDefinition, type Definition } from '../../../src/definition/index.js';
import { edited, example } from '../example.js';

/** Where the lint finds something; nothing else may be wrong with the definition. */
const found = (definition: Definition): readonly string[] => {
  const checked = checkDefinition(definition);
  const problems = checked._tag === 'Left' ? checked.left : [];
  expect(problems.filter(({ code }) => code !== 'thresholds-are-values')).toEqual([]);
  return problems.map(({ path }) => path);
};
const when = (formula: unknown, of: Definition = example) =>
  found(edited(of, ['cut-offs', 'three', 'when'], formula));
const refused = ['cut-offs.three.when'];

it('accepts whole numbers, whichever way they are compared', () => {
  for (const formula of ['total >= 3', 'total > 2', '4 <= total', 'total * 1.5 >= 4.5', 'total >= 3.0'])
    expect([formula, when(formula)]).toEqual([formula, []]);
});

it('refuses a number between two values of a score, of an item, of a count or a sum', () => {
  for (const formula of [
    'total >= 2.5',
    '2.5 <= total',
    'q1 >= 1 and total > 2.5',
    'q1 >= 1.5',
    'count(q1..q3 >= 1) >= 1.5',
    'sum(q1, q2) >= 1.5',
    'total + 2 * q1 >= 2.5',
    'any(q1 >= 1, max(q2, total) >= 2.5)',
    'min(q1, total) >= 0.5',
    'not (q1 - q2 >= 0.5)',
    'if q1 >= 1 then total >= 2.5 else q2 >= 1',
  ])
    expect([formula, when(formula)]).toEqual([formula, refused]);
});

it('refuses one in a flag, in a rule of a band and in a branch by sex', () => {
  expect(found(edited(example, ['flags', 'third', 'when'], 'q3 >= 0.5'))).toEqual(['flags.third.when']);
  expect(when({ by: 'sex', female: 'total >= 3', male: 'total >= 3.5' })).toEqual([
    'cut-offs.three.when.male',
  ]);
  const rules = [
    { id: 'many', label: 'many signs', when: 'total >= 2.5' },
    { id: 'few', label: 'few signs', otherwise: true, negative: true },
  ];
  expect(found(edited(example, ['bands', 'signs'], { rules, source: 'made-up' }))).toEqual([
    'bands.signs.rules.0.when',
  ]);
});

it('accepts a number between whole ones of a score that has such values', () => {
  const mean = edited(example, ['scores', 'mean'], {
    formula: 'mean(q1..q3)',
    range: [0, 2],
    source: 'made-up',
  });
  expect(when('mean >= 1.5', mean)).toEqual([]);
  expect(when('total / 2 >= 1.5')).toEqual([]);
  for (const formula of [
    'mean(q1..q3) >= 1.5',
    'min(mean, total) >= 1.5',
    'max(q1, mean) >= 1.5',
    'mean + q1 >= 1.5',
  ])
    expect([formula, when(formula, mean)]).toEqual([formula, []]);
  expect(when('round(total / 3, 1) >= 1.5')).toEqual([]);
  const halves = edited(
    edited(example, ['items', 'q1', 'points'], [0, 0.5, 1]),
    ['scores', 'total', 'range'],
    [0, 5],
  );
  expect(when('q1 >= 0.5', edited(halves, ['bands'], {}))).toEqual([]);
  for (const formula of ['sum(q1..q3) >= 2.5', '(if q2 >= 1 then q1 else q3) >= 0.5'])
    expect([formula, when(formula, edited(halves, ['bands'], {}))]).toEqual([formula, []]);
  const either = edited(edited(example, ['options', 'often', 1, 'points'], [0, 1]), ['items', 'weight'], {
    label: 'weight',
    number: { unit: 'kg', min: 20, max: 60, step: 0.5 },
  });
  expect(when('weight >= 40.5 and total >= 3', either)).toEqual([]);
  expect(when('weight >= 40.5 and q1 >= 1.5', either)).toEqual(refused);
});

it('accepts one of a score that is also estimated, for an estimate can lie between two values', () => {
  const estimated = edited(example, ['scores', 'total', 'missing'], {
    payer: { allow: 1, source: 'made-up' },
  });
  expect(when('total >= 2.5', estimated)).toEqual([]);
});

it('says nothing of an item whose points end between two whole numbers, which is refused for itself', () => {
  const ends = (points: readonly number[]) => {
    const checked = checkDefinition(
      edited(
        edited(example, ['options', 'often', 1, 'points'], points),
        ['cut-offs', 'three', 'when'],
        'q1 >= 0.5',
      ),
    );
    return checked._tag === 'Left' ? new Set(checked.left.map(({ code }) => code)) : new Set();
  };
  expect(ends([0, 1])).toEqual(new Set(['thresholds-are-values']));
  expect(ends([0, 0.5])).toEqual(new Set(['interval-points']));
});

it('refuses one in the condition of a skip', () => {
  const skip = (formula: string) =>
    found(edited(example, ['skips'], [{ if: formula, then: 'q3', points: 0, source: 'made-up' }]));
  expect(skip('q1 = 0')).toEqual([]);
  expect(skip('q1 + q2 < 0.5')).toEqual(['skips.0.if']);
});

it('finds its number in every member of a panel, said once', () => {
  const panel = {
    asked: 'all',
    members: { tea: {}, milk: {} },
    items: { cups: { label: 'cups', options: 'often' } },
    scores: { amount: { formula: 'cups * 2', range: [0, 4], source: 'made-up' } },
    'cut-offs': { much: { when: 'amount >= 2.5', 'screens-for': 'much', source: 'made-up' } },
  };
  expect(new Set(found(edited(example, ['panels'], { drink: panel })))).toEqual(
    new Set(['panels.drink.cut-offs.much.when']),
  );
});
