import { describe, expect, it } from 'vitest';
import { compare } from '../../src/referral/finding.js';
import { FALSE, TRUE, UNKNOWN } from '../../src/referral/kleene.js';

/** What a score between two bounds says on a comparison with 4, at each edge. */
const EDGES = [
  // lowest, highest, >=, >, <=, <, =, !=
  [2, 3, FALSE, FALSE, TRUE, TRUE, FALSE, TRUE],
  [2, 4, UNKNOWN, FALSE, TRUE, UNKNOWN, UNKNOWN, UNKNOWN],
  [2, 6, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN],
  [4, 4, TRUE, FALSE, TRUE, FALSE, TRUE, FALSE],
  [4, 6, TRUE, UNKNOWN, UNKNOWN, FALSE, UNKNOWN, UNKNOWN],
  [5, 6, TRUE, TRUE, FALSE, FALSE, FALSE, TRUE],
] as const;

describe('a comparison of a score that lies between two bounds', () => {
  for (const [lowest, highest, ...truths] of EDGES)
    it(`is proved, refuted or left open for ${lowest} to ${highest} against 4`, () => {
      const operators = ['>=', '>', '<=', '<', '=', '!='] as const;
      expect(operators.map((operator) => compare(operator, lowest, highest, 4))).toEqual(truths);
    });
});
