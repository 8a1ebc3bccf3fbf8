import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lints } from '../../../src/definition/index.js';
import { example, refusedExample } from '../example.js';

describe('every lint', () => {
  it.each(lints)('$name says in a sentence what it asks for', ({ name, description }) => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(description.split(' ').length).toBeGreaterThan(4);
  });

  it.each(lints)('$name finds nothing on the example, shipped or refused', ({ check }) => {
    expect(check(example, { folder: example.id })).toEqual([]);
    expect(check(refusedExample, { folder: example.id })).toEqual([]);
  });

  it('has a test of its own', () => {
    expect(readdirSync(import.meta.dirname)).toEqual(
      expect.arrayContaining(lints.map(({ name }) => `${name}.test.ts`)),
    );
  });
});
