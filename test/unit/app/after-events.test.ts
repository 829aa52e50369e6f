import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { withDraft } from '#electron/app/workspace.ts';
import { smallShop } from '#test/support/small-shop.ts';

const REPORTS = [
  'started',
  'paused',
  'resumed',
  'quantityReported',
  'completed',
  'downtimeStarted',
  'downtimeEnded',
];
const ofUnit = (kind: string): boolean => kind.startsWith('downtime');

test('after every report places and commitments are those that the whole draft gives, however much time has passed', async () => {
  const step = fc.record({
    kind: fc.constantFrom(...REPORTS),
    unit: fc.constantFrom('M1', 'M2'),
    order: fc.constantFrom('A', 'B', 'C', 'D'),
    minutes: fc.integer({ min: 0, max: 50 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 16 }), async (steps) => {
      const shop = await smallShop('A', 'B', 'C', 'D');
      try {
        for (const [order, unit, time] of [
          ['A', 'M1', '07:00'],
          ['B', 'M2', '07:00'],
          ['C', 'M1', '09:00'],
          ['D', 'M2', '18:00'],
        ] as const)
          await shop.put(`${order}/mix`, unit, time);
        await shop.publish();
        await shop.dispatch();
        shop.clock('07:00');
        let taken = 0;
        for (const { kind, unit, order, minutes } of steps) {
          shop.setClock(shop.station.clock() + minutes * 60_000);
          const told = await shop.report(kind, unit, ofUnit(kind) ? undefined : `${order}/mix`, {
            ...(kind === 'quantityReported' && { good: 2 }),
            ...(kind === 'completed' && { good: 5 }),
            ...((kind === 'paused' || kind === 'downtimeStarted') && { reason: 'Other' }),
          });
          if (told.ok) taken += 1;
          const { workspace } = shop.station;
          const { plan, schedule, assignments, commitments } = withDraft(workspace, workspace.draft);
          expect(workspace.schedule).toEqual(schedule);
          expect([...workspace.assignments]).toEqual([...assignments]);
          expect([...workspace.commitments]).toEqual([...commitments]);
          expect(workspace.plan).toEqual(plan);
        }
        fc.pre(taken > 0);
      } finally {
        await shop.remove();
      }
    }),
    { numRuns: 12 },
  );
});
