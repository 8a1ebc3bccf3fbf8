import { expect, it } from 'vitest';
import type { Definition } from '../../../src/definition/index.js';
import { noDiagnosisWording } from '../../../src/definition/lints/no-diagnosis-wording.js';
import { edited, example } from '../example.js';

const found = (definition: Definition) =>
  noDiagnosisWording.check(definition, { folder: null }).map(({ where }) => where.join('.'));

it('accepts what a screen found', () => {
  expect(found(edited(example, ['cut-offs', 'three', 'screens-for'], 'major depression'))).toEqual([]);
});

it('refuses a disorder that somebody has', () => {
  expect(found(edited(example, ['bands', 'signs', 'levels', 1, 'label'], 'has depression'))).toEqual([
    'bands.signs.levels.1.label',
  ]);
});

it('refuses a person who is a disorder', () => {
  expect(found(edited(example, ['flags', 'third', 'title'], 'is an alcoholic'))).toEqual([
    'flags.third.title',
  ]);
});

it('refuses a diagnosis made', () => {
  expect(found(edited(example, ['cut-offs', 'three', 'screens-for'], 'diagnosed dementia'))).toEqual([
    'cut-offs.three.screens-for',
  ]);
});

it('accepts advice to have a diagnostic assessment', () => {
  expect(found(edited(example, ['flags', 'third', 'response'], 'refer for a diagnostic assessment'))).toEqual(
    [],
  );
});
