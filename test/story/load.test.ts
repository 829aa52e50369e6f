import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { preparePlant } from '#test/support/load/prepare.ts';
import { runLoad } from '#test/support/load/run-load.ts';

test('many lines report at once: every report is recorded once, and every window shows the same in the end', async () => {
  const data = mkdtempSync(join(tmpdir(), 'shiftwright-load-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const plant = await preparePlant(data, 300, 1);
  const result = await runLoad({ data, plant, pages: 12, windows: 4, rate: 20, seconds: 5 });
  const recorded = result.answered.filter(({ refused }) => refused === null);
  const kinds = new Set(recorded.map(({ report }) => report.kind));
  for (const kind of ['started', 'quantityReported']) expect([...kinds]).toContain(kind);
  const { lost, doubled, unheard, unseen, boards, damage } = result;
  expect({ lost, doubled, unheard, unseen, boards, damage }).toEqual({
    lost: [],
    doubled: [],
    unheard: [],
    unseen: [],
    boards: 1,
    damage: null,
  });
  expect(result.shown).toHaveLength(recorded.length);
});
