import { expect, it } from 'vitest';
import type { Definition } from '../../../src/definition/index.js';
import { onePreferred } from '../../../src/definition/lints/one-preferred.js';
import { edited, example } from '../example.js';

const found = (definition: Definition) =>
  onePreferred.check(definition, { folder: null }).map(({ where }) => where.join('.'));

it('accepts one preferred cut-off with its reason', () => {
  expect(
    found(
      edited(
        edited(example, ['cut-offs', 'three', 'preferred'], true),
        ['cut-offs', 'three', 'preferred-because'],
        'fictional',
      ),
    ),
  ).toEqual([]);
});

it('asks for the reason', () => {
  expect(found(edited(example, ['cut-offs', 'three', 'preferred'], true))).toEqual([
    'cut-offs.three.preferred',
  ]);
});

it('refuses a reason for what is not preferred', () => {
  expect(found(edited(example, ['cut-offs', 'three', 'preferred-because'], 'fictional'))).toEqual([
    'cut-offs.three.preferred-because',
  ]);
});

it('refuses two on one score', () => {
  expect(
    found(
      edited(
        edited(
          edited(example, ['cut-offs', 'three', 'preferred'], true),
          ['cut-offs', 'three', 'preferred-because'],
          'fictional',
        ),
        ['cut-offs', 'four'],
        {
          when: 'total >= 4',
          'screens-for': 'x',
          preferred: true,
          'preferred-because': 'fictional',
          source: 'made-up',
        },
      ),
    ),
  ).toEqual(['cut-offs.four.preferred']);
});
