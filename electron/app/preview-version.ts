import type { VersionPreview } from '#shared/contract/views.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import { figuresFromSchedule } from '#shared/flow/figures-from-schedule.ts';
import { boardView, workUnitsOf } from './board-view.ts';
import { itemsOf, openItems, unitInHand } from './queue-items.ts';
import type { Workspace } from './workspace.ts';

/** What publishing and then dispatching the draft would change for each line; what a line has in hand stays with it. */
export function previewVersion(workspace: Workspace): VersionPreview {
  const told = itemsOf(workspace.queues);
  const counts = new Map<EquipmentId, { added: number; moved: number; dropped: number }>();
  const count = (unit: EquipmentId, what: 'added' | 'moved' | 'dropped'): void => {
    const own = counts.get(unit) ?? { added: 0, moved: 0, dropped: 0 };
    own[what] += 1;
    counts.set(unit, own);
  };
  const isFree = (task: Parameters<typeof unitInHand>[1]): boolean =>
    unitInHand(workspace, task) === null && workspace.progress.get(task)?.state.kind !== 'completed';
  for (const { task, unit, start, end } of workspace.schedule.assignments) {
    if (!isFree(task)) continue;
    const before = told.get(task);
    if (before?.unit !== unit) count(unit, 'added');
    else if (before.item.assignment.start !== start || before.item.assignment.end !== end)
      count(unit, 'moved');
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
      .sort((a, b) => b.added + b.moved + b.dropped - (a.added + a.moved + a.dropped)),
    unplaced,
    lateOrders,
    blocked: boardView(workspace).bars.filter((bar) => bar.blocked && bar.work !== 'completed').length,
  };
}
