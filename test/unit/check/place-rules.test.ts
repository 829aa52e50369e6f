import { describe, expect, test } from 'vitest';
import { MINUTE } from '#shared/time/instant.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { placed } from '#test/factory/drawing.ts';
import { shop } from '#test/factory/shop.ts';
import { judged } from './judged.ts';

describe('[rule 1] unit', () => {
  test('a task runs on one of its units, as long as its mode there says', () => {
    expect(judged('M,N:30 A1:60', 'N | 07:00-07:30 A1')).toEqual([]);
    expect(judged('M,N:30 A1:60', 'N | 07:00-08:00 A1')).toEqual(['A1 WRONG_DURATION A1']);
    expect(judged('M A1:60\nN B1:10', 'N | 07:00-08:00 A1\nM | 07:00-07:10 B1')).toEqual([
      'A1 WRONG_UNIT N',
      'B1 WRONG_UNIT M',
    ]);
  });

  test('a unit carries one task at a time; neighbours touch', () => {
    expect(judged('M A1:60\nM B1:60', 'M | 07:00 A1 | 08:00 B1')).toEqual([]);
    expect(judged('M A1:60\nM B1:60', 'M | 07:00 A1 | 07:59:59 B1')).toEqual(['B1 UNIT_BUSY A1']);
    expect(judged('M A1:60\nM B1:10\nM C1:10', 'M | 07:00 A1 | 07:10 B1 | 07:50 C1')).toEqual([
      'B1 UNIT_BUSY A1',
      'C1 UNIT_BUSY A1',
    ]);
  });

  test('a block has its times in order', () => {
    const empty = judged('M A1:60 pause', 'M | 07:00 A1', (_, { assignments: [place] }) => {
      if (place) place.end = place.start;
    });
    expect(empty).toEqual(['A1 WRONG_DURATION A1']);
    const backwards = judged('M A1:60', 'M | 07:00 A1', (_, { assignments: [place] }) => {
      if (place) place.runStart = place.end + 1;
    });
    expect(backwards).toEqual(['A1 WRONG_DURATION A1']);
  });
});

describe('[rule 2] open time', () => {
  const day = 'calendar day 06:00-14:00 break=10:00-10:15\nunit M open=day';

  test('a task that may not pause lies inside one open interval', () => {
    expect(judged(`${day}\nM A1:60`, 'M | 09:00 A1')).toEqual([]);
    expect(judged(`${day}\nM A1:60`, 'M | 09:00:01 A1')).toEqual(['A1 UNIT_CLOSED M']);
    expect(judged(`${day}\nM A1:60`, 'M | 14:00 A1')).toEqual(['A1 UNIT_CLOSED M']);
  });

  test('downtime closes the unit, an open one for the time that planning assumes', () => {
    const down = 'unit M down=08:00-09:00\nM A1:60';
    expect(judged(down, 'M | 07:00 A1')).toEqual([]);
    expect(judged(down, 'M | 09:00 A1')).toEqual([]);
    expect(judged(down, 'M | 08:59 A1')).toEqual(['A1 UNIT_CLOSED M']);
    const open = (at: string): string[] =>
      judged('unit M down=06:00-06:30\nM A1:60', `M | ${at} A1`, ({ plant }) => {
        for (const entry of plant.downtimes) delete entry.end;
      });
    expect(open('10:59')).toEqual(['A1 UNIT_CLOSED M']);
    expect(open('11:00')).toEqual([]);
  });

  test('a task that may pause works its seconds in open time', () => {
    const told = `${day}\nM A1:120 pause setup=30`;
    expect(judged(told, 'M | 09:00+30 A1')).toEqual([]);
    expect(judged(told, 'M | 13:00+30 A1')).toEqual([]);
    expect(judged(told, 'M | Tue06:00+30 A1')).toEqual([]);
    expect(judged(told, 'M | 09:00-11:44+30 A1')).toEqual(['A1 WRONG_DURATION A1']);
    expect(judged(told, 'M | 09:00-11:46+30 A1')).toEqual(['A1 WRONG_DURATION A1']);
  });

  test('a task that may pause begins, begins its run and ends in open time', () => {
    const told = `${day}\nM A1:60 pause`;
    expect(judged(told, 'M | 09:00-10:00 A1')).toEqual([]);
    const closed = (start: string): string[] =>
      judged(told, `M | ${start} A1`, (_, { assignments: [place] }) => {
        if (place) place.start -= 60 * MINUTE;
      });
    expect(
      judged(
        told,
        'M | 15:00 A1',
        (_, { assignments: [place] }) => void (place && (place.runStart = place.start)),
      ),
    ).toEqual(['A1 UNIT_CLOSED M']);
    expect(closed('Tue06:00')).toEqual(['A1 UNIT_CLOSED M']);
  });

  test('the run begins with open time: not at the end of a shift, not after a part of it has gone by', () => {
    const told = `${day}\nM A1:60 pause setup=60`;
    expect(judged(told, 'M | 13:00+60 A1')).toEqual([]);
    const runFrom = (shift: number): string[] =>
      judged(told, 'M | 13:00+60 A1', (_, { assignments: [place] }) => {
        if (place) place.runStart += shift;
      });
    expect(runFrom(-16 * 60 * MINUTE)).toEqual(['A1 UNIT_CLOSED M']);
    expect(runFrom(MINUTE)).toEqual(['A1 WRONG_DURATION A1']);
  });
});

describe('[rule 3] setup', () => {
  const matrix = 'matrix W same=5 other=30 F1>F2=10\nunit M matrix=W state=F1';

  test('the setup is the one of the matrix after the family before it, first after the state of the unit', () => {
    const told = `${matrix}\nM A1:60 family=F2\nM B1:60 family=F2\nM C1:60 family=F1`;
    expect(judged(told, 'M | 07:00+10 A1 | 08:10+5 B1 | 09:15+30 C1')).toEqual([]);
    expect(judged(told, 'M | 07:00+10 A1 | 08:10+10 B1 | 09:20+5 C1')).toEqual([
      'B1 WRONG_SETUP M',
      'C1 WRONG_SETUP M',
    ]);
  });

  test('the order is that of time, however the schedule lists it', () => {
    const told = `${matrix}\nM A1:60 family=F2\nM B1:60 family=F1`;
    expect(judged(told, 'M | 08:10+30 B1 | 07:00+10 A1')).toEqual([]);
    expect(judged(told, 'M | 08:10+5 B1 | 07:00+10 A1')).toEqual(['B1 WRONG_SETUP M']);
  });

  test('a task without a family needs no setup and leaves the state alone', () => {
    const told = `${matrix}\nM A1:60\nM B1:60 family=F1`;
    expect(judged(told, 'M | 07:00 A1 | 08:00+5 B1')).toEqual([]);
    expect(judged(told, 'M | 07:00+5 A1 | 08:05+5 B1')).toEqual(['A1 WRONG_SETUP M']);
  });

  test('without a known state the standard setup is asked', () => {
    expect(judged('matrix W same=5 other=30\nunit M matrix=W\nM A1:60 family=F2', 'M | 07:00+30 A1')).toEqual(
      [],
    );
  });

  test('without a matrix it is the setup of the mode', () => {
    expect(judged('M A1:60 setup=15', 'M | 07:00+15 A1')).toEqual([]);
    expect(judged('M A1:60 setup=15', 'M | 07:00 A1')).toEqual(['A1 WRONG_SETUP M']);
  });

  test('nothing unstarted begins before now; the setup may begin before release and predecessor', () => {
    expect(judged('M A1:60', 'M | 06:59:59 A1')).toEqual(['A1 OUTSIDE_HORIZON A1']);
    expect(judged('M A1:60 setup=30 release=07:30', 'M | 07:00+30 A1')).toEqual([]);
    expect(judged('N A1:60\nM A2:60 setup=30 after=A1', 'N | 07:00 A1\nM | 07:30+30 A2')).toEqual([]);
  });
});

describe('[rule 6] relations', () => {
  test('after the end, with lag and hold time', () => {
    const told = 'N A1:60\nM A2:60 after=A1+10..30';
    expect(judged(told, 'N | 07:00 A1\nM | 08:10 A2')).toEqual([]);
    expect(judged(told, 'N | 07:00 A1\nM | 08:30 A2')).toEqual([]);
    expect(judged(told, 'N | 07:00 A1\nM | 08:09:59 A2')).toEqual(['A2 PREDECESSOR_NOT_FINISHED A1']);
    expect(judged(told, 'N | 07:00 A1\nM | 08:30:01 A2')).toEqual(['A2 HOLD_TIME_EXCEEDED A1']);
  });

  test('after the start: of the run, not of the setup', () => {
    const told = 'N A1:60 setup=20\nM A2:60 after=^A1+10';
    expect(judged(told, 'N | 07:00+20 A1\nM | 07:30 A2')).toEqual([]);
    expect(judged(told, 'N | 07:00+20 A1\nM | 07:29:59 A2')).toEqual(['A2 PREDECESSOR_NOT_FINISHED A1']);
  });

  test('nothing is placed after what has no place', () => {
    expect(judged('N A1:60\nM A2:60 after=A1', 'M | 09:00 A2\nunplaced | A1 UNIT_CLOSED')).toEqual([
      'A2 PREDECESSOR_NOT_FINISHED A1',
    ]);
  });
});

describe('[rule 7] dates', () => {
  test('release binds the run, deadline the end, due is soft', () => {
    expect(judged('M A1:60 release=08:00 deadline=09:00 due=07:30', 'M | 08:00 A1')).toEqual([]);
    expect(judged('M A1:60 release=08:00:01', 'M | 08:00 A1')).toEqual(['A1 BEFORE_RELEASE A']);
    expect(judged('M A1:60 deadline=08:59:59', 'M | 08:00 A1')).toEqual(['A1 AFTER_DEADLINE A']);
  });

  test('everything stands inside the horizon', () => {
    const cut = (hours: number): string[] =>
      judged('M A1:60', 'M | 07:00 A1', (plan) => {
        plan.horizon = { ...plan.horizon, end: plan.now + hours * 3600 };
      });
    expect(cut(1)).toEqual([]);
    expect(cut(0.99)).toEqual(['A1 OUTSIDE_HORIZON A1', 'A1 UNIT_CLOSED M']);
  });
});

test('a violation names the task, the object and the time', () => {
  const plan = shop('calendar day 00:00-00:00\nN A1:60\nM A2:60 after=A1');
  const [violation] = checkSchedule(plan, placed(plan, 'N | 07:00 A1\nM | 07:30 A2'));
  expect(violation?.text).toBe('A2 (A2): runs Mon 23 Nov 07:30, may run from Mon 23 Nov 08:00 after A1.');
  const lagged = shop('calendar day 00:00-00:00\nN A1:60\nM A2:60 after=A1+10..30');
  const texts = ['08:00', '09:00'].map(
    (start) => checkSchedule(lagged, placed(lagged, `N | 07:00 A1\nM | ${start} A2`))[0]?.text,
  );
  expect(texts).toEqual([
    'A2 (A2): runs Mon 23 Nov 08:00, may run from Mon 23 Nov 08:10 after A1.',
    'A2 (A2): runs Mon 23 Nov 09:00, must run by Mon 23 Nov 08:30 after A1.',
  ]);
});
