import type { Cause } from '#shared/domain/case.ts';
import { orderNameOf } from '#shared/domain/of-order.ts';
import { isHeldBack } from '#shared/flow/hold-gate.ts';
import { tasksById } from '#shared/flow/lookups.ts';
import { type Situation, causeOf } from './situation.ts';

/**
 * Instruments that were found out of their limits: quality has to judge what they measured since they were good (CAL-05),
 * while more of those orders is still to come. What was found last of an instrument's calibration counts.
 */
export function causesFromBadInstruments({ plan, planned, events, nameOf, when }: Situation): Cause[] {
  const tasks = tasksById(plan.tasks);
  const last = new Map(events.flatMap((event) => (event.proof && event.task ? [[event.task, event]] : [])));
  return [...last.values()].flatMap(({ id, at, proof, impact = [] }) => {
    if (!proof || impact.length === 0) return [];
    const measured = impact.flatMap((task) => tasks.get(task) ?? []);
    const orders = new Set(measured.map(({ order }) => order));
    const hit = planned.filter(({ task, begun }) => !begun && orders.has(task.order) && isHeldBack(task));
    const names = measured.map((task) => `${orderNameOf(task)} · ${task.name}`).join(', ');
    const text = `${nameOf(proof.equipment)} was found out of its limits on ${when(at)}; since it was good it measured ${names}`;
    const what = { kind: 'qualityHold', object: proof.equipment, text, free: null } as const;
    return causeOf({ ...what, key: `measured ${id}` }, hit);
  });
}
