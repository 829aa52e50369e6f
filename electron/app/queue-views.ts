import type { DispatchPreview, QueueRow, RevisionView, ToldList } from '#shared/contract/views.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import type { ListReceipt } from '#shared/domain/list-receipt.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import type { QueueItem } from '#shared/domain/queue.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { unacknowledged } from './acknowledge-job.ts';
import { groupNameOf, workUnitsOf } from './board-view.ts';
import { withGivers } from './dispatch-queues.ts';
import { changesTo, pendingChanges, plannedWith } from './planned-lists.ts';
import { openItems, unseenSince } from './queue-items.ts';
import type { Station } from './station.ts';
import type { Workspace } from './workspace.ts';

/** So many revisions of a line are shown; all of them stand in the record. */
const SHOWN = 50;

export function queueRows(workspace: Workspace): QueueRow[] {
  const pending = pendingChanges(workspace);
  return workUnitsOf(workspace).map((unit) => {
    const queue = workspace.queues.get(unit.id);
    const changes = pending.get(unit.id) ?? [];
    const seen = workspace.seen.get(unit.id)?.receipt;
    return {
      unit: unit.id,
      name: unit.name,
      group: groupNameOf(workspace, unit),
      revision: queue?.revision ?? null,
      version: queue?.version ?? null,
      dispatched: queue?.dispatched ?? null,
      items: queue ? openItems(workspace, queue).length : 0,
      stale: changes.length > 0,
      pending: changes.map(({ kind }) => kind),
      recalled: queue?.note?.recalled.length ?? 0,
      unseenSince: unseenSince(workspace, unit.id),
      seen: seen?.revision === queue?.revision ? seenView(workspace, seen) : null,
      unacknowledged: unacknowledged(workspace, unit.id),
      current: workspace.units.get(unit.id)?.task ?? null,
    };
  });
}

/** Who said so, as people know them. */
function seenView(
  { plant, equipment }: Workspace,
  receipt: ListReceipt | undefined,
): { readonly by: string; readonly at: number } | null {
  if (!receipt) return null;
  const { by, at } = receipt;
  const person = plant.people.find(({ id }) => (id as string) === by);
  return { at, by: person?.name ?? equipment.get(by as EquipmentId)?.name ?? by };
}

/** What dispatching would tell each line, and what would stay recalled; null while nothing is published. */
export function previewDispatch(
  { workspace }: Station,
  ask: {
    readonly units?: readonly EquipmentId[] | undefined;
    readonly again?: readonly TaskId[] | undefined;
  },
): DispatchPreview | null {
  const { version } = workspace;
  if (!version) return null;
  const lists = plannedWith(workspace, new Set(ask.again));
  const wanted = ask.units ? withGivers(workspace, lists, ask.units) : null;
  const lines = workUnitsOf(workspace).flatMap(({ id: unit, name }) => {
    const queue = workspace.queues.get(unit);
    const changes = changesTo(workspace, unit, lists.get(unit) ?? []);
    const recalled = queue?.note?.recalled ?? [];
    if ((wanted && !wanted.has(unit)) || (changes.length === 0 && recalled.length === 0)) return [];
    const supersedes = changes.length === 0 || unseenSince(workspace, unit) === null ? null : queue?.revision;
    return [
      {
        unit,
        name,
        revision: (queue?.revision ?? 0) + 1,
        supersedes: supersedes ?? null,
        changes,
        recalled,
        current: workspace.units.get(unit)?.task ?? null,
      },
    ];
  });
  return { version: version.number, zone: zoneOf(workspace.plant), lines };
}

/** What of these tasks, or of all on these lines, has not begun. */
export function toldLists(
  workspace: Workspace,
  {
    units,
    tasks,
  }: { readonly units?: readonly EquipmentId[] | undefined; readonly tasks?: readonly TaskId[] | undefined },
): ToldList[] {
  const [wantedUnits, wantedTasks] = [units && new Set(units), tasks && new Set(tasks)];
  return workUnitsOf(workspace).flatMap(({ id: unit, name }) => {
    const queue = workspace.queues.get(unit);
    if (!queue || (wantedUnits && !wantedUnits.has(unit))) return [];
    const items = openItems(workspace, queue).filter(
      ({ task }) => (wantedTasks?.has(task) ?? true) && !hasStarted(workspace.progress.get(task)),
    );
    return items.length > 0 ? [{ unit, name, revision: queue.revision, items: items.map(shownItem) }] : [];
  });
}

const shownItem = ({ task, order, orderName, name }: QueueItem): ToldList['items'][number] => ({
  task,
  order,
  orderName,
  name,
});

/** What one line has been told, the newest first: who told it when and why, what differed, and who has seen it. */
export async function revisionViews(
  { store, workspace }: Station,
  unit: EquipmentId,
): Promise<{ readonly zone: string; readonly revisions: readonly RevisionView[] }> {
  const [queues, receipts] = await Promise.all([
    store.read.revisions(unit, SHOWN),
    store.read.listReceipts(unit),
  ]);
  return {
    zone: zoneOf(workspace.plant),
    revisions: queues.map(({ revision, version, dispatched, items, note }) => ({
      revision,
      version,
      dispatched,
      items: items.length,
      note: note ?? null,
      seen: seenView(
        workspace,
        receipts.find((receipt) => receipt.revision === revision),
      ),
    })),
  };
}
