import { describe, expect, test } from 'vitest';
import { indexBy } from '#shared/base/group.ts';
import { must } from '#shared/base/must.ts';
import { Downtime } from '#shared/domain/equipment.ts';
import { PersonId } from '#shared/domain/person.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Order } from '#shared/domain/order.ts';
import type { RefusalCode } from '#shared/domain/refusal.ts';
import { TestResult, TestSpecId } from '#shared/domain/test-result.ts';
import type { GateQuestion } from '#shared/flow/gate.ts';
import { gatesOf } from '#shared/flow/gates.ts';
import { at } from '#test/factory/clock.ts';
import { placed } from '#test/factory/drawing.ts';
import { shop } from '#test/factory/shop.ts';
import { order } from './small-plant.ts';

/** Zone of the plant, for the words. */
const DAY_CALENDAR = 'calendar day 00:00-00:00';

/** The gates of the last task of the plan, started on its first unit at 07:00 for as long as it runs. */
function gates(
  told: string,
  more: Partial<GateQuestion> & { place?: string; change?: (plan: Plan) => void } = {},
) {
  const { place, change, ...question } = more;
  const plan = shop(`${DAY_CALENDAR}\n${told}`);
  change?.(plan);
  const task = must(plan.tasks.at(-1), 'A task');
  const mode = must(task.modes[0], 'A mode');
  return gatesOf({
    plan,
    task,
    unit: mode.unit,
    planned: place === undefined ? null : must(placed(plan, place).assignments[0], 'A place'),
    person: null,
    progress: indexBy(plan.progress, (entry) => entry.task),
    moment: 'start',
    interval: { start: at('07:00'), end: at('07:00') + mode.run },
    ...question,
  });
}

const codes = (...asked: Parameters<typeof gates>): RefusalCode[] =>
  gates(...asked).refusals.map((refusal) => refusal.code);
const text = (...asked: Parameters<typeof gates>): string =>
  gates(...asked)
    .refusals.map((refusal) => refusal.text)
    .join(' ');

describe('[LOT-01] material', () => {
  const lots = (words: string): string => `lot L1 sugar*10 ${words}\nM A1:60 lot=L1*10`;

  test('LOT_NOT_RELEASED: on hold is refused, released passes', () => {
    expect(codes(lots('hold'))).toEqual(['LOT_NOT_RELEASED']);
    expect(text(lots('hold'))).toBe('Lot L1 is not released (on hold).');
    expect(codes(lots(''))).toEqual([]);
    expect(gates(lots('')).passed).toContain('Lot L1 is released');
  });

  test('LOT_NOT_RELEASED: at its date it passes, a second before it does not', () => {
    expect(codes(lots('from=07:00'))).toEqual([]);
    expect(text(lots('from=07:00:01'))).toBe(
      'Lot L1 is not released (not there yet, expected Mon 23 Nov 07:00).',
    );
  });

  test('LOT_NOT_RELEASED: a promised date is good enough to plan with, not to start with', () => {
    expect(codes(lots('hold from=07:00'), { moment: 'plan' })).toEqual([]);
    expect(codes(lots('hold from=07:00:01'), { moment: 'plan' })).toEqual(['LOT_NOT_RELEASED']);
    expect(codes(lots('hold from=06:00'))).toEqual(['LOT_NOT_RELEASED']);
    expect(codes(lots('hold'), { moment: 'plan' })).toEqual(['LOT_NOT_RELEASED']);
  });

  test('LOT_EXPIRED: expiry at the end is refused, a second later passes', () => {
    expect(text(lots('expires=08:00'))).toBe('Lot L1 expires before the end, on Mon 23 Nov 08:00.');
    expect(codes(lots('expires=08:00'))).toEqual(['LOT_EXPIRED']);
    expect(codes(lots('expires=08:00:01'))).toEqual([]);
    expect(text(lots('expires=06:00'))).toBe('Lot L1 expired Mon 23 Nov 06:00.');
  });

  test('MATERIAL_MISSING: too little and unknown lots', () => {
    const none = (plan: Plan): void => void plan.tasks[0]?.materials[0]?.lots.pop();
    expect(text(lots(''), { change: none })).toBe('No lot for 10 of 10 sugar.');
    const gone = (plan: Plan): void => void plan.plant.lots.pop();
    expect(codes(lots(''), { change: gone })).toEqual(['MATERIAL_MISSING']);
  });
});

describe('calibration', () => {
  const balance = (proof: string): string =>
    `tool BAL1 class=balance tests=cal\n${proof}\nM A1:60 tool=balance`;

  test('[CAL-02] CAL_UNKNOWN: no result on record', () => {
    expect(codes(balance(''))).toEqual(['CAL_UNKNOWN']);
    expect(text(balance(''))).toBe('BAL1: no cal is on record.');
  });

  test('[CAL-02] CAL_FAILED: the latest result decides', () => {
    expect(codes(balance('proof BAL1 cal=failed'))).toEqual(['CAL_FAILED']);
    expect(codes(balance('proof BAL1 cal=failed cal'))).toEqual([]);
    expect(codes(balance('proof BAL1 cal cal=failed'))).toEqual(['CAL_FAILED']);
  });

  test('[CAL-02] [CAL-03] CAL_EXPIRED: expiry at the end is refused, a second later passes', () => {
    expect(text(balance('proof BAL1 cal=08:00'))).toBe(
      'BAL1: cal expires before the end, on Mon 23 Nov 08:00.',
    );
    expect(codes(balance('proof BAL1 cal=08:00'))).toEqual(['CAL_EXPIRED']);
    expect(codes(balance('proof BAL1 cal=08:00:01'))).toEqual([]);
    expect(text(balance('proof BAL1 cal=06:00'))).toBe('BAL1: cal expired Mon 23 Nov 06:00.');
  });

  test('a renewal that is done counts, one that is planned does not', () => {
    const renewed = (state: string): string =>
      `tool BAL1 class=balance tests=cal\nB R1:30 renews=BAL1:cal*30 ${state}\nM A1:60 tool=balance`;
    expect(codes(renewed('done=06:00-06:30'))).toEqual([]);
    expect(codes(renewed(''))).toEqual(['CAL_UNKNOWN']);
    expect(codes(renewed('running=06:45'))).toEqual(['CAL_UNKNOWN']);
  });

  test('a renewal counts from its end on, and beyond the end of the task', () => {
    const told =
      'tool BAL1 class=balance tests=cal\nB R1:30 renews=BAL1:cal*1 done=06:00-07:00\nM A1:60 tool=balance';
    const over = (start: string, end: string) => ({ interval: { start: at(start), end: at(end) } });
    expect(codes(told, over('07:00', '08:00'))).toEqual([]);
    expect(codes(told, over('06:59:59', '08:00'))).toEqual(['CAL_UNKNOWN']);
    expect(codes(told, over('Tue06:00', 'Tue06:59:59'))).toEqual([]);
    expect(codes(told, over('Tue06:00', 'Tue07:00'))).toEqual(['CAL_UNKNOWN']);
  });

  test('two needs of a class take two instruments', () => {
    const two = 'tool BAL1 class=balance\ntool PH1 class=meter\nM A1:60 tool=balance tool=balance';
    expect(codes(two)).toEqual(['TOOL_MISSING']);
    expect(codes(`tool BAL2 class=balance\n${two}`)).toEqual([]);
  });

  test('a renewal needs no valid test of what it renews', () => {
    expect(
      codes('tool BAL1 class=balance tests=cal\nB R1:30 renews=BAL1:cal*30', { place: 'B | 07:00 R1 BAL1' }),
    ).toEqual([]);
  });

  test('the tests of the work unit itself', () => {
    expect(codes('unit M tests=iq\nM A1:60')).toEqual(['CAL_UNKNOWN']);
    expect(codes('unit M tests=iq\nproof M iq\nM A1:60')).toEqual([]);
  });

  test('the planned instrument is judged; without a plan any of the class that passes', () => {
    const two =
      'tool BAL1 class=balance tests=cal\ntool BAL2 class=balance tests=cal\nproof BAL2 cal\nM A1:60 tool=balance';
    expect(codes(two)).toEqual([]);
    expect(codes(two, { place: 'M | 07:00 A1 BAL1' })).toEqual(['CAL_UNKNOWN']);
    expect(codes(two, { place: 'M | 07:00 A1 BAL2' })).toEqual([]);
  });

  test('TOOL_MISSING: no instrument of the class', () => {
    expect(codes('M A1:60 tool=balance')).toEqual(['TOOL_MISSING']);
  });

  test('TOOL_MISSING: the planned instrument is in work elsewhere until that task is done', () => {
    const two = (reported: string): string =>
      `tool BAL1 class=balance\nN B1:60 tool=balance ${reported}\nM A1:60 tool=balance`;
    const weighing = (plan: Plan): void =>
      void plan.frozen.push(...placed(plan, 'N | 06:30 B1 BAL1').assignments);
    const asked = { place: 'M | 07:00 A1 BAL1', change: weighing };
    expect(text(two('running=06:30'), asked)).toBe('BAL1 is in work with B1.');
    expect(codes(two('paused=06:30'), asked)).toEqual(['TOOL_MISSING']);
    expect(codes(two('running=06:30'), { ...asked, moment: 'plan' })).toEqual([]);
    expect(codes(two('done=06:30-07:00'), asked)).toEqual([]);
    expect(gates(two(''), asked).passed).toContain('BAL1 is free');
  });
});

describe('tools', () => {
  const press = (there: string, reported: string, asked = 'tools=die'): string => `
    tool DIE class=die ${there}
    N B1:60 tools=die ${reported}
    M A1:60 ${asked}`;

  test('TOOL_MISSING: what is in work, paused too, keeps its tools', () => {
    expect(text(press('holds=1', 'running=06:30'))).toBe(
      '1 of die needed, 0 of 1 free; in work with B1 (B1).',
    );
    expect(codes(press('holds=1', 'paused=06:30'))).toEqual(['TOOL_MISSING']);
    expect(codes(press('holds=1', 'running=06:30'), { moment: 'setup' })).toEqual(['TOOL_MISSING']);
    expect(codes(press('holds=1', 'done=06:00-07:00'))).toEqual([]);
    expect(codes(press('holds=2', 'running=06:30'))).toEqual([]);
    expect(gates(press('holds=3', 'running=06:30')).passed).toContain('die: 2 of 3 free');
    expect(codes(press('holds=2', 'running=06:30', 'tools=die*2'))).toEqual(['TOOL_MISSING']);
    expect(codes(press('holds=1', 'running=06:30'), { moment: 'plan' })).toEqual([]);
  });

  test('TOOL_MISSING: a tool that is down is none', () => {
    const down = (plan: Plan): void =>
      void plan.plant.downtimes.push(
        Downtime.parse({
          id: 'worn',
          equipment: 'DIE',
          start: at('06:00'),
          end: at('07:00'),
          reason: 'worn',
          planned: false,
        }),
      );
    const early = { start: at('06:59'), end: at('07:59') };
    expect(codes(press('holds=1', ''), { change: down, interval: early })).toEqual(['TOOL_MISSING']);
    expect(codes(press('holds=1', ''), { change: down })).toEqual([]);
  });
});

describe('maintenance and cleaning', () => {
  test('[EQ-01] MAINT_BLOCKED: down at the start is refused, up again at the start passes', () => {
    expect(codes('unit M down=06:00-07:01\nM A1:60')).toEqual(['MAINT_BLOCKED']);
    expect(text('unit M down=06:00-07:01\nM A1:60')).toBe(
      'M is down since Mon 23 Nov 06:00 until Mon 23 Nov 07:01: maintenance.',
    );
    expect(codes('unit M down=06:00-07:00\nM A1:60')).toEqual([]);
  });

  test('MAINT_BLOCKED: looking ahead, maintenance inside the task blocks it unless it may pause', () => {
    expect(codes('unit M down=07:30-07:45\nM A1:60')).toEqual([]);
    expect(codes('unit M down=07:30-07:45\nM A1:60', { moment: 'plan' })).toEqual(['MAINT_BLOCKED']);
    expect(codes('unit M down=08:00-09:00\nM A1:60', { moment: 'plan' })).toEqual([]);
    expect(codes('unit M down=07:30-07:45\nM A1:60 pause', { moment: 'plan' })).toEqual([]);
  });

  test('MAINT_BLOCKED: a breakdown without an end blocks until it is told', () => {
    const open = (plan: Plan): void => {
      for (const entry of plan.plant.downtimes) delete entry.end;
    };
    expect(text('unit M down=06:00-06:30\nM A1:60', { change: open })).toContain('end unknown');
    const late = { start: at('20:00'), end: at('21:00') };
    expect(codes('unit M down=06:00-06:30\nM A1:60', { change: open, interval: late })).toEqual([
      'MAINT_BLOCKED',
    ]);
  });

  test('[EQ-02] NOT_CLEAN: a listed cleaning needs its setup reported before the run', () => {
    const wash = (state: string, task = ''): string =>
      `matrix W same=5 other=30 F1>F2=60! F2>F1=10\nunit M matrix=W state=${state}\nM A1:60 family=F2 ${task}`;
    expect(codes(wash('F1'))).toEqual(['NOT_CLEAN']);
    expect(text(wash('F1'))).toBe('M must be cleaned from F1 to F2 (1 h): start the setup first.');
    expect(codes(wash('F1'), { moment: 'setup' })).toEqual([]);
    expect(codes(wash('F1', 'setup-running=06:00'))).toEqual([]);
    expect(codes(wash('F2'))).toEqual([]);
  });

  test('[EQ-02] CLEAN_HOLD_EXPIRED: at its limit it is clean, a second later it is to be cleaned again', () => {
    const washed =
      'matrix W same=5 other=30 F1>F2=60!\nunit M matrix=W state=F1\nM A1:60 family=F2 setup-running=05:00';
    const holds = (plan: Plan): void => {
      for (const entry of plan.plant.setupMatrices[0]?.entries ?? []) entry.cleanFor = 3600;
    };
    const later = { start: at('07:00:01'), end: at('08:00:01') };
    expect(codes(washed, { interval: later })).toEqual([]); // clean for good
    expect(codes(washed, { change: holds })).toEqual([]);
    expect(gates(washed, { change: holds }).passed).toContain('M is clean until Mon 23 Nov 07:00');
    expect(codes(washed, { change: holds, interval: later })).toEqual(['CLEAN_HOLD_EXPIRED']);
    expect(text(washed, { change: holds, interval: later })).toBe(
      'M was cleaned by Mon 23 Nov 06:00 and stays so for 1 h. Clean it again: pause the setup and resume it.',
    );
  });

  test('NOT_CLEAN: what ran last on the unit decides', () => {
    const after = (family: string, more = ''): string => `
      matrix W same=5 other=30 F1>F2=60!
      unit M matrix=W state=F2
      M B1:30 family=${family} done=06:00-06:30
      ${more}
      M A1:60 family=F2`;
    expect(codes(after('F1'))).toEqual(['NOT_CLEAN']);
    expect(codes(after('F2'))).toEqual([]);
    expect(codes(after('F1', 'M C1:30 family=F2 done=06:30-06:45'))).toEqual([]);
    expect(codes(after('F1', 'M C1:30 family=F2 done=05:00-05:30'))).toEqual(['NOT_CLEAN']);
    expect(codes(after('F1', 'N C1:30 family=F2 done=06:30-06:45'))).toEqual(['NOT_CLEAN']);
  });
});

describe('people', () => {
  const press = (person: string): string => `person anna ${person}\nM A1:60 people=press`;
  const anna = PersonId.parse('anna');

  test('[QUAL-01] QUAL_MISSING: nobody without the qualification', () => {
    expect(codes(press(''), { person: anna })).toEqual(['QUAL_MISSING']);
    expect(text(press(''), { person: anna })).toBe('anna is not qualified: press.');
    expect(codes(press('press'), { person: anna })).toEqual([]);
    expect(gates(press('press'), { person: anna }).passed).toContain('anna is qualified: press');
  });

  test('QUAL_MISSING: somebody who failed the repetition', () => {
    expect(codes(press('press press=failed'), { person: anna })).toEqual(['QUAL_MISSING']);
  });

  test('[QUAL-01] [QUAL-02] QUAL_EXPIRED: expiry at the end is refused, a second later passes', () => {
    expect(text(press('press=06:00'), { person: anna })).toBe(
      "anna's qualification press expired Mon 23 Nov 06:00.",
    );
    expect(codes(press('press=08:00'), { person: anna })).toEqual(['QUAL_EXPIRED']);
    expect(codes(press('press=08:00:01'), { person: anna })).toEqual([]);
  });

  test('with handover the qualification lasts as long as the person stays', () => {
    const relay = 'person anna press=07:30\nM A1:60 people=press+handover';
    expect(codes(relay, { person: anna })).toEqual([]);
    expect(codes(relay, { person: anna, place: 'M | 07:00 A1 anna@07:00-07:29' })).toEqual([]);
    expect(codes(relay, { person: anna, place: 'M | 07:00 A1 anna@07:00-07:30' })).toEqual(['QUAL_EXPIRED']);
  });

  test('who starts needs one of the qualifications; the planned people are judged while nobody has said who', () => {
    const two = 'person anna press\nperson ben\nM A1:60 people=check people=press';
    expect(codes(two, { person: anna })).toEqual([]);
    expect(codes(two, { place: 'M | 07:00 A1 ben anna' })).toEqual(['QUAL_MISSING']);
  });

  test('[QUAL-04] DOC_NOT_TRAINED: trained when the version began to hold passes, a second before it does not', () => {
    const read = (since: string) => (plan: Plan) => {
      for (const task of plan.tasks) {
        task.training = { test: TestSpecId.parse('read'), since: at(since) };
        task.instructions = { routing: 'R-7', version: '3' };
      }
      plan.plant.testResults.push(
        TestResult.parse({
          id: 'anna read',
          spec: 'read',
          subject: 'anna',
          evaluated: at('06:00'),
          passed: true,
        }),
      );
    };
    expect(codes('person anna\nM A1:60', { person: anna, change: read('06:00') })).toEqual([]);
    expect(codes('person anna\nM A1:60', { person: anna, change: read('06:00:01') })).toEqual([
      'DOC_NOT_TRAINED',
    ]);
    expect(text('person anna\nM A1:60', { person: anna, change: read('06:30') })).toBe(
      'anna has not been trained in read since it holds in version 3, Mon 23 Nov 06:30.',
    );
    // Whoever is planned is judged while nobody has said who, ahead and at the start alike.
    const planned = { place: 'M | 07:00 A1 ben', change: read('06:00') };
    const crew = 'person anna press\nperson ben press\nM A1:60 people=press';
    expect(codes(crew, planned)).toEqual(['DOC_NOT_TRAINED']);
    expect(codes(crew, { ...planned, moment: 'plan' })).toEqual(['DOC_NOT_TRAINED']);
    expect(codes(crew, { ...planned, person: anna })).toEqual([]);
  });

  test('a setup asks for the people of the setup', () => {
    const setup = 'person anna fit\nM A1:60 people=fit@setup people=press@run';
    expect(codes(setup, { person: anna, moment: 'setup' })).toEqual([]);
    expect(codes(setup, { person: anna, moment: 'start' })).toEqual(['QUAL_MISSING']);
  });
});

describe('order and sequence', () => {
  const held =
    (state: Order['state']) =>
    (plan: Plan): void =>
      void plan.plant.orders.push(order('A', { state }));

  test('ORDER_ON_HOLD: held or suspended by the ERP', () => {
    expect(codes('M A1:60', { change: held('Held') })).toEqual(['ORDER_ON_HOLD']);
    expect(text('M A1:60', { change: held('Suspended') })).toBe('Order A is suspended.');
    expect(codes('M A1:60', { change: held('Released') })).toEqual([]);
  });

  test('UNIT_BUSY: another task is in work there', () => {
    expect(codes('M B1:60 running=06:30\nM A1:60')).toEqual(['UNIT_BUSY']);
    expect(text('M B1:60 paused=06:30\nM A1:60')).toBe('M still works on B1 (B1), which is paused.');
    expect(codes('M B1:60 done=06:00-07:00\nM A1:60')).toEqual([]);
    expect(codes('N B1:60 running=06:30\nM A1:60')).toEqual([]);
    expect(codes('M A1:60 setup-running=06:30')).toEqual([]);
  });

  test('PREDECESSOR_NOT_FINISHED: from its end, from its start, and through the lag', () => {
    expect(codes('N A1:60 running=06:00\nM A2:60 after=A1')).toEqual(['PREDECESSOR_NOT_FINISHED']);
    expect(text('N A1:60\nM A2:60 after=A1')).toBe('A1 (A1) is not finished yet.');
    expect(codes('N A1:60 done=06:00-07:00\nM A2:60 after=A1')).toEqual([]);
    expect(codes('N A1:60 running=06:00\nM A2:60 after=^A1')).toEqual([]);
    expect(codes('N A1:60\nM A2:60 after=^A1')).toEqual(['PREDECESSOR_NOT_FINISHED']);
    expect(codes('N A1:60 done=06:00-06:30\nM A2:60 after=A1+31')).toEqual(['PREDECESSOR_NOT_FINISHED']);
    expect(codes('N A1:60 done=06:00-06:30\nM A2:60 after=A1+30')).toEqual([]);
  });

  test('a setup may begin before the predecessor has finished', () => {
    expect(codes('N A1:60 running=06:00\nM A2:60 after=A1', { moment: 'setup' })).toEqual([]);
  });

  test('[HT-01] HOLD_TIME_EXCEEDED: at the limit it passes, a second later it does not', () => {
    const hold = 'N A1:30 done=05:30-06:00\nM A2:60 after=A1+0..60';
    expect(codes(hold)).toEqual([]);
    const later = { start: at('07:00:01'), end: at('08:00:01') };
    expect(codes(hold, { interval: later })).toEqual(['HOLD_TIME_EXCEEDED']);
    expect(text(hold, { interval: later })).toContain('A1 ended 1 h after it finished, Mon 23 Nov 07:00');
  });
});

test('refusals come in the order of the compliance sheet', () => {
  const everything = `
    lot L1 sugar*10 hold
    tool BAL1 class=balance tests=cal
    unit M down=06:00-09:00
    person anna
    M B1:60 running=06:30
    N A1:60 running=06:30
    M A2:60 lot=L1*10 tool=balance people=press after=A1`;
  const change = (plan: Plan): void => void plan.plant.orders.push(order('A', { state: 'Held' }));
  expect(codes(everything, { person: PersonId.parse('anna'), change })).toEqual([
    'LOT_NOT_RELEASED',
    'CAL_UNKNOWN',
    'MAINT_BLOCKED',
    'QUAL_MISSING',
    'ORDER_ON_HOLD',
    'UNIT_BUSY',
    'PREDECESSOR_NOT_FINISHED',
  ]);
});
