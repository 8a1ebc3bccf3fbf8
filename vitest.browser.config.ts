import { defineConfig } from 'vitest/config';

/** One test in a real browser: run after `npm run build`, with Chromium at CHROMIUM or /usr/bin/chromium. */
export default defineConfig({
  test: { include: ['test/browser/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
});
