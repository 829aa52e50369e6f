import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { TaskId } from '#shared/domain/task.ts';
import { OrderId } from '#shared/domain/order.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import type { Downtime } from '#shared/domain/equipment.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { REMEDY_KINDS } from '#solver/remedies/remedy.ts';
import { type Help, whatHelps } from '#solver/remedies/what-helps.ts';
import { planOf, shop } from './random-shop.ts';
import {
  at,
  calendar,
  instrument,
  lot,
  passed,
  person,
  plan,
  scheduled,
  scheduledBy,
  spec,
  task,
  unit,
} from './small-plan.ts';

const OPTIONS = { seed: 1, iterations: 40 };
const helpFor = (of: Plan, order: string, schedule = scheduled(of)): Help | null =>
  whatHelps(of, schedule, OrderId.parse(order), OPTIONS);
/** `kind: text` of everything that is enough. */
const told = (help: Help | null): string[] =>
  help?.remedies.map(({ kind, text }) => `${kind}: ${text}`) ?? [];
const endOf = (of: Plan, schedule: Schedule, order: string): number => {
  const own = new Set<string>(of.tasks.filter((task) => task.order === order).map(({ id }) => id));
  return Math.max(...schedule.assignments.flatMap(({ task, end }) => (own.has(task) ? end : [])));
};

describe('what would help a late order', () => {
  test('an order that is on time needs no help', () => {
    expect(helpFor(plan({ equipment: [unit('M1')] }, [task('A/1', { M1: 2 })]), 'A')).toBeNull();
  });

  test('where moving tasks is enough nothing else is asked for', () => {
    const of = plan({ equipment: [unit('M1')] }, [
      task('A/1', { M1: 2 }, { due: at(3) }),
      task('B/1', { M1: 4 }, { due: at(9) }),
    ]);
    // B stands first by hand.
    const behind = scheduled({ ...of, pins: [{ task: TaskId.parse('B/1'), start: at(0) }] });
    expect(told(helpFor(of, 'A', behind))).toEqual([
      'sequence: Move A and its neighbours; nothing else has to change',
    ]);
  });

  test('a downtime that ends earlier, by as little as is enough', () => {
    const down = {
      id: 'd' as Downtime['id'],
      equipment: EquipmentId.parse('M1'),
      start: at(0),
      end: at(10),
      reason: 'broken',
      planned: false,
    };
    const of = plan({ equipment: [unit('M1')], downtimes: [down] }, [task('A/1', { M1: 2 }, { due: at(9) })]);
    expect(told(helpFor(of, 'A'))).toEqual([
      'downtime: Have M1 back 4 h earlier',
      'due: Agree a due date 3 h later, Mon 23 Nov 11:00',
    ]);
  });

  test('another order gives way, and it is told whether that one becomes late', () => {
    const of = plan({ equipment: [unit('M1')] }, [
      task('A/1', { M1: 4 }, { due: at(4), weight: 9 }),
      task('B/1', { M1: 2 }, { due: at(5), weight: 1 }),
    ]);
    expect(told(helpFor(of, 'B'))).toContain('postpone: Postpone A: A becomes late');
  });

  test('an earlier release, an earlier lot', () => {
    const of = plan(
      {
        equipment: [unit('M1'), unit('M2')],
        lots: [lot('L', { disposition: 'Planned', availableFrom: at(10) })],
      },
      [
        task('A/1', { M1: 2 }, { release: at(6), due: at(7) }),
        task(
          'B/1',
          { M2: 2 },
          { due: at(7), materials: [{ material: 'm', quantity: 1, lots: [{ lot: 'L', quantity: 1 }] }] },
        ),
      ],
    );
    expect(told(helpFor(of, 'A'))[0]).toBe('release: Release A 1 h earlier');
    expect(told(helpFor(of, 'B'))[0]).toBe('lot: Have lot L 8 h earlier');
  });

  test('one more unit of the same class, overtime at the end of a shift', () => {
    const of = plan(
      {
        calendars: [calendar('day', '06:00', '14:00')],
        equipment: [
          unit('M1', { classes: ['press'], calendar: 'day' }),
          unit('M2', { classes: ['press'] }),
          unit('M3', { classes: ['oven'] }),
        ],
      },
      [task('A/1', { M1: 5 }, { due: at(14) }), task('B/1', { M1: 4 }, { due: at(18) })],
    );
    expect(told(helpFor(of, 'B'))).toEqual(
      expect.arrayContaining([
        'unit: Allow B/1 on M2',
        'overtime: Work 1 h longer on day from Mon 23 Nov 14:00',
      ]),
    );
  });

  test('one more person with the qualification that is missing', () => {
    const need = { people: [{ qualification: 'Q', count: 1, during: 'all' as const, handover: false }] };
    const of = plan(
      {
        equipment: [unit('M1'), unit('M2')],
        people: [person('anna')],
        testSpecs: [spec('Q', 'person')],
        testResults: [passed('Q', 'anna')],
      },
      [
        task('A/1', { M1: 4 }, { ...need, due: at(4), weight: 5 }),
        task('B/1', { M2: 4 }, { ...need, due: at(5) }),
      ],
    );
    expect(told(helpFor(of, 'B'))).toContain('person: Have one more person qualified for Q');
  });

  test('one more instrument of the class that is short', () => {
    const weigh = { instruments: [{ class: 'balance' }] };
    const of = plan({ equipment: [unit('M1'), unit('M2'), instrument('BAL', 'balance')] }, [
      task('A/1', { M1: 4 }, { ...weigh, due: at(4), weight: 5 }),
      task('B/1', { M2: 4 }, { ...weigh, due: at(5) }),
    ]);
    expect(told(helpFor(of, 'B'))).toContain('instrument: Have one more balance');
  });

  test('where nothing else is enough only a later due date is left', () => {
    const of = plan({ equipment: [unit('M1')] }, [task('A/1', { M1: 8 }, { due: at(2) })]);
    const help = helpFor(of, 'A');
    expect(told(help)).toEqual(['due: Agree a due date 6 h later, Mon 23 Nov 07:00']);
    expect(help?.tried).toBeGreaterThan(0);
  });
});

test('every change that is told makes the order on time: the checker accepts the schedule that it gives', () => {
  let seen = 0;
  fc.assert(
    fc.property(shop, (shop) => {
      const of = { ...planOf(shop), pins: [] };
      const schedule = scheduledBy(of, shop.rule);
      for (const order of new Set(of.tasks.map((task) => task.order))) {
        const help = whatHelps(of, schedule, order, { seed: 1, iterations: 15 });
        const kinds = help?.remedies.map(({ kind }) => REMEDY_KINDS.indexOf(kind)) ?? [];
        expect(kinds).toEqual(kinds.toSorted((a, b) => a - b));
        for (const remedy of help?.remedies ?? []) {
          seen += 1;
          const due = Math.max(
            ...remedy.plan.tasks.filter((task) => task.order === order).map((task) => task.due),
          );
          expect(checkSchedule(remedy.plan, remedy.schedule)).toEqual([]);
          expect(remedy.kind === 'due' || endOf(of, remedy.schedule, order) <= due).toBe(true);
        }
      }
    }),
    { numRuns: 12, seed: 20_261_125 },
  );
  expect(seen).toBeGreaterThan(5);
}, 120_000);
