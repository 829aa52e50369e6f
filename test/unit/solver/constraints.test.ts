import { describe, expect, test } from 'vitest';
import { Pin } from '#shared/domain/plan.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { solved, drawn } from '#test/factory/drawing.ts';
import { shop } from '#test/factory/shop.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { searched } from './small-plan.ts';

/** What the first rules make of a shop floor; the checker accepts it. */
function made(told: string, change?: (plan: Plan) => void): string {
  const plan = shop(told);
  change?.(plan);
  const schedule = solved(plan);
  expect(checkSchedule(plan, schedule)).toEqual([]);
  return drawn(plan, schedule);
}
const reasons = (told: string, change?: (plan: Plan) => void): string[] => {
  const plan = shop(told);
  change?.(plan);
  return solved(plan).unplaced.map(({ text }) => text);
};

describe('relations to the end', () => {
  test('a short task waits so that it does not end before the one it goes with', () => {
    expect(made('M A1:120\nN A2:30 after=A1!')).toBe('M | 07:00 A1\nN | 08:30 A2');
  });

  test('where it must not end much later the predecessor waits', () => {
    const told = 'unit N down=07:00-12:00\nM A1:60\nN A2:60 after=A1!..30';
    expect(made(told)).toBe('N | 12:00 A2\nM | 11:30 A1');
  });
});

describe('transfer batches', () => {
  test('the second step begins with the first batch, and a quicker one waits for the last', () => {
    expect(made('M A1:80\nN A2:80 after=A1%25')).toBe('M | 07:00 A1\nN | 07:20 A2');
    expect(made('M A1:80\nN A2:40 after=A1%25')).toBe('M | 07:00 A1\nN | 07:50 A2');
  });

  test('before a pinned successor the predecessor still overlaps', () => {
    expect(made('M A1:80\nN A2:80 after=A1%25 pin=08:00\nM B1:40 due=07:40')).toBe(
      'M | 07:00 A1 | 08:20 B1\nN | 08:00 A2',
    );
  });
});

describe('shared units', () => {
  test('loads run side by side up to the capacity', () => {
    expect(
      made('unit M holds=3\nM A1:60 load=2 due=07:30\nM B1:60 load=2 due=08:30\nM C1:60 due=09:00'),
    ).toBe('M | 07:00 A1 | 07:00 C1 | 08:00 B1');
  });

  test('a load that never fits is refused with both numbers', () => {
    expect(reasons('unit M holds=3\nM A1:60 load=4')).toEqual(['A1 is a load of 4 and M holds 3']);
  });

  test('a renewal needs all of it', () => {
    const told = `
      unit M holds=2 tests=cal
      unit bench
      proof M cal=08:30
      M A1:60 due=08:00
      M B1:60 due=13:00
      bench C1:30 due=08:30 deadline=08:30 renews=M:cal*30`;
    expect(made(told)).toBe('M | 07:30 A1 | 07:30 B1\nbench | 07:00 C1');
  });
});

describe('batch machines', () => {
  const oven = 'matrix W same=0 other=30\nunit M holds=3 batching matrix=W state=F1\n';

  test('what is of one family and fits goes in together', () => {
    const tasks = 'M A1:60 family=F1\nM B1:60 family=F1\nM C1:60 family=F2\nM D1:60 family=F1 load=2';
    expect(made(oven + tasks)).toBe('M | 07:00 A1 | 07:00 B1 | 08:00 D1 | 09:00+30 C1');
  });

  test('a pin holds a batch, others join it', () => {
    expect(made(`${oven}M A1:60 family=F1 pin=09:00\nM B1:60 family=F1 release=08:30`)).toBe(
      'M | 09:00 A1 | 09:00 B1',
    );
  });
});

describe('tools in limited number', () => {
  const told = 'M A1:60 tools=die*2 due=08:00\nN B1:60 tools=die due=09:00\nO C1:60 tools=die due=10:00';

  test('who finds too few waits', () => {
    expect(made(`tool DIE class=die holds=3\n${told}`)).toBe('M | 07:00 A1\nN | 07:00 B1\nO | 08:00 C1');
    expect(made(`tool DIE class=die holds=2\n${told}`)).toBe('M | 07:00 A1\nN | 08:00 B1\nO | 08:00 C1');
  });

  test('more than there are is refused in words', () => {
    expect(reasons('tool DIE class=die holds=1\nM A1:60 tools=die*2')).toEqual([
      'too few of die are free for long enough; there are 1 (up to the end of the horizon)',
    ]);
  });
});

describe('storage', () => {
  test('what would find the zone full is made later', () => {
    const told = `
      zone Z holds=1
      unit P down=07:00-10:00
      unit Q down=07:00-12:00
      M A1:60 due=08:00
      P A2:60 due=11:00 after=A1@Z*1
      N B1:60 due=12:00
      Q B2:60 due=13:00 after=B1@Z*1`;
    expect(made(told)).toBe('P | 10:00 A2\nQ | 12:00 B2\nM | 07:00 A1\nN | 09:00 B1');
  });

  test('what waits for the same task waits together', () => {
    const told = `
      zone Z holds=4
      M A1:60
      N A2:60
      O A3:60 after=A1@Z*3 after=A2@Z*2 release=10:00`;
    expect(made(told)).toBe('M | 09:00 A1\nN | 09:00 A2\nO | 10:00 A3');
  });
});

describe('attention', () => {
  test('one person minds two tasks, and gives a third all attention only afterwards', () => {
    const told = `
      person anna press
      M A1:60 people=press/50 due=07:30
      N B1:60 people=press/50 due=07:40
      O C1:60 people=press due=09:00`;
    expect(made(told)).toBe('M | 07:00 A1\nN | 07:00 B1\nO | 08:00 C1');
  });
});

describe('a pin in the sequence', () => {
  test('it goes behind that task, wherever both can run', () => {
    expect(made('M,N A1:60 due=12:00\nN,O B1:60 due=07:30 pin=>A1')).toBe('N | 07:00 A1 | 08:00 B1');
  });

  test('tasks without a common unit are refused', () => {
    expect(reasons('M A1:60\nN B1:60 pin=>A1')).toContain(
      'B1 is pinned in a sequence, and no unit can run all tasks of it',
    );
  });

  test('a circle of pins is refused', () => {
    expect(reasons('M A1:60 pin=>B1\nM B1:60 pin=>A1')).toHaveLength(2);
  });
});

describe('the disruption budget', () => {
  const told = 'M,N A1:60 due=08:00\nM,N B1:60 due=09:00\nM,N C1:60 due=10:00';
  /** Published: A1, B1, C1 one after the other on M, which is down from 8 to 12 now. */
  const after = (moved: number) => (plan: Plan) => {
    const was = solved(shop(told.replaceAll('M,N', 'M'))).assignments;
    Object.assign(plan, { baseline: was, budget: { moved } });
  };
  const broken = `unit M down=08:00-12:00\n${told}`;

  test('what can stay stays, and so many others may move', () => {
    expect(made(broken, after(2))).toBe('M | 07:00 A1\nN | 07:00 B1 | 08:00 C1');
    expect(made(broken, after(1))).toBe('M | 07:00 A1\nN | 07:00 B1\nunplaced | C1 TOO_MANY_MOVED');
  });

  test('who finds no place in it is told why', () => {
    expect(reasons(broken, after(0))).toEqual([
      'only 0 tasks may stand elsewhere than published, and it has no place where it was',
      'only 0 tasks may stand elsewhere than published, and it has no place where it was',
    ]);
  });
});

test('a pin behind a task keeps its unit when both are pinned', () => {
  const told = 'M,N A1:60\nM,N B1:60';
  const pins = (plan: Plan): void => {
    plan.pins.push(Pin.parse({ task: 'A1', unit: 'N' }), Pin.parse({ task: 'B1', after: 'A1' }));
  };
  expect(made(told, pins)).toBe('N | 07:00 A1 | 08:00 B1');
});

describe('flexible maintenance', () => {
  const found = (told: string): string => {
    const plan = shop(told);
    const schedule = searched(plan, 500);
    expect(checkSchedule(plan, schedule)).toEqual([]);
    return drawn(plan, schedule);
  };

  test('a maintenance window moves behind what is due before its end', () => {
    const told = 'M P1:120 maintenance deadline=16:00 due=14:00\nM A1:180 due=10:00\nM B1:120 due=12:00';
    expect(made(told)).toContain('M | 07:00 P1');
    expect(found(told)).toBe('M | 07:00 A1 | 10:00 B1 | 12:00 P1');
  });

  test('a calibration is placed where it hurts least, before it blocks', () => {
    const told = `
      unit bench
      unit M tests=cal
      proof M cal=15:00
      bench CAL:60 due=15:00 deadline=15:00 renews=M:cal*30
      M A1:180 due=10:00
      M B1:120 due=12:00
      M C1:240 due=18:00`;
    expect(made(told)).toBe('bench | 07:00 CAL\nM | 08:00 A1 | 11:00 B1 | 13:00 C1');
    expect(found(told)).toBe('bench | 12:00 CAL\nM | 07:00 A1 | 10:00 B1 | 13:00 C1');
  });
});
