import { expect, test } from 'vitest';
import { WhyNext } from '#shared/domain/why-next.ts';
import { queuesFromSchedule } from '#shared/flow/queues-from-schedule.ts';
import { passedOverLine, whyLine } from '#shared/flow/why-words.ts';
import { at } from '#test/factory/clock.ts';
import { placed } from '#test/factory/drawing.ts';
import { shop } from '#test/factory/shop.ts';

const queues = (told: string, schedule: string) => {
  const plan = shop(`calendar day 00:00-00:00\n${told}`);
  return queuesFromSchedule(plan, placed(plan, schedule), 7, at('07:05'));
};

test('each unit is told its own tasks by planned start; completed ones are left out', () => {
  const found = queues(
    `M1  A1:60 done=06:00-07:00
     M1  B1:30
     M1  C1:20
     M2  D1:60`,
    'M1 | 06:00 A1 | 08:00 B1 | 07:30 C1\nM2 | 07:00 D1',
  );
  expect(found.map((queue) => [queue.unit, queue.version, queue.revision, queue.dispatched])).toEqual([
    ['M1', 7, 1, at('07:05')],
    ['M2', 7, 1, at('07:05')],
  ]);
  expect(found[0]?.items.map((item) => [item.position, item.task])).toEqual([
    [1, 'C1'],
    [2, 'B1'],
  ]);
});

test('why: due date, slack of the order, critical ratio of the work left, and what it waits for', () => {
  const found = queues(
    `M1  A1:60 due=12:00
     M2  A2:90 due=12:00 after=A1`,
    'M1 | 07:00 A1\nM2 | 08:30 A2',
  );
  expect(found[0]?.items[0]?.why).toBe(
    'In the sequence of the plan: due Mon 23 Nov 12:00, slack 2 h, critical ratio 2.0',
  );
  expect(found[1]?.items[0]?.why).toBe(
    'In the sequence of the plan: due Mon 23 Nov 12:00, slack 2 h, critical ratio 2.0; after A1, planned to end Mon 23 Nov 08:00',
  );
});

test('why: late orders and pins say so', () => {
  const found = queues('M1 A1:60 due=07:30 pin=07:00', 'M1 | 07:00 A1');
  expect(found[0]?.items[0]?.why).toBe(
    'Pinned by the planner: due Mon 23 Nov 07:30, late by 30 min, critical ratio 0.5',
  );
});

test('a predecessor that is done is not waited for', () => {
  const found = queues('M1 A1:60 done=06:00-07:00\nM2 A2:60 after=A1', 'M1 | 06:00 A1\nM2 | 07:00 A2');
  expect(found[0]?.items[0]?.why).not.toContain('after');
});

const cardOf = (told: string, schedule: string, unit = 0) => {
  const item = queues(told, schedule)[unit]?.items[0];
  return { item, card: item?.card };
};

test('[why next] a more urgent task that is not ready yet is named, with what it waits for', () => {
  const { card } = cardOf(
    `M1  A1:60 due=18:00
     M1  B2:60 due=12:00 after=B1
     M2  B1:90 due=12:00`,
    'M1 | 07:30 A1 | 09:00 B2\nM2 | 07:30 B1',
  );
  expect(card?.passedOver).toMatchObject([
    { task: 'B2', why: { kind: 'notReady', until: at('09:00'), by: 'before' } },
  ]);
  expect(card?.passedOver.map((entry) => passedOverLine(entry, 'Europe/Berlin'))).toEqual([
    'B · B2 (critical ratio 2.0) waits for what comes before it until Mon 23 Nov 09:00',
  ]);
});

test('[why next] one that would need more setup here, one that is pinned, and one that the plan puts later', () => {
  const { card } = cardOf(
    `matrix W same=0 other=40
     unit M1 open=day matrix=W state=red
     M1  A1:60 family=red due=20:00
     M1  B1:60 family=blue due=12:00
     M1  C1:60 family=red due=13:00 pin=11:00
     M1  D1:60 family=red due=14:00`,
    'M1 | 07:30 A1 | 09:10 B1 | 11:00 C1 | 12:00 D1',
  );
  expect(card?.passedOver.map(({ task, why }) => [task, why.kind])).toEqual([
    ['B1', 'setup'],
    ['C1', 'pinned'],
    ['D1', 'plan'],
  ]);
});

test('[why next] the gates as they stand are on the card, and all its words can be made again from it', () => {
  const { item, card } = cardOf(
    `calendar late 00:00-00:00
     person anna open=late press=08:00
     M1  A1:60 due=12:00 people=press`,
    'M1 | 07:30 A1 anna',
  );
  expect(card?.refusals.map(({ code }) => code)).toEqual(['QUAL_EXPIRED']);
  expect(card?.passed).toContain('M1 is up');
  const kept = WhyNext.parse(JSON.parse(JSON.stringify(card)));
  expect(whyLine(kept)).toBe(item?.why);
});
