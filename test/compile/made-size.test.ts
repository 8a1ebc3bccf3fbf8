import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { scorerSource } from '../../src/compile/index.js';
import { phq9 } from '../../src/generated/instruments/phq-9.js';

describe('the made scorer of PHQ-9', () => {
  it('is, minified and compressed, as small as docs/speed-and-size.md says', () => {
    const { code } = transformSync(scorerSource(phq9), { minify: true, format: 'esm' });
    const kilobytes = brotliCompressSync(code).length / 1000;
    const [, said] =
      /made scorer of PHQ-9 is ([\d.]+) kB/.exec(readFileSync('docs/speed-and-size.md', 'utf8')) ?? [];
    expect(kilobytes.toFixed(1)).toBe(said);
    expect(kilobytes).toBeLessThan(6);
  });
});
