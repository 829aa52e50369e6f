import type { VersionPreview } from '#shared/contract/views.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import { isRestaffed } from '#shared/domain/schedule.ts';
import { figuresFromSchedule } from '#shared/flow/figures-from-schedule.ts';
import { boardView, workUnitsOf } from './board-view.ts';
import { itemsOf, openItems, unitInHand } from './queue-items.ts';
import type { Workspace } from './workspace.ts';

const NOTHING = { added: 0, moved: 0, restaffed: 0, dropped: 0 };
const sumOf = ({ added, moved, restaffed, dropped }: typeof NOTHING): number =>
  added + moved + restaffed + dropped;

/** What publishing and then dispatching the draft would change for each line; what a line has in hand stays with it. */
export function previewVersion(workspace: Workspace): VersionPreview {
  const told = itemsOf(workspace.queues);
  const counts = new Map<EquipmentId, typeof NOTHING>();
  const count = (unit: EquipmentId, what: keyof typeof NOTHING): void => {
    const own = counts.get(unit) ?? { ...NOTHING };
    own[what] += 1;
    counts.set(unit, own);
  };
  const isFree = (task: Parameters<typeof unitInHand>[1]): boolean =>
    unitInHand(workspace, task) === null && workspace.progress.get(task)?.state.kind !== 'completed';
  for (const place of workspace.schedule.assignments) {
    const { task, unit } = place;
    if (!isFree(task)) continue;
    const before = told.get(task);
    if (before?.unit !== unit) count(unit, 'added');
    else if (before.item.assignment.start !== place.start || before.item.assignment.end !== place.end)
      count(unit, 'moved');
    else if (isRestaffed(before.item.assignment, place)) count(unit, 'restaffed');
  }
  for (const queue of workspace.queues.values()) {
    for (const { task } of openItems(workspace, queue)) {
      if (isFree(task) && workspace.assignments.get(task)?.unit !== queue.unit) count(queue.unit, 'dropped');
    }
  }
  const { unplaced, lateOrders } = figuresFromSchedule(workspace.plan, workspace.schedule);
  return {
    revision: workspace.revision,
    number: (workspace.version?.number ?? 0) + 1,
    lines: workUnitsOf(workspace)
      .flatMap(({ id: unit, name }) => {
        const own = counts.get(unit);
        return own ? [{ unit, name, ...own, current: workspace.units.get(unit)?.task ?? null }] : [];
      })
      .sort((a, b) => sumOf(b) - sumOf(a)),
    unplaced,
    lateOrders,
    blocked: boardView(workspace).bars.filter((bar) => bar.blocked && bar.work !== 'completed').length,
  };
}
