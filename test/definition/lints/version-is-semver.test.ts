import { expect, it } from 'vitest';
import type { Definition } from '../../../src/definition/index.js';
import { versionIsSemver } from '../../../src/definition/lints/version-is-semver.js';
import { edited, example } from '../example.js';

const found = (definition: Definition) =>
  versionIsSemver.check(definition, { folder: null }).map(({ where }) => where.join('.'));

it('accepts three numbers', () => {
  expect(found(edited(example, ['version'], '2.10.3'))).toEqual([]);
});

it('refuses two numbers', () => {
  expect(found(edited(example, ['version'], '1.0'))).toEqual(['version']);
});

it('refuses a leading zero', () => {
  expect(found(edited(example, ['version'], '1.02.0'))).toEqual(['version']);
});

it('refuses a name after the numbers', () => {
  expect(found(edited(example, ['version'], '1.0.0-beta'))).toEqual(['version']);
});
