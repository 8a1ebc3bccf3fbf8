import { defineConfig } from 'vitest/config';

/** Tests of the packed artefact: run after `npm run build`. */
export default defineConfig({
  test: {
    include: ['test/package/**/*.test.ts'],
    globalSetup: ['test/package/install-packed.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
