import type { Pin } from '#shared/domain/plan.ts';
import type { TaskId } from '#shared/domain/task.ts';

/** What is kept behind the task, and behind that, and so on: it goes where the task goes. */
export function companionsOf(task: TaskId, pins: Iterable<Pin>): TaskId[] {
  const kept = [...pins].filter((pin) => pin.after !== undefined);
  const found = new Set([task]);
  // A set is walked on to what is added meanwhile.
  for (const first of found) for (const pin of kept) if (pin.after === first) found.add(pin.task);
  found.delete(task);
  return [...found];
}
