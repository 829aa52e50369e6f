import { must } from '#shared/base/must.ts';
import type { Queue, QueueItem } from '#shared/domain/queue.ts';
import type { TemporaryStation } from './temporary-station.ts';

/**
 * Of the lines with three tasks or more of which the first is upkeep that waits for no other, the one that begins first: by
 * then what the ERP said is still fresh, wherever the solver put the others. (Stagings and calibrations end in words of
 * their own.)
 */
export function lineThatBegins({ station }: TemporaryStation): {
  readonly queue: Queue;
  readonly item: QueueItem;
} {
  const { queues, tasks } = station.workspace;
  const lines = [...queues.values()].flatMap((queue) => {
    const [item] = queue.items;
    const task = item && tasks.get(item.task);
    return item &&
      task?.domain === 'maintenance' &&
      !task.renews &&
      task.after.length === 0 &&
      queue.items.length >= 3 &&
      item.assignment.people.length > 0
      ? [{ queue, item }]
      : [];
  });
  const [first] = lines.toSorted((a, b) => a.item.assignment.start - b.item.assignment.start);
  return must(first, 'A line that begins with upkeep');
}
