import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { docExamples } from './doc-examples.js';
import { complaintsAbout, outputOf, writeExample } from './run-example.js';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('generated'))
  .sort();
const examples = sources.flatMap((file) =>
  docExamples(`src/${file}`, readFileSync(join('src', file), 'utf8')),
);
const files = new Map(examples.map((example) => [example.at, writeExample('doc-examples', example)]));

describe('the finder of examples in doc comments', () => {
  it('takes an example with or without a fence, and stops at the next tag', () => {
    const source = [
      '/**',
      ' * Adds.',
      ' * @example',
      ' * add(1, 2);',
      ' * @returns the sum',
      ' */',
      'x',
      '/**',
      ' * @example',
      ' * ```ts',
      " * add('@', 2);",
      ' * ```',
      ' */',
    ].join('\n');
    expect(docExamples('a.ts', source)).toEqual([
      { at: 'a.ts:1', text: 'add(1, 2);' },
      { at: 'a.ts:8', text: "add('@', 2);" },
    ]);
  });
});

describe('every @example in the source', () => {
  let complaints: readonly string[] = [];
  beforeAll(() => {
    complaints = complaintsAbout('doc-examples', [...files.values()]);
  }, 60_000);

  it('type-checks', () => {
    expect(complaints).toEqual([]);
  });

  it.for([...files])('%s runs and keeps its assertions', async ([, file]) => {
    await expect(outputOf(file)).resolves.toBeTypeOf('string');
  });
});
