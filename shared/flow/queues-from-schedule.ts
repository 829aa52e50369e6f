import { groupBy, indexBy } from '#shared/base/group.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import type { Queue, QueueItem } from '#shared/domain/queue.ts';
import type { Assignment, Schedule } from '#shared/domain/schedule.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import { formatLocal, formatSpan } from '#shared/time/format.ts';
import type { Instant } from '#shared/time/instant.ts';

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
  const why = whyInTurn(plan, schedule, open, tasks, done);
  const orders = indexBy(plan.plant.orders, (order) => order.id);
  const materials = indexBy(plan.plant.materials, (material) => material.id);
  const productOf = (task: Task): string => {
    const product = orders.get(task.order)?.product;
    return product === undefined ? '' : (materials.get(product)?.name ?? product);
  };
  return [...groupBy(open, ({ assignment }) => assignment.unit)].map(([unit, rows]) => ({
    unit,
    revision: 1,
    version,
    dispatched,
    items: rows
      .sort((a, b) => a.assignment.start - b.assignment.start || a.assignment.end - b.assignment.end)
      .map(({ task, assignment }, index): QueueItem => ({
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
        why: why(task),
      })),
  }));
}

interface Row {
  readonly task: Task;
  readonly assignment: Assignment;
}

/**
 * Why a task stands at its place, in words: the rule (pinned by the planner, or the plan's sequence), the order's due
 * date with the slack to its planned end, the critical ratio (d − t) / RPT of the work left, and what it waits for.
 */
function whyInTurn(
  plan: Plan,
  schedule: Schedule,
  open: readonly Row[],
  tasks: ReadonlyMap<TaskId, Task>,
  done: ReadonlySet<TaskId>,
): (task: Task) => string {
  const zone = zoneOf(plan.plant);
  const assignments = indexBy(schedule.assignments, (assignment) => assignment.task);
  const pins = indexBy(plan.pins, (pin) => pin.task);
  const ends = new Map<string, Instant>();
  const left = new Map<string, number>();
  for (const { task, assignment } of open) {
    ends.set(task.order, Math.max(ends.get(task.order) ?? 0, assignment.end));
    left.set(task.order, (left.get(task.order) ?? 0) + assignment.end - assignment.runStart);
  }
  const previous = (task: Task): string => {
    const waits = task.after.flatMap((link) => {
      const before = tasks.get(link.task);
      const end = assignments.get(link.task)?.end;
      return before && end !== undefined && !done.has(before.id) ? [{ name: before.name, end }] : [];
    });
    const last = waits.sort((a, b) => b.end - a.end)[0];
    return last ? `; after ${last.name}, planned to end ${formatLocal(zone, last.end)}` : '';
  };
  return (task) => {
    const pin = pins.get(task.id);
    const rule =
      pin && (pin.start !== undefined || pin.unit) ? 'Pinned by the planner' : 'In the sequence of the plan';
    const slack = task.due - (ends.get(task.order) ?? plan.now);
    const work = left.get(task.order) ?? 0;
    const ratio = work > 0 ? `, critical ratio ${((task.due - plan.now) / work).toFixed(1)}` : '';
    const margin = slack >= 0 ? `slack ${formatSpan(slack)}` : `late by ${formatSpan(-slack)}`;
    return `${rule}: due ${formatLocal(zone, task.due)}, ${margin}${ratio}${previous(task)}`;
  };
}
