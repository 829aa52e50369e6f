import { indexBy } from '#shared/base/group.ts';
import { type LotId, usableFrom } from '#shared/domain/material.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import type { Task } from '#shared/domain/task.ts';
import type { Facts, Objection, Objections } from './facts.ts';

/** Less than this is a rounding error of a sum. */
const CRUMB = 1e-6;

/** Rule 8: every pegged lot is usable from the run start to beyond the end, and together they are enough. */
export function lotRule({ plan, when }: Facts): (task: Task, place: Assignment, no: Objection) => void {
  const lots = indexBy(plan.plant.lots, (lot) => lot.id);
  return (task, place, no) => {
    for (const need of task.materials) {
      let pegged = 0;
      for (const { lot: id, quantity } of need.lots) {
        pegged += quantity;
        const lot = lots.get(id);
        const from = lot ? usableFrom(lot) : null;
        if (from === null || place.runStart < from) {
          no(
            'LOT_NOT_RELEASED',
            id,
            `lot ${id} is not usable ${from === null ? 'at any known time' : `before ${when(from)}`}`,
          );
        }
        if (lot?.expires !== undefined && lot.expires <= place.end) {
          no('LOT_EXPIRED', id, `lot ${id} expires ${when(lot.expires)}, before the end`);
        }
      }
      if (pegged < need.quantity - CRUMB) {
        no(
          'MATERIAL_MISSING',
          need.material,
          `needs ${need.quantity} ${need.material}, lots promise ${pegged}`,
        );
      }
    }
  };
}

/** Rule 8: no lot is promised beyond what it holds. */
export function promisesNoLotTwice({ plan, places }: Facts, no: Objections): void {
  const left = new Map<LotId, number>(plan.plant.lots.map((lot) => [lot.id, lot.quantity]));
  for (const task of plan.tasks) {
    if (!places.has(task.id)) continue;
    for (const { lot, quantity } of task.materials.flatMap((need) => need.lots)) {
      const rest = (left.get(lot) ?? 0) - quantity;
      left.set(lot, rest);
      if (rest < -CRUMB)
        no(task.id, 'MATERIAL_MISSING', lot, `takes ${-rest} more of lot ${lot} than it holds`);
    }
  }
}
