import type { Instant } from '#shared/time/instant.ts';
import { formatSpan } from '#shared/time/format.ts';
import { type Answer, type Gate, against } from './gate.ts';
import { ordersById, tasksById } from './lookups.ts';

/** The ERP has not stopped the order. */
export function orderGate({ plan, task }: Gate): Answer[] {
  const order = ordersById(plan.plant.orders).get(task.order);
  if (order?.state !== 'Held' && order?.state !== 'Suspended') return [];
  const text = `Order ${order.id} is ${order.state === 'Held' ? 'on hold' : 'suspended'}.`;
  return [against('ORDER_ON_HOLD', order.id, text)];
}

/** No other task is in work on the unit. */
export function occupationGate({ plan, task, unit, progress, moment, nameOf }: Gate): Answer[] {
  if (moment === 'plan') return [];
  for (const other of progress.values()) {
    if (other.task === task.id || other.unit !== unit) continue;
    const { kind } = other.state;
    if (kind === 'waiting' || kind === 'completed') continue;
    const name = tasksById(plan.tasks).get(other.task)?.name;
    const who = name ? `${name} (${other.task})` : other.task;
    const text = `${nameOf(unit)} still works on ${who}, which is ${kind === 'suspended' ? 'paused' : 'running'}.`;
    return [against('UNIT_BUSY', other.task, text)];
  }
  return [`${nameOf(unit)} is free`];
}

/** Every predecessor is so far that this task may run, and none so long ago that its hold time is over. A setup may begin before. */
export function predecessorGate({ plan, task, progress, moment, interval, when }: Gate): Answer[] {
  if (moment === 'plan' || task.after.length === 0) return [];
  const tasks = tasksById(plan.tasks);
  return task.after.flatMap((link): Answer[] => {
    const before = tasks.get(link.task);
    if (!before) return [];
    const own = progress.get(link.task);
    const since: Instant | undefined = link.from === 'end' ? own?.actualEnd : own?.actualRunStart;
    const did = link.from === 'end' ? 'finished' : 'started';
    if (since === undefined) {
      if (moment === 'setup') return [];
      return [
        against('PREDECESSOR_NOT_FINISHED', link.task, `${before.name} (${link.task}) is not ${did} yet.`),
      ];
    }
    if (link.maxLag !== undefined && interval.start > since + link.maxLag) {
      const limit = `${formatSpan(link.maxLag)} after it ${did}, ${when(since + link.maxLag)}`;
      return [against('HOLD_TIME_EXCEEDED', link.task, `The hold time after ${before.name} ended ${limit}.`)];
    }
    if (moment === 'start' && interval.start < since + link.minLag) {
      const text = `${before.name} (${link.task}) ${did} ${when(since)}; ${formatSpan(link.minLag)} must pass, until ${when(since + link.minLag)}.`;
      return [against('PREDECESSOR_NOT_FINISHED', link.task, text)];
    }
    return [`${before.name} ${did} ${when(since)}`];
  });
}
