import { describe, expect, test } from 'vitest';
import { judged } from './judged.ts';

describe('[rule 5] instruments', () => {
  const two = 'tool BAL1 class=balance\ntool PH1 class=meter\n';

  test('one of the class for every need', () => {
    expect(judged(`${two}M A1:60 tool=balance tool=meter`, 'M | 07:00 A1 PH1 BAL1')).toEqual([]);
    expect(judged(`${two}M A1:60 tool=balance`, 'M | 07:00 A1')).toEqual(['A1 NO_INSTRUMENT_FREE balance']);
    expect(judged(`${two}M A1:60 tool=balance`, 'M | 07:00 A1 PH1')).toEqual([
      'A1 NO_INSTRUMENT_FREE balance',
    ]);
    expect(judged(`${two}M A1:60 tool=balance tool=balance`, 'M | 07:00 A1 BAL1')).toEqual([
      'A1 NO_INSTRUMENT_FREE balance, balance',
    ]);
  });

  test('an instrument of two classes serves one need; the others take what is left', () => {
    const both = `tool X class=balance class=meter\n${two}M A1:60 tool=balance tool=meter`;
    expect(judged(both, 'M | 07:00 A1 X PH1')).toEqual([]);
    expect(judged(both, 'M | 07:00 A1 BAL1 X')).toEqual([]);
    expect(judged(both, 'M | 07:00 A1 X')).toEqual(['A1 NO_INSTRUMENT_FREE balance, meter']);
  });

  test('it serves one task at a time', () => {
    const shared = `${two}M A1:60 tool=balance\nN B1:60 tool=balance`;
    expect(judged(shared, 'M | 07:00 A1 BAL1\nN | 08:00 B1 BAL1')).toEqual([]);
    expect(judged(shared, 'M | 07:00 A1 BAL1\nN | 07:30 B1 BAL1')).toEqual(['B1 NO_INSTRUMENT_FREE A1']);
  });

  test('it is not down', () => {
    const down = 'tool BAL1 class=balance down=07:30-07:45\nM A1:60 tool=balance';
    expect(judged(down, 'M | 07:45 A1 BAL1')).toEqual([]);
    expect(judged(down, 'M | 07:44 A1 BAL1')).toEqual(['A1 MAINT_BLOCKED BAL1']);
  });

  test('a work unit is no instrument', () => {
    expect(judged('unit N class=balance\nM A1:60 tool=balance', 'M | 07:00 A1 N')).toEqual([
      'A1 NO_INSTRUMENT_FREE balance',
    ]);
  });
});

describe('[rule 5] calibration', () => {
  const told = (proof: string): string => `tool BAL1 class=balance tests=cal\n${proof}\nM A1:60 tool=balance`;

  test('it expires after the end, not with it', () => {
    expect(judged(told('proof BAL1 cal=08:00:01'), 'M | 07:00 A1 BAL1')).toEqual([]);
    expect(judged(told('proof BAL1 cal=08:00'), 'M | 07:00 A1 BAL1')).toEqual(['A1 CAL_EXPIRED BAL1']);
  });

  test('unknown and failed', () => {
    expect(judged(told(''), 'M | 07:00 A1 BAL1')).toEqual(['A1 CAL_UNKNOWN BAL1']);
    expect(judged(told('proof BAL1 cal cal=failed'), 'M | 07:00 A1 BAL1')).toEqual(['A1 CAL_FAILED BAL1']);
  });

  test('the tests of the work unit itself', () => {
    expect(judged('unit M tests=iq\nproof M iq=08:00\nM A1:60', 'M | 07:00 A1')).toEqual([
      'A1 CAL_EXPIRED M',
    ]);
    expect(judged('unit M tests=iq\nproof M iq\nM A1:60', 'M | 07:00 A1')).toEqual([]);
  });

  const renewed = 'tool BAL1 class=balance tests=cal\nB R1:30 renews=BAL1:cal*1\nM A1:60 tool=balance';

  test('a renewal that ends before makes it valid for its time', () => {
    expect(judged(renewed, 'B | 07:00 R1 BAL1\nM | 07:30 A1 BAL1')).toEqual([]);
    expect(judged(renewed, 'B | 07:00 R1 BAL1\nM | 07:00 A1 BAL1')).toEqual([
      'A1 CAL_UNKNOWN BAL1',
      'A1 NO_INSTRUMENT_FREE R1',
    ]);
    expect(judged(renewed, 'B | 07:00 R1 BAL1\nM | Tue06:29:59 A1 BAL1')).toEqual([]);
    expect(judged(renewed, 'B | 07:00 R1 BAL1\nM | Tue06:30 A1 BAL1')).toEqual(['A1 CAL_UNKNOWN BAL1']);
  });

  test('a renewal without a place renews nothing', () => {
    expect(judged(renewed, 'M | 07:30 A1 BAL1\nunplaced | R1 UNIT_CLOSED')).toEqual(['A1 CAL_UNKNOWN BAL1']);
  });

  test('a renewal takes what it renews, unless it happens on it', () => {
    expect(judged('tool BAL1 class=balance tests=cal\nB R1:30 renews=BAL1:cal*1', 'B | 07:00 R1')).toEqual([
      'R1 NO_INSTRUMENT_FREE BAL1',
    ]);
    expect(judged('unit M tests=iq\nM R1:30 renews=M:iq*1', 'M | 07:00 R1')).toEqual([]);
  });

  test('while a unit is being tested on a bench it carries no task', () => {
    const bench = 'unit M tests=iq\nproof M iq\nB R1:30 renews=M:iq*1\nM A1:60';
    expect(judged(bench, 'B | 07:00 R1 M\nM | 07:30 A1')).toEqual([]);
    expect(judged(bench, 'B | 07:00 R1 M\nM | 07:29 A1')).toEqual(['A1 UNIT_BUSY R1']);
  });
});

describe('[rule 8] materials', () => {
  const lot = (words: string): string => `lot L1 sugar*10 ${words}\nM A1:60 setup=30 lot=L1*10`;

  test('a lot is usable when the run begins', () => {
    expect(judged(lot('from=07:30'), 'M | 07:00+30 A1')).toEqual([]);
    expect(judged(lot('from=07:30:01'), 'M | 07:00+30 A1')).toEqual(['A1 LOT_NOT_RELEASED L1']);
    expect(judged(lot('hold'), 'M | 07:00+30 A1')).toEqual(['A1 LOT_NOT_RELEASED L1']);
    expect(judged(lot('hold from=07:30'), 'M | 07:00+30 A1')).toEqual([]);
  });

  test('it expires after the end, not with it', () => {
    expect(judged(lot('expires=08:30:01'), 'M | 07:00+30 A1')).toEqual([]);
    expect(judged(lot('expires=08:30'), 'M | 07:00+30 A1')).toEqual(['A1 LOT_EXPIRED L1']);
  });

  test('enough is pegged', () => {
    const less = judged(lot(''), 'M | 07:00+30 A1', ({ tasks: [task] }) => {
      const need = task?.materials[0];
      if (need) need.quantity = 11;
    });
    expect(less).toEqual(['A1 MATERIAL_MISSING sugar']);
  });

  test('no lot is promised beyond what it holds, counting placed tasks', () => {
    const shared = 'lot L1 sugar*10\nM A1:60 lot=L1*6\nM B1:60 lot=L1*6';
    expect(judged(shared, 'M | 07:00 A1 | 08:00 B1')).toEqual(['B1 MATERIAL_MISSING L1']);
    expect(judged(shared, 'M | 07:00 A1\nunplaced | B1 MATERIAL_MISSING')).toEqual([]);
  });
});

describe('[rule 9] pins', () => {
  test('a pinned start and a pinned unit are kept', () => {
    expect(judged('M,N A1:60 pin=08:00 pin=N', 'N | 08:00 A1')).toEqual([]);
    expect(judged('M,N A1:60 pin=08:00 pin=N', 'M | 08:01 A1')).toEqual(['A1 PINNED A1', 'A1 PINNED N']);
  });

  test('a pin binds nothing that has started, and places nothing', () => {
    expect(judged('M A1:60 pin=08:00 running=06:30', 'M | 06:30 A1')).toEqual([]);
    expect(judged('M A1:60 pin=08:00', 'unplaced | A1 UNIT_CLOSED')).toEqual([]);
  });
});

describe('[rule 10] what has started', () => {
  test('stands where it started', () => {
    expect(judged('M,N A1:60 running=06:30', 'M | 06:30 A1')).toEqual([]);
    expect(judged('M,N A1:60 running=06:30', 'N | 06:30 A1')).toEqual(['A1 TASK_STARTED M']);
    expect(judged('M A1:60 running=06:30', 'M | 07:00 A1')).toEqual(['A1 TASK_STARTED M']);
    expect(judged('M A1:60 running=06:30', 'unplaced | A1 UNIT_BUSY')).toEqual(['A1 TASK_STARTED M']);
  });

  test('completed, it ends when it ended', () => {
    expect(judged('M A1:60 done=06:00-06:50', 'M | 06:00-06:50 A1')).toEqual([]);
    expect(judged('M A1:60 done=06:00-06:50', 'M | 06:00-07:00 A1')).toEqual(['A1 TASK_STARTED M']);
  });

  test('is a fact and not judged by the other rules', () => {
    const told = `
      calendar late 14:00-22:00
      unit M open=late
      lot L1 sugar*10 hold
      M A1:60 running=06:30 release=09:00 people=press tool=balance lot=L1*10
      M B1:60 running=06:45`;
    expect(judged(told, 'M | 06:30 A1 | 06:45 B1')).toEqual([]);
  });

  test('holds its unit, its people and the setup state, and satisfies those after it', () => {
    const told = `
      matrix W same=5 other=30
      unit M matrix=W state=F1
      M A1:60 running=06:30 family=F2
      M A2:60 family=F2 after=A1`;
    expect(judged(told, 'M | 06:30-07:30 A1 | 07:30+5 A2')).toEqual([]);
    expect(judged(told, 'M | 06:30-07:30 A1 | 07:29+5 A2')).toEqual(['A2 UNIT_BUSY A1']);
    const crew = 'person anna press\nM A1:60 running=06:30 people=press\nN B1:60 people=press';
    expect(judged(crew, 'M | 06:30 A1 anna\nN | 07:00 B1 anna')).toEqual(['B1 NO_PERSON_FREE A1']);
  });

  test('what starts later is told, also when the started one comes second', () => {
    expect(judged('M A1:60 running=07:30\nM B1:60\nnow 07:00', 'M | 07:00 B1 | 07:30 A1')).toEqual([
      'B1 UNIT_BUSY A1',
    ]);
  });
});

describe('[rule 11] completeness', () => {
  test('every task has one place or one reason', () => {
    expect(judged('M A1:60\nM B1:60', 'M | 07:00 A1\nunplaced | B1 UNIT_CLOSED')).toEqual([]);
    expect(judged('M A1:60\nM B1:60', 'M | 07:00 A1')).toEqual(['B1 NOT_SCHEDULED B1']);
    expect(judged('M A1:60', 'M | 07:00 A1\nunplaced | A1 UNIT_CLOSED')).toEqual(['A1 NOT_SCHEDULED A1']);
    expect(judged('M A1:60', 'M | 07:00 A1 | 08:00 A1')).toEqual(['A1 NOT_SCHEDULED A1']);
  });

  test('the reason names something and says something', () => {
    const silent = judged('M A1:60', 'unplaced | A1 UNIT_CLOSED', (_, { unplaced: [entry] }) => {
      if (entry) entry.text = '';
    });
    expect(silent).toEqual(['A1 NOT_SCHEDULED A1']);
  });

  test('nothing stands in the schedule that is not in the plan', () => {
    const foreign = judged('M A1:60\nM B1:60', 'M | 07:00 A1 | 08:00 B1', (plan) => void plan.tasks.pop());
    expect(foreign).toEqual(['B1 NOT_SCHEDULED B1']);
  });
});
