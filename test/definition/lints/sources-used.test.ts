import { expect, it } from 'vitest';
import type { Definition } from '../../../src/definition/index.js';
import { sourcesUsed } from '../../../src/definition/lints/sources-used.js';
import { edited, example } from '../example.js';

const found = (definition: Definition) =>
  sourcesUsed.check(definition, { folder: null }).map(({ where }) => where.join('.'));

it('accepts a source that is named', () => {
  expect(found(example)).toEqual([]);
});

it('finds a source that nothing names', () => {
  expect(found(edited(example, ['sources', 'other'], { title: 'Another', confidence: 'recalled' }))).toEqual([
    'sources.other',
  ]);
});
