/**
 * The tests that must notice, those left out as they take seconds, how many in a hundred changes are noticed at least, and how
 * many of the others may stand without an explanation: a change that only makes something slow is noticed by the clock, and a
 * faster machine may not notice it.
 */
export const areas = {
  scoring: { tests: ['test/scoring'], but: [], held: 97, open: 3 },
  definition: {
    tests: ['test/definition'],
    // Every shipped definition, and files made to do harm.
    but: ['test/definition/instruments.test.ts', 'test/definition/hostile-yaml.test.ts'],
    held: 97,
    open: 3,
  },
  formula: { tests: ['test/formula'], but: [], held: 97, open: 3 },
  referral: { tests: ['test/referral'], but: [], held: 97, open: 3 },
} as const;
