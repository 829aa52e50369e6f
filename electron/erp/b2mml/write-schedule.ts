import { groupBy } from '#shared/base/group.ts';
import type { OperationsType } from '#shared/domain/operations.ts';
import type { Order, OrderId } from '#shared/domain/order.ts';
import type { Queue, QueueItem } from '#shared/domain/queue.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import type { Version } from '#shared/domain/version.ts';
import { isoFromInstant } from '#shared/time/instant.ts';
import { type Node, quantity, text } from './write.ts';

export interface PlannedWork {
  readonly orders: ReadonlyMap<OrderId, Order>;
  readonly tasks: ReadonlyMap<TaskId, Task>;
}

/**
 * A published version as one operations schedule of V7: a request for each order of the ERP, with the dates that the ERP
 * gave, and in it a segment requirement for each task with where and when it is planned. None where no order is planned.
 */
export function operationsSchedule(version: Version, work: PlannedWork): Node[] {
  const { number, published, note, schedule } = version;
  const rows = schedule.assignments.flatMap((assignment) => {
    const task = work.tasks.get(assignment.task);
    const order = task && work.orders.get(task.order);
    return task && order ? [{ task, order, assignment }] : [];
  });
  if (rows.length === 0) return [];
  const requests = [...groupBy(rows, ({ order }) => order)].map(([order, own]) =>
    requestNode(
      order,
      own.toSorted((a, b) => a.assignment.start - b.assignment.start),
    ),
  );
  const starts = rows.map(({ assignment }) => assignment.start);
  const ends = rows.map(({ assignment }) => assignment.end);
  return [
    [
      'OperationsSchedule',
      [
        ['ID', `version ${number}`],
        text('Description', note || undefined),
        ['Version', String(number)],
        ['PublishedDate', isoFromInstant(published)],
        ['StartTime', isoFromInstant(starts.reduce((a, b) => Math.min(a, b)))],
        ['EndTime', isoFromInstant(ends.reduce((a, b) => Math.max(a, b)))],
        ['OperationsType', 'Mixed'],
        ['ScheduleState', 'Released'],
        ...requests,
      ],
    ],
  ];
}

interface Planned {
  readonly task: Task;
  readonly assignment: Assignment;
}

const requestNode = (order: Order, planned: readonly Planned[]): Node => [
  'OperationsRequest',
  [
    ['ID', order.id],
    ['StartTime', isoFromInstant(order.release)],
    ['EndTime', isoFromInstant(order.due)],
    ['OperationsType', operationsTypeOf(order)],
    ['Priority', String(order.weight)],
    ['RequestState', order.state],
    ['OperationsDefinitionID', order.routing],
    ...planned.map(({ task, assignment }) => segmentNode(order, task, assignment)),
  ],
];

function segmentNode(order: Order, task: Task, assignment: Assignment): Node {
  const step = stepOf(task, order.id);
  return [
    'SegmentRequirement',
    [
      ['ID', task.id],
      ['Description', task.name],
      ['EarliestStartTime', isoFromInstant(assignment.start)],
      ['LatestEndTime', isoFromInstant(assignment.end)],
      ['OperationsType', operationsTypeOf(task)],
      ['ProcessSegmentID', step],
      ['Duration', `PT${assignment.end - assignment.start}S`],
      ['OperationsDefinitionID', order.routing],
      ['OperationsSegmentID', step],
      ...peopleNodes(assignment),
      ...equipmentNodes(assignment),
      quantityNode(order, task),
    ],
  ];
}

/** What of the order's product this task is to bring on its way: of a split one, its part. */
const quantityNode = (order: Order, task: Task): Node | false =>
  order.product !== undefined && [
    'MaterialRequirement',
    [
      ['ID', order.product],
      ['MaterialDefinitionID', order.product],
      ['MaterialUse', 'Produced'],
      quantity(task.quantity, task.uom),
    ],
  ];

const peopleNodes = ({ people }: Assignment): Node[] =>
  [...new Set(people.map(({ person }) => person))].map((person) => [
    'PersonnelRequirement',
    [
      ['ID', person],
      ['PersonID', person],
    ],
  ]);

const equipmentNodes = ({ unit, instruments }: Assignment): Node[] => [
  equipmentNode(unit, 'Unit'),
  ...instruments.map((instrument) => equipmentNode(instrument, 'Instrument')),
];

const equipmentNode = (id: string, use: string): Node => [
  'EquipmentRequirement',
  [
    ['ID', id],
    ['EquipmentID', id],
    ['EquipmentUse', use],
  ],
];

/** What a unit has been told as a job list of V7, one job order for each task, in their order. */
export const jobList = (queue: Queue, statusOf: (task: TaskId) => string): Node => [
  'JobList',
  [
    ['ID', queue.unit],
    ['Description', `Version ${queue.version}`],
    ['Version', String(queue.revision)],
    ['PublishedDate', isoFromInstant(queue.dispatched)],
    ['WorkType', 'Mixed'],
    ...queue.items.map((item) => jobOrder(item, queue, statusOf(item.task))),
  ],
];

const jobOrder = (item: QueueItem, { unit }: Queue, status: string): Node => [
  'JobOrder',
  [
    ['ID', item.task],
    ['Description', item.name],
    ['StartTime', isoFromInstant(item.assignment.start)],
    ['EndTime', isoFromInstant(item.assignment.end)],
    ['WorkType', operationsTypeOf(item)],
    ['Priority', String(item.position)],
    ['DispatchStatus', status],
    ...peopleNodes(item.assignment),
    ...equipmentNodes({ ...item.assignment, unit }),
    ['SegmentRequirementID', item.task],
  ],
];

export const operationsTypeOf = ({ domain }: { readonly domain: OperationsType }): string =>
  domain.charAt(0).toUpperCase() + domain.slice(1);

/** A task is named `<order>/<step>`. */
export const stepOf = (task: Pick<Task, 'id'>, order: OrderId): string =>
  task.id.startsWith(`${order}/`) ? task.id.slice(order.length + 1) : task.id;
