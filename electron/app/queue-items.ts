import { onceFor } from '#shared/base/once-for.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Queue, QueueItem, Recalled } from '#shared/domain/queue.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { Workspace } from './workspace.ts';

export interface ToldItem {
  readonly unit: EquipmentId;
  readonly item: QueueItem;
}

/** What every line has been told, by task; a task stands in one queue only. */
export const itemsOf = onceFor(
  (queues: Workspace['queues']): ReadonlyMap<TaskId, ToldItem> =>
    new Map(
      [...queues.values()].flatMap((queue) =>
        queue.items.map((item) => [item.task, { unit: queue.unit, item }] as const),
      ),
    ),
);

/** The queue item of a task, on whichever unit it was dispatched to. */
export const dispatchedItem = ({ queues }: Workspace, task: TaskId): QueueItem | null =>
  itemsOf(queues).get(task)?.item ?? null;

/** What of a queue is still to be done. */
export const openItems = ({ progress }: Workspace, queue: Queue): QueueItem[] =>
  queue.items.filter((item) => progress.get(item.task)?.state.kind !== 'completed');

/** The unit that has the task in setup, running or suspended. */
export function unitInHand({ progress }: Workspace, task: TaskId): EquipmentId | null {
  const own = progress.get(task);
  return own && hasStarted(own) && own.state.kind !== 'completed' ? own.unit : null;
}

/** Whether a task was taken back from this line, and why. */
export const recalledOn = (
  { queues }: Pick<Workspace, 'queues'>,
  unit: EquipmentId,
  task: TaskId,
): Recalled | null => queues.get(unit)?.note?.recalled.find((entry) => entry.task === task) ?? null;

/** Since when a line has not said that it has seen what it was told last; null where it has, or is not asked. */
export function unseenSince(
  { queues, seen, policy }: Pick<Workspace, 'queues' | 'seen' | 'policy'>,
  unit: EquipmentId,
): Instant | null {
  const queue = queues.get(unit);
  if (!queue?.note || policy.seenMinutes === null) return null;
  return seen.get(unit)?.receipt.revision === queue.revision ? null : queue.dispatched;
}
