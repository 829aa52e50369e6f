import { describe, expect, test } from 'vitest';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { TaskId } from '#shared/domain/task.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { TaskProgress } from '#shared/domain/execution.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import {
  at,
  calendar,
  hours,
  instrument,
  lot,
  matrix,
  passed,
  person,
  placeOf,
  plan,
  scheduled,
  spec,
  task,
  told,
  unit,
  unplacedOf,
} from './small-plan.ts';

const HOUR = 3600;
const need = (
  qualification: string,
  during: 'setup' | 'run' | 'all' = 'all',
  handover = false,
  count = 1,
) => ({
  people: [{ qualification, count, during, handover }],
});
const after = (before: string, more: { minLag?: number; maxLag?: number; from?: 'start' | 'end' } = {}) => ({
  after: [{ task: before, from: 'end' as const, minLag: 0, ...more }],
});
const M1 = [unit('M1')];
const M12 = [unit('M1'), unit('M2')];

describe('units', () => {
  test('one task at a time, the earlier due date first', () => {
    const schedule = scheduled(
      plan({ equipment: M1 }, [
        task('A/1', { M1: 2 }, { due: at(9) }),
        task('B/1', { M1: 3 }, { due: at(4) }),
      ]),
    );
    expect(told(schedule)).toBe('B/1 M1 0-3 | A/1 M1 3-5');
  });

  test('an alternative is taken where it ends earlier', () => {
    const schedule = scheduled(
      plan({ equipment: M12 }, [
        task('A/1', { M1: 4 }, { due: at(1) }),
        task('B/1', { M1: 2, M2: 5 }, { due: at(9) }),
      ]),
    );
    expect(told(schedule)).toBe('A/1 M1 0-4 | B/1 M2 0-5');
  });

  test('a task that may not pause waits for a window that holds it', () => {
    const schedule = scheduled(
      plan({ calendars: [calendar('day', '06:00', '14:00')], equipment: [unit('M1', { calendar: 'day' })] }, [
        task('A/1', { M1: 5 }, { due: at(20) }),
        task('B/1', { M1: 5 }, { due: at(40) }),
      ]),
    );
    expect(told(schedule)).toBe('A/1 M1 6-11 | B/1 M1 30-35');
  });

  test('a task that may pause goes on the next day, and only open seconds count', () => {
    const schedule = scheduled(
      plan({ calendars: [calendar('day', '06:00', '14:00')], equipment: [unit('M1', { calendar: 'day' })] }, [
        task('A/1', { M1: 12 }, { crossBreak: 'pause' }),
      ]),
    );
    expect(told(schedule)).toBe('A/1 M1 6-34');
  });

  test('downtime is closed, an open one for as long as is assumed', () => {
    const down = (id: string, equipment: string, end?: number): Plan['plant']['downtimes'][number] => ({
      id: id as Plan['plant']['downtimes'][number]['id'],
      equipment: equipment as Plan['plant']['downtimes'][number]['equipment'],
      start: at(0),
      reason: 'broken',
      planned: false,
      ...(end === undefined ? {} : { end }),
    });
    const schedule = scheduled(
      plan({ equipment: M12, downtimes: [down('d1', 'M1', at(3)), down('d2', 'M2')] }, [
        task('A/1', { M1: 1 }),
        task('B/1', { M2: 1 }),
      ]),
    );
    expect(told(schedule)).toBe('A/1 M1 3-4 | B/1 M2 4-5');
  });

  test('a calendar without open time leaves the task out and says so', () => {
    const closed = { ...calendar('never', '06:00', '14:00'), shifts: [] };
    const schedule = scheduled(
      plan({ calendars: [closed], equipment: [unit('M1', { calendar: 'never' })] }, [task('A/1', { M1: 1 })]),
    );
    expect(unplacedOf(schedule, 'A/1')).toMatchObject({ code: 'UNIT_CLOSED', object: 'M1' });
  });
});

describe('setups', () => {
  const press = (setupState?: string) =>
    unit('M1', { setupMatrix: 'X', ...(setupState === undefined ? {} : { setupState }) });
  const setupMatrices = [matrix('X', 600, HOUR, [['red', 'blue', 2 * HOUR]])];

  test('from the family the unit is set up for, then from task to task; no family leaves the state alone', () => {
    const schedule = scheduled(
      plan({ equipment: [press('red')], setupMatrices }, [
        task('A/1', { M1: 1 }, { family: 'red', due: at(2) }),
        task('B/1', { M1: 1 }, { due: at(3) }),
        task('C/1', { M1: 1 }, { family: 'blue', due: at(4) }),
      ]),
    );
    expect(schedule.assignments.map((a) => [a.task, a.setup])).toEqual([
      ['A/1', 600],
      ['B/1', 0],
      ['C/1', 2 * HOUR],
    ]);
    expect(hours(placeOf(schedule, 'C/1').end)).toBe(5.17);
  });

  test('an unknown state takes the standard setup', () => {
    const schedule = scheduled(
      plan({ equipment: [press()], setupMatrices }, [task('A/1', { M1: 1 }, { family: 'red' })]),
    );
    expect(placeOf(schedule, 'A/1').setup).toBe(HOUR);
  });

  test('the setup begins before the predecessor has finished, the run does not', () => {
    const schedule = scheduled(
      plan({ equipment: [press('blue'), unit('M2')], setupMatrices }, [
        task('A/1', { M2: 5 }),
        task('A/2', { M1: 1 }, { family: 'red', ...after('A/1') }),
      ]),
    );
    const { start, runStart, end } = placeOf(schedule, 'A/2');
    expect([start, runStart, end].map(hours)).toEqual([4, 5, 6]);
  });

  test('families are kept together where due dates leave room', () => {
    const tasks = ['red', 'blue', 'red', 'blue', 'red', 'blue'].map((family, k) =>
      task(`O${k}/1`, { M1: 2 }, { family, due: at(60 + k) }),
    );
    const schedule = scheduled(plan({ equipment: [press('red')], setupMatrices }, tasks), 5);
    const setup = schedule.assignments.reduce((sum, a) => sum + a.setup, 0);
    expect(setup).toBe(2 * HOUR + 5 * 600);
  });
});

describe('people', () => {
  const shifts = [calendar('early', '06:00', '14:00'), calendar('late', '14:00', '22:00')];
  const anna = person('anna', 'early');
  const ben = person('ben', 'late');

  test('somebody qualified, present and free; each in one place at a time', () => {
    const schedule = scheduled(
      plan({ calendars: shifts, equipment: M12, people: [anna, ben], testResults: [passed('Q', 'anna')] }, [
        task('A/1', { M1: 2 }, { ...need('Q'), due: at(1) }),
        task('B/1', { M2: 2 }, { ...need('Q'), due: at(2) }),
      ]),
    );
    expect(told(schedule)).toBe('A/1 M1 6-8 | B/1 M2 8-10');
    expect(placeOf(schedule, 'B/1').people).toEqual([{ person: 'anna', need: 0, start: at(8), end: at(10) }]);
  });

  test('a qualification must expire after the end', () => {
    const make = (until: number) =>
      scheduled(
        plan({ equipment: M1, people: [person('carl')], testResults: [passed('Q', 'carl', until)] }, [
          task('A/1', { M1: 2 }, need('Q')),
        ]),
      );
    expect(make(at(2)).assignments).toEqual([]);
    expect(told(make(at(2) + 1))).toBe('A/1 M1 0-2');
  });

  test('a failed repetition ends a qualification', () => {
    const failed = { ...passed('Q', 'carl', undefined, at(1)), passed: false };
    const schedule = scheduled(
      plan({ equipment: M1, people: [person('carl')], testResults: [passed('Q', 'carl'), failed] }, [
        task('A/1', { M1: 1 }, { ...need('Q'), release: at(1) }),
      ]),
    );
    expect(unplacedOf(schedule, 'A/1').code).toBe('NO_PERSON_FREE');
  });

  test('nobody qualified at all is said in so many words', () => {
    const schedule = scheduled(
      plan({ equipment: M1, people: [anna], testSpecs: [spec('Q', 'person')] }, [
        task('A/1', { M1: 2 }, need('Q')),
      ]),
    );
    expect(unplacedOf(schedule, 'A/1')).toMatchObject({ code: 'QUAL_MISSING', object: 'Q' });
    expect(unplacedOf(schedule, 'A/1').text).toContain('nobody is qualified for Q');
  });

  test('without handover the task waits for a shift that holds it; with handover colleagues relieve each other', () => {
    const make = (handover: boolean) =>
      scheduled(
        plan(
          {
            calendars: shifts,
            equipment: M1,
            people: [anna, ben],
            testResults: [passed('Q', 'anna'), passed('Q', 'ben')],
          },
          [task('A/1', { M1: 6 }, { ...need('Q', 'all', handover), release: at(10) })],
        ),
      );
    expect(told(make(false))).toBe('A/1 M1 14-20');
    expect(told(make(true))).toBe('A/1 M1 10-16');
    expect(placeOf(make(true), 'A/1').people.map((stint) => [stint.person, hours(stint.start)])).toEqual([
      ['anna', 10],
      ['ben', 14],
    ]);
  });

  test('two people at once, and an empty setup needs nobody', () => {
    const schedule = scheduled(
      plan(
        {
          equipment: M1,
          people: [person('carl'), person('dora')],
          testResults: [passed('Q', 'carl'), passed('Q', 'dora')],
        },
        [task('A/1', { M1: 2 }, need('Q', 'all', false, 2)), task('B/1', { M1: 1 }, need('none', 'setup'))],
      ),
    );
    expect(placeOf(schedule, 'A/1').people.map((stint) => stint.person)).toEqual(['carl', 'dora']);
    expect(placeOf(schedule, 'B/1').people).toEqual([]);
  });

  test('while a pausing task rests overnight its person need not be in shift, but belongs to it', () => {
    const schedule = scheduled(
      plan(
        {
          calendars: shifts,
          equipment: [unit('M1', { calendar: 'early' }), unit('M2')],
          people: [anna],
          testResults: [passed('Q', 'anna')],
        },
        [
          task('A/1', { M1: 12 }, { crossBreak: 'pause', due: at(30), ...need('Q') }),
          task('B/1', { M2: 1 }, { due: at(60), ...need('Q') }),
        ],
      ),
    );
    expect(told(schedule)).toBe('A/1 M1 6-34 | B/1 M2 34-35');
  });
});

describe('instruments', () => {
  const balances = [instrument('BAL-1', 'balance', ['cal']), instrument('BAL-2', 'balance', ['cal'])];
  const weigh = { instruments: [{ class: 'balance' }] };

  test('one task at a time, valid beyond its end', () => {
    const schedule = scheduled(
      plan(
        {
          equipment: [...M12, ...balances],
          testResults: [passed('cal', 'BAL-1', at(3)), passed('cal', 'BAL-2', at(100))],
        },
        [
          task('A/1', { M1: 2 }, { ...weigh, due: at(1) }),
          task('B/1', { M2: 4 }, { ...weigh, due: at(2) }),
          task('C/1', { M1: 2 }, { ...weigh, due: at(3) }),
        ],
      ),
    );
    expect(schedule.assignments.map((a) => [a.task, hours(a.start), a.instruments])).toEqual([
      ['A/1', 0, ['BAL-1']],
      ['B/1', 0, ['BAL-2']],
      ['C/1', 4, ['BAL-2']],
    ]);
  });

  test('an expired calibration is named with its date', () => {
    const schedule = scheduled(
      plan({ equipment: [...M1, ...balances.slice(1)], testResults: [passed('cal', 'BAL-2', at(16))] }, [
        task('A/1', { M1: 2 }, { ...weigh, release: at(15) }),
      ]),
    );
    expect(unplacedOf(schedule, 'A/1')).toMatchObject({ code: 'CAL_EXPIRED', object: 'BAL-2' });
    expect(unplacedOf(schedule, 'A/1').text).toContain('BAL-2 is calibrated until Mon 23 Nov');
  });

  test('a renewal comes first, takes the instrument, and carries the tasks after it', () => {
    const schedule = scheduled(
      plan(
        {
          equipment: [...M1, unit('bench'), ...balances.slice(1)],
          testResults: [passed('cal', 'BAL-2', at(10))],
        },
        [
          task('A/1', { M1: 2 }, { ...weigh, release: at(9), due: at(11) }),
          task(
            'CAL/1',
            { bench: 1 },
            {
              release: at(8),
              due: at(10),
              renews: { equipment: 'BAL-2', test: 'cal', validFor: 30 * 24 * HOUR },
            },
          ),
        ],
      ),
    );
    expect(told(schedule)).toBe('CAL/1 bench 8-9 | A/1 M1 9-11');
    expect(placeOf(schedule, 'CAL/1').instruments).toEqual(['BAL-2']);
  });
});

describe('relations', () => {
  test('minimum lags after the end and after the start', () => {
    const schedule = scheduled(
      plan({ equipment: [...M12, unit('M3')] }, [
        task('A/1', { M1: 2 }),
        task('A/2', { M2: 1 }, after('A/1', { minLag: HOUR })),
        task('A/3', { M3: 1 }, after('A/1', { from: 'start', minLag: HOUR })),
      ]),
    );
    expect(told(schedule)).toBe('A/1 M1 0-2 | A/3 M3 1-2 | A/2 M2 3-4');
  });

  test('where the successor would miss its hold time the predecessor waits', () => {
    const schedule = scheduled(
      plan({ equipment: M12 }, [
        task('B/1', { M2: 10 }, { due: at(1) }),
        task('A/1', { M1: 2 }, { release: at(1) }),
        task('A/2', { M2: 1 }, after('A/1', { maxLag: HOUR })),
      ]),
    );
    expect(told(schedule)).toBe('B/1 M2 0-10 | A/1 M1 7-9 | A/2 M2 10-11');
  });

  test('a chain of hold times that never fits is left out as a whole', () => {
    const schedule = scheduled(
      plan(
        {
          calendars: [calendar('early', '06:00', '08:00'), calendar('late', '20:00', '22:00')],
          equipment: [unit('M1', { calendar: 'early' }), unit('M2', { calendar: 'late' })],
        },
        [task('A/1', { M1: 1 }), task('A/2', { M2: 1 }, after('A/1', { maxLag: HOUR }))],
      ),
    );
    expect(schedule.assignments).toEqual([]);
    expect(schedule.unplaced.map((one) => one.task).sort()).toEqual(['A/1', 'A/2']);
  });

  test('what comes after an unplaced task is unplaced and says why', () => {
    const schedule = scheduled(
      plan({ equipment: M1 }, [task('A/1', { nowhere: 1 }), task('A/2', { M1: 1 }, after('A/1'))]),
    );
    expect(unplacedOf(schedule, 'A/1').code).toBe('WRONG_UNIT');
    expect(unplacedOf(schedule, 'A/2')).toMatchObject({ code: 'PREDECESSOR_NOT_FINISHED', object: 'A/1' });
  });
});

describe('bounds', () => {
  test('release, lots that come late, and now', () => {
    const peg = (id: string) => ({
      materials: [{ material: 'm', quantity: 1, lots: [{ lot: id, quantity: 1 }] }],
    });
    const schedule = scheduled(
      plan(
        {
          equipment: [...M12, unit('M3')],
          lots: [lot('L', { disposition: 'Planned', availableFrom: at(7) })],
        },
        [
          task('A/1', { M1: 1 }, { release: at(5) }),
          task('B/1', { M2: 1 }, peg('L')),
          task('C/1', { M3: 1 }),
        ],
        { now: at(3) },
      ),
    );
    expect(told(schedule)).toBe('C/1 M3 3-4 | A/1 M1 5-6 | B/1 M2 7-8');
  });

  test('a lot on hold without a date, and too little of a lot', () => {
    const peg = (id: string, quantity: number) => ({
      materials: [{ material: 'm', quantity, lots: [{ lot: id, quantity }] }],
    });
    const schedule = scheduled(
      plan({ equipment: M1, lots: [lot('H', { disposition: 'Restricted' }), lot('S', { quantity: 5 })] }, [
        task('A/1', { M1: 1 }, peg('H', 1)),
        task('B/1', { M1: 1 }, peg('S', 6)),
      ]),
    );
    expect(unplacedOf(schedule, 'A/1')).toMatchObject({ code: 'LOT_NOT_RELEASED', object: 'H' });
    expect(unplacedOf(schedule, 'B/1')).toMatchObject({ code: 'MATERIAL_MISSING', object: 'S' });
  });

  test('a maintenance window goes before production that is due earlier', () => {
    const schedule = scheduled(
      plan({ equipment: M1 }, [
        task('A/1', { M1: 6 }, { due: at(1) }),
        task('PM/1', { M1: 2 }, { release: at(2), due: at(6), deadline: at(6), domain: 'maintenance' }),
      ]),
    );
    expect(told(schedule)).toBe('PM/1 M1 2-4 | A/1 M1 4-10');
  });

  test('a deadline that cannot be kept is refused by name', () => {
    const schedule = scheduled(
      plan({ equipment: M1 }, [task('A/1', { M1: 6 }, { release: at(2), deadline: at(6) })]),
    );
    expect(unplacedOf(schedule, 'A/1').code).toBe('AFTER_DEADLINE');
  });
});

describe('given places', () => {
  const running = (id: string, since: number) =>
    TaskProgress.parse({
      task: id,
      unit: 'M1',
      state: { kind: 'running', since },
      actualStart: since,
      actualRunStart: since,
      worked: 0,
      good: 0,
      scrap: 0,
      rework: 0,
    });

  test('a started task stays, and others wait for its expected end', () => {
    const schedule = scheduled(
      plan({ equipment: M1 }, [task('A/1', { M1: 4 }), task('B/1', { M1: 1 }, { due: at(1) })], {
        now: at(1),
        progress: [running('A/1', at(0))],
      }),
    );
    expect(hours(placeOf(schedule, 'A/1').start)).toBe(0);
    expect(placeOf(schedule, 'B/1').start).toBeGreaterThanOrEqual(placeOf(schedule, 'A/1').end);
  });

  const pin = (id: string, start: number) => [{ task: task(id, { M1: 1 }).id, start }];

  test('a pinned start is exact, and others go around it', () => {
    const schedule = scheduled(
      plan({ equipment: M1 }, [task('A/1', { M1: 2 }), task('B/1', { M1: 2 }, { due: at(1) })], {
        pins: pin('A/1', at(1)),
      }),
    );
    expect(told(schedule)).toBe('A/1 M1 1-3 | B/1 M1 3-5');
  });

  test('a pinned unit is the only one', () => {
    const tasks = [task('A/1', { M1: 1, M2: 5 })];
    const schedule = scheduled(
      plan({ equipment: M12 }, tasks, {
        pins: [{ task: TaskId.parse('A/1'), unit: EquipmentId.parse('M2') }],
      }),
    );
    expect(told(schedule)).toBe('A/1 M2 0-5');
  });

  test('what a pinned task waits for is done in time', () => {
    const schedule = scheduled(
      plan(
        { equipment: M12 },
        [
          task('X/1', { M1: 5 }, { due: at(1) }),
          task('A/1', { M1: 2 }),
          task('A/2', { M2: 1 }, after('A/1')),
        ],
        { pins: pin('A/2', at(3)) },
      ),
    );
    expect(told(schedule)).toBe('A/1 M1 0-2 | X/1 M1 2-7 | A/2 M2 3-4');
  });

  test('a pin does not keep other families from its unit', () => {
    const press = unit('M1', { setupMatrix: 'X', setupState: 'red' });
    const setupMatrices = [matrix('X', 600, HOUR, [['red', 'blue', 2 * HOUR]])];
    const schedule = scheduled(
      plan(
        { equipment: [press], setupMatrices },
        [
          task('P/1', { M1: 2 }, { family: 'blue' }),
          task('A/1', { M1: 3 }, { family: 'green', due: at(5) }),
          task('B/1', { M1: 3 }, { family: 'blue', due: at(9) }),
        ],
        { pins: pin('P/1', at(12)) },
      ),
    );
    expect(schedule.unplaced).toEqual([]);
    expect(hours(placeOf(schedule, 'P/1').start)).toBe(12);
    expect(placeOf(schedule, 'P/1').setup).toBe(600);
    expect(placeOf(schedule, 'B/1').end).toBeLessThanOrEqual(at(12));
  });

  test('a pin that cannot be kept says what stands in the way', () => {
    const schedule = scheduled(
      plan(
        { calendars: [calendar('day', '06:00', '14:00')], equipment: [unit('M1', { calendar: 'day' })] },
        [task('A/1', { M1: 2 })],
        { pins: pin('A/1', at(20)) },
      ),
    );
    expect(unplacedOf(schedule, 'A/1').text).toMatch(/^pinned at Mon 23 Nov 20:00, where it cannot stand/);
  });

  test('a commitment stays with its person while it is feasible', () => {
    const tasks = [task('A/1', { M1: 2 }, need('Q')), task('B/1', { M1: 2 }, { due: at(1), ...need('Q') })];
    const frozen: Assignment = {
      task: TaskId.parse('A/1'),
      unit: EquipmentId.parse('M1'),
      start: at(3),
      runStart: at(3),
      end: at(5),
      setup: 0,
      people: [{ person: person('dora').id, need: 0, start: at(3), end: at(5) }],
      instruments: [],
    };
    const schedule = scheduled(
      plan(
        {
          equipment: M1,
          people: [person('carl'), person('dora')],
          testResults: [passed('Q', 'carl'), passed('Q', 'dora')],
        },
        tasks,
        { frozen: [frozen] },
      ),
    );
    expect(told(schedule)).toBe('B/1 M1 0-2 | A/1 M1 3-5');
    expect(placeOf(schedule, 'A/1').people[0]?.person).toBe('dora');
  });
});

test('the same plan, seed and iterations give the same schedule', () => {
  const tasks = Array.from({ length: 30 }, (_, k) =>
    task(`O${k}/1`, { M1: 1 + (k % 5), M2: 2 }, { due: at(5 + ((k * 7) % 30)), weight: 1 + (k % 3) }),
  );
  const make = () => scheduled(plan({ equipment: M12 }, tasks), 20);
  expect(make()).toEqual(make());
});
