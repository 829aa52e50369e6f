import { defineConfig } from 'vitest/config';

/** Room for a story or a browser to walk its road, and for anything on a machine that is busy with something else. */
const MINUTE = { testTimeout: 60_000, hookTimeout: 60_000 };

/**
 * Three projects, one runner, one count: `unit` (one rule each), `story` (a shop floor told in the text language), and
 * after both `e2e` (real Chromium), one file at a time: a browser wants the machine for itself.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{unit,conformance}/**/*.test.{ts,tsx}'],
          maxWorkers: '100%',
          ...MINUTE,
        },
      },
      { test: { name: 'story', include: ['test/story/**/*.test.ts'], maxWorkers: '100%', ...MINUTE } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          ...MINUTE,
        },
      },
    ],
  },
});
