import { expect, it } from 'vitest';
import type { Definition } from '../../../src/definition/index.js';
import { optionSetsUsed } from '../../../src/definition/lints/option-sets-used.js';
import { edited, example } from '../example.js';

const found = (definition: Definition) =>
  optionSetsUsed.check(definition, { folder: null }).map(({ where }) => where.join('.'));

it('accepts sets that items use', () => {
  expect(found(example)).toEqual([]);
});

it('finds a set that no item uses', () => {
  expect(found(edited(example, ['options', 'other'], [{ code: '0', label: 'x' }]))).toEqual([
    'options.other',
  ]);
});

it('counts the items of panels', () => {
  expect(
    found(
      edited(edited(example, ['options', 'other'], [{ code: '0', label: 'x' }]), ['panels', 'p'], {
        asked: 'all',
        members: { a: {} },
        items: { q1: { label: 'x', options: 'other' } },
      }),
    ),
  ).toEqual([]);
});
