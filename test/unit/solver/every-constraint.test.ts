import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkSchedule } from '#solver/check/check.ts';
import { Weights } from '#shared/domain/plan.ts';
import { richPlanOf, richShop } from './rich-shop.ts';
import { openTimetable } from '#solver/repair/timetable.ts';
import { at, scheduledBy, searched } from './small-plan.ts';

const HOUR = 3600;

test('the checker accepts every schedule of random plants with every constraint', () => {
  let placed = 0;
  let all = 0;
  fc.assert(
    fc.property(richShop, (shop) => {
      const of = richPlanOf(shop);
      const schedule = scheduledBy(of, shop.rule);
      expect(checkSchedule(of, schedule)).toEqual([]);
      placed += schedule.assignments.length;
      all += of.tasks.length;
    }),
    { numRuns: 150, seed: 20_261_125 },
  );
  // Refusing everything would be accepted as well.
  expect(placed / all).toBeGreaterThan(0.75);
}, 60_000);

/** Every term counts, and some plants have a baseline and a budget. */
const weights = Weights.parse({
  tardiness: 10,
  setup: 1,
  late: 50,
  makespan: 1,
  flow: 0.5,
  overtime: 2,
  stability: 30,
});

test('the checker accepts what the search makes of them', () => {
  fc.assert(
    fc.property(richShop, fc.boolean(), (shop, isBound) => {
      const first = richPlanOf(shop);
      const baseline = scheduledBy(first, shop.rule).assignments;
      const of = { ...first, weights, baseline, ...(isBound ? { budget: { moved: shop.budget } } : {}) };
      expect(checkSchedule(of, searched(of, 200, shop.rule))).toEqual([]);
    }),
    { numRuns: 40, seed: 20_261_125 },
  );
}, 120_000);

test('under a disruption budget no more tasks stand elsewhere than it allows', () => {
  fc.assert(
    fc.property(richShop, (shop) => {
      const first = richPlanOf(shop);
      const published = scheduledBy(first, shop.rule);
      const of = {
        ...first,
        now: first.now + 6 * HOUR,
        baseline: published.assignments,
        budget: { moved: shop.budget },
      };
      expect(checkSchedule(of, scheduledBy(of, shop.rule + 1))).toEqual([]);
    }),
    { numRuns: 100, seed: 20_261_125 },
  );
}, 60_000);

test('the checker accepts every drop on them that is allowed', () => {
  fc.assert(
    fc.property(richShop, (shop) => {
      const of = richPlanOf(shop);
      let schedule = scheduledBy(of, shop.rule);
      for (const drop of shop.drops) {
        const dropped = of.tasks[drop.task % of.tasks.length];
        const mode = dropped?.modes[drop.mode % dropped.modes.length];
        if (!dropped || !mode || of.pins.some((pin) => pin.task === dropped.id)) continue;
        const result = openTimetable(of, schedule).move(dropped.id, mode.unit, at(drop.start));
        if (result.ok) schedule = result.schedule;
        expect(checkSchedule(of, schedule)).toEqual([]);
      }
    }),
    { numRuns: 150, seed: 20_261_125 },
  );
}, 60_000);
