import type { HeldTest, Needed, Worklist, WorklistAsk } from '#shared/contract/worklist.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { PersonId } from '#shared/domain/person.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import { failedTests } from '#shared/flow/hold-gate.ts';
import type { Want } from '#shared/flow/worklist-from-queues.ts';
import { label, nameOf } from './edit-draft.ts';
import { lineItem } from './line-view.ts';
import type { Station } from './station.ts';
import { areaOf, positionsOf, titleOf } from './worklists.ts';
import type { Workspace } from './workspace.ts';

/** A list is read by people: so many at once, with how many more there are. */
const SHOWN = 40;

/** A person's or a team's list as it stands now, with what may be started by whoever reads it. */
export function worklistView(
  station: Station,
  ask: WorklistAsk,
  person: PersonId | null,
  only?: readonly EquipmentId[],
): Worklist {
  const { workspace, now } = station;
  const positions = positionsOf(workspace, ask, only);
  return {
    title: titleOf(workspace, ask),
    now,
    zone: zoneOf(workspace.plant),
    override: workspace.policy.overrides ? workspace.policy.meanings.override : null,
    items: positions.slice(0, SHOWN).flatMap(({ item, want }) => {
      const unit = workspace.equipment.get(item.assignment.unit);
      return unit
        ? { ...lineItem(station, unit, item, person), unitName: unit.name, needed: neededOf(workspace, want) }
        : [];
    }),
    more: Math.max(0, positions.length - SHOWN),
    held: 'domain' in ask && ask.domain === 'quality' ? heldTests(workspace, ask, only) : [],
  };
}

export const neededOf = (workspace: Workspace, { at, by }: Want): Needed => ({
  at,
  by: by && { task: by.task.id, what: label(by.task), unit: nameOf(workspace, by.place.unit) },
});

/** What failed and waits for another test; the unit that tested it reports that as well. */
function heldTests(
  workspace: Workspace,
  { area }: { readonly area?: string | undefined },
  only?: readonly EquipmentId[],
): HeldTest[] {
  return failedTests(workspace.tasks, workspace.progress).flatMap(({ task, found }) => {
    const unit = workspace.progress.get(task.id)?.unit;
    if (unit === undefined || !(only?.includes(unit) ?? true)) return [];
    if (area !== undefined && areaOf(workspace, unit) !== area) return [];
    return { task: task.id, unit, what: label(task), found };
  });
}
