import { expect, test } from 'vitest';
import { queuesFromSchedule } from '#shared/flow/queues-from-schedule.ts';
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
