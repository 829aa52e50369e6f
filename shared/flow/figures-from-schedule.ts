import { indexBy } from '#shared/base/group.ts';
import { onceFor } from '#shared/base/once-for.ts';
import type { OrderId } from '#shared/domain/order.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import { type Assignment, type Figures, type Schedule, isMoved } from '#shared/domain/schedule.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import { tasksById } from './lookups.ts';
import { openSecondsBefore, openTimesOf, overtimesOf } from './open-times.ts';

/** What a schedule is worth. An order is late by its placed tasks; what has no place is counted by itself, not as late. */
export function figuresFromSchedule(plan: Plan, schedule: Schedule): Figures {
  const { orders, orderOf } = ordersOf(plan.tasks);
  const ends = orders.map(() => -Infinity);
  let setup = 0;
  let last = plan.now;
  for (const { task, end, setup: own } of schedule.assignments) {
    const order = orderOf.get(task);
    if (order !== undefined) ends[order] = Math.max(ends[order] ?? -Infinity, end);
    setup += own;
    if (end > last) last = end;
  }
  let lateOrders = 0;
  let tardiness = 0;
  let weightedTardiness = 0;
  let flow = 0;
  for (const [index, { release, due, weight }] of orders.entries()) {
    const end = ends[index] ?? -Infinity;
    if (end > -Infinity) flow += end - release;
    if (end <= due) continue;
    lateOrders += 1;
    tardiness += end - due;
    weightedTardiness += weight * (end - due);
  }
  return {
    orders: orders.length,
    lateOrders,
    weightedTardiness,
    tardiness,
    setup,
    makespanEnd: last,
    load: loadOf(plan, schedule, last),
    unplaced: schedule.unplaced.length,
    flow,
    overtime: overtimeWorked(plan, schedule),
    penalty: penaltyOf(plan, schedule),
    moved: movedFrom(plan, schedule).length,
  };
}

interface OrderSpan {
  release: Instant;
  readonly due: Instant;
  readonly weight: number;
}

/** What no schedule changes of the orders, and which one each task is of: figures follow every report. */
const ordersOf = onceFor((tasks: Plan['tasks']) => {
  const orders: OrderSpan[] = [];
  const indexOf = new Map<OrderId, number>();
  const orderOf = new Map<TaskId, number>();
  for (const { id, order, release, due, weight } of tasks) {
    const index = indexOf.get(order) ?? orders.push({ release, due, weight }) - 1;
    const known = orders[index];
    if (known) known.release = Math.min(known.release, release);
    indexOf.set(order, index);
    orderOf.set(id, index);
  }
  return { orders, orderOf };
});

/** Whether any machine is preferred to another. */
const hasPenalties = onceFor((tasks: Plan['tasks']) =>
  tasks.some(({ modes }) => modes.some(({ penalty }) => penalty)),
);

/** Placed tasks that the planner is free to move and that stand elsewhere than in the baseline. */
export function movedFrom(plan: Plan, schedule: Schedule): TaskId[] {
  if (!plan.baseline) return [];
  const before = indexBy(plan.baseline, (place) => place.task);
  const known = new Set(plan.tasks.map((task) => task.id));
  const started = new Set(plan.progress.filter(hasStarted).map((entry) => entry.task));
  return schedule.assignments.flatMap((place) => {
    const was = before.get(place.task);
    const isOurs = known.has(place.task) && !started.has(place.task);
    return was && isOurs && isMoved(was, place) ? [place.task] : [];
  });
}

/** Points of machine preference over all chosen modes. */
function penaltyOf(plan: Plan, schedule: Schedule): number {
  if (!hasPenalties(plan.tasks)) return 0;
  const tasks = tasksById(plan.tasks);
  let sum = 0;
  for (const { task, unit } of schedule.assignments) {
    sum += tasks.get(task)?.modes.find((mode) => mode.unit === unit)?.penalty ?? 0;
  }
  return sum;
}

/** Seconds that the units work in overtime, setup and run. */
function overtimeWorked(plan: Plan, schedule: Schedule): Seconds {
  const before = new Map([...overtimesOf(plan)].map(([unit, spans]) => [unit, openSecondsBefore(spans)]));
  let sum = 0;
  for (const { unit, start, end } of schedule.assignments) {
    const worked = before.get(unit);
    if (worked) sum += worked(end) - worked(start);
  }
  return sum;
}

/** Busy over open time of all work units between now and the last end. */
function loadOf(plan: Plan, schedule: Schedule, last: Instant): number {
  const { busy, open } = utilisationOf(plan);
  return shareOf(
    schedule.assignments.reduce((sum, place) => sum + busy(place), 0),
    open(last),
  );
}

/** No more than all of it, however many tasks a shared unit carries at once. */
export const shareOf = (busy: Seconds, open: Seconds): number => (open > 0 ? Math.min(1, busy / open) : 0);

/** What load is made of, from now on: the open seconds that a place is busy, and those of all units up to an instant. */
export function utilisationOf(plan: Plan) {
  const openBefore = new Map([...openTimesOf(plan)].map(([unit, spans]) => [unit, openSecondsBefore(spans)]));
  return {
    busy: ({ unit, start, end }: Pick<Assignment, 'unit' | 'start' | 'end'>): Seconds => {
      const before = openBefore.get(unit);
      return before && end > plan.now ? before(end) - before(Math.max(start, plan.now)) : 0;
    },
    open: (last: Instant): Seconds => {
      let sum = 0;
      for (const before of openBefore.values()) sum += before(last) - before(plan.now);
      return sum;
    },
  };
}
