import { copyFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { typeErrors } from '../support/type-check.js';

const consumer = inject('consumer');
const samples = 'test/package/consumer';

/** What the type checker says of the samples as a consumer of the packed package, in the given module system. */
const complaints = (extension: '.mts' | '.cts'): readonly string[] => {
  const files = readdirSync(samples).map((file) => {
    const copy = join(consumer, file.replace(/\.ts$/, extension));
    copyFileSync(resolve(samples, file), copy);
    return copy;
  });
  return typeErrors(consumer, files, {
    compilerOptions: {
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      target: 'ES2022',
      module: 'NodeNext',
      moduleResolution: 'NodeNext',
      // The package's own declarations are checked too.
      skipLibCheck: false,
      types: [],
    },
  }).filter((complaint) => !complaint.startsWith('node_modules/zod/'));
};

describe('the types of the packed package', () => {
  it('accept right uses and refuse wrong ones from an ES module', () => {
    expect(complaints('.mts')).toEqual([]);
  });

  it('accept right uses and refuse wrong ones from CommonJS', () => {
    expect(complaints('.cts')).toEqual([]);
  });
});
