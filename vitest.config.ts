import { defineConfig } from 'vitest/config';

/** Room for a story or a browser to walk its road, and for anything on a machine that is busy with something else. */
const MINUTE = { testTimeout: 60_000, hookTimeout: 60_000 };

/** What talks to a real ERP. */
const ERP = ['test/conformance/{odoo,tryton}*.test.ts'];

/**
 * Four projects, one runner, one count: `unit` (one rule each), `story` (a shop floor told in the text language), and
 * after both `e2e` (real Chromium), one file at a time: a browser wants the machine for itself. `erp` needs the ERPs that
 * `npm run test:erp` starts; its files share them, so they run one after the other. `lines` needs the broker that
 * `npm run test:lines` finds or fetches.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{unit,conformance}/**/*.test.{ts,tsx}'],
          exclude: ERP,
          maxWorkers: '100%',
          ...MINUTE,
        },
      },
      { test: { name: 'story', include: ['test/story/**/*.test.ts'], maxWorkers: '100%', ...MINUTE } },
      { test: { name: 'lines', include: ['test/lines/**/*.test.ts'], ...MINUTE } },
      { test: { name: 'erp', include: ERP, fileParallelism: false, ...MINUTE } },
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
