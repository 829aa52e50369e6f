import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Change } from '#shared/domain/change.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Assignment, Schedule } from '#shared/domain/schedule.ts';
import { DAY } from '#shared/time/instant.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { AIMS, type Repair, type RepairOptions, repair } from '#solver/repair/repair.ts';
import { planOf, shop } from './random-shop.ts';
import { richPlanOf, richShop } from './rich-shop.ts';
import { at, lot, passed, person, plan, scheduled, scheduledBy, task, told, unit } from './small-plan.ts';

const HOUR = 3600;
const QUICK: RepairOptions = { seed: 1, limit: { iterations: 60 } };

/** A change of every kind. */
const change = fc
  .oneof(
    fc.record({
      kind: fc.constant('breakdown'),
      unit: fc.constantFrom('M1', 'M2', 'M3', 'M4'),
      from: fc.integer({ min: 0, max: 60 }).map(at),
      until: fc.integer({ min: 61, max: 90 }).map(at),
    }),
    fc.record({
      kind: fc.constant('lateLot'),
      lot: fc.constantFrom('there', 'late'),
      from: fc.integer({ min: 20, max: 70 }).map(at),
    }),
    fc.record({
      kind: fc.constant('absence'),
      person: fc.constantFrom('anna', 'ben', 'carl', 'dora'),
      from: fc.integer({ min: 0, max: 40 }).map(at),
      until: fc.integer({ min: 41, max: 90 }).map(at),
    }),
  )
  .map((row) => Change.parse(row));

const repairs = (of: Plan, schedule: Schedule, change: Change, options = QUICK): readonly Repair[] => {
  const result = repair(of, schedule, change, options);
  if (!result.ok) throw new Error(result.refusal.text);
  return result.repairs;
};

const placesOf = (schedule: Schedule): Map<string, Assignment> =>
  new Map(schedule.assignments.map((place) => [place.task, place]));

/** Tasks that stand elsewhere, or nowhere any more. */
const elsewhere = (before: Schedule, after: Schedule): string[] => {
  const places = placesOf(after);
  return before.assignments.flatMap(({ task, unit, start, end }) => {
    const is = places.get(task);
    return is?.unit === unit && is.start === start && is.end === end ? [] : [task];
  });
};

test('the checker accepts every repair of random plants after any change, and the counts say what moved', () => {
  fc.assert(
    fc.property(shop, change, (shop, change) => {
      const of = { ...planOf(shop), pins: [] };
      const schedule = scheduledBy(of, shop.rule);
      const before = structuredClone(schedule);
      const result = repair(of, schedule, change, QUICK);
      if (!result.ok) throw new Error(result.refusal.text);
      expect(result.repairs.map(({ aim }) => aim)).toEqual(['leastChange', 'bestDelivery', 'leastSetup']);
      for (const { schedule: repaired, counts } of result.repairs) {
        expect(checkSchedule(result.plan, repaired)).toEqual([]);
        expect(counts.moved + counts.dropped).toBe(elsewhere(schedule, repaired).length);
      }
      expect(schedule).toEqual(before);
      // From the problem of the plan before the change it is the same.
      const again = repair(of, schedule, change, QUICK, problemFromPlan(of));
      expect(again.ok && again.repairs).toEqual(result.repairs);
    }),
    { numRuns: 80, seed: 20_261_125 },
  );
}, 60_000);

test('the checker accepts every repair of random plants with every constraint', () => {
  let kept = 0;
  let all = 0;
  fc.assert(
    fc.property(richShop, change, (shop, change) => {
      const of = { ...richPlanOf(shop), pins: [] };
      const schedule = scheduledBy(of, shop.rule);
      const result = repair(of, schedule, change, QUICK);
      if (!result.ok) throw new Error(result.refusal.text);
      for (const { schedule: repaired } of result.repairs) {
        expect(checkSchedule(result.plan, repaired)).toEqual([]);
        kept += repaired.assignments.length;
        all += schedule.assignments.length;
      }
    }),
    { numRuns: 120, seed: 20_261_125 },
  );
  expect(kept / all).toBeGreaterThan(0.85);
}, 60_000);

test('a drop is repaired around: the dropped task stands exactly there in every repair', () => {
  fc.assert(
    fc.property(shop, (shop) => {
      const of = { ...planOf(shop), pins: [] };
      const schedule = scheduledBy(of, shop.rule);
      for (const drop of shop.drops) {
        const dropped = of.tasks[drop.task % of.tasks.length];
        const mode = dropped?.modes[drop.mode % dropped.modes.length];
        if (!dropped || !mode) continue;
        const start = at(drop.start + shop.now);
        const asked = { kind: 'drop', task: dropped.id, unit: mode.unit, start } as const;
        const result = repair(of, schedule, asked, QUICK);
        if (!result.ok) continue;
        for (const { schedule: repaired } of result.repairs) {
          expect(checkSchedule(of, repaired)).toEqual([]);
          expect(placesOf(repaired).get(dropped.id)).toMatchObject({ unit: mode.unit, start });
        }
      }
    }),
    { numRuns: 60, seed: 20_261_125 },
  );
}, 60_000);

/** A schedule from before the order came. */
const without = (of: Plan, schedule: Schedule, order: string) => {
  const isStarted = new Set<string>(of.progress.map(({ task }) => task));
  const gone = of.tasks.flatMap((one) => (one.order === order && !isStarted.has(one.id) ? one.id : []));
  const unplaced = gone.map(
    (id) => ({ task: id, code: 'OUTSIDE_HORIZON', object: id, text: 'New.' }) as const,
  );
  const stays = schedule.assignments.filter((place) => !gone.includes(place.task));
  const others = schedule.unplaced.filter(({ task: id }) => !gone.includes(id));
  return { gone, schedule: { assignments: stays, unplaced: [...others, ...unplaced] } };
};

test('an order that is new finds places that the checker accepts, and nothing moves for one that has time', () => {
  let placed = 0;
  let asked = 0;
  const trial = (made: Plan, rule: Parameters<typeof scheduledBy>[1], pick: number): void => {
    const whole = scheduledBy(made, rule);
    const order = made.tasks[pick % made.tasks.length]?.order ?? '';
    const { gone, schedule } = without(made, whole, order);
    const hurried = { ...QUICK, aims: ['leastChange'], newcomers: gone } as const;
    const [soon] = repairs(made, schedule, { kind: 'reported' }, hurried);
    expect(checkSchedule(made, soon?.schedule ?? schedule)).toEqual([]);
    const later = made.tasks.map((one) =>
      one.order === order ? { ...one, due: one.due + 1000 * DAY } : one,
    );
    const of = { ...made, tasks: later };
    const options = { ...QUICK, aims: ['leastChange'], newcomers: gone } as const;
    const alone = repairs(of, schedule, { kind: 'reported' }, { ...QUICK, aims: ['leastChange'] });
    const result = repairs(of, schedule, { kind: 'reported' }, options);
    const [before, after] = [alone[0]?.schedule, result[0]?.schedule];
    expect(checkSchedule(of, after ?? schedule)).toEqual([]);
    const others = after?.assignments.filter((place) => !gone.includes(place.task));
    expect(others).toEqual(before?.assignments);
    placed += (after?.assignments.length ?? 0) - (before?.assignments.length ?? 0);
    asked += gone.filter((id) => whole.assignments.some(({ task: known }) => known === id)).length;
  };
  fc.assert(
    fc.property(shop, fc.nat({ max: 50 }), (shop, order) =>
      trial({ ...planOf(shop), pins: [] }, shop.rule, order),
    ),
    { numRuns: 60, seed: 20_261_126 },
  );
  fc.assert(
    fc.property(richShop, fc.nat({ max: 50 }), (shop, order) =>
      trial({ ...richPlanOf(shop), pins: [] }, shop.rule, order),
    ),
    { numRuns: 60, seed: 20_261_126 },
  );
  expect(placed / asked).toBeGreaterThan(0.8);
}, 60_000);

test('no repair moves more tasks than the budget allows', () => {
  fc.assert(
    fc.property(shop, change, fc.integer({ min: 0, max: 6 }), (shop, change, mostMoved) => {
      const of = { ...planOf(shop), pins: [] };
      const schedule = scheduledBy(of, shop.rule);
      const result = repair(of, schedule, change, { ...QUICK, mostMoved });
      const moves = result.ok ? result.repairs.map((one) => elsewhere(schedule, one.schedule).length) : [];
      expect(Math.max(0, ...moves)).toBeLessThanOrEqual(mostMoved);
      const told = result.ok ? '' : result.refusal.text;
      expect(told === '' || told.includes(`more than ${mostMoved} task`)).toBe(true);
    }),
    { numRuns: 60, seed: 20_261_125 },
  );
}, 60_000);

test('a rush order gets its places in all three repairs, and no more move for it than the budget allows', () => {
  let placed = 0;
  let moved = 0;
  const refusals: string[] = [];
  fc.assert(
    fc.property(richShop, fc.nat({ max: 50 }), fc.integer({ min: 0, max: 4 }), (shop, pick, mostMoved) => {
      const of = { ...richPlanOf(shop), pins: [] };
      const whole = scheduledBy(of, shop.rule);
      const order = of.tasks[pick % of.tasks.length]?.order ?? '';
      const { gone, schedule } = without(of, whole, order);
      const result = repair(of, schedule, { kind: 'reported' }, { ...QUICK, mostMoved, newcomers: gone });
      refusals.push(result.ok ? '' : result.refusal.text);
      if (!result.ok) return;
      expect(result.repairs.map(({ aim }) => aim)).toEqual(AIMS);
      for (const { schedule: after, counts } of result.repairs) {
        expect(checkSchedule(of, after)).toEqual([]);
        expect(elsewhere(schedule, after).length).toBeLessThanOrEqual(mostMoved);
        const stands = new Set<string>(after.assignments.map(({ task }) => task));
        expect(counts.placed).toBe(gone.filter((task) => stands.has(task)).length);
        placed += counts.placed;
        moved += counts.moved;
      }
    }),
    { numRuns: 40, seed: 20_261_126 },
  );
  for (const text of refusals) expect(text).toMatch(/^$|^more than \d tasks? would have to move$/);
  expect(placed).toBeGreaterThan(0);
  expect(moved).toBeGreaterThan(0);
}, 60_000);

test('the same schedule, change, seed and iteration limit give the same repairs', () => {
  const of = { ...planOf(fc.sample(shop, { numRuns: 1, seed: 3 })[0] as never), pins: [] };
  const schedule = scheduledBy(of, 1);
  const down = Change.parse({ kind: 'breakdown', unit: 'M1', from: at(8), until: at(20) });
  expect(repairs(of, schedule, down)).toEqual(repairs(of, schedule, down));
});

describe('least change', () => {
  const M12 = [unit('M1'), unit('M2')];
  const down = (from: number, until: number): Change =>
    Change.parse({ kind: 'breakdown', unit: 'M1', from: at(from), until: at(until) });

  test('a breakdown moves what stands in it to where there is room; everything else stays', () => {
    const of = plan({ equipment: M12 }, [
      task('A/1', { M1: 2, M2: 2 }, { due: at(2) }),
      task('B/1', { M1: 2 }, { release: at(2), due: at(4) }),
      task('C/1', { M2: 4 }, { release: at(4), due: at(8) }),
    ]);
    const schedule = scheduled(of);
    expect(told(schedule)).toBe('A/1 M1 0-2 | B/1 M1 2-4 | C/1 M2 4-8');
    const [least] = repairs(of, schedule, down(0, 2));
    expect(least && told(least.schedule)).toBe('A/1 M2 0-2 | B/1 M1 2-4 | C/1 M2 4-8');
    expect(least?.counts).toMatchObject({ moved: 1, reassigned: 1, lateNow: 0, dropped: 0 });
    // What stays is the very same assignment.
    expect(least?.schedule.assignments.filter((place) => schedule.assignments.includes(place))).toHaveLength(
      2,
    );
  });

  test('where somebody is absent a colleague takes over and no task moves', () => {
    const of = plan(
      {
        equipment: M12,
        people: [person('anna'), person('ben')],
        testResults: [passed('Q', 'anna'), passed('Q', 'ben')],
      },
      [
        task(
          'A/1',
          { M1: 2 },
          { people: [{ qualification: 'Q', count: 1, during: 'all', handover: false }] },
        ),
      ],
    );
    const schedule = scheduled(of);
    const who = schedule.assignments[0]?.people[0]?.person;
    const away = Change.parse({ kind: 'absence', person: who, from: at(0), until: at(9) });
    const [least] = repairs(of, schedule, away);
    expect(least?.counts).toMatchObject({ moved: 0, restaffed: 1 });
    expect(least?.schedule.assignments[0]?.people[0]?.person).not.toBe(who);
  });

  test('what a repair cannot place loses its place with the reason, and what follows it', () => {
    const of = plan({ equipment: M12 }, [
      task('A/1', { M1: 2 }, { deadline: at(4), due: at(4) }),
      task('A/2', { M2: 2 }, { after: [{ task: 'A/1', from: 'end', minLag: 0, maxLag: HOUR }], due: at(9) }),
    ]);
    for (const { schedule, counts } of repairs(of, scheduled(of), down(0, 3))) {
      expect(schedule.assignments).toEqual([]);
      expect(schedule.unplaced.map(({ task, code }) => `${task} ${code}`)).toEqual([
        'A/1 AFTER_DEADLINE',
        'A/2 PREDECESSOR_NOT_FINISHED',
      ]);
      expect(counts).toMatchObject({ moved: 0, dropped: 2 });
    }
  });

  test('what others took the material of loses its place with the reason; what still has it stays', () => {
    const takes = (id: string, quantity: number, more: object = {}) =>
      task(
        id,
        { M1: 2 },
        {
          materials: [{ material: 'm', quantity: 60, lots: quantity > 0 ? [{ lot: 'L', quantity }] : [] }],
          ...more,
        },
      );
    const plant = { equipment: M12, lots: [lot('L', { quantity: 120 })] };
    const before = plan(plant, [takes('A/1', 60), takes('B/1', 60)]);
    const after = plan(plant, [takes('A/1', 60), takes('B/1', 0)]);
    for (const { schedule, counts } of repairs(after, scheduled(before), { kind: 'reported' })) {
      expect(told(schedule)).toBe('A/1 M1 0-2');
      expect(schedule.unplaced).toMatchObject([{ task: 'B/1', code: 'MATERIAL_MISSING', object: 'm' }]);
      expect(counts).toMatchObject({ moved: 0, dropped: 1 });
      expect(checkSchedule(after, schedule)).toEqual([]);
    }
  });

  test('a commitment that the breakdown makes impossible moves like any other task', () => {
    const of = plan({ equipment: M12 }, [task('A/1', { M1: 2, M2: 2 }, { due: at(2) })]);
    const schedule = scheduled(of);
    const [least] = repairs({ ...of, frozen: schedule.assignments }, schedule, down(0, 5));
    expect(least && told(least.schedule)).toBe('A/1 M2 0-2');
  });
});

test('best delivery is no later than least change', () => {
  const of = plan({ equipment: [unit('M1'), unit('M2')] }, [
    task('A/1', { M1: 4 }, { due: at(4), weight: 1 }),
    task('B/1', { M1: 2, M2: 2 }, { release: at(0), due: at(6), weight: 1 }),
    task('C/1', { M2: 2 }, { release: at(4), due: at(6), weight: 1 }),
  ]);
  const schedule = scheduled(of);
  const late = Change.parse({ kind: 'breakdown', unit: 'M1', from: at(0), until: at(1) });
  const [least, delivery] = repairs(of, schedule, late);
  expect(delivery?.counts.weightedTardiness).toBeLessThanOrEqual(least?.counts.weightedTardiness ?? 0);
});
