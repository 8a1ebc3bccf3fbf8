import { expect, it } from 'vitest';
import type { Definition } from '../../../src/definition/index.js';
import { datesExist } from '../../../src/definition/lints/dates-exist.js';
import { edited, example } from '../example.js';

const found = (definition: Definition) =>
  datesExist.check(definition, { folder: null }).map(({ where }) => where.join('.'));

it('accepts a day and a month', () => {
  expect(
    found(
      edited(edited(example, ['licence', 'seen'], '2024-02-29'), ['sources', 'made-up', 'seen'], '2026-11'),
    ),
  ).toEqual([]);
});

it('refuses a day that the calendar lacks', () => {
  expect(found(edited(example, ['licence', 'seen'], '2026-02-30'))).toEqual(['licence.seen']);
});

it('refuses a thirteenth month', () => {
  expect(found(edited(example, ['sources', 'made-up', 'seen'], '2026-13'))).toEqual(['sources.made-up.seen']);
});
