import type { LotToTake } from '#shared/contract/line.ts';
import type { LotActual } from '#shared/domain/line-result.ts';
import type { LotId } from '#shared/domain/material.ts';
import type { Task } from '#shared/domain/task.ts';
import { followersByTask, lotsById, materialsById } from '#shared/flow/lookups.ts';
import { stagingOf } from '#shared/flow/staging-gate.ts';
import { nameOf } from './edit-draft.ts';
import { itemsOf } from './queue-items.ts';
import type { Workspace } from './workspace.ts';

/** The lots of a task with where they lie: those pegged to it, and those that were staged, or are to be, for it. */
export function lotsToTake(workspace: Workspace, task: Task): LotToTake[] {
  const { plan, progress } = workspace;
  const wanted = new Map<LotId, { quantity: number; staged: number | null }>();
  const want = (lot: LotId, quantity: number, staged: number | null): void => {
    const before = wanted.get(lot);
    wanted.set(lot, { quantity: (before?.quantity ?? 0) + quantity, staged: before?.staged ?? staged });
  };
  for (const one of [task, ...stagingOf(plan, task)]) {
    const staged = progress.get(one.id)?.staged;
    const stagedOf = (id: LotId): number | null => staged?.find(({ lot }) => lot === id)?.quantity ?? null;
    const pegs = one.materials.flatMap(({ lots }) => lots);
    // What stands there counts, for whoever takes it; the warehouse still sees what it was to bring.
    if (staged && one !== task) for (const { lot, quantity } of staged) want(lot, quantity, quantity);
    else for (const { lot, quantity } of pegs) want(lot, quantity, stagedOf(lot));
  }
  return [...wanted].flatMap(([id, { quantity, staged }]) =>
    quantity === 0 ? [] : lotAs(workspace, id, quantity, staged),
  );
}

/** The lots that a line said a task took, as they are called. */
export const lotsTaken = (workspace: Workspace, consumed: readonly LotActual[] = []): LotToTake[] =>
  consumed.flatMap(({ lot, quantity }) => lotAs(workspace, lot, quantity, null));

/** None where nobody knows the lot any more. */
function lotAs({ plan }: Workspace, id: LotId, quantity: number, staged: number | null): LotToTake[] {
  const lot = lotsById(plan.plant.lots).get(id);
  if (!lot) return [];
  const material = materialsById(plan.plant.materials).get(lot.material);
  return [
    {
      lot: id,
      name: lot.name ?? id,
      material: material?.name ?? lot.material,
      quantity: Math.round(quantity * 1e6) / 1e6,
      uom: material?.uom ?? '',
      from: lot.location ?? null,
      staged,
    },
  ];
}

/** Where what the task brings is wanted: the unit of the first task that waits for it. */
export function whereTo(workspace: Workspace, { id, domain }: Task): string | null {
  if (domain !== 'inventory') return null;
  const told = itemsOf(workspace.queues);
  const feeds = (followersByTask(workspace.plan.tasks).get(id) ?? [])
    .flatMap((task) => told.get(task.id)?.item.assignment ?? workspace.assignments.get(task.id) ?? [])
    .toSorted((a, b) => a.runStart - b.runStart);
  const [first] = feeds;
  return first ? nameOf(workspace, first.unit) : null;
}
