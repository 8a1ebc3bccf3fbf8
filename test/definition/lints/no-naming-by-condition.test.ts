import { expect, it } from 'vitest';
import type { Definition } from '../../../src/definition/index.js';
import { noNamingByCondition } from '../../../src/definition/lints/no-naming-by-condition.js';
import { edited, example } from '../example.js';

const found = (definition: Definition) =>
  noNamingByCondition.check(definition, { folder: null }).map(({ where }) => where.join('.'));
const titled = (title: string) => found(edited(example, ['flags', 'third', 'title'], title));

it('accepts what was found, and drinks that are alcoholic', () => {
  for (const title of [
    'possible alcohol dependence',
    'alcoholic drinks on most days',
    'drug misuse, addiction',
  ])
    expect([title, titled(title)]).toEqual([title, []]);
});

it('refuses a person who is called by a condition', () => {
  for (const title of ['alcoholic', 'Alcoholics', 'likely addict', 'drug abuser', 'a schizophrenic'])
    expect([title, titled(title)]).toEqual([title, ['flags.third.title']]);
});

it('looks at levels, cut-offs and labels too', () => {
  expect(found(edited(example, ['bands', 'signs', 'levels', 1, 'label'], 'problem drunks'))).toEqual([
    'bands.signs.levels.1.label',
  ]);
  expect(found(edited(example, ['cut-offs', 'three', 'screens-for'], 'drug misusers'))).toEqual([
    'cut-offs.three.screens-for',
  ]);
  expect(found(edited(example, ['items', 'q1', 'label'], 'lives with an addict'))).toEqual([
    'items.q1.label',
  ]);
});
