import { groupBy, indexBy } from '#shared/base/group.ts';
import { onceFor } from '#shared/base/once-for.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Plant } from '#shared/domain/plant.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import type { Task } from '#shared/domain/task.ts';

const lotsById = onceFor((lots: Plant['lots']) => indexBy(lots, (lot) => lot.id));
const equipmentById = onceFor((equipment: Plant['equipment']) => indexBy(equipment, (one) => one.id));
const peopleById = onceFor((people: Plant['people']) => indexBy(people, (one) => one.id));
const ordersById = onceFor((orders: Plant['orders']) => indexBy(orders, (order) => order.id));
const resultsBySubject = onceFor((results: Plant['testResults']) =>
  groupBy(results, (result): string => result.subject),
);
const downtimesByUnit = onceFor((downtimes: Plant['downtimes']) =>
  groupBy(downtimes, (downtime) => downtime.equipment),
);
const renewalsIn = onceFor((tasks: readonly Task[]) => tasks.filter(({ renews }) => renews !== undefined));

/**
 * The plan without what a task does not use at its place, for the gates that look ahead (`moment` plan): they look through
 * all of it, and there are ten thousand tasks to ask for.
 */
export function planAround(plan: Plan, task: Task, { unit, instruments, people }: Assignment): Plan {
  const { plant } = plan;
  const used = [...new Set([unit, ...instruments])];
  const somebody = [...new Set(people.map(({ person }) => person))];
  const [lots, equipment, persons] = [
    lotsById(plant.lots),
    equipmentById(plant.equipment),
    peopleById(plant.people),
  ];
  const results = resultsBySubject(plant.testResults);
  const downtimes = downtimesByUnit(plant.downtimes);
  const order = ordersById(plant.orders).get(task.order);
  return {
    ...plan,
    tasks: renewalsIn(plan.tasks),
    plant: {
      ...plant,
      lots: task.materials.flatMap((need) => need.lots.flatMap(({ lot }) => lots.get(lot) ?? [])),
      equipment: used.flatMap((id) => equipment.get(id) ?? []),
      people: somebody.flatMap((id) => persons.get(id) ?? []),
      testResults: [...used, ...somebody].flatMap((subject: string) => results.get(subject) ?? []),
      downtimes: used.flatMap((id) => downtimes.get(id) ?? []),
      orders: order ? [order] : [],
    },
  };
}
