import { must } from '#shared/base/must.ts';
import type { Queue, QueueItem } from '#shared/domain/queue.ts';
import type { TemporaryStation } from './temporary-station.ts';

/**
 * Of the lines with three tasks or more of which the first waits for no other and takes people, one that begins with upkeep
 * (a staging where there is none), and of these the one that begins first: by then what the ERP said is still fresh,
 * wherever the solver put the others.
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
      task?.after.length === 0 &&
      !task.renews &&
      queue.items.length >= 3 &&
      item.assignment.people.length > 0
      ? [{ queue, item }]
      : [];
  });
  const upkeepFirst = ({ domain }: QueueItem): number => (domain === 'maintenance' ? 0 : 1);
  const [first] = lines.toSorted(
    (a, b) => upkeepFirst(a.item) - upkeepFirst(b.item) || a.item.assignment.start - b.item.assignment.start,
  );
  return must(first, 'A line whose first task waits for no other');
}
