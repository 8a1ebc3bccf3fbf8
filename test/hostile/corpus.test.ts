import { describe, expect, it } from 'vitest';
import { corpus, filesOf, kinds, reasonsOf } from './corpus.js';

describe.each(kinds)('saved %s', (kind) => {
  it('each have their reason in the index, and the index names no other', () => {
    expect(filesOf(kind)).toEqual(Object.keys(reasonsOf(kind)).sort());
    for (const { name, why } of corpus(kind)) expect([name, why.length > 10]).toEqual([name, true]);
  });

  it('are small', () => {
    for (const { name, bytes } of corpus(kind)) expect([name, bytes.length < 20_000]).toEqual([name, true]);
  });
});
