import { describe, expect, test } from 'vitest';
import { indexBy } from '#shared/base/group.ts';
import { must } from '#shared/base/must.ts';
import { Equipment } from '#shared/domain/equipment.ts';
import type { ExecutionEvent } from '#shared/domain/execution.ts';
import { Order } from '#shared/domain/order.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { DEFAULT_WEIGHTS } from '#shared/domain/weights.ts';
import { Routing } from '#shared/domain/routing.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import { TestSpec } from '#shared/domain/test-result.ts';
import { figuresFromSchedule } from '#shared/flow/figures-from-schedule.ts';
import { gatesOf } from '#shared/flow/gates.ts';
import { orderStateFrom } from '#shared/flow/order-state.ts';
import { planFromOrders } from '#shared/flow/plan-from-orders.ts';
import { progressFromEvents } from '#shared/flow/progress-from-events.ts';
import { queuesFromSchedule } from '#shared/flow/queues-from-schedule.ts';
import { elementsOf, operationTimeOf, timelineFromEvents } from '#shared/flow/unit-timeline.ts';
import { DAY, type Instant, MINUTE } from '#shared/time/instant.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { MONDAY, at } from '#test/factory/clock.ts';
import { drawn, placed, solved } from '#test/factory/drawing.ts';
import { shop } from '#test/factory/shop.ts';
import { reports } from '#test/unit/flow/reports.ts';

describe('a shop floor told in text', () => {
  test('[S4] a rush order overtakes, but never splits a running task', () => {
    const plan = shop(`
      M1  A1:60 running
      M1  B1:30 due=10:00
      M1  C1:20 due=08:30 weight=9`);
    expect(drawn(plan, solved(plan))).toBe('M1 | 07:00 A1 | 08:00 C1 | 08:20 B1');
  });

  test('a drawing reads back as the schedule it was drawn from', () => {
    const plan = shop(`
      calendar day 06:00-14:00
      matrix W same=5 other=30 F1>F2=10
      unit M1 open=day matrix=W state=F1
      M1  A1:60 family=F2 due=08:30
      M1  B1:500 family=F1 pause
      M2  C1:60 release=Tue08:00`);
    const schedule = solved(plan);
    expect(checkSchedule(plan, schedule)).toEqual([]);
    const text = drawn(plan, schedule);
    expect(text).toContain('M1 | 07:00+10 A1 | 08:10+30 B1\nM2 | Tue08:00 C1');
    const again = placed(plan, text);
    expect(indexBy(again.assignments, (place) => place.task)).toEqual(
      indexBy(schedule.assignments, (place) => place.task),
    );
  });

  test('what cannot be placed says why, and the rest still runs', () => {
    const plan = shop(`
      lot L1 sugar*10 hold
      M1  A1:60 lot=L1*10
      M1  A2:60 after=A1
      M1  B1:60`);
    const schedule = solved(plan);
    expect(checkSchedule(plan, schedule)).toEqual([]);
    expect(drawn(plan, schedule)).toMatch(
      /^M1 \| 07:00 B1\nunplaced \| A1 LOT_NOT_RELEASED \| A2 PREDECESSOR_NOT_FINISHED$/,
    );
  });
});

/**
 * One road, walked by hand: an order of blending, sampling and pressing, a maintenance order, a balance whose
 * calibration expires on Wednesday; then what the lines report, and the plan again.
 */
describe('the arrows in a row', () => {
  const floor = shop(`
    calendar day 06:00-22:00
    unit B1 open=day class=blender
    unit P1 open=day class=press
    unit P2 open=day class=press
    unit LAB open=day class=lab
    unit DOCK open=day class=dock
    unit BENCH open=day class=bench
    tool BAL1 class=balance tests=cal
    person anna open=day blend press=Wed12:00
    person ben open=day press lab metrology
    proof BAL1 cal=Wed12:00
    lot SUGAR sugar*500
    DOCK X:1`);
  const step = (id: string, domain: string, ofClass: string, minutes: number, more: object = {}) => ({
    id,
    name: id,
    domain,
    modes: [{ class: ofClass, fixed: minutes * MINUTE, perUnit: 0 }],
    crossBreak: 'none',
    people: [],
    instruments: [],
    materials: [],
    after: [],
    ...more,
  });
  const need = (qualification: string) => ({
    people: [{ qualification, count: 1, during: 'all', handover: false }],
  });
  const after = (id: string, minLag = 0) => ({ after: [{ step: id, from: 'end', minLag }] });
  const plant: Plan['plant'] = {
    ...floor.plant,
    equipment: floor.plant.equipment.map((equipment) => Equipment.parse(equipment)),
    testSpecs: floor.plant.testSpecs.map((spec) =>
      spec.id === 'cal'
        ? TestSpec.parse({
            ...spec,
            validFor: 30 * DAY,
            renewal: {
              domain: 'quality',
              class: 'bench',
              duration: 3600,
              qualification: 'metrology',
              leadTime: DAY,
            },
          })
        : spec,
    ),
    routings: [
      Routing.parse({
        id: 'TABLET',
        name: 'Tablet',
        version: '1',
        steps: [
          step('stage', 'inventory', 'dock', 30),
          step('blend', 'production', 'blender', 60, {
            ...need('blend'),
            ...after('stage'),
            instruments: [{ class: 'balance' }],
            materials: [{ material: 'sugar', perUnit: 1 }],
          }),
          step('sample', 'quality', 'lab', 45, { ...need('lab'), ...after('blend') }),
          step('press', 'production', 'press', 120, { ...need('press'), ...after('sample') }),
        ],
      }),
      Routing.parse({
        id: 'PM',
        name: 'PM',
        version: '1',
        steps: [step('service', 'maintenance', 'press', 60)],
      }),
    ],
    orders: [
      { id: '4711', domain: 'production', quantity: 100, routing: 'TABLET' },
      { id: '4712', domain: 'production', quantity: 100, routing: 'TABLET' },
      { id: 'PM-P1', domain: 'maintenance', quantity: 1, routing: 'PM', equipment: 'P1' },
      { id: '4713', domain: 'production', quantity: 100, routing: 'SYRUP' },
    ].map((order) =>
      Order.parse({
        uom: 'kg',
        weight: 1,
        release: MONDAY,
        due: at('Tue22:00'),
        state: 'Released',
        ...order,
      }),
    ),
  };
  const planAt = (now: Instant, events: readonly ExecutionEvent[], from?: Schedule): Plan =>
    planFromOrders({
      plant,
      now,
      horizon: { start: MONDAY, end: MONDAY + 7 * DAY },
      progress: progressFromEvents(events),
      pins: [],
      frozen: from?.assignments ?? [],
      weights: DEFAULT_WEIGHTS,
    });

  const plan = planAt(at('07:00'), []);
  const schedule = solved(plan);

  test('orders become tasks of four domains, with the renewal that nobody ordered; what gives no tasks says why', () => {
    expect(new Set(plan.tasks.map((task) => task.domain))).toEqual(
      new Set(['production', 'quality', 'maintenance', 'inventory']),
    );
    expect(plan.tasks.map((task) => task.id)).toContain('CAL-BAL1-cal-2026-11-25/renewal');
    expect(plan.refused.map(({ order, refusal }) => [order, refusal.code])).toEqual([['4713', 'NO_ROUTING']]);
  });

  test('the schedule places everything and breaks no rule', () => {
    expect(checkSchedule(plan, schedule)).toEqual([]);
    expect(figuresFromSchedule(plan, schedule)).toMatchObject({ orders: 4, lateOrders: 0, unplaced: 0 });
  });

  test('each line is told its part, with the reason', () => {
    const queues = queuesFromSchedule(plan, schedule, 1, plan.now);
    expect(queues.flatMap((queue) => queue.items)).toHaveLength(plan.tasks.length);
    for (const item of queues.flatMap((queue) => queue.items))
      expect(item.why).toMatch(
        /^In the sequence of the plan: due (Tue 24 Nov 22:00|Wed 25 Nov 12:00), slack /,
      );
  });

  test('a start is refused until its gates pass', () => {
    const blend = must(
      plan.tasks.find((task) => task.id === '4711/blend'),
      'The blend',
    );
    const planned = must(
      schedule.assignments.find((place) => place.task === blend.id),
      'Its place',
    );
    const asked = (events: readonly ExecutionEvent[], person: string) =>
      gatesOf({
        plan,
        task: blend,
        unit: planned.unit,
        planned,
        person: must(
          plant.people.find((one) => one.id === person),
          person,
        ).id,
        progress: indexBy(progressFromEvents(events), (entry) => entry.task),
        moment: 'start',
        interval: { start: planned.runStart, end: planned.end },
      }).refusals.map((refusal) => refusal.code);
    const staged = reports('07:00 started 4711/stage unit=DOCK\n07:20 completed 4711/stage unit=DOCK');
    expect(asked([], 'ben')).toEqual(['QUAL_MISSING', 'PREDECESSOR_NOT_FINISHED']);
    expect(asked(staged, 'ben')).toEqual(['QUAL_MISSING']);
    expect(asked(staged, 'anna')).toEqual([]);
  });

  test('what the lines report comes back: finished work stays, running work holds its unit, the rest is planned around it', () => {
    const events = reports(`
      07:00 started 4711/stage unit=DOCK
      07:40 completed 4711/stage unit=DOCK
      07:45 started 4711/blend unit=B1 good=10
      08:10 paused 4711/blend unit=B1 reason=Break
      08:30 resumed 4711/blend unit=B1`);
    const later = planAt(at('08:40'), events, schedule);
    const again = solved({ ...later, frozen: later.frozen.filter((place) => place.task === '4711/blend') });
    expect(checkSchedule(later, again)).toEqual([]);
    const blend = must(
      again.assignments.find((place) => place.task === '4711/blend'),
      'The blend',
    );
    expect(blend).toMatchObject({ unit: 'B1', start: at('07:45'), end: at('09:05') });
    expect(blend.people.map((stint) => [stint.person, stint.end])).toEqual([['anna', at('09:05')]]);
    const order = must(plant.orders[0], 'The order');
    const own = later.tasks.filter((task) => task.order === order.id);
    expect(
      orderStateFrom(
        order,
        own,
        indexBy(later.progress, (entry) => entry.task),
      ),
    ).toBe('Running');
  });

  test('the same events give the time elements of the unit', () => {
    const events = reports(
      '07:45 started 4711/blend unit=B1\n08:10 paused 4711/blend unit=B1\n08:30 resumed 4711/blend unit=B1',
    );
    const window = { start: at('05:00'), end: at('10:00') };
    const timeline = timelineFromEvents(events, operationTimeOf(plant.calendars[0], [], window));
    expect(elementsOf(timeline, window)).toMatchObject({
      POT: 240 * MINUTE,
      APT: 115 * MINUTE,
      ADET: 20 * MINUTE,
      ADOT: 105 * MINUTE,
      outside: 0,
    });
  });
});
