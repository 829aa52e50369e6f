import { groupBy, indexBy } from '#shared/base/group.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Queue, QueueItem } from '#shared/domain/queue.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import type { Task } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';
import { whyNext } from './why-next.ts';
import { whyLine } from './why-words.ts';

/** Each work unit's part of the schedule that is not completed, by planned start. `revision` is 1 until the station counts it. */
export function queuesFromSchedule(
  plan: Plan,
  schedule: Schedule,
  version: number,
  dispatched: Instant,
): Queue[] {
  const tasks = indexBy(plan.tasks, (task) => task.id);
  const done = new Set(
    plan.progress.filter((entry) => entry.state.kind === 'completed').map((entry) => entry.task),
  );
  const open = schedule.assignments.flatMap((assignment) => {
    const task = tasks.get(assignment.task);
    return task && !done.has(task.id) ? [{ task, assignment }] : [];
  });
  const whyOf = whyNext(plan, schedule, open);
  const orders = indexBy(plan.plant.orders, (order) => order.id);
  const materials = indexBy(plan.plant.materials, (material) => material.id);
  const productOf = (task: Task): string => {
    const product = orders.get(task.order)?.product;
    return product === undefined ? '' : (materials.get(product)?.name ?? product);
  };
  return [...groupBy(open, ({ assignment }) => assignment.unit)].map(([unit, rows]) => {
    rows.sort((a, b) => a.assignment.start - b.assignment.start || a.assignment.end - b.assignment.end);
    return {
      unit,
      revision: 1,
      version,
      dispatched,
      items: rows.map(({ task, assignment }, index): QueueItem => {
        const card = whyOf(rows, index + 1);
        return {
          position: index + 1,
          task: task.id,
          order: task.order,
          orderName: task.orderName,
          name: task.name,
          domain: task.domain,
          product: productOf(task),
          quantity: task.quantity,
          uom: task.uom,
          due: task.due,
          assignment,
          why: whyLine(card),
          card,
        };
      }),
    };
  });
}
