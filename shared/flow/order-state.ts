import type { TaskProgress } from '#shared/domain/execution.ts';
import type { RequestState } from '#shared/domain/operations.ts';
import { type Order, isOpen } from '#shared/domain/order.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';

/** Where an order stands by what the lines reported of its tasks; until something is reported, where the ERP says it stands. */
export function orderStateFrom(
  order: Order,
  tasks: readonly Task[],
  progress: ReadonlyMap<TaskId, TaskProgress>,
): RequestState {
  if (!isOpen(order)) return order.state;
  const kinds = tasks.map((task) => progress.get(task.id)?.state.kind ?? 'waiting');
  const some = (kind: (typeof kinds)[number]): boolean => kinds.includes(kind);
  if (kinds.length > 0 && kinds.every((kind) => kind === 'completed')) return 'Completed';
  if (order.state === 'Held') return 'Held';
  if (some('running') || some('setup')) return 'Running';
  if (some('suspended')) return 'Suspended';
  return some('completed') ? 'Running' : order.state;
}
