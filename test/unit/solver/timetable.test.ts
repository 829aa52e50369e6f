import { describe, expect, test } from 'vitest';
import { EquipmentId } from '#shared/domain/equipment.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { TaskProgress } from '#shared/domain/execution.ts';
import { TaskId } from '#shared/domain/task.ts';
import type { Verdict } from '#shared/domain/verdict.ts';
import { type How, openTimetable, type Timetable } from '#solver/repair/timetable.ts';
import {
  at,
  calendar,
  hours,
  instrument,
  lot,
  matrix,
  passed,
  person,
  plan,
  scheduled,
  scheduledBy,
  task,
  told,
  unit,
} from './small-plan.ts';

const HOUR = 3600;
const M12 = [unit('M1'), unit('M2')];
const open = (of: Plan): Timetable => openTimetable(of, scheduled(of));
const tryMove = (table: Timetable, id: string, on: string, start: number): Verdict =>
  table.tryMove(TaskId.parse(id), EquipmentId.parse(on), at(start));
const moved = (table: Timetable, id: string, on: string, start: number): string => {
  const result = table.move(TaskId.parse(id), EquipmentId.parse(on), at(start));
  return result.ok ? told(result.schedule) : result.refusal.text;
};
const refusal = (table: Timetable, id: string, on: string, start: number) => {
  const verdict = tryMove(table, id, on, start);
  if (verdict.ok) throw new Error(`${id} may go to ${on}, ${start}.`);
  return { ...verdict.refusal, nearest: verdict.nearest && hours(verdict.nearest.start) };
};
const after = (before: string, more: { minLag?: number; maxLag?: number } = {}) => ({
  after: [{ task: before, from: 'end' as const, minLag: 0, ...more }],
});
const need = (qualification: string) => ({
  people: [{ qualification, count: 1, during: 'all' as const, handover: false }],
});

describe('[S6] affected operations rescheduling', () => {
  /** Terms sheet: M1 A1 [0,4), B1 [4,8); M2 A2 [5,8), C2 [8,10), B2 [10,13). */
  const shop = plan({ equipment: M12 }, [
    task('A/1', { M1: 4 }, { due: at(1) }),
    task('A/2', { M2: 3 }, { ...after('A/1'), release: at(5), due: at(1) }),
    task('B/1', { M1: 4 }, { due: at(2) }),
    task('C/2', { M2: 2 }, { release: at(8), due: at(2) }),
    task('B/2', { M2: 3 }, { ...after('B/1'), release: at(10), due: at(2) }),
  ]);

  test('only what is pushed moves, each by the smallest amount, sequences kept', () => {
    const table = open(shop);
    expect(moved(table, 'A/1', 'M1', 3)).toBe(
      'A/1 M1 3-7 | A/2 M2 7-10 | B/1 M1 7-11 | C/2 M2 10-12 | B/2 M2 12-15',
    );
    expect(tryMove(table, 'A/1', 'M1', 3)).toEqual({
      ok: true,
      start: at(3),
      end: at(7),
      setup: 0,
      setupChange: 0,
      moves: 4,
      late: 2 * HOUR,
      lateOrders: 0,
    });
  });

  test('a question changes nothing, a move returns a new schedule', () => {
    const table = open(shop);
    const schedule = scheduled(shop);
    tryMove(table, 'A/1', 'M1', 3);
    table.move(TaskId.parse('A/1'), EquipmentId.parse('M1'), at(3));
    expect(moved(table, 'A/1', 'M1', 0)).toBe(told(schedule));
  });
});

describe('what a drop asks of others', () => {
  test('a drop between two tasks pushes the later one, and its successor', () => {
    const table = open(
      plan({ equipment: M12 }, [
        task('A/1', { M1: 2 }, { due: at(1) }),
        task('B/1', { M1: 2 }, { release: at(2), due: at(2) }),
        task('B/2', { M2: 1 }, after('B/1')),
        task('C/1', { M1: 1, M2: 1 }, { release: at(9) }),
      ]),
    );
    expect(refusal(table, 'C/1', 'M1', 2)).toMatchObject({ code: 'BEFORE_RELEASE', nearest: 9 });
    expect(moved(table, 'A/1', 'M1', 3)).toBe('A/1 M1 3-5 | B/1 M1 5-7 | B/2 M2 7-8 | C/1 M1 9-10');
  });

  test('what is in the way takes a gap on another unit that can run it, and its neighbours stay', () => {
    const shop = plan({ equipment: M12 }, [
      task('A/1', { M1: 4, M2: 4 }, { due: at(4) }),
      task('B/1', { M1: 4 }, { due: at(8) }),
      task('C/1', { M1: 4, M2: 4 }, { due: at(12) }),
      task('D/1', { M2: 4 }, { due: at(20), release: at(12) }),
    ]);
    const table = open(shop);
    expect(told(scheduled(shop))).toBe('A/1 M1 0-4 | C/1 M2 0-4 | B/1 M1 4-8 | D/1 M2 12-16');
    expect(tryMove(table, 'B/1', 'M1', 2)).toMatchObject({ ok: true, moves: 1, lateOrders: 1 });
    expect(moved(table, 'B/1', 'M1', 2)).toBe('C/1 M2 0-4 | B/1 M1 2-6 | A/1 M2 4-8 | D/1 M2 12-16');
  });

  test('two tasks change places: what is in the way takes what the drop left free', () => {
    const shop = plan({ equipment: M12 }, [
      task('A/1', { M1: 2 }, { due: at(1) }),
      task('B/1', { M1: 2 }, { due: at(4) }),
      task('C/1', { M1: 2 }, { due: at(6) }),
    ]);
    expect(moved(open(shop), 'A/1', 'M1', 2)).toBe('B/1 M1 0-2 | A/1 M1 2-4 | C/1 M1 4-6');
  });

  test('a task tied by its hold time goes to a later gap together with what it waits for', () => {
    const shop = plan({ equipment: M12 }, [
      task('A/1', { M1: 2 }, { due: at(9) }),
      task('A/2', { M2: 2 }, { ...after('A/1', { maxLag: HOUR }), due: at(9) }),
      task('B/1', { M2: 1 }, { release: at(4), due: at(5) }),
      task('C/1', { M2: 1 }, { release: at(5), due: at(6) }),
      task('D/1', { M2: 1 }, { due: at(30) }),
    ]);
    // Pushing would make B and C late; together A ends at 9 and nobody is.
    expect(moved(open(shop), 'D/1', 'M2', 2)).toBe(
      'D/1 M2 2-3 | A/1 M1 3-5 | B/1 M2 4-5 | C/1 M2 5-6 | A/2 M2 6-8',
    );
  });

  test('setups around both places are recounted', () => {
    const table = open(
      plan(
        {
          equipment: [unit('M1', { setupMatrix: 'X', setupState: 'red' })],
          setupMatrices: [matrix('X', 0, HOUR)],
        },
        [
          task('A/1', { M1: 1 }, { family: 'red', due: at(1) }),
          task('B/1', { M1: 1 }, { family: 'blue', due: at(3), weight: 100 }),
          task('C/1', { M1: 1 }, { family: 'red', due: at(3) }),
        ],
      ),
    );
    // Before: A 0-1, B 1-3, C 3-5. Afterwards both reds stand together.
    expect(moved(table, 'B/1', 'M1', 5)).toBe('A/1 M1 0-1 | C/1 M1 4-5 | B/1 M1 5-7');
  });

  test('a person or an instrument that it takes makes others wait', () => {
    const table = open(
      plan(
        {
          equipment: [...M12, instrument('BAL', 'balance')],
          people: [person('anna')],
          testResults: [passed('Q', 'anna')],
        },
        [
          task('A/1', { M1: 2 }, { ...need('Q'), due: at(1) }),
          task('B/1', { M2: 2 }, { ...need('Q'), release: at(2), due: at(2) }),
          task('C/1', { M1: 1 }, { instruments: [{ class: 'balance' }], release: at(10), due: at(3) }),
          task('D/1', { M2: 1 }, { instruments: [{ class: 'balance' }], release: at(11), due: at(4) }),
        ],
      ),
    );
    expect(moved(table, 'A/1', 'M1', 3)).toContain('A/1 M1 3-5 | B/1 M2 5-7');
    expect(moved(table, 'C/1', 'M1', 11)).toContain('C/1 M1 11-12 | D/1 M2 12-13');
  });

  test('a task without a place can be put on the board', () => {
    const of = plan({ equipment: M12 }, [task('A/1', { M1: 2 }), task('B/1', { M1: 2 }, { due: at(1) })]);
    const full = scheduled(of);
    const table = openTimetable(of, {
      assignments: full.assignments.filter((one) => one.task === 'B/1'),
      unplaced: [{ task: TaskId.parse('A/1'), code: 'UNIT_CLOSED', object: 'M1', text: 'no room' }],
    });
    const result = table.move(TaskId.parse('A/1'), EquipmentId.parse('M1'), at(1));
    expect(result.ok && told(result.schedule)).toBe('A/1 M1 1-3 | B/1 M1 3-5');
    expect(result.ok && result.schedule.unplaced).toEqual([]);
  });

  test('a pushed task that its hold time ties takes its predecessor with it', () => {
    const table = open(
      plan({ equipment: M12 }, [
        task('A/1', { M1: 2 }, { due: at(1) }),
        task('A/2', { M2: 2 }, { ...after('A/1', { maxLag: HOUR }), due: at(1) }),
        task('B/1', { M2: 4 }, { due: at(9) }),
      ]),
    );
    expect(moved(table, 'B/1', 'M2', 1)).toBe('B/1 M2 1-5 | A/1 M1 2-4 | A/2 M2 5-7');
  });
});

describe('what a drop is refused for', () => {
  const day = calendar('day', '06:00', '14:00');
  const shop = plan(
    {
      calendars: [day],
      equipment: [
        unit('M1', { calendar: 'day' }),
        unit('M2', { tests: ['cal'] }),
        unit('M3'),
        instrument('BAL', 'balance', ['cal']),
      ],
      people: [person('anna', 'day')],
      testResults: [passed('Q', 'anna', at(30)), passed('cal', 'BAL', at(20)), passed('cal', 'M2', at(20))],
      lots: [lot('L', { disposition: 'Planned', availableFrom: at(5), expires: at(24 * 5) })],
    },
    [
      task('A/1', { M1: 2, M2: 2 }),
      task('A/2', { M3: 2 }, after('A/1', { maxLag: 4 * HOUR })),
      task('P/1', { M3: 1 }, need('Q')),
      task('W/1', { M3: 1 }, { instruments: [{ class: 'balance' }] }),
      task(
        'L/1',
        { M3: 1 },
        {
          materials: [{ material: 'm', quantity: 1, lots: [{ lot: 'L', quantity: 1 }] }],
        },
      ),
      task('D/1', { M3: 1 }, { deadline: at(40) }),
    ],
    { now: at(1) },
  );
  const table = open(shop);

  test.each([
    ['A/1', 'M3', 10, { code: 'WRONG_UNIT', nearest: null }],
    ['A/1', 'M1', 13, { code: 'UNIT_CLOSED', nearest: 30 }],
    ['A/1', 'M2', 0.5, { code: 'OUTSIDE_HORIZON', nearest: 1 }],
    ['A/1', 'M2', 18.5, { code: 'CAL_EXPIRED', object: 'M2' }],
    ['A/2', 'M3', 1, { code: 'PREDECESSOR_NOT_FINISHED', object: 'A/1' }],
    ['A/2', 'M3', 20, { code: 'HOLD_TIME_EXCEEDED' }],
    ['P/1', 'M3', 15, { code: 'NO_PERSON_FREE', object: 'Q' }],
    ['W/1', 'M3', 21, { code: 'CAL_EXPIRED', object: 'BAL' }],
    ['L/1', 'M3', 4, { code: 'LOT_NOT_RELEASED', object: 'L' }],
    ['L/1', 'M3', 24 * 5, { code: 'LOT_EXPIRED' }],
    ['D/1', 'M3', 39.5, { code: 'AFTER_DEADLINE' }],
    ['D/1', 'M3', 24 * 14, { code: 'UNIT_CLOSED' }],
    ['X/9', 'M3', 10, { code: 'WRONG_UNIT', object: 'X/9' }],
  ])('%s on %s at %d', (id, on, start, expected) => {
    expect(refusal(table, id, on, start)).toMatchObject(expected);
  });

  test('the nearest slot that a refusal names is accepted', () => {
    const { nearest } = refusal(table, 'P/1', 'M3', 3);
    expect(nearest).toBe(6);
    expect(tryMove(table, 'P/1', 'M3', 6).ok).toBe(true);
  });
});

test('a started or pinned task is never pushed', () => {
  const tasks = [
    task('A/1', { M1: 4 }),
    task('B/1', { M1: 2 }, { release: at(6) }),
    task('C/1', { M1: 2, M2: 2 }),
  ];
  const of = plan({ equipment: M12 }, tasks, {
    now: at(1),
    pins: [{ task: TaskId.parse('B/1'), start: at(6), unit: EquipmentId.parse('M1') }],
    progress: [
      TaskProgress.parse({
        task: 'A/1',
        unit: 'M1',
        state: { kind: 'running', since: at(0) },
        actualStart: at(0),
        actualRunStart: at(0),
        worked: 3600,
        good: 0,
        scrap: 0,
        rework: 0,
      }),
    ],
  });
  const table = open(of);
  expect(refusal(table, 'A/1', 'M1', 5).code).toBe('TASK_STARTED');
  expect(refusal(table, 'C/1', 'M1', 2)).toMatchObject({ code: 'UNIT_BUSY', object: 'A/1' });
  expect(refusal(table, 'C/1', 'M1', 5)).toMatchObject({ code: 'UNIT_BUSY', object: 'B/1', nearest: 8 });
  // The planner's own hand may move what is pinned, also to another start.
  expect(tryMove(table, 'B/1', 'M1', 9).ok).toBe(true);
});

describe('reasons', () => {
  const shop = plan(
    {
      calendars: [calendar('day', '06:00', '22:00')],
      equipment: [unit('M1', { calendar: 'day' }), unit('M2'), unit('M3')],
      people: [person('anna')],
      testResults: [passed('Q', 'anna')],
    },
    [
      task('A/1', { M1: 2 }, { due: at(1) }),
      task('A/2', { M2: 2 }, { ...after('A/1'), due: at(3) }),
      task('B/1', { M2: 2 }, { ...after('A/1'), due: at(4), ...need('Q') }),
      task('C/1', { M3: 1 }, { release: at(3) }),
      task('D/1', { M3: 1 }, { release: at(10.5), due: at(30), ...need('Q') }),
      task('E/1', { M3: 4 }, { due: at(40) }),
    ],
  );
  const table = openTimetable(shop, scheduledBy(shop, 0)); // by due date
  const why = (id: string): string => table.whyHere(TaskId.parse(id)).text;

  test('why here names the binding constraint', () => {
    expect(why('A/1')).toBe('M1 opens Mon 23 Nov 06:00.');
    expect(why('A/2')).toBe('A/1 has to come first; after it the run may start Mon 23 Nov 08:00.');
    expect(why('B/1')).toBe('A/2 is on the unit until Mon 23 Nov 10:00.');
    expect(why('C/1')).toMatch(/^It is released Mon 23 Nov 03:00|^E\/1 is on the unit/);
    expect(why('D/1')).toBe('Nobody qualified for Q is free before Mon 23 Nov 12:00.');
  });

  test('why late goes on with who holds the person or the instrument', () => {
    const of = plan(
      {
        equipment: [unit('M1'), unit('M2'), unit('M3'), instrument('BAL', 'balance')],
        people: [person('anna')],
        testResults: [passed('Q', 'anna')],
      },
      [
        task('A/1', { M1: 3 }, { due: at(1), ...need('Q') }),
        task('B/1', { M2: 2 }, { due: at(2), ...need('Q'), instruments: [{ class: 'balance' }] }),
        task('C/1', { M3: 1 }, { due: at(4), instruments: [{ class: 'balance' }], release: at(3.5) }),
      ],
    );
    const late = open(of).whyLate(TaskId.parse('C/1'));
    expect(late.map(({ task, text }) => `${task}: ${text}`)).toEqual([
      'C/1: No balance is free and valid before Mon 23 Nov 04:00; B/1 has it until then.',
      'B/1: Nobody qualified for Q is free before Mon 23 Nov 02:00; A/1 has it until then.',
      'A/1: It cannot start in the past.',
    ]);
    expect(late.map(({ tasks }) => tasks)).toEqual([['B/1'], ['A/1'], []]);
  });

  test('why late tells the chain back from the order’s last task', () => {
    const chain = table.whyLate(TaskId.parse('B/1'));
    expect(chain.map(({ task, text }) => `${task}: ${text}`)).toEqual([
      'B/1: A/2 is on the unit until Mon 23 Nov 10:00.',
      'A/2: A/1 has to come first; after it the run may start Mon 23 Nov 08:00.',
      'A/1: M1 opens Mon 23 Nov 06:00.',
    ]);
    expect(chain.map(({ start, end }) => (end - start) / HOUR)).toEqual([2, 2, 2]);
    expect(chain.map(({ tasks }) => tasks)).toEqual([['A/2'], ['A/1'], []]);
  });
});

describe('[U4] how it is put down', () => {
  const shop = plan({ equipment: M12 }, [
    task('A/1', { M1: 2, M2: 2 }, { due: at(2) }),
    task('B/1', { M1: 2 }, { due: at(4) }),
    task('C/1', { M1: 2 }, { due: at(20), release: at(7) }),
    task('D/1', { M2: 2 }, { due: at(20), release: at(2) }),
    task('D/2', { M2: 1 }, { ...after('D/1'), due: at(20) }),
  ]);
  const id = (name: string) => TaskId.parse(name);
  const put = (name: string, on: string, start: number, how: How) => {
    const result = open(shop).move(id(name), EquipmentId.parse(on), at(start), how);
    return result.ok
      ? told(result.schedule)
      : `${result.refusal.code} ${result.refusal.object}, nearest ${result.nearest ? hours(result.nearest.start) : 'none'}`;
  };
  const before = 'A/1 M1 0-2 | B/1 M1 2-4 | D/1 M2 2-4 | D/2 M2 4-5 | C/1 M1 7-9';

  test('exactly here moves nothing else: what is in the way refuses it, with the first slot that is free', () => {
    expect(told(scheduled(shop))).toBe(before);
    expect(put('A/1', 'M1', 3, { mode: 'exact' })).toBe('UNIT_BUSY B/1, nearest 4');
    expect(put('A/1', 'M1', 4.5, { mode: 'exact' })).toBe(
      'B/1 M1 2-4 | D/1 M2 2-4 | D/2 M2 4-5 | A/1 M1 4.5-6.5 | C/1 M1 7-9',
    );
    expect(put('D/1', 'M2', 3, { mode: 'exact' })).toMatch(/^(SUCCESSOR_TOO_EARLY|UNIT_BUSY) D\/2/);
  });

  test('the first slot from there on is taken, however late, and nothing else moves', () => {
    expect(put('A/1', 'M1', 1, { mode: 'first' })).toBe(
      'B/1 M1 2-4 | D/1 M2 2-4 | A/1 M1 4-6 | D/2 M2 4-5 | C/1 M1 7-9',
    );
    expect(put('A/1', 'M2', 0, { mode: 'first' })).toContain('A/1 M2 0-2');
    expect(put('A/1', 'M1', 6, { mode: 'first' })).toContain('A/1 M1 9-11');
  });

  test('several keep their distance; those on the same unit go along to the other one', () => {
    expect(put('D/1', 'M2', 5, { others: [id('D/2'), id('B/1')] })).toBe(
      'A/1 M1 0-2 | B/1 M1 5-7 | D/1 M2 5-7 | C/1 M1 7-9 | D/2 M2 7-8',
    );
    expect(put('D/1', 'M2', 1, { others: [id('D/2')], mode: 'exact' })).toBe('BEFORE_RELEASE D/1, nearest 2');
    expect(put('A/1', 'M2', 5, { others: [id('B/1')] })).toBe('WRONG_UNIT M2, nearest none');
  });

  test('what is taken off the board leaves its place, and the setup behind it is what it has to be then', () => {
    const families = plan(
      { equipment: [unit('M1', { setupMatrix: 'S' })], setupMatrices: [matrix('S', 0, HOUR)] },
      [
        task('A/1', { M1: 2 }, { family: 'a', due: at(2) }),
        task('B/1', { M1: 2 }, { family: 'b', due: at(5) }),
        task('C/1', { M1: 2 }, { family: 'a', due: at(9) }),
      ],
    );
    const result = open(families).takeOff([id('B/1')]);
    if (!result.ok) throw new Error(result.refusal.text);
    expect(result.schedule.assignments.map(({ task: name, setup }) => [name, setup])).toEqual([
      ['A/1', HOUR],
      ['C/1', 0],
    ]);
  });

  test('a lens says what every row says at that time', () => {
    const units = ['M1', 'M2', 'M3'].map((name) => EquipmentId.parse(name));
    const rows = open(shop).lens(id('A/1'), units, at(3), { mode: 'exact' });
    expect(rows.map(({ unit: name, refusal: code }) => `${name} ${code ?? 'free'}`)).toEqual([
      'M1 UNIT_BUSY',
      'M2 UNIT_BUSY',
      'M3 WRONG_UNIT',
    ]);
    expect(open(shop).lens(id('A/1'), units.slice(0, 1), at(3))[0]?.refusal).toBeNull();
  });

  test('[U1] in every mode a lens says of each row what a drop there would be told: the same rule, or the same cost', () => {
    const timetable = open(shop);
    const units = ['M1', 'M2', 'M3'].map((name) => EquipmentId.parse(name));
    for (const mode of ['exact', 'push', 'first'] as const) {
      for (const start of [0, 2, 5].map(at)) {
        const told = units.map((unit) => {
          const verdict = timetable.tryMove(id('A/1'), unit, start, { mode });
          if (!verdict.ok) return { unit, refusal: verdict.refusal.code };
          const { setupChange, moves, late, lateOrders } = verdict;
          return { unit, refusal: null, cost: { setupChange, moves, late, lateOrders } };
        });
        expect(timetable.lens(id('A/1'), units, start, { mode })).toEqual(told);
      }
    }
  });
});
