import { groupBy, indexBy } from '#shared/base/group.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Queue, QueueItem, ToldItem } from '#shared/domain/queue.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import type { Task } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';
import { type Row, whyNext } from './why-next.ts';
import { whyLine } from './why-words.ts';

/** One unit's part of a schedule, not yet with its reasons. */
export interface PlannedList {
  readonly unit: EquipmentId;
  readonly rows: readonly Row[];
  readonly items: readonly ToldItem[];
}

/** Each work unit's part of the schedule that is not completed, by planned start: what its line would be told. */
export function listsFromSchedule(plan: Plan, schedule: Schedule): PlannedList[] {
  const orders = indexBy(plan.plant.orders, (order) => order.id);
  const materials = indexBy(plan.plant.materials, (material) => material.id);
  const productOf = (task: Task): string => {
    const product = orders.get(task.order)?.product;
    return product === undefined ? '' : (materials.get(product)?.name ?? product);
  };
  return [...groupBy(openRows(plan, schedule), ({ assignment }) => assignment.unit)].map(([unit, rows]) => {
    rows.sort((a, b) => a.assignment.start - b.assignment.start || a.assignment.end - b.assignment.end);
    return {
      unit,
      rows,
      items: rows.map(({ task, assignment }, index) => ({
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
        ...(task.instructions && { instructions: task.instructions }),
        assignment,
      })),
    };
  });
}

/** What each line is to be told, with why each task stands where it stands. `revision` is 1 until the station counts it. */
export function queuesFromSchedule(
  plan: Plan,
  schedule: Schedule,
  version: number,
  dispatched: Instant,
): Queue[] {
  const whyOf = whyNext(plan, schedule, openRows(plan, schedule));
  return listsFromSchedule(plan, schedule).map(({ unit, rows, items }) => ({
    unit,
    revision: 1,
    version,
    dispatched,
    items: items.map((item): QueueItem => {
      const card = whyOf(rows, item.position);
      return { ...item, why: whyLine(card), card };
    }),
  }));
}

function openRows(plan: Plan, schedule: Schedule): Row[] {
  const tasks = indexBy(plan.tasks, (task) => task.id);
  const done = new Set(
    plan.progress.filter((entry) => entry.state.kind === 'completed').map((entry) => entry.task),
  );
  return schedule.assignments.flatMap((assignment) => {
    const task = tasks.get(assignment.task);
    return task && !done.has(task.id) ? [{ task, assignment }] : [];
  });
}
