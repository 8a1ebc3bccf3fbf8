import { expect, it } from 'vitest';
import { idIsFolder } from '../../../src/definition/lints/id-is-folder.js';
import { example } from '../example.js';

const found = (definition: typeof example, folder: string | null) =>
  idIsFolder.check(definition, { folder }).map(({ where }) => where.join('.'));

it('accepts the id of its folder', () => {
  expect(found(example, 'example-check')).toEqual([]);
});

it('asks nothing of a text that stands in no folder', () => {
  expect(found(example, null)).toEqual([]);
});

it('refuses the id of another folder', () => {
  expect(found(example, 'another-check')).toEqual(['id']);
});
