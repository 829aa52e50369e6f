import { indexBy } from '#shared/base/group.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { type Relation, bindsEnd } from '#shared/domain/relation.ts';
import { bytes, doubles, ints } from './columns.ts';
import { type Relations, slices, successorsOf } from './graph.ts';
import { NEVER, clamp } from './open-time.ts';
import { NONE, type Problem } from './problem.ts';

/** The relations of the tasks, and pins in the sequence as relations that also fix the unit. */
export function relationsOf(
  plan: Plan,
  taskOf: ReadonlyMap<string, number>,
  { equipmentOf, capacity }: Pick<Problem, 'equipmentOf' | 'capacity'>,
): Relations {
  const { tasks } = plan;
  const pins = indexBy(plan.pins, (pin) => pin.task);
  const behind = { from: 'end', minLag: 0 } as const;
  const rows: { owner: number; pred: number; relation: Relation; same: number; zone: number }[] = [];
  const add = (owner: number, before: string, relation: Relation, same: number): void => {
    const pred = taskOf.get(before);
    if (pred === undefined) return;
    const zone = relation.storage ? (equipmentOf.get(relation.storage.zone) ?? NONE) : NONE;
    const isLimited = zone !== NONE && capacity[zone] < Infinity;
    rows.push({ owner, pred, relation, same, zone: isLimited ? zone : NONE });
  };
  for (const [owner, task] of tasks.entries()) {
    for (const relation of task.after) add(owner, relation.task, relation, 0);
    const before = pins.get(task.id)?.after;
    if (before !== undefined) add(owner, before, behind, 1);
  }
  const owners = rows.map((row) => row.owner);
  const predTask = ints(rows, (row) => row.pred);
  return {
    predFrom: slices(tasks.length, owners),
    predTask,
    predFromEnd: bytes(rows, (row) => (row.relation.from === 'end' ? 1 : 0)),
    predToEnd: bytes(rows, (row) => (bindsEnd(row.relation) ? 1 : 0)),
    predMin: ints(rows, (row) => clamp(row.relation.minLag)),
    predMax: ints(rows, (row) => clamp(row.relation.maxLag ?? NEVER)),
    predShare: doubles(rows, (row) => row.relation.transfer ?? 0),
    predZone: ints(rows, (row) => row.zone),
    predStored: doubles(rows, (row) => row.relation.storage?.quantity ?? 0),
    predSameUnit: bytes(rows, (row) => row.same),
    predRich: bytes(rows, ({ relation }) => (isRich(relation) ? 1 : 0)),
    hasRichRelations: rows.some(
      ({ relation, same, zone }) => isRich(relation) || zone !== NONE || same === 1,
    ),
    ...successorsOf(tasks.length, owners, predTask),
  };
}

const isRich = (relation: Relation): boolean => bindsEnd(relation) || relation.transfer !== undefined;
