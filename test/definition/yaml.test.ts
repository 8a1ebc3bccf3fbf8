import { describe, expect, it } from 'vitest';
import { readYaml } from '../../src/definition/yaml-document.js';

const codes = (input: string | Uint8Array): readonly string[] =>
  readYaml(input, 'f.yaml').problems.map(({ code, line, col }) => `${code} ${line}:${col}`);
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('reading YAML', () => {
  it('gives plain data, with text for what YAML 1.2 calls text', () => {
    expect(readYaml('a: no\nb: "1"\nc: [1, 2.5, true]\nd: 2026-11-23\n', 'f').value).toEqual({
      a: 'no',
      b: '1',
      c: [1, 2.5, true],
      d: '2026-11-23',
    });
  });

  it('drops a byte order mark and reads lines that end in CR LF', () => {
    expect(readYaml('\uFEFFa: 1\r\nb: 2\r\n', 'f').value).toEqual({ a: 1, b: 2 });
  });

  it('reports every refusal at once, each in its place', () => {
    expect(
      codes('a: &x 1\nb: *x\nc: 1\nc: 2\n<<: {}\n__proto__: 1\nconstructor: 2\nd: !!str 1\ne: 0x1F\n'),
    ).toEqual([
      'anchor 1:4',
      'alias 2:4',
      'duplicate-key 4:1',
      'merge-key 5:1',
      'forbidden-key 6:1',
      'forbidden-key 7:1',
      'tag 8:4',
      'not-plain-decimal 9:4',
    ]);
  });

  it('refuses bytes that are not UTF-8, where they stand', () => {
    expect(codes(bytes(0x61, 0x3a, 0x20, 0x31, 0x0a, 0x62, 0xff))).toEqual(['not-utf-8 2:2']);
  });

  it('refuses half a character, control characters and invisible ones', () => {
    expect(codes('a: \uD800')).toEqual(['not-utf-8 1:4']);
    expect(codes('a: \u0000')).toEqual(['control-character 1:4']);
    expect(codes('a: b\u202Ec')).toEqual(['invisible-character 1:5']);
  });

  it('refuses a file above 1 MB without reading it', () => {
    expect(codes(`a: ${'x'.repeat(1_000_000)}`)).toEqual(['too-long 1:1']);
  });

  it('refuses what is no mapping', () => {
    for (const text of ['', '- 1', 'text', '1', 'null', '# only a comment'])
      expect(codes(text), text).toEqual(['not-a-mapping 1:1']);
  });

  it('refuses a second document in the file', () => {
    expect(codes('a: 1\n---\nb: 2\n')[0]).toMatch(/^yaml 2:1/);
  });
});
