import { describe, expect, test } from 'vitest';
import { judged } from './judged.ts';

describe('[rule 1] shared units', () => {
  const tank = 'unit M holds=3\nM A1:60 load=2\nM B1:60\nM C1:60';

  test('loads side by side are together no more than the capacity', () => {
    expect(judged(tank, 'M | 07:00 A1 | 07:10 B1 | 08:00 C1')).toEqual([]);
    expect(judged(tank, 'M | 07:00 A1 | 07:10 B1 | 07:59:59 C1')).toEqual(['C1 CAPACITY_EXCEEDED M']);
  });

  test('a load that never fits is told', () => {
    expect(judged('unit M holds=3\nM A1:60 load=4', 'M | 07:00 A1')).toContain('A1 CAPACITY_EXCEEDED M');
    expect(judged('M A1:60 load=2', 'M | 07:00 A1')).toEqual(['A1 CAPACITY_EXCEEDED M']);
  });

  test('there is no family before: the setup is that of the mode', () => {
    const told = 'matrix W same=5 other=30\nunit M holds=2 matrix=W\nM A1:60 family=F1 setup=10';
    expect(judged(told, 'M | 07:00+10 A1')).toEqual([]);
    expect(judged(told, 'M | 07:00+30 A1')).toEqual(['A1 WRONG_SETUP M']);
  });

  test('what has started is a fact; what is planned beside it must fit', () => {
    const told = 'unit M holds=1 batching\nM A1:60 running\nM B1:60 running\nM C1:60';
    expect(judged(told, 'M | 07:00 A1 | 07:00 B1 | 08:00 C1')).toEqual([]);
    expect(judged(told, 'M | 07:00 A1 | 07:00 B1 | 07:30 C1')).toContain('C1 CAPACITY_EXCEEDED M');
  });
});

describe('[rule 1] batch machines', () => {
  const oven = `
    matrix W same=5 other=30 F1>F2=10
    unit M holds=3 batching matrix=W state=F1
    M A1:60 family=F1
    M B1:60 family=F1 load=2
    M C1:60 family=F2`;

  test('a batch goes in and comes out together and is set up for as one', () => {
    expect(judged(oven, 'M | 07:00+5 A1 | 07:00+5 B1 | 08:05+10 C1')).toEqual([]);
    expect(judged(oven, 'M | 07:00+5 A1 | 07:10+5 B1 | 08:15+10 C1')).toEqual(['B1 BATCH_MISMATCH A1']);
  });

  test('another family, or none, is another batch', () => {
    expect(judged(oven, 'M | 07:00+5 A1 | 07:00+5 C1 | 08:05+30 B1')).toContain('C1 BATCH_MISMATCH A1');
    const plain = 'unit M holds=3 batching\nM A1:60\nM B1:60';
    expect(judged(plain, 'M | 07:00 A1 | 07:00 B1')).toEqual(['B1 BATCH_MISMATCH A1']);
    expect(judged(plain, 'M | 07:00 A1 | 08:00 B1')).toEqual([]);
  });

  test('a batch fits into the machine', () => {
    const full = oven.replace('load=2', 'load=3');
    expect(judged(full, 'M | 07:00+5 A1 | 07:00+5 B1 | 08:05+10 C1')).toEqual(['B1 CAPACITY_EXCEEDED M']);
  });
});

describe('[rule 5] tools in limited number', () => {
  const dies =
    'tool DIE class=die holds=3\nM A1:60 tools=die*2\nN B1:60 tools=die setup=10\nO C1:60 tools=die';

  test('no more of a class are taken at once than there are, setup included', () => {
    expect(judged(dies, 'M | 07:00 A1\nN | 07:00+10 B1\nO | 08:00 C1')).toEqual([]);
    expect(judged(dies, 'M | 07:00 A1\nN | 07:00+10 B1\nO | 07:59 C1')).toEqual(['C1 NO_TOOL_FREE die']);
    expect(judged(dies, 'M | 08:05 A1\nN | 07:00+10 B1\nO | 07:30 C1')).toEqual(['A1 NO_TOOL_FREE die']);
  });

  test('tools that are down are missing', () => {
    const down = `tool OLD class=die holds=1 down=08:00-09:00\n${dies.replace('holds=3', 'holds=2')}`;
    expect(judged(down, 'M | 07:00 A1\nN | 09:00+10 B1\nO | 07:00 C1')).toEqual([]);
    expect(judged(down, 'M | 07:01 A1\nN | 09:00+10 B1\nO | 07:00 C1')).toEqual([]);
    expect(judged(down, 'M | 07:01 A1\nN | 09:01+10 B1\nO | 07:02 C1')).toEqual(['C1 NO_TOOL_FREE die']);
  });

  test('a class of which there is none', () => {
    expect(judged('M A1:60 tools=jig', 'M | 07:00 A1')).toEqual(['A1 NO_TOOL_FREE jig']);
  });
});

describe('[rule 4] attention', () => {
  const told = 'person anna press\nM A1:60 people=press/50\nN B1:60 people=press/50\nO C1:60 people=press';

  test('who gives half to each minds two tasks, and no third', () => {
    expect(judged(told, 'M | 07:00 A1 anna\nN | 07:10 B1 anna\nO | 08:10 C1 anna')).toEqual([]);
    expect(judged(told, 'M | 07:00 A1 anna\nN | 07:10 B1 anna\nO | 08:09 C1 anna')).toEqual([
      'C1 NO_PERSON_FREE B1',
    ]);
  });

  test('shares that are no binary fractions still add up', () => {
    const tenths = `person anna press\n${Array.from({ length: 10 }, (_, k) => `M${k} T${k}:60 people=press/10`).join('\n')}`;
    const all = Array.from({ length: 10 }, (_, k) => `M${k} | 07:00 T${k} anna`).join('\n');
    expect(judged(tenths, all)).toEqual([]);
  });
});

describe('[rule 9] a pin in the sequence', () => {
  const told = 'M,N A1:60\nM,N B1:60 pin=>A1\nM C1:30';

  test('it stands somewhere behind on the same unit', () => {
    expect(judged(told, 'M | 07:00 A1 | 08:00 C1 | 08:30 B1')).toEqual([]);
    expect(judged(told, 'M | 09:00 A1 | 08:00 B1 | 07:00 C1')).toEqual(['B1 PINNED A1']);
    expect(judged(told, 'N | 08:00 B1\nM | 07:00 A1 | 08:00 C1')).toEqual(['B1 PINNED A1']);
  });

  test('behind what has no place it has none', () => {
    expect(judged(told, 'M | 07:00 B1 | 08:00 C1\nunplaced | A1 UNIT_CLOSED')).toEqual(['B1 PINNED A1']);
  });
});

describe('[rule 12] the baseline', () => {
  const told = 'M,N A1:60\nM,N B1:60\nM,N C1:60';
  const against = (schedule: string, moved: number): string[] =>
    judged(told, schedule, (plan, { assignments }) => {
      const published = assignments.map((place) => ({ ...place, unit: 'M' as never, start: plan.now }));
      Object.assign(plan, { baseline: published, budget: { moved } });
    });

  test('a task on another unit or by more than the tolerance elsewhere counts as moved', () => {
    expect(against('M | 07:00 A1\nN | 07:00 B1 | 08:00 C1', 2)).toEqual([]);
    expect(against('M | 07:00 A1\nN | 07:00 B1 | 08:00 C1', 1)).toEqual(['C1 TOO_MANY_MOVED C1']);
    expect(against('M | 07:15 A1\nN | 07:00 B1 | 08:00 C1', 2)).toEqual([]);
    expect(against('M | 07:15:01 A1\nN | 07:00 B1 | 08:00 C1', 2)).toEqual(['C1 TOO_MANY_MOVED C1']);
  });
});
