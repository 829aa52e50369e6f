import type { JobList, JobOrder } from '#shared/domain/job-order.ts';
import type { OperationsType } from '#shared/domain/operations.ts';
import type { Queue, QueueItem } from '#shared/domain/queue.ts';
import { isoFromInstant } from '#shared/time/instant.ts';

const WORK_TYPES = {
  production: 'Production',
  quality: 'Quality',
  maintenance: 'Maintenance',
  inventory: 'Inventory',
} as const satisfies Record<OperationsType, JobOrder['workType']>;

/** What a line or a machine is told of these items of its queue. */
export const jobListFromQueue = (queue: Queue, items: readonly QueueItem[]): JobList => ({
  equipmentId: queue.unit,
  revision: queue.revision,
  version: queue.version,
  dispatchedTime: isoFromInstant(queue.dispatched),
  reason: queue.note?.reason ?? '',
  recalled: (queue.note?.recalled ?? []).map(({ task, reason, at }) => ({
    jobOrderId: task,
    reason,
    time: isoFromInstant(at),
  })),
  jobOrders: items.map(({ assignment, ...item }) => ({
    jobOrderId: item.task,
    description: item.name,
    workType: WORK_TYPES[item.domain],
    dispatchStatus: 'Dispatched',
    equipmentId: queue.unit,
    revision: queue.revision,
    position: item.position,
    startTime: isoFromInstant(assignment.start),
    runStartTime: isoFromInstant(assignment.runStart),
    endTime: isoFromInstant(assignment.end),
    operationsRequestId: item.order,
    orderName: item.orderName ?? item.order,
    materialDefinitionId: item.product,
    quantity: item.quantity,
    unitOfMeasure: item.uom,
    dueTime: isoFromInstant(item.due),
    ...(item.instructions && {
      workMasterId: item.instructions.routing,
      workMasterVersion: item.instructions.version,
    }),
    why: item.why,
  })),
});
