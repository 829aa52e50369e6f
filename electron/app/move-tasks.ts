import type { Writer } from '#electron/store/store.ts';
import type { Caller, Outcome } from '#shared/contract/calls.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Drop } from '#shared/domain/verdict.ts';
import { companionsOf } from '#shared/edit/companions.ts';
import { type Draft, type Edit, editBetween } from '#shared/edit/draft.ts';
import { formatSpan } from '#shared/time/format.ts';
import type { Moved } from '#solver/repair/timetable.ts';
import {
  draftWith,
  edited,
  kept,
  label,
  mustChange,
  mustHold,
  nameOf,
  placeSummary,
  taskIn,
  when,
} from './edit-draft.ts';
import { whyNoEstimate, withEstimate } from './estimates.ts';
import { type Done, Refused, type Station, mustBeCurrent } from './station.ts';
import { type Workspace, withDraft } from './workspace.ts';

/**
 * Puts a task there, with what it carries along, and pins them; what is in the way is pushed later where the drop's mode
 * lets it, never what has started or is pinned. With an estimate it runs that long from now on; one that only becomes
 * longer or shorter where it stands is not pinned for that.
 */
export function moveTasks(
  station: Station,
  { expected, ...drop }: Drop & { expected: number },
  caller: Caller,
): Promise<Outcome<{ moved: number }>> {
  return station.command(caller, 'draft.move', async (write, workspace) => {
    mustBeCurrent(workspace, expected);
    const { task: id, unit, start, mode, estimate } = drop;
    const task = taskIn(workspace, id);
    const others = carriedBy(workspace, drop);
    const no = estimate === undefined ? null : whyNoEstimate(workspace, task);
    if (no) throw new Refused(no.code, no.object, no.text);
    const how = { others, ...(mode && { mode }), ...(estimate !== undefined && { estimate }) };
    const schedule = allowed(station.timetable.move(id, unit, start, how));
    const next = new Map(draftWith(workspace, { assignments: schedule.assignments, unplaced: [] }));
    const carried = [...new Set([id, ...others.filter((other) => workspace.assignments.has(other))])];
    const before = workspace.assignments.get(id);
    const stays = before?.unit === unit && before.start === next.get(id)?.assignment?.start;
    for (const moved of estimate !== undefined && stays ? [] : carried) {
      const place = next.get(moved);
      if (!place?.assignment) continue;
      const { after } = place.pin ?? {};
      if (after !== undefined && carried.includes(after)) continue; // it stays behind what it came with
      const { start: at, unit: on } = place.assignment;
      next.set(moved, { ...place, pin: { task: moved, start: at, unit: on } });
    }
    const own = next.get(id);
    const { assignment } = own ?? {};
    if (own && assignment && estimate !== undefined)
      next.set(id, withEstimate(workspace, { ...own, assignment }, estimate));
    const at = assignment?.start ?? start;
    const what = carried.length > 1 ? `${carried.length} tasks with ${label(task)}` : label(task);
    const edit = editBetween(
      estimate !== undefined && stays
        ? `Let ${label(task)} run ${formatSpan(estimate)}`
        : `Move ${what} to ${nameOf(workspace, unit)}, ${when(workspace, at)}`,
      workspace.draft,
      next,
    );
    return committed(station, write, { workspace, next, edit, named: carried });
  });
}

/** What goes along: what the hand carries, and what is kept behind any of it. What only gets another length goes alone. */
export function carriedBy({ plan }: Workspace, { task, others = [], estimate }: Drop): TaskId[] {
  if (estimate !== undefined) return others;
  return [...others, ...[task, ...others].flatMap((one) => companionsOf(one, plan.pins))];
}

/** Puts a task behind another one of the same unit, and keeps it there whatever is planned anew. */
export function keepAfter(
  station: Station,
  { task: id, after, expected }: { task: TaskId; after: TaskId; expected: number },
  caller: Caller,
): Promise<Outcome<{ moved: number }>> {
  return station.command(caller, 'draft.keepAfter', async (write, workspace) => {
    mustBeCurrent(workspace, expected);
    const task = taskIn(workspace, id);
    const first = taskIn(workspace, after);
    const there = workspace.assignments.get(after);
    if (!there || id === after)
      throw new Refused('NOT_SCHEDULED', after, `${label(first)} has no place that something could follow.`);
    const start = Math.max(there.end, station.now);
    const others = carriedBy(workspace, { task: id, unit: there.unit, start });
    if (others.includes(after))
      throw new Refused('PINNED', after, `${label(first)} is itself kept behind ${label(task)}.`);
    const schedule = allowed(station.timetable.move(id, there.unit, start, { others }));
    const next = new Map(draftWith(workspace, { assignments: schedule.assignments, unplaced: [] }));
    const place = next.get(id);
    if (place) next.set(id, { ...place, pin: { task: id, after } });
    const edit = editBetween(`Keep ${label(task)} behind ${label(first)}`, workspace.draft, next);
    return committed(station, write, { workspace, next, edit, named: [id] });
  });
}

/** Takes tasks off the board, with whatever follows them and cannot stand there without them. */
export function unplaceTasks(
  station: Station,
  { tasks, expected }: { tasks: readonly TaskId[]; expected: number },
  caller: Caller,
): Promise<Outcome<{ moved: number }>> {
  return station.command(caller, 'draft.unplace', async (write, workspace) => {
    mustBeCurrent(workspace, expected);
    for (const id of tasks) taskIn(workspace, id);
    const gone = withFollowers(workspace, tasks);
    for (const id of gone.keys()) {
      if (!hasStarted(workspace.progress.get(id))) continue;
      throw new Refused(
        'TASK_STARTED',
        id,
        `${label(taskIn(workspace, id))} has started and stays where it is.`,
      );
    }
    const schedule = allowed(station.timetable.takeOff([...gone.keys()]));
    const next = new Map(draftWith(workspace, { assignments: schedule.assignments, unplaced: [] }));
    for (const [id, because] of gone) {
      const unplaced = because
        ? {
            code: 'PREDECESSOR_NOT_FINISHED' as const,
            object: because,
            text: `${label(taskIn(workspace, because))}, which comes before it, has no place.`,
          }
        : { code: 'NOT_SCHEDULED' as const, object: id, text: 'Taken off the board by the planner.' };
      const place = { assignment: null, unplaced: { task: id, ...unplaced }, pin: null };
      next.set(id, { ...kept(workspace.draft.get(id)), ...place });
    }
    const [only] = tasks;
    const what = tasks.length === 1 && only ? label(taskIn(workspace, only)) : `${tasks.length} tasks`;
    const edit = editBetween(`Take ${what} off the board`, workspace.draft, next);
    return committed(station, write, { workspace, next, edit, named: [...gone.keys()] });
  });
}

/** The tasks and, each with the one before it, those that follow them on the board. */
export function withFollowers(
  { plan, assignments }: Workspace,
  tasks: readonly TaskId[],
): Map<TaskId, TaskId | null> {
  const gone = new Map<TaskId, TaskId | null>(tasks.map((task) => [task, null]));
  for (let before = -1; before !== gone.size;) {
    before = gone.size;
    for (const { id, after } of plan.tasks) {
      if (gone.has(id) || !assignments.has(id)) continue;
      const missing = after.find(({ task }) => gone.has(task));
      if (missing) gone.set(id, missing.task);
    }
  }
  return gone;
}

export function allowed(moved: Moved): Extract<Moved, { ok: true }>['schedule'] {
  if (moved.ok) return moved.schedule;
  throw new Refused(moved.refusal.code, moved.refusal.object, moved.refusal.text, moved.nearest);
}

/** Judges the edit, stores it and says in the ledger where each named task stood and stands. */
export async function committed(
  station: Station,
  write: Writer,
  {
    workspace,
    next,
    edit,
    named,
  }: { workspace: Workspace; next: Draft; edit: Edit; named: readonly TaskId[] },
): Promise<Done<{ moved: number }>> {
  mustChange(edit);
  mustHold(station, workspace, withDraft(workspace, next), edit);
  await write.pushEdit(edit, { undoable: true });
  for (const task of named) {
    await write.log({
      entity: 'task',
      entityId: task,
      field: 'place',
      old: placeSummary(workspace.draft.get(task)),
      new: placeSummary(next.get(task)),
      reason: null,
    });
  }
  const detail = { moved: edit.changes.length };
  return edited(workspace, next, edit, detail, await write.revision(), await write.edits());
}
