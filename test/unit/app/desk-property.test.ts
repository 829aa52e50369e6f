import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeReport } from '#electron/app/take-report.ts';
import { LineReport } from '#shared/domain/execution.ts';
import { type SmallShop, instant, smallShop, withVerbs } from '#test/support/small-shop.ts';
import { planner } from '#test/support/temporary-station.ts';

const TASKS = ['A/mix', 'A/mix', 'B/mix', 'A/pack'] as const;
const UNITS = { 'A/mix': 'M1', 'B/mix': 'M1', 'A/pack': 'P1' } as const;

/** What somebody tries next; most of it is refused. */
const STEP = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      say: fc.constantFrom(
        'started',
        'paused',
        'resumed',
        'quantityReported',
        'quantityReported',
        'completed',
        'splitOff',
      ),
      task: fc.constantFrom(...TASKS),
      amount: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ down: fc.boolean(), unit: fc.constantFrom('M1', 'P1') }) },
  { weight: 3, arbitrary: fc.record({ takeBack: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ correct: fc.nat(3), amount: fc.integer({ min: 0, max: 6 }) }) },
  { weight: 4, arbitrary: fc.record({ undo: fc.nat(2) }) },
);

async function play(shop: SmallShop, step: typeof STEP extends fc.Arbitrary<infer Step> ? Step : never) {
  if ('undo' in step) {
    const recorded = await shop.station.store.read.events();
    const { id: report } = recorded.filter(({ desk }) => desk).at(-1 - step.undo) ?? {};
    if (report !== undefined)
      await shop.handlers['report.withdraw']({ report, reason: 'No, it was right' }, planner());
    return;
  }
  if ('takeBack' in step || 'correct' in step) {
    const reports = shop.station.workspace.events.filter(({ corrects }) => corrects === undefined);
    const at = 'takeBack' in step ? step.takeBack : step.correct;
    const { id: report } = reports.at(-1 - at) ?? {};
    if (report === undefined) return;
    const reason = 'Wrong';
    if ('takeBack' in step) await shop.handlers['report.withdraw']({ report, reason }, planner());
    else {
      const right = { good: step.amount, scrap: 0, rework: 0, lots: [] };
      await shop.handlers['report.correct']({ report, ...right, reason }, planner());
    }
    return;
  }
  const id = `report ${randomUUID()}`;
  const report = LineReport.parse(
    'down' in step
      ? { id, kind: step.down ? 'downtimeStarted' : 'downtimeEnded', unit: step.unit, reason: 'Jam' }
      : {
          id,
          kind: step.say,
          unit: UNITS[step.task],
          task: step.task,
          person: 'anna',
          reason: 'Break',
          ...(step.say === 'splitOff' ? { rest: step.amount } : { good: step.amount }),
        },
  );
  await takeReport(shop.station, report, { user: 'anna', origin: 'line', key: id });
}

const byKey = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));

test('[U5] whatever is reported, taken back and put right in whatever order: what holds is what the record says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(STEP, { minLength: 25, maxLength: 40 }), async (steps) => {
      let shop = await smallShop('A', 'B');
      try {
        await shop.put('A/mix', 'M1', '07:00');
        await shop.put('A/pack', 'P1', '08:00');
        await shop.put('B/mix', 'M1', '08:00');
        await shop.publish();
        await shop.dispatch();
        for (const [index, step] of steps.entries()) {
          shop.setClock((instant('07:00') + index * 180) * 1000);
          await play(shop, step);
        }
        const holds = () => {
          const { progress, units, tasks, draft } = shop.station.workspace;
          return {
            progress: byKey(progress),
            units: byKey(units),
            draft: byKey(draft),
            quantities: [...tasks.values()].map(({ id, quantity }) => `${id} ${quantity}`).sort(),
          };
        };
        const before = holds();
        // Nothing is lost: what was given back is with the desk, and no more.
        for (const order of ['A', 'B']) {
          const mixes = [...shop.station.workspace.tasks.values()].filter(({ id }) =>
            id.startsWith(`${order}/mix`),
          );
          expect(mixes.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(10);
        }
        for (const [, { good, scrap, rework }] of before.progress)
          expect(Math.min(good, scrap, rework)).toBeGreaterThanOrEqual(0);
        expect(await shop.station.store.verify()).toMatchObject({ ok: true });
        shop = withVerbs(await shop.reopened());
        expect(holds()).toEqual(before);
      } finally {
        await shop.remove();
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);
