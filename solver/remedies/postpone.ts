import { orderNameOf } from '#shared/domain/of-order.ts';
import type { OrderId } from '#shared/domain/order.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import { isCommitted } from './late-order.ts';
import type { Kind } from './remedy.ts';

/** So many of the orders that stand in its way are tried. */
const MOST_ORDERS = 8;

const takenBy = ({ unit, instruments, people }: Assignment): string[] => [
  unit,
  ...instruments,
  ...people.map(({ person }) => person),
];

/** Another order that has its units, instruments or people before it gives way, and may become late. */
export const postponeOther: Kind = ({ plan, schedule, order, tasks, end }) => {
  const own = new Set(tasks.map(({ id }) => id));
  const taken = new Set<string>(tasks.flatMap((task) => task.modes.map(({ unit }) => unit)));
  for (const place of schedule.assignments) {
    if (own.has(place.task)) for (const one of takenBy(place)) taken.add(one);
  }
  const orderOf = new Map(plan.tasks.map((task) => [task.id, task.order]));
  const names = new Map(plan.tasks.map((task) => [task.order, orderNameOf(task)]));
  const release = Math.min(...tasks.map((task) => task.release));
  const held = new Map<OrderId, number>();
  for (const place of schedule.assignments) {
    const other = orderOf.get(place.task);
    if (
      other === undefined ||
      other === order ||
      !takenBy(place).some((one) => taken.has(one)) ||
      isCommitted(plan, place.task)
    )
      continue;
    const inTheWay = Math.min(end, place.end) - Math.max(release, plan.now, place.start);
    if (inTheWay > 0) held.set(other, (held.get(other) ?? 0) + inTheWay);
  }
  const most = [...held].toSorted((a, b) => b[1] - a[1]).slice(0, MOST_ORDERS);
  return most.map(([other]) => ({ text: `Postpone ${names.get(other)}`, plan, yields: [other] }));
};
