import { expect, it } from 'vitest';
import type { Definition } from '../../../src/definition/index.js';
import { confidenceNotAboveSource } from '../../../src/definition/lints/confidence-not-above-source.js';
import { edited, example } from '../example.js';

const found = (definition: Definition) =>
  confidenceNotAboveSource.check(definition, { folder: null }).map(({ where }) => where.join('.'));

it('accepts an entry as sure as its source', () => {
  expect(found(edited(example, ['scores', 'total', 'confidence'], 'recalled'))).toEqual([]);
});

it('accepts a surer source', () => {
  expect(
    found(
      edited(
        edited(example, ['sources', 'made-up', 'confidence'], 'verified'),
        ['scores', 'total', 'confidence'],
        'recalled',
      ),
    ),
  ).toEqual([]);
});

it('refuses a verified entry of a recalled source', () => {
  expect(found(edited(example, ['scores', 'total', 'confidence'], 'verified'))).toEqual([
    'scores.total.confidence',
  ]);
});

it('holds the licence to the same', () => {
  expect(found(edited(example, ['licence', 'confidence'], 'verified'))).toEqual(['licence.confidence']);
});
