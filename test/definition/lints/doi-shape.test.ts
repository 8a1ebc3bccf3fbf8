import { expect, it } from 'vitest';
import type { Definition } from '../../../src/definition/index.js';
import { doiShape } from '../../../src/definition/lints/doi-shape.js';
import { edited, example } from '../example.js';

const found = (definition: Definition) =>
  doiShape.check(definition, { folder: null }).map(({ where }) => where.join('.'));

it('accepts a bare DOI', () => {
  expect(found(edited(example, ['sources', 'made-up', 'doi'], '10.1000/example(1)'))).toEqual([]);
});

it('refuses a web address', () => {
  expect(found(edited(example, ['sources', 'made-up', 'doi'], 'https://doi.org/10.1000/example'))).toEqual([
    'sources.made-up.doi',
  ]);
});
