import { expect, it } from 'vitest';
import type { Definition } from '../../../src/definition/index.js';
import { criticalHasResponse } from '../../../src/definition/lints/critical-has-response.js';
import { edited, example } from '../example.js';

const found = (definition: Definition) =>
  criticalHasResponse.check(definition, { folder: null }).map(({ where }) => where.join('.'));

it('accepts a critical flag with its response', () => {
  expect(found(example)).toEqual([]);
});

it('refuses one without', () => {
  expect(found(edited(example, ['flags', 'third', 'response'], undefined))).toEqual(['flags.third.critical']);
});

it('asks nothing of a flag that is not critical', () => {
  expect(
    found(
      edited(
        edited(example, ['flags', 'third', 'response'], undefined),
        ['flags', 'third', 'critical'],
        false,
      ),
    ),
  ).toEqual([]);
});
