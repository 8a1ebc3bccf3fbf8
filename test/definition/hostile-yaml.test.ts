import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCases, loadDefinition } from '../../src/definition/index.js';
import { readYaml } from '../../src/definition/yaml-document.js';

describe('a file made to do harm', () => {
  it('refuses more entries than a definition can have, in good time', () => {
    const many = Array.from({ length: 60_000 }, (_, index) => `k${index}: 1`).join('\n');
    expect(readYaml(many, 'f.yaml').problems).toMatchObject([{ code: 'too-long', line: 1, col: 1 }]);
  });

  it.each([
    ['brackets', '['.repeat(100_000)],
    ['braces', `a: ${'{'.repeat(100_000)}`],
    ['dashes on a line', '- '.repeat(100_000)],
    ['question marks on a line', '? '.repeat(100_000)],
    ['keys on a line', 'a: '.repeat(100_000)],
    ['indentation', Array.from({ length: 1200 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['mixed', 'a: [- [? {- ['.repeat(20_000)],
  ])('survives deep nesting of %s', (_, text) => {
    const outcome = loadDefinition(text, 'f.yaml');
    expect(outcome._tag).toBe('Left');
  });
});

describe('any bytes', () => {
  const firmly = (outcome: ReturnType<typeof loadDefinition> | ReturnType<typeof loadCases>): void => {
    if (outcome._tag === 'Right') return;
    expect(outcome.left.length).toBeGreaterThan(0);
    for (const { line, col, file, message, code } of outcome.left) {
      expect(line).toBeGreaterThanOrEqual(1);
      expect(col).toBeGreaterThanOrEqual(1);
      expect([file, message, code].every((text) => text !== '')).toBe(true);
    }
  };
  const fragment = fc.constantFrom(
    ...[
      'id: x\n',
      'items:\n',
      '  q1: {',
      '}',
      '[',
      ']',
      '&a ',
      '*a',
      '!!str ',
      '"',
      "'",
      '|',
      '>',
      '\n',
      '\t',
      ': ',
    ],
    ...[
      '- ',
      '? ',
      '%YAML 1.1\n',
      '---\n',
      '...\n',
      '#',
      'scores:\n',
      'when: sum(q1..',
      'if',
      '{ by: sex, ',
      '\u0000',
    ],
    ...[
      '__proto__: ',
      'constructor: ',
      '<<: ',
      'status: refused\n',
      '1e999',
      '.nan',
      '\uD800',
      '\uFEFF',
      ', ',
    ],
  );

  it('are refused with a place or read, and never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (input) => {
        firmly(loadDefinition(input, 'f.yaml'));
        firmly(loadCases(input, 'f.yaml'));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (input) => {
        firmly(loadDefinition(input, 'f.yaml'));
        firmly(loadCases(input, 'f.yaml'));
      }),
    );
  });

  it('that look like YAML are refused with a place or read, and never throw', () => {
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 30 }), (parts) => {
        firmly(loadDefinition(parts.join(''), 'f.yaml'));
        firmly(loadCases(parts.join(''), 'f.yaml'));
      }),
      { numRuns: 1000 },
    );
  });
});
