import { expect, test } from 'vitest';
import { ExecutionEvent } from '#shared/domain/execution.ts';
import { Assignment } from '#shared/domain/schedule.ts';
import { Task, TaskId } from '#shared/domain/task.ts';
import { indexBy } from '#shared/base/group.ts';
import { outboundFromEvents } from '#shared/flow/outbound-from-events.ts';
import { outboundFromSchedule } from '#shared/flow/outbound-from-schedule.ts';

const task = (id: string, run: number) =>
  Task.parse({
    id,
    order: 'odoo:MO1',
    name: 'Glue',
    domain: 'production',
    quantity: 10,
    uom: 'Units',
    modes: [
      { unit: 'A', run },
      { unit: 'B', run },
    ],
    crossBreak: 'pause',
    people: [],
    instruments: [],
    materials: [],
    after: [],
    release: 0,
    due: 0,
    weight: 1,
  });
const place = (id: string, unit: string, start: number, end: number, setup = 0) =>
  Assignment.parse({
    task: id,
    unit,
    start,
    runStart: start + setup,
    end,
    setup,
    people: [],
    instruments: [],
  });

const WHOLE = 'odoo:MO1/WO7';
const PART = `${WHOLE}~2`;
const tasks = indexBy([task(WHOLE, 600), task(PART, 300)], ({ id }) => id);
const wholeOf = () => TaskId.parse(WHOLE);
const [parts, one] = [[TaskId.parse(WHOLE), TaskId.parse(PART)], [TaskId.parse(WHOLE)]];

test('an operation that pauses over a night is told with its open seconds beside start and end', () => {
  expect(outboundFromSchedule([place(WHOLE, 'A', 1000, 60_000, 60)], 3, tasks, wholeOf)).toEqual([
    {
      kind: 'planned',
      order: 'odoo:MO1',
      step: 'WO7',
      unit: 'A',
      start: 1000,
      end: 60_000,
      work: 660,
      version: 3,
    },
  ]);
});

test('an operation in parts goes from the first start to the last end, with the work of all', () => {
  const places = [place(PART, 'B', 5000, 5300), place(WHOLE, 'A', 1000, 1600)];
  expect(outboundFromSchedule(places, 1, tasks, wholeOf)).toMatchObject([
    { unit: 'A', start: 1000, end: 5300, work: 900 },
  ]);
});

let seq = 0;
const event = (id: string, kind: string, at: number, more: object = {}) => {
  seq += 1;
  const told = { id: `report ${seq}`, kind, unit: 'A', task: id, at, ...more };
  return ExecutionEvent.parse({ ...told, seq, recorded: at, origin: 'line', state: 'PROD', deviations: [] });
};

test('progress is told whole: stretches of work, sums, and when it was completed', () => {
  const events = [
    event(WHOLE, 'setupStarted', 100),
    event(WHOLE, 'started', 160, { person: 'mara' }),
    event(WHOLE, 'quantityReported', 200, { good: 3, scrap: 1 }),
    event(WHOLE, 'paused', 300, { reason: 'Jam' }),
  ];
  const told = outboundFromEvents(task(WHOLE, 600), one, events);
  expect(told).toEqual({
    kind: 'progress',
    order: 'odoo:MO1',
    step: 'WO7',
    unit: 'A',
    state: 'suspended',
    stretches: [{ start: 100, end: 300 }],
    good: 3,
    scrap: 1,
    rework: 0,
  });
  const after = [...events, event(WHOLE, 'resumed', 400), event(WHOLE, 'completed', 900, { good: 6 })];
  expect(outboundFromEvents(task(WHOLE, 600), one, after)).toMatchObject({
    state: 'completed',
    completed: 900,
    good: 9,
    stretches: [
      { start: 100, end: 300 },
      { start: 400, end: 900 },
    ],
  });
});

test('an operation in parts is completed when all of its parts are, and nothing is told before a start', () => {
  const first = [event(WHOLE, 'started', 100), event(WHOLE, 'completed', 200, { good: 5 })];
  expect(outboundFromEvents(task(WHOLE, 600), parts, first)).toMatchObject({ state: 'suspended', good: 5 });
  const both = [...first, event(PART, 'started', 300), event(PART, 'completed', 500, { good: 5 })];
  expect(outboundFromEvents(task(WHOLE, 600), parts, both)).toMatchObject({
    state: 'completed',
    completed: 500,
    good: 10,
  });
  expect(outboundFromEvents(task(WHOLE, 600), parts, [])).toBeNull();
});
