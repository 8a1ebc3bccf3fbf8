import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lints, loadDefinition } from '../../src/definition/index.js';

const folder = join(import.meta.dirname, '..', 'refused');
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

/** What a file says of itself: `# expects <code> at <line>:<col>`, and perhaps `# read as <file>`. */
const expectation = (text: string, file: string) => {
  const first = /^# expects (\S+) at (\d+):(\d+)$/m.exec(text.split('\n')[0] ?? '');
  if (first === null) throw new Error(`${file}: the first line says no expectation`);
  const readAs = /^# read as (\S+)$/m.exec(text)?.[1];
  return { code: first[1], line: Number(first[2]), col: Number(first[3]), readAs: readAs ?? file };
};

describe('each refused file', () => {
  it.each(files)('is refused for what its first line says, there and nowhere else: %s', (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const { code, line, col, readAs } = expectation(text, file);
    const loaded = loadDefinition(text, readAs);
    const found = loaded._tag === 'Left' ? loaded.left : [];
    expect(found.map((problem) => `${problem.code} at ${problem.line}:${problem.col}`)).toEqual([
      `${code} at ${line}:${col}`,
    ]);
    expect(found[0]?.message.length).toBeGreaterThan(15);
    expect(found[0]?.file).toBe(readAs);
  });

  it('covers each lint by a file of its name', () => {
    expect(files).toEqual(expect.arrayContaining(lints.map(({ name }) => `${name}.yaml`)));
  });
});
