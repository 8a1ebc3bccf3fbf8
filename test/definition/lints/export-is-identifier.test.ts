import { expect, it } from 'vitest';
import type { Definition } from '../../../src/definition/index.js';
import { exportIsIdentifier } from '../../../src/definition/lints/export-is-identifier.js';
import { edited, example } from '../example.js';

const found = (definition: Definition) =>
  exportIsIdentifier.check(definition, { folder: null }).map(({ where }) => where.join('.'));

it('accepts the camel-cased id', () => {
  expect(found(example)).toEqual([]);
});

it('asks for a name where the id starts with a digit', () => {
  expect(found(edited(example, ['id'], '4at'))).toEqual(['id']);
});

it('accepts a name given for such an id', () => {
  expect(found(edited(edited(example, ['id'], '4at'), ['export'], 'fourAT'))).toEqual([]);
});

it('refuses a name that is no identifier', () => {
  expect(found(edited(edited(example, ['id'], '4at'), ['export'], '4at'))).toEqual(['export']);
});

it('refuses a reserved word', () => {
  expect(found(edited(edited(example, ['id'], '4at'), ['export'], 'class'))).toEqual(['export']);
});

it('refuses a name beside the one the id gives', () => {
  expect(found(edited(example, ['export'], 'other'))).toEqual(['export']);
});
