import { expect, it } from 'vitest';
import type { Definition } from '../../../src/definition/index.js';
import { labelsAreShort } from '../../../src/definition/lints/labels-are-short.js';
import { edited, example } from '../example.js';

const found = (definition: Definition) =>
  labelsAreShort.check(definition, { folder: null }).map(({ where }) => where.join('.'));

it('accepts a few words', () => {
  expect(found(example)).toEqual([]);
});

it('refuses a question', () => {
  expect(found(edited(example, ['items', 'q1', 'label'], 'Do you feel well?'))).toEqual(['items.q1.label']);
});

it('accepts an item label of 60 characters', () => {
  expect(found(edited(example, ['items', 'q1', 'label'], 'x'.repeat(60)))).toEqual([]);
});

it('refuses one of 61', () => {
  expect(found(edited(example, ['items', 'q1', 'label'], 'x'.repeat(61)))).toEqual(['items.q1.label']);
});

it('gives the label of a level 100 characters', () => {
  expect(found(edited(example, ['bands', 'signs', 'levels', 0, 'label'], 'x'.repeat(101)))).toEqual([
    'bands.signs.levels.0.label',
  ]);
});

it('looks at the items of a panel', () => {
  expect(
    found(
      edited(example, ['panels', 'p'], {
        asked: 'all',
        members: { a: {} },
        items: { q1: { label: 'Why?', options: 'often' } },
      }),
    ),
  ).toEqual(['panels.p.items.q1.label']);
});
