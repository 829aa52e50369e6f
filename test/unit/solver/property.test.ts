import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkSchedule } from '#solver/check/check.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { DropMode } from '#shared/domain/verdict.ts';
import { openTimetable } from '#solver/repair/timetable.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { TaskProgress } from '#shared/domain/execution.ts';
import { at, calendar, matrix, passed, person, plan, scheduledBy, task, unit } from './small-plan.ts';
import { FAMILIES, type Shop, one, planOf, shop } from './random-shop.ts';

const HOUR = 3600;

test('the checker accepts every schedule of random plants, and every move on them', () => {
  fc.assert(
    fc.property(shop, (shop) => {
      const first = planOf(shop);
      const free = scheduledBy(first, shop.rule);
      expect(checkSchedule(first, free)).toEqual([]);
      // Commit some of it and solve again.
      const frozen = free.assignments.slice(0, shop.frozen);
      const of = { ...first, frozen, now: first.now + shop.frozen * 600 };
      const schedule = scheduledBy(of, shop.rule + 1);
      expect(checkSchedule(of, schedule)).toEqual([]);
      const pinned = new Set(of.pins.map((pin) => pin.task));
      const table = openTimetable(of, schedule);
      for (const drop of shop.drops) {
        const dropped = of.tasks[drop.task % of.tasks.length];
        const mode = dropped?.modes[drop.mode % dropped.modes.length];
        if (!dropped || !mode || pinned.has(dropped.id)) continue;
        const verdict = table.tryMove(dropped.id, mode.unit, at(drop.start));
        const result = table.move(dropped.id, mode.unit, at(drop.start));
        expect(result.ok).toBe(verdict.ok);
        expect(result.ok ? checkSchedule(of, result.schedule) : []).toEqual([]);
        const nearest = verdict.ok ? null : verdict.nearest;
        expect(!nearest || table.tryMove(dropped.id, nearest.unit, nearest.start).ok).toBe(true);
        expect(table.whyHere(dropped.id).text).not.toBe('');
      }
    }),
    { numRuns: 80, seed: 20_261_121 },
  );
}, 60_000);

/** A row of presses whose setups depend on everything around them: what a drop disturbs most. */
const presses = fc.record({
  jobs: fc.array(
    fc.record({
      family: fc.option(one(...FAMILIES), { nil: undefined }),
      hours: fc.integer({ min: 1, max: 5 }),
      release: fc.integer({ min: 0, max: 20 }),
      pauses: fc.boolean(),
      tied: fc.boolean(),
    }),
    { minLength: 4, maxLength: 16 },
  ),
  drops: fc.array(
    fc.record({ task: fc.nat(40), unit: one('M1', 'M2'), start: fc.integer({ min: 0, max: 60 }) }),
    {
      minLength: 6,
      maxLength: 6,
    },
  ),
});

test('after a drop every setup is again what the matrix asks, and every person is in one place', () => {
  fc.assert(
    fc.property(presses, ({ jobs, drops }) => {
      const tasks = jobs.flatMap((job, k) => [
        task(
          `J${k}/press`,
          { M1: job.hours, M2: job.hours },
          {
            ...(job.family === undefined ? {} : { family: job.family }),
            crossBreak: job.pauses ? 'pause' : 'none',
            people: [{ qualification: 'Q', count: 1, during: 'all', handover: job.pauses }],
            release: at(job.release),
            due: at(job.release + 12),
          },
        ),
        task(
          `J${k}/test`,
          { lab: 1 },
          {
            people: [{ qualification: 'Q', count: 1, during: 'run', handover: false }],
            after: [
              { task: `J${k}/press`, from: 'end', minLag: 0, ...(job.tied ? { maxLag: 8 * HOUR } : {}) },
            ],
          },
        ),
      ]);
      const of = plan(
        {
          calendars: [calendar('day', '06:00', '20:00'), calendar('early', '06:00', '14:00')],
          equipment: [
            unit('M1', { calendar: 'day', setupMatrix: 'X', setupState: 'red' }),
            unit('M2', { setupMatrix: 'X' }),
            unit('lab'),
          ],
          people: [person('anna', 'early'), person('ben'), person('carl')],
          testResults: [passed('Q', 'anna'), passed('Q', 'ben'), passed('Q', 'carl')],
          setupMatrices: [
            matrix('X', 600, HOUR, [
              ['red', 'blue', 2 * HOUR],
              ['blue', 'green', 1200],
            ]),
          ],
        },
        tasks,
        { horizon: { start: at(0), end: at(24 * 14) } },
      );
      let schedule = scheduledBy(of, 0);
      for (const [k, drop] of drops.entries()) {
        const dropped = tasks[drop.task % tasks.length];
        const mode = dropped?.modes.find(({ unit }) => unit === drop.unit) ?? dropped?.modes[0];
        if (!dropped || !mode) continue;
        // Every third drop carries its whole order along.
        const others = k % 3 === 0 ? tasks.filter(({ order }) => order === dropped.order) : [];
        const how = { mode: DropMode.options[k % 3] ?? 'push', others: others.map(({ id }) => id) };
        const result = openTimetable(of, schedule).move(dropped.id, mode.unit, at(drop.start), how);
        if (!result.ok) continue;
        const before = new Map(schedule.assignments.map((one) => [one.task, one]));
        const pushed = result.schedule.assignments.filter(
          ({ task, unit, start }) =>
            task !== dropped.id &&
            !how.others.includes(task) &&
            (before.get(task)?.unit !== unit || before.get(task)?.start !== start),
        );
        expect(how.mode === 'push' ? [] : pushed).toEqual([]);
        schedule = result.schedule;
        expect(checkSchedule(of, schedule)).toEqual([]);
      }
    }),
    { numRuns: 40, seed: 20_261_121 },
  );
}, 60_000);

test('while the lines report, solving again is accepted, and a stale draft still answers', () => {
  const delays = fc.record({
    shop,
    late: fc.array(fc.integer({ min: -60, max: 240 }), { minLength: 4, maxLength: 4 }),
    hours: fc.integer({ min: 2, max: 40 }),
  });
  fc.assert(
    fc.property(delays, ({ shop, late, hours }) => {
      const first = { ...planOf(shop), pins: [] };
      const draft = scheduledBy(first, shop.rule);
      const now = first.now + hours * HOUR;
      const progress = draft.assignments.flatMap((place, k) => {
        const start = place.start + (late[k % 4] ?? 0) * 60;
        if (start >= now || k % 3 === 2) return [];
        const end = start + place.end - place.start;
        const isDone = end <= now && k % 3 === 0;
        return [
          TaskProgress.parse({
            task: place.task,
            unit: place.unit,
            state: isDone ? { kind: 'completed', at: end } : { kind: 'running', since: start },
            actualStart: start,
            actualRunStart: start,
            ...(isDone ? { actualEnd: end } : {}),
            worked: 0,
            good: 0,
            scrap: 0,
            rework: 0,
          }),
        ];
      });
      const of = { ...first, now, progress, frozen: draft.assignments.slice(0, 6) };
      expect(checkSchedule(of, scheduledBy(of, shop.rule))).toEqual([]);
      const table = openTimetable(of, draft);
      for (const { id, modes } of of.tasks) {
        const verdict = table.tryMove(id, modes[0]?.unit ?? EquipmentId.parse('M1'), now + 2 * HOUR);
        expect(verdict.ok || verdict.refusal.text !== '').toBe(true);
        expect(table.whyLate(id)).toBeInstanceOf(Array);
      }
    }),
    { numRuns: 60, seed: 20_261_121 },
  );
}, 60_000);

test('converting a plan reads it only', () => {
  const of = planOf(fc.sample(shop, { numRuns: 1, seed: 7 })[0] as Shop);
  const before = structuredClone(of);
  problemFromPlan(of);
  expect(of).toEqual(before);
});
