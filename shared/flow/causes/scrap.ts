import { groupBy } from '#shared/base/group.ts';
import type { Cause } from '#shared/domain/case.ts';
import { orderNameOf } from '#shared/domain/of-order.ts';
import { type Situation, causeOf } from './situation.ts';

/** A task that is done with less good quantity than its order needs while later steps of the order are still to come. */
export function causesFromScrap({ plan, planned, progress }: Situation): Cause[] {
  const later = groupBy(planned, ({ task }) => task.order);
  return plan.tasks.flatMap((task) => {
    const own = progress.get(task.id);
    if (own?.state.kind !== 'completed' || own.scrap + own.rework <= 0) return [];
    const short = task.quantity - own.good;
    if (short <= task.quantity * 1e-6) return [];
    const hit = (later.get(task.order) ?? []).filter(({ begun }) => !begun);
    if (hit.length === 0) return [];
    const lost = [
      own.scrap > 0 ? `${round(own.scrap)} ${task.uom} scrap` : null,
      own.rework > 0 ? `${round(own.rework)} ${task.uom} to be reworked` : null,
    ].filter((part) => part !== null);
    const text = `${orderNameOf(task)} is ${round(short)} ${task.uom} short after ${task.name}: ${lost.join(', ')}`;
    const what = { key: `scrap ${task.id}`, kind: 'rework', object: task.order, text, free: null } as const;
    return causeOf(what, hit);
  });
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
