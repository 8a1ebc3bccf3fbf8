import { expect, it } from 'vitest';
import type { Definition } from '../../../src/definition/index.js';
import { sourcesExist } from '../../../src/definition/lints/sources-exist.js';
import { edited, example } from '../example.js';

const found = (definition: Definition) =>
  sourcesExist.check(definition, { folder: null }).map(({ where }) => where.join('.'));

it('accepts sources that are declared', () => {
  expect(found(example)).toEqual([]);
});

it('finds an unknown source in a score', () => {
  expect(found(edited(example, ['scores', 'total', 'source'], 'mad-up'))).toEqual(['scores.total.source']);
});

it('finds an unknown source of the licence', () => {
  expect(found(edited(example, ['licence', 'source'], 'x'))).toEqual(['licence.source']);
});

it('finds an unknown source in an evidence row', () => {
  expect(
    found(edited(example, ['cut-offs', 'three', 'evidence'], [{ population: 'nobody', source: 'x' }])),
  ).toEqual(['cut-offs.three.evidence.0.source']);
});

it('takes an item called source for an item', () => {
  expect(found(edited(example, ['contains'], { short: { items: { source: 'q1' } } }))).toEqual([]);
});
