import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasStarted } from '#shared/domain/execution.ts';
import { problemFollowing } from '#solver/problem/following.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { openTimetable } from '#solver/repair/timetable.ts';
import { planOf, shop } from './random-shop.ts';
import { at, scheduledBy } from './small-plan.ts';

const HOUR = 3600;

/** What can follow a plan without other tasks: an edit, time that goes by, a downtime, a late lot, somebody who is absent. */
const change = fc.record({
  hours: fc.integer({ min: 0, max: 20 }),
  pins: fc.nat(3),
  down: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
  lot: fc.boolean(),
  absent: fc.boolean(),
});

test('what follows a plan is compiled to the same as anew', () => {
  fc.assert(
    fc.property(shop, change, (shop, change) => {
      const first = planOf(shop);
      const schedule = scheduledBy(first, shop.rule);
      const { plant } = first;
      const next = {
        ...first,
        now: first.now + change.hours * HOUR,
        pins: schedule.assignments.slice(0, change.pins).map(({ task, start }) => ({ task, start })),
        frozen: schedule.assignments.slice(2, 4),
        plant: {
          ...plant,
          downtimes:
            change.down === undefined
              ? plant.downtimes
              : plant.downtimes.map((downtime) => ({
                  ...downtime,
                  start: at(change.down ?? 0),
                  end: undefined,
                })),
          lots: change.lot
            ? plant.lots.map((lot) => ({ ...lot, availableFrom: at(20), expires: at(90) }))
            : plant.lots,
          people: change.absent
            ? plant.people.map((person) => ({ ...person, calendar: plant.calendars[1]?.id }))
            : plant.people,
        },
      };
      expect(next.progress.some(hasStarted)).toBe(false);
      expect(problemFollowing(problemFromPlan(first), next)).toEqual(problemFromPlan(next));
    }),
    { numRuns: 60, seed: 20_261_125 },
  );
});

test('a timetable that followed an edit answers like one opened anew', () => {
  fc.assert(
    fc.property(shop, (shop) => {
      const of = planOf(shop);
      let schedule = scheduledBy(of, shop.rule);
      let table = openTimetable(of, schedule);
      const pinned = new Set(of.pins.map((pin) => pin.task));
      for (const drop of shop.drops) {
        const dropped = of.tasks[drop.task % of.tasks.length];
        const mode = dropped?.modes[drop.mode % dropped.modes.length];
        if (!dropped || !mode || pinned.has(dropped.id)) continue;
        const result = table.move(dropped.id, mode.unit, at(drop.start));
        if (!result.ok) continue;
        schedule = result.schedule;
        table = table.followedBy(of, schedule);
        const anew = openTimetable(of, schedule);
        for (const { id, modes } of of.tasks) {
          const unit = modes[0]?.unit ?? mode.unit;
          expect(table.tryMove(id, unit, at(drop.start))).toEqual(anew.tryMove(id, unit, at(drop.start)));
        }
      }
    }),
    { numRuns: 30, seed: 20_261_125 },
  );
}, 60_000);
