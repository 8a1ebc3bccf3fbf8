import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonText } from '../../src/cli/json-text.js';

describe('JSON with places', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(0, 1, 2), (text, space) => {
        const laidOut = JSON.stringify(JSON.parse(text), null, space);
        const read = parseJsonText(laidOut);
        expect(read._tag === 'Right' && JSON.stringify(read.right.value)).toBe(
          JSON.stringify(JSON.parse(laidOut)),
        );
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      'u00e9',
      '1',
      '-',
      '.',
      'e',
      '0',
      'true',
      'nul',
      ' ',
      '\n',
      'a',
    );
    fc.assert(
      fc.property(fc.string({ unit: pieces, maxLength: 12 }), (text) => {
        let valid = true;
        let keysTwice = false;
        try {
          JSON.parse(text);
          keysTwice = /"([^"]*)".*"\1"/s.test(text);
        } catch {
          valid = false;
        }
        if (!keysTwice) expect(parseJsonText(text)._tag).toBe(valid ? 'Right' : 'Left');
      }),
      { numRuns: 2000 },
    );
  });

  it('gives line and column of a value, of a key and of an error', () => {
    const read = parseJsonText('{\n  "a": [1,\n    2]\n}');
    expect(read._tag === 'Right' && read.right.placeOf(['a', 1])).toBe('3:5');
    expect(read._tag === 'Right' && read.right.placeOfKey(['a'])).toBe('2:3');
    expect(read._tag === 'Right' && read.right.placeOf(['a', 9])).toBe('2:8');
    expect(parseJsonText('{\n  "a": 1,\n}')).toMatchObject({ left: { line: 3, column: 1 } });
  });

  it('refuses an answer given twice, of which one would vanish', () => {
    expect(parseJsonText('{"q9": 3, "q9": 0}')).toMatchObject({
      left: { line: 1, column: 11, message: expect.stringContaining('twice') },
    });
  });

  it('never quotes the text', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^secret[a-z]{3}$/),
        fc.constantFrom('{"a": §}', '["§"', '{"a": "§" "b"}', '§', '{"§": 1, "§": 2}'),
        (word, shape) => {
          const read = parseJsonText(shape.replaceAll('§', word));
          expect(read._tag).toBe('Left');
          expect(JSON.stringify(read)).not.toContain(word);
        },
      ),
    );
  });

  it('keeps a key named __proto__ as a key', () => {
    const read = parseJsonText('{"__proto__": {"x": 1}}');
    expect(read._tag === 'Right' && Object.keys(read.right.value as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('refuses a text nested without end', () => {
    expect(parseJsonText('['.repeat(100_000))).toMatchObject({
      left: { message: 'nested deeper than 200 levels' },
    });
  });
});
