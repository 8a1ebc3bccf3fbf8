import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/review/self-test/sha256.js';

const ofNode = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

describe('SHA-256 in the language alone', () => {
  it('gives the published digest of the first example of FIPS 180-4', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('gives what Node gives for every length round the end of a block', () => {
    for (let length = 0; length <= 130; length += 1)
      expect(sha256('a'.repeat(length))).toBe(ofNode('a'.repeat(length)));
  });

  it('gives what Node gives for any text, half characters and astral ones too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(sha256(text)).toBe(ofNode(text));
      }),
    );
    expect(sha256('\ud800x\udc00é\u{1f600}')).toBe(ofNode('\ud800x\udc00é\u{1f600}'));
  });
});
