import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { figuresFromSchedule } from '#shared/flow/figures-from-schedule.ts';
import { HOUR } from '#shared/time/instant.ts';
import { shortage } from '#solver/lp/shortage.ts';
import { shortagesOf } from '#solver/lp/shortages.ts';
import { at } from '#test/factory/clock.ts';
import { shop } from '#test/factory/shop.ts';
import { planOf, shop as randomShop } from './random-shop.ts';
import { scheduledBy } from './small-plan.ts';

/** Monday until midnight, and every day of the week after it. */
const DAYS = ['07:00', 'Tue00:00', 'Wed00:00', 'Thu00:00', 'Fri00:00', 'Sat00:00'].map(at);
const shortIn = (text: string) =>
  shortagesOf(shop(text), DAYS).map(({ units, qualification, until, short, due, capacity }) => ({
    who: qualification ?? units.join(' '),
    until,
    hours: [short, due, capacity].map((seconds) => seconds / HOUR),
  }));

test('what fits until it is due is not short', () => {
  expect(
    shortIn(`
      calendar day 06:00-14:00
      unit M1 open=day
      M1 A1:420 due=14:00
      M1 B1:480 due=Tue14:00`),
  ).toEqual([]);
});

test('a unit of which more is asked than its shifts give is short from that day on', () => {
  expect(
    shortIn(`
      calendar day 06:00-14:00
      unit M1 open=day
      M1 A1:420 due=14:00
      M1 B1:480 due=Tue14:00
      M1 C1:180 due=Tue14:00`),
  ).toEqual([{ who: 'M1', until: at('Wed00:00'), hours: [3, 18, 15] }]);
});

test('units that are alternatives work for each other, as fast as each is', () => {
  const both = `
      calendar day 06:00-14:00
      unit M1 open=day
      unit M2 open=day`;
  expect(shortIn(`${both}\n M1,M2 A1:420 due=14:00\n M1,M2 B1:420 due=14:00`)).toEqual([]);
  // M2 takes twice as long: its seven hours are worth three and a half.
  expect(shortIn(`${both}\n M1,M2:840 A1:420 due=14:00\n M1,M2:840 B1:420 due=14:00`)).toEqual([
    { who: 'M1 M2', until: at('Tue00:00'), hours: [3.5, 14, 10.5] },
  ]);
});

test('what comes after another task has only the days that are left', () => {
  // Neither mix ends before the packing line closes, so only Tuesday is left for both.
  expect(
    shortIn(`
      calendar day 06:00-14:00
      unit P1 open=day
      M1 A1:600
      P1 A2:300 after=A1 due=Tue14:00
      M2 B1:600
      P1 B2:300 after=B1 due=Tue14:00`),
  ).toEqual([{ who: 'P1', until: at('Wed00:00'), hours: [2, 10, 15] }]);
});

test('too few people with a qualification are short, whoever else is there', () => {
  expect(
    shortIn(`
      calendar day 06:00-14:00
      person anna open=day press
      person ben open=day pack
      M1 A1:300 due=14:00 people=press
      M2 B1:300 due=14:00 people=press`),
  ).toEqual([{ who: 'press', until: at('Tue00:00'), hours: [3, 10, 7] }]);
});

test('property: one pool is short by what is left when the most urgent goes first', () => {
  const work = fc
    .record({ first: fc.nat(5), length: fc.nat(5), seconds: fc.integer({ min: 1, max: 9_000 }) })
    .map(({ first, length, seconds }) => ({ pools: [0], first, last: Math.min(5, first + length), seconds }));
  const given = fc.array(fc.nat(9_000), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(given, fc.array(work, { maxLength: 12 }), (seconds, works) => {
      const short = shortage([Float64Array.from(seconds)], works);
      const rest = works.map((one) => one.seconds);
      for (const [bucket, gives] of seconds.entries()) {
        let free = gives;
        const ready = works
          .map((one, k) => ({ ...one, k }))
          .filter((one) => one.first <= bucket && bucket <= one.last);
        for (const { k } of ready.sort((a, b) => a.last - b.last)) {
          const part = Math.min(free, rest[k] ?? 0);
          rest[k] = (rest[k] ?? 0) - part;
          free -= part;
        }
      }
      const sum = (list: Iterable<number>): number => [...list].reduce((total, one) => total + one, 0);
      expect(sum(short)).toBeCloseTo(sum(rest), 3);
    }),
  );
});

test('property: what is short is late or has no place in the schedule of any random plant', () => {
  let shortages = 0;
  fc.assert(
    fc.property(randomShop, fc.integer({ min: 1, max: 40 }), (random, earlier) => {
      const first = planOf(random);
      const plan = {
        ...first,
        tasks: first.tasks.map((task) => ({ ...task, due: task.due - earlier * HOUR })),
      };
      const edges = Array.from({ length: 80 }, (_, k) => plan.now + k * 3 * HOUR);
      if (shortagesOf(plan, edges).length === 0) return;
      shortages += 1;
      const schedule = scheduledBy(plan, random.rule);
      const { lateOrders } = figuresFromSchedule(plan, schedule);
      expect(lateOrders + schedule.unplaced.length).toBeGreaterThan(0);
    }),
    { numRuns: 150, seed: 7 },
  );
  expect(shortages).toBeGreaterThan(20);
});
