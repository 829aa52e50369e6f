import { groupBy } from '#shared/base/group.ts';
import { type TaskProgress, hasStarted } from '#shared/domain/execution.ts';
import type { RequestState } from '#shared/domain/operations.ts';
import type { Order } from '#shared/domain/order.ts';
import type { Plant } from '#shared/domain/plant.ts';
import type { Task } from '#shared/domain/task.ts';
import { consumedFromProgress } from '#shared/flow/consumed-from-progress.ts';
import { orderStateFrom } from '#shared/flow/order-state.ts';
import { type Instant, isoFromInstant } from '#shared/time/instant.ts';
import { type Node, quantity, text, value } from './write.ts';
import { type PlannedWork, operationsTypeOf, stepOf } from './write-schedule.ts';
import { consumedNodes } from './write-consumed.ts';

/** ResponseState of a task by what its line has reported. */
export const RESPONSE_STATES: Readonly<Record<TaskProgress['state']['kind'], string>> = {
  waiting: 'Waiting',
  setup: 'Running',
  running: 'Running',
  suspended: 'Suspended',
  completed: 'Completed',
};

/**
 * What the lines have done so far as one operations performance of V7: a response for each order that has begun, in it a
 * segment response for each task. Each tells the whole state, so that the latest one says it all. None where nothing began.
 */
export function operationsPerformance(
  progress: Iterable<TaskProgress>,
  work: PlannedWork & {
    readonly version: number | undefined;
    readonly now: Instant;
    readonly plant: Stock;
  },
): Node[] {
  const rows = [...progress].flatMap((entry) => {
    const task = work.tasks.get(entry.task);
    const order = task && work.orders.get(task.order);
    return task && order && hasStarted(entry) ? [{ entry, task, order }] : [];
  });
  if (rows.length === 0) return [];
  const states = new Map(rows.map(({ entry }) => [entry.task, entry]));
  const tasksOf = groupBy([...work.tasks.values()], (task) => task.order);
  const responses = [...groupBy(rows, ({ order }) => order)].map(([order, own]) => {
    const state = orderStateFrom(order, tasksOf.get(order.id) ?? [], states);
    return responseNode(order, ORDER_STATES[state] ?? state, own, work.plant);
  });
  return [
    [
      'OperationsPerformance',
      [
        ['ID', `performance ${isoFromInstant(work.now)}`],
        ['PublishedDate', isoFromInstant(work.now)],
        ['OperationsType', 'Mixed'],
        text('OperationsScheduleID', work.version === undefined ? undefined : `version ${work.version}`),
        ...responses,
      ],
    ],
  ];
}

interface Begun {
  readonly entry: TaskProgress;
  readonly task: Task;
}

/** ResponseState lacks some words of RequestState. */
const ORDER_STATES: Partial<Record<RequestState, string>> = {
  Forecast: 'Waiting',
  Released: 'Waiting',
  Cancelled: 'Aborted',
};

type Stock = Pick<Plant, 'lots' | 'materials'>;

const responseNode = (order: Order, state: string, begun: readonly Begun[], plant: Stock): Node => [
  'OperationsResponse',
  [
    ['ID', order.id],
    ['OperationsType', operationsTypeOf(order)],
    ['OperationsRequestID', order.id],
    ['OperationsDefinitionID', order.routing],
    ['ResponseState', state],
    ...begun.map(({ entry, task }) => segmentNode(order, task, entry, plant)),
  ],
];

function segmentNode(order: Order, task: Task, entry: TaskProgress, plant: Stock): Node {
  const step = stepOf(task, order.id);
  const time = (name: string, at: Instant | undefined) =>
    text(name, at === undefined ? undefined : isoFromInstant(at));
  const amount = (id: string, what: number): Node | false =>
    what > 0 && ['SegmentData', [['ID', id], value(what, 'decimal', task.uom)]];
  return [
    'SegmentResponse',
    [
      ['ID', task.id],
      ['Description', task.name],
      time('ActualStartTime', entry.actualStart),
      time('ActualEndTime', entry.actualEnd),
      ['OperationsType', operationsTypeOf(task)],
      ['ProcessSegmentID', step],
      ['OperationsRequestID', order.id],
      ['SegmentRequirementID', task.id],
      ['OperationsDefinitionID', order.routing],
      ['OperationsSegmentID', step],
      ['SegmentState', RESPONSE_STATES[entry.state.kind]],
      amount('Good', entry.good),
      amount('Scrap', entry.scrap),
      amount('Rework', entry.rework),
      ['SegmentData', [['ID', 'Worked'], value(`PT${entry.worked}S`, 'duration')]],
      [
        'EquipmentActual',
        [
          ['ID', entry.unit],
          ['EquipmentID', entry.unit],
        ],
      ],
      order.product !== undefined &&
        entry.good > 0 && [
          'MaterialActual',
          [
            ['ID', order.product],
            ['MaterialDefinitionID', order.product],
            ['MaterialUse', 'Produced'],
            quantity(entry.good, task.uom),
          ],
        ],
      ...consumedNodes(consumedFromProgress([entry], plant)),
    ],
  ];
}
