import type { OrderId } from '#shared/domain/order.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import type { Instant } from '#shared/time/instant.ts';
import { isPlaced, withProblem } from '#solver/evaluate/state.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { NONE } from '#solver/problem/problem.ts';
import { BY_ITSELF, latenessBefore, latenessOf, leastDisturbing, tasksOf } from './attempt.ts';
import { improve } from './improve.ts';
import { Journal } from './journal.ts';
import { scheduleAfter } from './schedule-after.ts';
import { settle, withoutBrokenTies } from './settled.ts';

export interface HastenOptions {
  readonly seed: number;
  readonly iterations: number;
  readonly since?: Instant;
  /** Orders whose lateness is free. */
  readonly yields?: readonly OrderId[];
  /** The order is worth more than all others together, instead of less. */
  readonly overtakes?: boolean;
}

export interface Hastened {
  readonly schedule: Schedule;
  /** When the order ends. */
  readonly end: Instant;
  /** Tasks that move for it. */
  readonly moved: number;
  /** Other orders that were on time before. */
  readonly lateNow: readonly OrderId[];
}

/** One order's lateness against that of the others. */
const FAR_MORE = 1000;

/** A short re-solve around one order that makes it as early as the others allow: they keep their dates unless told otherwise. */
export function hasten(plan: Plan, schedule: Schedule, id: OrderId, options: HastenOptions): Hastened {
  const compiled = problemFromPlan(plan);
  const since = Math.min(compiled.now, (options.since ?? plan.now) - compiled.origin);
  const settled = settle(compiled, schedule, since);
  const order = orderNamed(id);
  const yields = new Set(options.yields?.map(orderNamed));
  const orderWeight = compiled.orderWeight.map((_, o) =>
    o === order ? (options.overtakes ? FAR_MORE : 1) : yields.has(o) ? 0 : options.overtakes ? 1 : FAR_MORE,
  );
  const ties = withoutBrokenTies(settled);
  const state = withProblem(ties, { ...ties.problem, orderWeight });
  const mending = new Journal(state, settled.broken);
  const wanted = {
    weighing: { moved: 0.001, tardiness: 1, setup: 0 },
    mostMoved: Infinity,
    moved: BY_ITSELF,
  };
  leastDisturbing(state, mending, wanted, (push) => push.reschedule([...settled.broken.keys()]));
  // What was broken before is mended first: what that makes late is not this order's doing.
  const journal = new Journal(state);
  const { seed, iterations } = options;
  improve(state, journal, { ...wanted, seed, limit: { iterations }, orders: [order] });

  const own = tasksOf(state.problem).get(order) ?? [];
  const end = Math.max(...own.map((task) => (isPlaced(state, task) ? state.end[task] : state.problem.end)));
  const changed = journal.changed();
  const others = new Set(changed.map((task) => state.problem.order[task]));
  others.delete(order);
  return {
    schedule: scheduleAfter({ ...settled, state }, [mending, journal], schedule),
    end: state.problem.origin + end,
    moved: changed.length,
    lateNow: [...others]
      .filter((other) => latenessBefore(state, journal, other) === 0 && latenessOf(state, other) > 0)
      .map(orderId),
  };

  function orderNamed(name: OrderId): number {
    return compiled.order[plan.tasks.findIndex((task) => task.order === name)] ?? NONE;
  }
  function orderId(number: number): OrderId {
    return plan.tasks[compiled.order.indexOf(number)].order;
  }
}
