import { usableFrom } from '#shared/domain/material.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { NEVER, clamp } from './open-time.ts';
import { NONE } from './problem.ts';

/** From when and until when the pegged lots carry each task, or why they don't. */
export function materialBounds(
  plan: Plan,
  isStarted: (task: number) => boolean,
): {
  from: Int32Array;
  by: Int32Array;
  latest: Int32Array;
  flaw: (Refusal | undefined)[];
} {
  const { tasks, plant, horizon } = plan;
  const lotOf = new Map(plant.lots.map((lot, k) => [lot.id, k]));
  const taken = new Float64Array(plant.lots.length);
  const from = new Int32Array(tasks.length).fill(-NEVER);
  const by = new Int32Array(tasks.length).fill(NONE);
  const latest = Int32Array.from(tasks, (task) =>
    clamp(Math.min(horizon.end, task.deadline ?? horizon.end) - horizon.start),
  );
  const flaw: (Refusal | undefined)[] = tasks.map(() => undefined);
  // What has started has its material; the others share what is left.
  for (const t of tasks.keys()) if (isStarted(t)) flaw[t] = materialFlaw(t);
  for (const t of tasks.keys()) if (!isStarted(t)) flaw[t] = materialFlaw(t);

  function materialFlaw(t: number): Refusal | undefined {
    for (const need of tasks[t].materials) {
      let pegged = 0;
      for (const peg of need.lots) {
        const k = lotOf.get(peg.lot);
        const lot = k === undefined ? undefined : plant.lots[k];
        const usable = lot ? usableFrom(lot) : null;
        if (k === undefined || !lot || usable === null) {
          return {
            code: 'LOT_NOT_RELEASED',
            object: peg.lot,
            text: lot
              ? `lot ${lot.id} is ${lot.disposition} and nobody knows until when`
              : `lot ${peg.lot} is not in the plant`,
          };
        }
        taken[k] += peg.quantity;
        if (taken[k] > lot.quantity + 1e-6) {
          return {
            code: 'MATERIAL_MISSING',
            object: lot.id,
            text: `lot ${lot.id} holds ${lot.quantity}, but ${taken[k]} of it is promised`,
          };
        }
        pegged += peg.quantity;
        const relative = clamp(usable - horizon.start);
        if (relative > from[t]) {
          from[t] = relative;
          by[t] = k;
        }
        if (lot.expires !== undefined)
          latest[t] = Math.min(latest[t], clamp(lot.expires - horizon.start) - 1);
      }
      if (pegged < need.quantity - 1e-6) {
        return {
          code: 'MATERIAL_MISSING',
          object: need.material,
          text: `${need.quantity} of ${need.material} needed, lots promise ${pegged}`,
        };
      }
    }
    return undefined;
  }
  return { from, by, latest, flaw };
}
