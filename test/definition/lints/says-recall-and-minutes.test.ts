import { expect, it } from 'vitest';
import type { Definition } from '../../../src/definition/index.js';
import { saysRecallAndMinutes } from '../../../src/definition/lints/says-recall-and-minutes.js';
import { edited, example } from '../example.js';

const found = (definition: Definition) =>
  saysRecallAndMinutes.check(definition, { folder: null }).map(({ where }) => where.join('.'));

it('accepts a note in the place of a duration', () => {
  expect(found(edited(edited(example, ['recall'], undefined), ['recall-note'], 'lifetime'))).toEqual([]);
});

it('asks for both', () => {
  expect(found(edited(edited(example, ['recall'], undefined), ['minutes'], undefined))).toEqual([
    'minutes',
    'recall',
  ]);
});
