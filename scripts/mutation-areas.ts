/** The tests that must notice, those left out as they take seconds, and how many in a hundred changes are noticed at least. */
export const areas = {
  scoring: { tests: ['test/scoring'], but: [], held: 95 },
  definition: {
    tests: ['test/definition'],
    // Every shipped definition, and files made to do harm.
    but: ['test/definition/instruments.test.ts', 'test/definition/hostile-yaml.test.ts'],
    held: 96,
  },
  formula: { tests: ['test/formula'], but: [], held: 95 },
  referral: { tests: ['test/referral'], but: [], held: 95 },
} as const;
