import type { Writer } from '#electron/store/store.ts';
import type { Ask, Caller, Outcome } from '#shared/contract/calls.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import type { Refusal, RefusalCode } from '#shared/domain/refusal.ts';
import type { Part, Task, TaskId } from '#shared/domain/task.ts';
import { type Draft, type Place, editBetween } from '#shared/edit/draft.ts';
import { openTimesOf } from '#shared/flow/open-times.ts';
import { openSeconds } from '#shared/time/calendar.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import { type Timetable, openTimetable } from '#solver/repair/timetable.ts';
import { draftWith, label, taskIn } from './edit-draft.ts';
import { allowed, committed, withFollowers } from './move-tasks.ts';
import { type Done, Refused, type Station, mustBeCurrent } from './station.ts';
import { type Workspace, withDraft } from './workspace.ts';

/**
 * Splits a part off a task, by its quantity or where the task has got to at a time. The task keeps its id, and with it
 * what the line reported; the part is planned behind it, or waits in the tray with its reason.
 */
export function splitTask(
  station: Station,
  ask: Ask<'draft.split'>,
  caller: Caller,
): Promise<Outcome<{ part: TaskId }>> {
  return station.command(caller, 'draft.split', async (write, workspace) => {
    mustBeCurrent(workspace, ask.expected);
    const task = taskIn(workspace, ask.task);
    const quantity = 'at' in ask ? leftAt(workspace, task, ask.at) : ask.quantity;
    const flaw = whyNotSplit(workspace, task, quantity);
    if (flaw) throw new Refused(flaw.code, flaw.object, flaw.text);
    return splitOff(station, write, workspace, { task, quantity });
  });
}

/**
 * Splits so much off a task that can be split; `part` is the id of the part where it is known. What a line gives back it
 * does not make, so nothing that waits for the part holds that up: it loses its place with it. Part of a running command.
 */
export async function splitOff(
  station: Station,
  write: Writer,
  workspace: Workspace,
  {
    task,
    quantity,
    part: known,
    isFact = false,
  }: { task: Task; quantity: number; part?: TaskId; isFact?: boolean },
): Promise<Done<{ part: TaskId }>> {
  const place = workspace.draft.get(task.id);
  const of = place?.part?.of ?? task.id;
  const part = known ?? freeId(workspace, of);
  const parted = new Map(workspace.draft);
  if (place?.part) parted.set(task.id, { ...place, part: { of, quantity: task.quantity - quantity } });
  parted.set(part, waiting(part, { of, quantity }, null));
  const next = settled(station, withDraft(workspace, parted), task, { id: part, of, quantity, isFact });
  const edit = editBetween(`Split ${quantity} ${task.uom} off ${label(task)}`, workspace.draft, next);
  const done = await committed(station, write, { workspace, next, edit, named: [task.id, part] });
  return { ...done, detail: { part } };
}

/** Joins a task and all its parts again: it has its whole quantity, where it stands. */
export function joinTask(
  station: Station,
  ask: Ask<'draft.join'>,
  caller: Caller,
): Promise<Outcome<{ moved: number }>> {
  return station.command(caller, 'draft.join', async (write, workspace) => {
    mustBeCurrent(workspace, ask.expected);
    const asked = taskIn(workspace, ask.task);
    const task = taskIn(workspace, workspace.draft.get(asked.id)?.part?.of ?? asked.id);
    const parts = [...workspace.draft].flatMap(([id, { part }]) => (part?.of === task.id ? id : []));
    if (parts.length === 0) throw new Refused('NOTHING_CHANGED', task.id, `${label(task)} is not split.`);
    const started = parts.find((id) => hasStarted(workspace.progress.get(id)));
    if (started)
      throw new Refused('TASK_STARTED', started, `${started} has started: it stays a task of its own.`);
    const next = rejoined(workspace, station.timetable, task, parts, station.now);
    const edit = editBetween(`Join ${label(task)}`, workspace.draft, next);
    return committed(station, write, { workspace, next, edit, named: [task.id, ...parts] });
  });
}

/** The draft in which these parts are gone and the task has their quantity again, where it stands. */
export function rejoined(
  workspace: Workspace,
  timetable: Timetable,
  task: Task,
  parts: readonly TaskId[],
  now: Instant,
): Draft {
  // What stood behind the parts is set up anew before they are gone.
  const { assignments } = allowed(timetable.takeOff(parts));
  const joined = new Map(draftWith(workspace, { assignments, unplaced: [] }));
  const own = joined.get(task.id);
  const back = parts.reduce((sum, part) => sum + (joined.get(part)?.part?.quantity ?? 0), 0);
  if (own?.part) joined.set(task.id, { ...own, part: { ...own.part, quantity: own.part.quantity + back } });
  for (const part of parts) joined.delete(part);
  const after = withDraft(workspace, joined);
  const there = after.assignments.get(task.id);
  if (!there || hasStarted(after.progress.get(task.id))) return joined;
  const { assignments: longer } = allowed(
    openTimetable({ ...after.plan, now }, after.schedule).move(task.id, there.unit, there.start),
  );
  return draftWith(after, { assignments: longer, unplaced: [] });
}

/** A part without a place, with the reason once it is known. */
export const waiting = (id: TaskId, part: Part, reason: Refusal | null): Place => ({
  assignment: null,
  unplaced: reason && { task: id, ...reason },
  pin: null,
  part,
});

/** The draft in which the shorter task stands where it did and its part behind it; what has started stays as it is. */
function settled(
  station: Station,
  after: Workspace,
  task: Task,
  { id: partId, isFact, ...part }: Part & { readonly id: TaskId; readonly isFact: boolean },
): Draft {
  const { id } = task;
  const plan = { ...after.plan, now: station.now };
  const there = after.assignments.get(id);
  if (!there) {
    const text = `Split off ${label(task)}, which has no place itself.`;
    const reason: Refusal = { code: 'NOT_SCHEDULED', object: id, text };
    return new Map(after.draft).set(partId, waiting(partId, part, reason));
  }
  let timetable = openTimetable(plan, after.schedule);
  let schedule = after.schedule;
  if (!hasStarted(after.progress.get(id))) {
    schedule = allowed(timetable.move(id, there.unit, there.start));
    timetable = timetable.followedBy(plan, schedule);
  }
  const end = schedule.assignments.find((one) => one.task === id)?.end ?? there.end;
  const placed = timetable.move(partId, there.unit, Math.max(end, station.now));
  const isAwaited = after.plan.tasks.some(
    ({ id: other, after: relations }) =>
      after.assignments.has(other) && relations.some((relation) => relation.task === partId),
  );
  if (!placed.ok && isAwaited && !isFact) allowed(placed);
  if (placed.ok) return draftWith(after, { assignments: placed.schedule.assignments, unplaced: [] });
  const behind = [...withFollowers(after, [partId]).keys()].filter(
    (other) => other !== partId && !hasStarted(after.progress.get(other)),
  );
  if (behind.length > 0) schedule = allowed(timetable.takeOff(behind));
  const why = `${label(task)} was split at its line, and the rest has no place yet.`;
  const unplaced = behind.map((other) => ({
    task: other,
    code: 'PREDECESSOR_NOT_FINISHED' as const,
    object: partId,
    text: why,
  }));
  const apart = draftWith(after, { assignments: schedule.assignments, unplaced });
  return new Map(apart).set(partId, waiting(partId, part, placed.refusal));
}

/** What speaks against splitting so much off the task; null where nothing does. */
export function whyNotSplit({ progress }: Workspace, task: Task, quantity: number): Refusal | null {
  const done = progress.get(task.id);
  const no = (code: RefusalCode, text: string): Refusal => ({ code, object: task.id, text });
  if (done?.state.kind === 'completed') return no('TASK_DONE', `${label(task)} is already completed.`);
  if (task.renews) return no('BAD_QUANTITY', `${label(task)} renews a calibration as a whole.`);
  const reported = (done?.good ?? 0) + (done?.scrap ?? 0);
  if (quantity > 0 && quantity < task.quantity - reported) return null;
  return no(
    'BAD_QUANTITY',
    `${quantity} ${task.uom} cannot be split off ${label(task)}: it has ${task.quantity} ${task.uom}, of which ${reported} are reported, and both parts need some.`,
  );
}

/** What of its quantity is still to be done at a time; whole pieces where the task has whole pieces. */
function leftAt(workspace: Workspace, task: Task, at: Instant): number {
  const there = workspace.assignments.get(task.id);
  const mode = task.modes.find(({ unit }) => unit === there?.unit);
  if (!there || !mode || at <= there.runStart || at >= there.end)
    throw new Refused('BAD_QUANTITY', task.id, `${label(task)} does not run at that time.`);
  const fixed = mode.fixed ?? 0;
  const windows = openTimesOf(workspace.plan).get(there.unit) ?? [];
  const open = (end: Instant): Seconds => openSeconds(windows, { start: there.runStart, end });
  const worked = (open(at) / Math.max(1, open(there.end))) * mode.run;
  const share = Math.max(0, worked - fixed) / Math.max(1, mode.run - fixed);
  const left = task.quantity * (1 - share);
  return Number.isInteger(task.quantity) ? Math.round(left) : Math.round(left * 1000) / 1000;
}

export function freeId({ draft }: Workspace, of: TaskId, taken?: ReadonlySet<TaskId>): TaskId {
  for (let number = 2; ; number += 1) {
    const id = `${of}#${number}` as TaskId;
    if (!draft.has(id) && !taken?.has(id)) return id;
  }
}
