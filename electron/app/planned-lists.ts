import { onceFor } from '#shared/base/once-for.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Queue, QueueChange, QueueItem, Recalled, ToldItem } from '#shared/domain/queue.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Version } from '#shared/domain/version.ts';
import { queueChanges } from '#shared/flow/queue-changes.ts';
import { listsFromSchedule, queuesFromSchedule } from '#shared/flow/queues-from-schedule.ts';
import { itemsOf, openItems, recalledOn, unitInHand } from './queue-items.ts';
import { type Workspace, publishedPlan } from './workspace.ts';

type Lists = ReadonlyMap<EquipmentId, readonly ToldItem[]>;

/**
 * What each line is to do by the published version, what was recalled apart. What a line has in hand stays with it as it
 * was told, whatever the version says: the operator must be able to complete it.
 */
const plannedLists = onceFor((workspace: Workspace): Lists => plannedWith(workspace, new Set()));

/** The same with what is to be told again though it was recalled. */
export function plannedWith(workspace: Workspace, again: ReadonlySet<TaskId>): Lists {
  const { version } = workspace;
  if (!version) return new Map();
  const planned = listsFromSchedule(publishedPlan(workspace), scheduleToTell(workspace, version));
  return withoutRecalled(
    workspace,
    withInHand(workspace, new Map(planned.map(({ unit, items }) => [unit, items]))),
    again,
  );
}

/** The same with why each task stands where it stands, for the lines that are told now; `again` is told though it was recalled. */
export function listsToTell(
  workspace: Workspace,
  version: Version,
  now: number,
  again: ReadonlySet<TaskId>,
): ReadonlyMap<EquipmentId, readonly QueueItem[]> {
  const queues = queuesFromSchedule(
    publishedPlan(workspace),
    scheduleToTell(workspace, version),
    version.number,
    now,
  );
  const lists = new Map<EquipmentId, readonly QueueItem[]>(queues.map(({ unit, items }) => [unit, items]));
  return withoutRecalled(workspace, withInHand(workspace, lists), again);
}

/** How what a line is to do differs from what it was told and has still to do. */
export const pendingChanges = onceFor(
  (workspace: Workspace): ReadonlyMap<EquipmentId, readonly QueueChange[]> => {
    const lists = plannedLists(workspace);
    if (!workspace.version) return new Map();
    return new Map(
      [...new Set([...lists.keys(), ...workspace.queues.keys()])].map((unit) => [
        unit,
        changesTo(workspace, unit, lists.get(unit) ?? []),
      ]),
    );
  },
);

export const changesTo = (
  workspace: Workspace,
  unit: EquipmentId,
  items: readonly ToldItem[],
): QueueChange[] => {
  const told = workspace.queues.get(unit);
  return queueChanges(told ? openItems(workspace, told) : [], items);
};

/** What stays recalled when a line is told these: what it is not told anew, and what no other line was told. */
export function stillRecalled(
  workspace: Workspace,
  queue: Queue | undefined,
  items: readonly ToldItem[],
): Recalled[] {
  const told = new Set(items.map(({ task }) => task));
  const elsewhere = itemsOf(workspace.queues);
  return (queue?.note?.recalled ?? []).filter(
    ({ task }) =>
      !told.has(task) &&
      !elsewhere.has(task) &&
      workspace.tasks.has(task) &&
      workspace.progress.get(task)?.state.kind !== 'completed',
  );
}

function scheduleToTell(workspace: Workspace, { schedule }: Version): Schedule {
  const told = itemsOf(workspace.queues);
  const assignments = schedule.assignments.map((planned) => {
    const unit = unitInHand(workspace, planned.task);
    if (unit === null) return planned;
    const own = told.get(planned.task);
    return own?.unit === unit ? own.item.assignment : (workspace.assignments.get(planned.task) ?? planned);
  });
  return { ...schedule, assignments };
}

/** With what a line has in hand and the version no longer knows, in front. */
function withInHand<Item extends ToldItem>(
  workspace: Workspace,
  lists: ReadonlyMap<EquipmentId, readonly Item[]>,
): ReadonlyMap<EquipmentId, readonly Item[]> {
  const known = new Set([...lists.values()].flatMap((items) => items.map(({ task }) => task)));
  const all = new Map(lists);
  for (const [unit, told] of workspace.queues) {
    const kept = told.items.filter(({ task }) => unitInHand(workspace, task) === unit && !known.has(task));
    if (kept.length > 0)
      all.set(unit, numbered([...(kept as readonly ToldItem[] as Item[]), ...(all.get(unit) ?? [])]));
  }
  return all;
}

function withoutRecalled<Item extends ToldItem>(
  workspace: Workspace,
  lists: ReadonlyMap<EquipmentId, readonly Item[]>,
  again: ReadonlySet<TaskId>,
): ReadonlyMap<EquipmentId, readonly Item[]> {
  return new Map(
    [...lists].map(([unit, items]) => {
      const left = items.filter(({ task }) => again.has(task) || !recalledOn(workspace, unit, task));
      return [unit, left.length === items.length ? items : numbered(left)];
    }),
  );
}

export const numbered = <Item extends ToldItem>(items: readonly Item[]): Item[] =>
  items.map((item, index) => ({ ...item, position: index + 1 }));
