import { isWorkUnit } from '#shared/domain/equipment.ts';
import type { ExecutionReport } from '#shared/domain/execution.ts';
import { type Order, isOpen } from '#shared/domain/order.ts';
import type { Objection } from './check-record.ts';
import type { World } from './world.ts';

/** A logged fact is never judged, but it must be about a task, a unit and a person that exist. */
export function checkReport({ task, unit, person }: ExecutionReport, world: World): Objection[] {
  const objections: Objection[] = [];
  const equipment = world.get('equipment', unit);
  if (!equipment || !isWorkUnit(equipment)) {
    objections.push({ field: 'unit', value: unit, reason: `There is no work unit ${unit}.` });
  }
  if (person !== undefined && !world.get('people', person)) {
    objections.push({ field: 'person', value: person, reason: `There is no person ${person}.` });
  }
  if (task === undefined) return objections;
  const order = orderOf(task, world);
  if (!order) {
    const reason = `There is no task ${task}. A task is named <order>/<step>. Maybe its order has not been imported yet.`;
    objections.push({ field: 'task', value: task, reason });
  } else if (!isOpen(order)) {
    const reason = `Order ${order.id} is ${order.state} by the ERP, so there is no task ${task} to report on.`;
    objections.push({ field: 'task', value: task, reason });
  }
  return objections;
}

/** The order of a task `<order>/<step>`; both names may hold a slash themselves. */
function orderOf(task: string, world: World): Order | undefined {
  for (let slash = task.indexOf('/'); slash >= 0; slash = task.indexOf('/', slash + 1)) {
    const order = world.get('orders', task.slice(0, slash));
    const routing = order && world.get('routings', order.routing);
    if (routing?.steps.some((step) => step.id === task.slice(slash + 1))) return order;
  }
  return undefined;
}
