import { defineConfig } from 'vitest/config';
import { subpaths } from './vitest.config.js';

/** The fast suites that must notice a changed line of the formula language, the engine or referral. */
export default defineConfig({
  resolve: { alias: subpaths },
  test: {
    include: ['test/{formula,scoring,referral}/**/*.test.ts'],
    setupFiles: ['test/property-seed.ts'],
    env: { CI: '1', PROPERTY_RUNS: '25' },
  },
});
