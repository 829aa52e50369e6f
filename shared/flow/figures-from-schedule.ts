import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { OrderId } from '#shared/domain/order.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Figures, Schedule } from '#shared/domain/schedule.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import { openSecondsBefore, openTimesOf } from './open-times.ts';

/** What a schedule is worth. An order is late by its placed tasks; what has no place is counted by itself, not as late. */
export function figuresFromSchedule(plan: Plan, schedule: Schedule): Figures {
  const ends = new Map<string, Instant>();
  let setup = 0;
  let last = plan.now;
  for (const { task, end, setup: own } of schedule.assignments) {
    ends.set(task, end);
    setup += own;
    if (end > last) last = end;
  }
  const orders = new Map<OrderId, { due: Instant; weight: number; end: Instant }>();
  for (const { id, order, due, weight } of plan.tasks) {
    const end = ends.get(id) ?? -Infinity;
    const known = orders.get(order);
    if (!known) orders.set(order, { due, weight, end });
    else if (end > known.end) known.end = end;
  }
  let lateOrders = 0;
  let tardiness = 0;
  let weightedTardiness = 0;
  for (const { due, weight, end } of orders.values()) {
    if (end <= due) continue;
    lateOrders += 1;
    tardiness += end - due;
    weightedTardiness += weight * (end - due);
  }
  return {
    orders: orders.size,
    lateOrders,
    weightedTardiness,
    tardiness,
    setup,
    makespanEnd: last,
    load: loadOf(plan, schedule, last),
    unplaced: schedule.unplaced.length,
  };
}

/** Busy over open time of all work units between now and the last end. */
function loadOf(plan: Plan, schedule: Schedule, last: Instant): number {
  const openBefore = new Map<EquipmentId, (at: Instant) => Seconds>();
  let open = 0;
  for (const [unit, windows] of openTimesOf(plan)) {
    const before = openSecondsBefore(windows);
    openBefore.set(unit, before);
    open += before(last) - before(plan.now);
  }
  let busy = 0;
  for (const { unit, start, end } of schedule.assignments) {
    const before = openBefore.get(unit);
    if (before && end > plan.now) busy += before(end) - before(Math.max(start, plan.now));
  }
  return open > 0 ? Math.min(1, busy / open) : 0;
}
