import * as fc from 'fast-check';
import { EquipmentId } from '#shared/domain/equipment.ts';
import type { Pin, Plan } from '#shared/domain/plan.ts';
import type { Task } from '#shared/domain/task.ts';
import {
  at,
  calendar,
  instrument,
  lot,
  matrix,
  passed,
  person,
  plan,
  spec,
  task,
  unit,
} from './small-plan.ts';

const HOUR = 3600;
export const FAMILIES = ['red', 'blue', 'green'];
const hour = fc.integer({ min: 0, max: 60 });
export const one = <Value>(...values: Value[]) => fc.constantFrom(...values);

/** A step of an order: everything that a task can ask for, or nothing of it. */
const step = fc.record({
  units: fc.uniqueArray(one('M1', 'M2', 'M3', 'M4'), { minLength: 1, maxLength: 3 }),
  hours: fc.integer({ min: 1, max: 9 }),
  setup: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
  family: fc.option(one(...FAMILIES), { nil: undefined }),
  pauses: fc.boolean(),
  people: fc.array(
    fc.record({
      qualification: one('Q', 'R'),
      count: one(1, 1, 2),
      during: one('setup' as const, 'run' as const, 'all' as const),
      handover: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
  balances: one(0, 0, 1, 2),
  lot: one(undefined, undefined, 'there', 'late', 'held', 'short'),
  from: one('end' as const, 'end' as const, 'start' as const),
  minLag: one(0, 0, 2),
  maxLag: fc.option(one(2, 6, 30), { nil: undefined }),
});

const order = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
  release: hour,
  due: hour,
  deadline: fc.option(fc.integer({ min: 20, max: 120 }), { nil: undefined }),
  weight: one(1, 2, 5),
});

/** A small plant with everything that a task can meet. */
export const shop = fc.record({
  orders: fc.array(order, { minLength: 1, maxLength: 7 }),
  now: fc.integer({ min: 0, max: 12 }),
  expires: fc.integer({ min: 5, max: 80 }),
  down: hour,
  renews: fc.boolean(),
  pins: fc.uniqueArray(fc.record({ task: fc.nat(12), start: hour, unit: fc.boolean() }), {
    maxLength: 3,
    selector: (pin) => pin.task,
  }),
  frozen: fc.nat(3),
  rule: fc.nat(20),
  drops: fc.array(fc.record({ task: fc.nat(30), mode: fc.nat(3), start: fc.integer({ min: 0, max: 90 }) }), {
    maxLength: 4,
  }),
});
export type Shop = typeof shop extends fc.Arbitrary<infer Value> ? Value : never;

function tasksOf(shop: Shop): Task[] {
  const tasks = shop.orders.flatMap((order, o) =>
    order.steps.map((step, k) =>
      task(`O${o}/${k}`, Object.fromEntries(step.units.map((name, m) => [name, step.hours + m / 4])), {
        ...(step.family === undefined ? {} : { family: step.family }),
        crossBreak: step.pauses ? 'pause' : 'none',
        people: step.people,
        instruments: Array.from({ length: step.balances }, () => ({ class: 'balance' })),
        materials:
          step.lot === undefined
            ? []
            : [{ material: 'm', quantity: 2, lots: [{ lot: step.lot, quantity: 2 }] }],
        after:
          k === 0
            ? []
            : [
                {
                  task: `O${o}/${k - 1}`,
                  from: step.from,
                  minLag: step.minLag * HOUR,
                  ...(step.maxLag === undefined ? {} : { maxLag: (step.minLag + step.maxLag) * HOUR }),
                },
              ],
        release: at(order.release),
        due: at(order.due),
        ...(order.deadline === undefined ? {} : { deadline: at(order.deadline) }),
        weight: order.weight,
      }),
    ),
  );
  const setups = shop.orders.flatMap((order) => order.steps.map((step) => step.setup));
  for (const [k, setup] of setups.entries()) {
    for (const mode of tasks[k]?.modes ?? []) if (setup !== undefined) mode.setup = setup * 60;
  }
  if (shop.renews) {
    tasks.push(
      task(
        'CAL/1',
        { bench: 1 },
        {
          release: at(0),
          due: at(shop.expires),
          renews: { equipment: 'BAL-1', test: 'cal', validFor: 40 * HOUR },
        },
      ),
    );
  }
  return tasks;
}

export function planOf(shop: Shop): Plan {
  const tasks = tasksOf(shop);
  const pins = shop.pins.flatMap((pin): Pin[] => {
    const pinned = tasks[pin.task];
    return pinned
      ? [
          {
            task: pinned.id,
            start: at(pin.start),
            ...(pin.unit && pinned.modes[0] ? { unit: pinned.modes[0].unit } : {}),
          },
        ]
      : [];
  });
  return plan(
    {
      calendars: [
        calendar('day', '06:00', '20:00'),
        calendar('early', '06:00', '14:00'),
        calendar('late', '14:00', '22:00'),
      ],
      equipment: [
        unit('M1', { calendar: 'day', setupMatrix: 'X', setupState: 'red' }),
        unit('M2', { setupMatrix: 'X' }),
        unit('M3', { calendar: 'day' }),
        unit('M4', { tests: ['fit'] }),
        unit('bench'),
        instrument('BAL-1', 'balance', ['cal']),
        instrument('BAL-2', 'balance'),
      ],
      people: [person('anna', 'early'), person('ben', 'late'), person('carl'), person('dora', 'early')],
      testSpecs: [
        spec('Q', 'person'),
        spec('R', 'person'),
        spec('cal', 'equipment'),
        spec('fit', 'equipment'),
      ],
      testResults: [
        passed('Q', 'anna'),
        passed('Q', 'ben', at(shop.expires)),
        passed('Q', 'dora', at(200), at(20)),
        passed('R', 'carl'),
        passed('R', 'anna', at(50)),
        { ...passed('R', 'carl', undefined, at(shop.expires)), passed: false },
        passed('cal', 'BAL-1', at(shop.expires)),
        passed('fit', 'M4', at(70)),
      ],
      setupMatrices: [
        matrix('X', 600, HOUR, [
          ['red', 'blue', 2 * HOUR],
          ['blue', 'green', 1200],
        ]),
      ],
      lots: [
        lot('there', { quantity: 1000, expires: at(100) }),
        lot('late', { disposition: 'Planned', quantity: 1000, availableFrom: at(30) }),
        lot('held', { disposition: 'Restricted' }),
        lot('short', { quantity: 3 }),
      ],
      downtimes: [
        {
          id: 'd' as Plan['plant']['downtimes'][number]['id'],
          equipment: EquipmentId.parse('M2'),
          start: at(shop.down),
          end: at(shop.down + 3),
          reason: 'broken',
          planned: false,
        },
      ],
    },
    tasks,
    { now: at(shop.now), horizon: { start: at(0), end: at(24 * 7) }, pins },
  );
}
