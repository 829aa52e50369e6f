import { hasStarted } from '#shared/domain/execution.ts';
import { orderNameOf } from '#shared/domain/of-order.ts';
import type { OrderId } from '#shared/domain/order.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { LateOrder } from './remedy.ts';

/** Started, committed or pinned: no remedy moves it. */
export const isCommitted = (plan: Plan, task: TaskId): boolean =>
  plan.progress.some((entry) => entry.task === task && hasStarted(entry)) ||
  plan.frozen.some((entry) => entry.task === task) ||
  plan.pins.some((pin) => pin.task === task && pin.start !== undefined);

/** The order as far as it can still be changed; null where it is on time or has no place. */
export function lateOrder(plan: Plan, schedule: Schedule, order: OrderId): LateOrder | null {
  const all = plan.tasks.filter((task) => task.order === order);
  const ids = new Set(all.map((task) => task.id));
  const ends = schedule.assignments.flatMap(({ task, end }) => (ids.has(task) ? end : []));
  const [first] = all;
  const end = Math.max(...ends);
  if (ends.length === 0 || end <= first.due) return null;
  const tasks = all.filter((task) => !isCommitted(plan, task.id));
  return { plan, schedule, order, name: orderNameOf(first), tasks, due: first.due, end };
}
