import { expect, it } from 'vitest';
import type { Definition } from '../../../src/definition/index.js';
import { suicideNegativeLevel } from '../../../src/definition/lints/suicide-negative-level.js';
import { edited, example } from '../example.js';

const found = (definition: Definition) =>
  suicideNegativeLevel.check(definition, { folder: null }).map(({ where }) => where.join('.'));

it('accepts the one name of the negative level', () => {
  expect(
    found(
      edited(edited(example, ['domain'], 'suicide'), ['bands', 'signs'], {
        source: 'made-up',
        rules: [{ id: 'none', label: 'not disclosed at this screen', otherwise: true, negative: true }],
      }),
    ),
  ).toEqual([]);
});

it('refuses any other name', () => {
  expect(
    found(
      edited(edited(example, ['domain'], 'suicide'), ['bands', 'signs'], {
        source: 'made-up',
        rules: [{ id: 'none', label: 'safe', otherwise: true, negative: true }],
      }),
    ),
  ).toEqual(['bands.signs.rules.0.label']);
});

it('leaves other domains their names', () => {
  expect(
    found(
      edited(example, ['bands', 'signs'], {
        source: 'made-up',
        rules: [{ id: 'none', label: 'none', otherwise: true, negative: true }],
      }),
    ),
  ).toEqual([]);
});
