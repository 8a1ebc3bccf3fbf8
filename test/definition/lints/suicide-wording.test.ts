import { expect, it } from 'vitest';
import type { Definition } from '../../../src/definition/index.js';
import { suicideWording } from '../../../src/definition/lints/suicide-wording.js';
import { edited, example } from '../example.js';

const found = (definition: Definition) =>
  suicideWording.check(definition, { folder: null }).map(({ where }) => where.join('.'));

it('leaves other domains their words', () => {
  expect(found(edited(example, ['bands', 'signs', 'levels', 0, 'label'], 'low risk'))).toEqual([]);
});

it('refuses a level of risk in the domain suicide', () => {
  expect(
    found(
      edited(edited(example, ['domain'], 'suicide'), ['bands', 'signs', 'levels', 0, 'label'], 'low risk'),
    ),
  ).toEqual(['bands.signs.levels.0.label']);
});

it('refuses an id that names a level of risk', () => {
  expect(
    found(edited(edited(example, ['domain'], 'suicide'), ['bands', 'signs', 'levels', 1, 'id'], 'high-risk')),
  ).toEqual(['bands.signs.levels.1.id']);
});

it('refuses a level of risk in a flag about self-harm, whatever the domain', () => {
  expect(
    found(
      edited(
        edited(example, ['flags', 'third', 'title'], 'thoughts of self-harm'),
        ['flags', 'third', 'response'],
        'high risk: ask now',
      ),
    ),
  ).toEqual(['flags.third.response']);
});

it("leaves the publisher's own label alone", () => {
  expect(
    found(
      edited(
        edited(example, ['domain'], 'suicide'),
        ['bands', 'signs', 'levels', 1, 'publisher-label'],
        'high risk',
      ),
    ),
  ).toEqual([]);
});
