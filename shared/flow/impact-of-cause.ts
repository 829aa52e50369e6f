import { indexBy } from '#shared/base/group.ts';
import type { OrderId } from '#shared/domain/order.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import { type Assignment, MOVE_TOLERANCE } from '#shared/domain/schedule.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';

/** A promise that would be broken, or broken further. */
interface OrderAtRisk {
  readonly order: OrderId;
  readonly due: Instant;
  /** When it would end; null while nobody knows. */
  readonly end: Instant | null;
  /** It is late as planned already, and would be later still. */
  readonly wasLate: boolean;
}

interface Impact {
  readonly orders: readonly OrderId[];
  readonly atRisk: readonly OrderAtRisk[];
  /** Weight × seconds more of lateness, as far as it is known. */
  readonly cost: Seconds;
}

/**
 * What happens at least when nobody decides: what is hit waits until `free`, and whatever comes after it on its unit or in
 * its order is pushed to the right; units that carry several at once push nobody. An order that came since has no end. Closed
 * time and people are left out, so that it comes late rather more than told here.
 */
export function impactOfCause(
  tasks: ReadonlyMap<TaskId, Task>,
  places: readonly Assignment[],
  hit: readonly TaskId[],
  free: Instant | null,
  isShared: (unit: EquipmentId) => boolean = () => false,
): Impact {
  const hits = new Set<string>(hit);
  const orders = new Map<OrderId, { due: Instant; weight: number; planned: Instant; end: Instant }>();
  const ends = new Map<string, Instant>();
  const unitEnds = new Map<string, Instant>();
  const planned = indexBy(places, (place) => place.task);
  for (const { task: id, unit, start, end } of [...places].sort((a, b) => a.start - b.start)) {
    const task = tasks.get(id);
    if (!task) continue;
    let from = Math.max(start, hits.has(id) ? (free ?? Infinity) : start);
    const busy = unitEnds.get(unit);
    if (busy !== undefined && busy !== Infinity && !isShared(unit)) from = Math.max(from, busy);
    for (const link of task.after) {
      const was = planned.get(link.task)?.end;
      const is = ends.get(link.task);
      if (was !== undefined && is !== undefined && is > was) from = Math.max(from, start + (is - was));
    }
    const to = end + (from - start);
    ends.set(id, to);
    // What comes no later than planned pushes nobody.
    if (to > end) unitEnds.set(unit, Math.max(to, unitEnds.get(unit) ?? 0));
    const known = orders.get(task.order);
    orders.set(task.order, {
      due: task.due,
      weight: task.weight,
      planned: Math.max(end, known?.planned ?? 0),
      end: Math.max(to, known?.end ?? 0),
    });
  }
  // An order of which nothing is planned has no end at all.
  for (const id of hit) {
    const task = tasks.get(id);
    if (!task || orders.has(task.order)) continue;
    orders.set(task.order, { due: task.due, weight: task.weight, planned: 0, end: Infinity });
  }
  const touched = new Set(hit.flatMap((id) => tasks.get(id)?.order ?? []));
  let cost = 0;
  const atRisk: OrderAtRisk[] = [];
  for (const [order, { due, weight, planned: before, end }] of orders) {
    const later = end - Math.max(due, before);
    if (later <= 0) continue;
    if (end !== Infinity) cost += weight * later;
    // What was late already and is later by less than anybody would notice is no broken promise.
    if (before > due && later <= MOVE_TOLERANCE) continue;
    atRisk.push({ order, due, end: end === Infinity ? null : end, wasLate: before > due });
  }
  return {
    orders: [...touched],
    atRisk: atRisk.sort((a, b) => Number(a.wasLate) - Number(b.wasLate) || a.due - b.due),
    cost,
  };
}
