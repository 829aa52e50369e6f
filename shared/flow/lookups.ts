import { groupBy, indexBy } from '#shared/base/group.ts';
import { onceFor } from '#shared/base/once-for.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Plant } from '#shared/domain/plant.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';

/** Gates ask about one task of thousands, for every line of every page: what they look up is made once for each plan. */
export const tasksById = onceFor((tasks: Plan['tasks']) => indexBy(tasks, (task) => task.id));
export const renewalsIn = onceFor((tasks: Plan['tasks']) =>
  tasks.filter((task) => task.renews !== undefined),
);
/** The tasks that wait for each task. */
export const followersByTask = onceFor((tasks: Plan['tasks']) => {
  const followers = new Map<TaskId, Task[]>();
  for (const task of tasks)
    for (const before of new Set(task.after.map((link) => link.task)))
      followers.set(before, [...(followers.get(before) ?? []), task]);
  return followers;
});
export const ordersById = onceFor((orders: Plant['orders']) => indexBy(orders, (order) => order.id));
export const lotsById = onceFor((lots: Plant['lots']) => indexBy(lots, (lot) => lot.id));
export const resultsOf = onceFor((results: Plant['testResults']) =>
  groupBy(results, ({ subject, spec }): string => `${subject}\n${spec}`),
);
export const materialsById = onceFor((materials: Plant['materials']) => indexBy(materials, (one) => one.id));
export const equipmentById = onceFor((equipment: Plant['equipment']) => indexBy(equipment, (one) => one.id));
export const peopleById = onceFor((people: Plant['people']) => indexBy(people, (one) => one.id));
