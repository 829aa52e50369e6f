import * as fc from 'fast-check';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { Pin, type Plan } from '#shared/domain/plan.ts';
import type { Task } from '#shared/domain/task.ts';
import { WorkCalendar } from '#shared/time/calendar.ts';
import { FAMILIES, one } from './random-shop.ts';
import { at, calendar, instrument, matrix, passed, person, plan, spec, task, unit } from './small-plan.ts';

const HOUR = 3600;
const maybe = <Value>(...values: Value[]) => one(undefined, undefined, undefined, undefined, ...values);

/** How a step follows an earlier one of its order: everything that a relation can say. */
const relation = fc.record({
  before: fc.nat(4),
  from: one('end' as const, 'end' as const, 'start' as const),
  to: maybe('start' as const, 'end' as const),
  minLag: one(0, 0, 1),
  maxLag: maybe(2, 8, 40),
  transfer: maybe(0.1, 0.25, 0.5, 1),
  stored: maybe(1, 2, 3),
});

const step = fc.record({
  units: fc.uniqueArray(one('M1', 'M2', 'tank', 'oven'), { minLength: 2, maxLength: 4 }),
  hours: one(1, 2, 2, 3, 6),
  load: fc.integer({ min: 1, max: 3 }),
  family: maybe(...FAMILIES),
  pauses: fc.boolean(),
  people: fc.array(
    fc.record({
      qualification: one('Q', 'R'),
      count: one(1, 1, 2),
      during: one('setup' as const, 'run' as const, 'all' as const),
      handover: fc.boolean(),
      attention: maybe(0.3, 0.5, 1),
    }),
    { maxLength: 2 },
  ),
  dies: one(0, 0, 1, 2),
  balance: one(false, false, true),
  relations: fc.array(relation, { minLength: 1, maxLength: 2 }),
});

export const richShop = fc.record({
  orders: fc.array(
    fc.record({
      steps: fc.array(step, { minLength: 1, maxLength: 4 }),
      release: fc.integer({ min: 0, max: 30 }),
      due: fc.integer({ min: 5, max: 90 }),
      deadline: maybe(60, 120),
    }),
    { minLength: 1, maxLength: 7 },
  ),
  /** The balance's calibration expires; its renewal has a window. */
  expires: fc.integer({ min: 10, max: 60 }),
  lead: fc.integer({ min: 2, max: 24 }),
  down: fc.integer({ min: 0, max: 60 }),
  pins: fc.uniqueArray(
    fc.record({ task: fc.nat(15), start: maybe(4, 8, 20, 40), after: maybe(0, 1, 2, 3, 5, 8) }),
    { maxLength: 2, selector: (pin) => pin.task },
  ),
  rule: fc.nat(20),
  budget: one(0, 1, 3, 8),
  drops: fc.array(fc.record({ task: fc.nat(30), mode: fc.nat(3), start: fc.integer({ min: 0, max: 90 }) }), {
    maxLength: 4,
  }),
});
export type RichShop = typeof richShop extends fc.Arbitrary<infer Value> ? Value : never;

type Step = RichShop['orders'][number]['steps'][number];

function tasksOf({ orders, expires, lead }: RichShop): Task[] {
  const tasks = orders.flatMap((order, o) =>
    order.steps.map((step, k) => {
      const made = task(`O${o}/${k}`, Object.fromEntries(step.units.map((name) => [name, step.hours])), {
        ...(step.family === undefined ? {} : { family: step.family }),
        crossBreak: step.pauses ? 'pause' : 'none',
        people: step.people.map(({ attention, ...need }) =>
          attention === undefined ? need : { ...need, attention },
        ),
        instruments: step.balance ? [{ class: 'balance' }] : [],
        tools: step.dies > 0 ? [{ class: 'die', count: step.dies }] : [],
        after: k === 0 ? [] : relationsOf(step, o, k),
        release: at(order.release),
        due: at(order.due),
        ...(order.deadline === undefined ? {} : { deadline: at(order.deadline) }),
      });
      for (const mode of made.modes) {
        if (mode.unit === 'tank' || mode.unit === 'oven') mode.load = step.load;
        if (mode.unit === 'tank') mode.setup = 600;
      }
      return made;
    }),
  );
  const renewal = { release: at(Math.max(0, expires - lead)), due: at(expires), deadline: at(expires) };
  tasks.push(
    task(
      'CAL/1',
      { bench: 1 },
      { ...renewal, renews: { equipment: 'BAL', test: 'cal', validFor: 300 * HOUR } },
    ),
    task(
      'FIT/1',
      { bench: 2 },
      { ...renewal, renews: { equipment: 'tank', test: 'fit', validFor: 300 * HOUR } },
    ),
  );
  return tasks;
}

const relationsOf = (step: Step, o: number, k: number) =>
  step.relations.map(({ before, from, to, minLag, maxLag, transfer, stored }) => ({
    task: `O${o}/${before % k}`,
    from,
    minLag: minLag * HOUR,
    ...(to === undefined ? {} : { to }),
    ...(maxLag === undefined ? {} : { maxLag: (minLag + maxLag) * HOUR }),
    ...(transfer === undefined ? {} : { transfer }),
    ...(stored === undefined ? {} : { storage: { zone: 'shelf', quantity: stored } }),
  }));

/** A plant with every constraint in it: a tank and an oven, dies, a shelf, people who share their attention, overtime. */
export function richPlanOf(shop: RichShop): Plan {
  const tasks = tasksOf(shop);
  const pins = shop.pins.flatMap(({ task, start, after }): Pin[] => {
    const pinned = tasks[task];
    const before = after === undefined ? undefined : tasks[after];
    if (!pinned || (start === undefined && !before) || before === pinned) return [];
    return [
      Pin.parse({
        task: pinned.id,
        ...(start === undefined ? {} : { start: at(start) }),
        ...(before ? { after: before.id } : {}),
      }),
    ];
  });
  const [shift] = calendar('day', '06:00', '18:00').shifts;
  const day = WorkCalendar.parse({
    ...calendar('day', '06:00', '18:00'),
    shifts: [shift, { ...shift, name: 'overtime', from: '18:00', to: '22:00', overtime: true }],
  });
  return plan(
    {
      calendars: [day, calendar('early', '04:00', '16:00')],
      equipment: [
        unit('M1', { calendar: 'day', setupMatrix: 'X', setupState: 'red' }),
        unit('M2'),
        unit('tank', { capacity: 4, tests: ['fit'] }),
        unit('oven', { capacity: 4, batching: true, setupMatrix: 'X', calendar: 'day' }),
        unit('bench'),
        instrument('BAL', 'balance', ['cal']),
        { ...instrument('DIE', 'die'), capacity: 2 },
        { ...instrument('DIE-2', 'die'), capacity: 1 },
        unit('shelf', { level: 'StorageZone', capacity: 4 }),
      ],
      people: [person('anna', 'early'), person('ben'), person('carl', 'day'), person('dora')],
      testSpecs: [
        spec('Q', 'person'),
        spec('R', 'person'),
        spec('cal', 'equipment'),
        spec('fit', 'equipment'),
      ],
      testResults: [
        passed('Q', 'anna'),
        passed('Q', 'ben', at(90)),
        passed('Q', 'dora'),
        passed('R', 'carl'),
        passed('R', 'ben'),
        passed('cal', 'BAL', at(shop.expires)),
        passed('fit', 'tank', at(shop.expires)),
      ],
      setupMatrices: [matrix('X', 600, HOUR, [['red', 'blue', 2 * HOUR]])],
      downtimes: ['DIE-2', 'M2'].map((id) => ({
        id: id as Plan['plant']['downtimes'][number]['id'],
        equipment: EquipmentId.parse(id),
        start: at(shop.down),
        end: at(shop.down + 4),
        reason: 'broken',
        planned: false,
      })),
    },
    tasks,
    { horizon: { start: at(0), end: at(24 * 7) }, pins },
  );
}
