import { copyFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, inject, it } from 'vitest';

const consumer = inject('consumer');
const samples = 'test/package/consumer';

/** What the type checker says of the samples as a consumer of the packed package, in the given module system. */
const complaints = (extension: '.mts' | '.cts'): readonly string[] => {
  const files = readdirSync(samples).map((file) => {
    const copy = join(consumer, file.replace(/\.ts$/, extension));
    copyFileSync(resolve(samples, file), copy);
    return copy;
  });
  const program = ts.createProgram(files, {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    // The package's own declarations are checked too.
    skipLibCheck: false,
    types: [],
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, start = 0, messageText }) => {
      const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
      return `${file?.fileName ?? ''}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    })
    .filter((complaint) => !complaint.includes('/node_modules/zod/'));
};

describe('the types of the packed package', () => {
  it('accept right uses and refuse wrong ones from an ES module', () => {
    expect(complaints('.mts')).toEqual([]);
  });

  it('accept right uses and refuse wrong ones from CommonJS', () => {
    expect(complaints('.cts')).toEqual([]);
  });
});
