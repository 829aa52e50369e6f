import type { Writer } from '#electron/store/store.ts';
import type { CommandRefusal } from '#shared/contract/calls.ts';
import { type ExecutionEvent, hasStarted } from '#shared/domain/execution.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { type Draft, type Edit, apply, editBetween, invert } from '#shared/edit/draft.ts';
import { openTimetable } from '#solver/repair/timetable.ts';
import { label, mustHold, nameOf } from './edit-draft.ts';
import { itemsOf } from './queue-items.ts';
import { draftsOf } from './split-at-line.ts';
import { rejoined } from './split-task.ts';
import type { Station } from './station.ts';
import { type Workspace, withDraft } from './workspace.ts';

/** What was done since with the part that became of what a line gave back, and stands against taking that back. */
export async function plannedSince(
  write: Writer,
  workspace: Workspace,
  { kind, part, rest }: ExecutionEvent,
): Promise<CommandRefusal[]> {
  if (kind !== 'splitOff' || part === undefined) return [];
  const { draft, tasks, progress, queues, version } = workspace;
  const task = tasks.get(part);
  const who = task ? label(task) : part;
  const no = (text: string): CommandRefusal[] => [{ code: 'PLANNED_SINCE', object: part, text }];
  const begun = progress.get(part);
  if (begun && hasStarted(begun))
    return no(`The rest, ${part}, has begun at ${nameOf(workspace, begun.unit)}.`);
  const told = itemsOf(queues).get(part);
  if (told) {
    const list = `${nameOf(workspace, told.unit)} (r${queues.get(told.unit)?.revision ?? 0})`;
    return no(`The rest, ${part}, has been dispatched to ${list}. The desk recalls it first.`);
  }
  // Whoever dispatches the version would tell a line of it all the same.
  if (version?.schedule.assignments.some((one) => one.task === part))
    return no(
      `The rest, ${part}, has been published since (v${version.number}). The desk joins it and publishes again first.`,
    );
  const drafts = [draft, ...(await draftsOf(write, workspace)).map((other) => other.draft)];
  const isSplit = drafts.some((one) => (one.get(part)?.part?.quantity ?? rest) !== rest);
  return isSplit ? no(`The rest of ${who} has been split further since. The desk joins it first.`) : [];
}

/**
 * Joins what a line gave back with its task again, in every scenario. Where nobody has moved anything of it since, all stands
 * as it did before. Part of a running command.
 */
export async function joinAtLine(
  station: Station,
  write: Writer,
  workspace: Workspace,
  { part, rest = 0, task: id }: ExecutionEvent,
): Promise<{ readonly workspace: Workspace; readonly touched: readonly TaskId[] } | null> {
  const task = id && workspace.tasks.get(id);
  if (part === undefined || !task) return null;
  for (const { scenario, draft } of await draftsOf(write, workspace)) {
    if (!draft.has(part)) continue;
    const next = new Map(draft);
    const own = next.get(task.id);
    next.delete(part);
    if (own?.part) next.set(task.id, { ...own, part: { ...own.part, quantity: own.part.quantity + rest } });
    await write.pushEdit(editBetween(LABEL, draft, next), { undoable: false, scenario });
  }
  if (!workspace.draft.has(part)) return null; // the desk has joined it meanwhile
  const split = await write.firstEdit(part);
  const next =
    split && isUntouched(workspace.draft, split)
      ? apply(workspace.draft, invert(split))
      : rejoined(
          workspace,
          openTimetable({ ...workspace.plan, now: station.now }, workspace.schedule),
          task,
          [part],
          station.now,
        );
  const edit = editBetween(LABEL, workspace.draft, next);
  const after = withDraft(workspace, next);
  mustHold(station, workspace, after, edit);
  await write.pushEdit(edit, { undoable: false });
  await write.log({
    entity: 'task',
    entityId: part,
    field: 'part',
    old: { of: task.id, quantity: rest },
    new: null,
    reason: LABEL,
  });
  return {
    workspace: { ...after, ...(await write.edits()) },
    touched: edit.changes.map((change) => change.task),
  };
}

const LABEL = 'Joined again at the line';

/** Whether everything that the edit moved stands where it put it. */
const isUntouched = (draft: Draft, { changes }: Edit): boolean =>
  changes.every(({ task, after }) => JSON.stringify(draft.get(task) ?? null) === JSON.stringify(after));
