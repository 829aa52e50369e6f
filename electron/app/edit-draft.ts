import type { Writer } from '#electron/store/store.ts';
import { orderNameOf } from '#shared/domain/of-order.ts';
import type { Caller, Outcome } from '#shared/contract/calls.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import { type Draft, type Edit, type Place, apply, editBetween } from '#shared/edit/draft.ts';
import type { Instant } from '#shared/time/instant.ts';
import { formatLocal } from '#shared/time/format.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import { type Violation, checkSchedule } from '#solver/check/check.ts';
import { boardChange } from './board-view.ts';
import { type Done, Refused, type Station, mustBeCurrent } from './station.ts';
import { START_GRACE, type Workspace, withDraft } from './workspace.ts';

/** The checker's word on what an edit changes. What was wrong before, such as a task that the clock has overtaken, is not the edit's doing. */
export function mustHold(station: Station, before: Workspace, after: Workspace, edit: Edit): void {
  const own = newWrong(station, before, after, edit);
  if (own) throw new Refused(own.code, own.object, own.text);
}

/** The first violation of a changed task that was not there before. */
export function newWrong(
  station: Station,
  before: Workspace,
  after: Workspace,
  edit: Edit,
): Violation | undefined {
  const changed = new Set(edit.changes.map(({ task }) => task));
  const wrongIn = ({ plan, schedule }: Workspace): Violation[] =>
    checkSchedule({ ...plan, now: station.now - START_GRACE }, schedule).filter(({ task }) =>
      changed.has(task),
    );
  const wrong = wrongIn(after);
  if (wrong.length === 0) return undefined;
  const known = new Set(wrongIn(before).map(({ task, code }) => `${task} ${code}`));
  return wrong.find(({ task, code }) => !known.has(`${task} ${code}`));
}

export function pinTasks(
  station: Station,
  ask: { tasks: readonly TaskId[]; pinned: boolean; expected: number },
  caller: Caller,
): Promise<Outcome> {
  return station.command(caller, 'draft.pin', async (write, workspace) => {
    mustBeCurrent(workspace, ask.expected);
    const next = new Map(workspace.draft);
    for (const id of ask.tasks) {
      const task = taskIn(workspace, id);
      const place = next.get(id);
      if (!place?.assignment)
        throw new Refused('OUTSIDE_HORIZON', id, `${label(task)} has no place that could be pinned.`);
      const { start, unit } = place.assignment;
      next.set(id, { ...place, pin: ask.pinned ? { task: id, start, unit } : null });
    }
    const edit = editBetween(
      `${ask.pinned ? 'Pin' : 'Unpin'} ${ask.tasks.length === 1 ? ask.tasks[0] : `${ask.tasks.length} tasks`}`,
      workspace.draft,
      next,
    );
    mustChange(edit);
    await write.pushEdit(edit, { undoable: true });
    for (const { task, before, after } of edit.changes) {
      await write.log({
        entity: 'task',
        entityId: task,
        field: 'pin',
        old: before?.pin?.start ?? null,
        new: after?.pin?.start ?? null,
        reason: null,
      });
    }
    return edited(workspace, next, edit, null, await write.revision(), await write.edits());
  });
}

/** Undo and redo apply the stored edit or its inverse; the step itself is a new entry of the ledger. */
export function stepEdit(
  station: Station,
  direction: 'undo' | 'redo',
  ask: { expected: number },
  caller: Caller,
): Promise<Outcome<{ label: string }>> {
  return station.command(caller, `draft.${direction}`, async (write, workspace) => {
    mustBeCurrent(workspace, ask.expected);
    const edit = direction === 'undo' ? await write.undo() : await write.redo();
    if (!edit) throw new Refused('NOTHING_TO_STEP', direction, `There is nothing to ${direction}.`);
    const started = edit.changes.find(
      (change) => hasStarted(workspace.progress.get(change.task)) && !isOnlySaid(change),
    );
    if (started) {
      throw new Refused(
        'TASK_STARTED',
        started.task,
        `${started.task} has been started since; “${edit.label}” can no longer be taken back as a whole. Move the other tasks by hand.`,
      );
    }
    await write.log({
      entity: 'edit',
      entityId: edit.label,
      field: null,
      old: null,
      new: edit.changes.length,
      reason: null,
    });
    const next = apply(workspace.draft, edit);
    return edited(workspace, next, edit, { label: edit.label }, await write.revision(), await write.edits());
  });
}

/** Is it no more than what the planner said is left of a begun task? */
const isOnlySaid = ({ before, after }: Edit['changes'][number]): boolean => {
  const without = (place: Place | null): string =>
    JSON.stringify({ ...(place ?? NOWHERE), remaining: undefined });
  return without(before) === without(after);
};

/** Of a task that its line began without a plan. */
export const NOWHERE: Place = { assignment: null, unplaced: null, pin: null };

/**
 * The draft with the places of another schedule: pins stay, started tasks keep their planned place, and tasks that are no
 * longer in the plan get none.
 */
export function draftWith(workspace: Workspace, schedule: Schedule): Draft {
  const next = new Map<TaskId, Place>(workspace.draft);
  const put = (task: TaskId, place: Omit<Place, 'pin'>): void => {
    if (workspace.tasks.has(task) && !hasStarted(workspace.progress.get(task)))
      next.set(task, { ...kept(workspace.draft.get(task)), ...place });
  };
  for (const assignment of schedule.assignments) {
    if (workspace.assignments.get(assignment.task) !== assignment)
      put(assignment.task, { assignment, unplaced: null });
  }
  for (const unplaced of schedule.unplaced) put(unplaced.task, { assignment: null, unplaced });
  return next;
}

/** What of a place stays when the task stands elsewhere. */
export const kept = (place: Place | undefined): Pick<Place, 'pin' | 'part' | 'estimate' | 'remaining'> => ({
  pin: place?.pin ?? null,
  ...(place?.part && { part: place.part }),
  ...(place?.estimate !== undefined && { estimate: place.estimate }),
  ...(place?.remaining && { remaining: place.remaining }),
});

/** Enters what moved by itself, and by which edit. Part of a running command. */
export async function logStarts(write: Writer, { label, changes }: Edit): Promise<void> {
  for (const { task, before, after } of changes) {
    await write.log({
      entity: 'task',
      entityId: task,
      field: 'start',
      old: before?.assignment?.start ?? null,
      new: after?.assignment?.start ?? null,
      reason: label,
    });
  }
}

/** An edit without an effect is no step that undo should find. */
export function mustChange(edit: Edit): void {
  if (edit.changes.length === 0)
    throw new Refused('NOTHING_CHANGED', 'draft', `“${edit.label}” would change nothing.`);
}

/** What an edit of the draft leaves behind: the workspace over the same plan and the changed part of the board. */
export function edited<Detail>(
  workspace: Workspace,
  draft: Draft,
  edit: Edit,
  detail: Detail,
  revision: number,
  edits: { undo: string | null; redo: string | null },
): Done<Detail> {
  const after = withDraft({ ...workspace, revision, ...edits }, draft);
  return {
    detail,
    workspace: after,
    facts: (before) => [
      boardChange(
        before,
        after,
        edit.changes.map((change) => change.task),
      ),
    ],
  };
}

export function taskIn(workspace: Workspace, id: TaskId): Task {
  const task = workspace.tasks.get(id);
  if (!task)
    throw new Refused(
      'TASK_UNKNOWN',
      id,
      `There is no task ${id} in the plan. Maybe its order was changed or cancelled.`,
    );
  return task;
}

export const label = (task: Task): string => `${orderNameOf(task)} · ${task.name}`;
export const nameOf = (workspace: Workspace, unit: EquipmentId): string =>
  workspace.equipment.get(unit)?.name ?? unit;
export const when = (workspace: Workspace, at: Instant): string => formatLocal(zoneOf(workspace.plant), at);

export const placeSummary = (place: Place | undefined) =>
  place?.assignment
    ? {
        unit: place.assignment.unit,
        start: place.assignment.start,
        end: place.assignment.end,
        ...(place.estimate !== undefined && { estimate: place.estimate }),
      }
    : null;
