import { indexBy } from '#shared/base/group.ts';
import type { TaskProgress } from '#shared/domain/execution.ts';
import type { LotId } from '#shared/domain/material.ts';
import type { Consumed } from '#shared/domain/outbound.ts';
import type { Plant } from '#shared/domain/plant.ts';
import { lotsById } from './lookups.ts';

/** What the lines of these tasks took, by lot, with the material it is of; a lot that nobody knows any more is left out. */
export function consumedFromProgress(
  progress: readonly Pick<TaskProgress, 'consumed'>[],
  { lots, materials }: Pick<Plant, 'lots' | 'materials'>,
): Consumed {
  const sums = new Map<LotId, number>();
  for (const { consumed = [] } of progress)
    for (const { lot, quantity } of consumed) sums.set(lot, (sums.get(lot) ?? 0) + quantity);
  const known = lotsById(lots);
  const byId = indexBy(materials, ({ id }) => id);
  return [...sums].flatMap(([id, quantity]) => {
    const lot = known.get(id);
    return lot ? { lot: id, material: lot.material, quantity, uom: byId.get(lot.material)?.uom ?? '' } : [];
  });
}
