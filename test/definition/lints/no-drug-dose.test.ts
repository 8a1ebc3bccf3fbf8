import { expect, it } from 'vitest';
import type { Definition } from '../../../src/definition/index.js';
import { noDrugDose } from '../../../src/definition/lints/no-drug-dose.js';
import { edited, example } from '../example.js';

const found = (definition: Definition) =>
  noDrugDose.check(definition, { folder: null }).map(({ where }) => where.join('.'));

it('accepts units of alcohol, grams of a drink and kilograms', () => {
  expect(found(edited(example, ['measures'], '6 or more units of 8 g, at 70.5 kg'))).toEqual([]);
});

it('refuses milligrams in a response', () => {
  expect(found(edited(example, ['flags', 'third', 'response'], 'give 10 mg'))).toEqual([
    'flags.third.response',
  ]);
});

it('refuses micrograms in a restriction', () => {
  expect(found(edited(example, ['restrictions'], [{ text: 'not above 50 mcg', source: 'made-up' }]))).toEqual(
    ['restrictions.0.text'],
  );
});

it('refuses tablets in a pitfall', () => {
  expect(found(edited(example, ['pitfalls'], ['two: 2 tablets']))).toEqual(['pitfalls.0']);
});
