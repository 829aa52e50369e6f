import { z } from 'zod';
import { Pin } from '#shared/domain/plan.ts';
import { Remaining } from '#shared/domain/remaining.ts';
import { Assignment, type Schedule, Unplaced } from '#shared/domain/schedule.ts';
import { Part, TaskId } from '#shared/domain/task.ts';
import { Seconds } from '#shared/time/instant.ts';

/** Where one task stands in the draft: placed, unplaced with its reason, and how it is pinned. */
export const Place = z.object({
  assignment: Assignment.nullable(),
  unplaced: Unplaced.nullable(),
  pin: Pin.nullable(),
  /** Only where the task is a part that was split off. */
  part: Part.optional(),
  /** How long the planner says that it runs, where that is another time than its routing says. */
  estimate: Seconds.optional(),
  /** Of a task that has begun: what the planner says is left of it. */
  remaining: Remaining.optional(),
});
export type Place = z.infer<typeof Place>;

/** The planner's working schedule: one place per task. */
export type Draft = ReadonlyMap<TaskId, Place>;

/** One task's place before and after; null where the task was not in the draft. */
export const Change = z.object({ task: TaskId, before: Place.nullable(), after: Place.nullable() });
export type Change = z.infer<typeof Change>;

/** A planner's change is data: it can be stored, shown as a difference and inverted. */
export const Edit = z.object({ label: z.string(), changes: z.array(Change) });
export type Edit = z.infer<typeof Edit>;

export const invert = (edit: Edit): Edit => ({
  label: edit.label,
  changes: edit.changes.map(({ task, before, after }) => ({ task, before: after, after: before })),
});

/** The draft after the edit; the given draft stays as it is. */
export function apply(draft: Draft, edit: Edit): Draft {
  const next = new Map(draft);
  for (const { task, after } of edit.changes) {
    if (after) next.set(task, after);
    else next.delete(task);
  }
  return next;
}

/** The edit that turns `draft` into `next`; tasks whose place is the same are left out. */
export function editBetween(label: string, draft: Draft, next: Draft): Edit {
  const changes: Change[] = [];
  for (const [task, after] of next) {
    const before = draft.get(task) ?? null;
    if (!before || !samePlace(before, after)) changes.push({ task, before, after });
  }
  for (const [task, before] of draft) {
    if (!next.has(task)) changes.push({ task, before, after: null });
  }
  return { label, changes };
}

/** The draft that a schedule gives; pins stay as they are. */
export function draftFromSchedule(schedule: Schedule, pins: ReadonlyMap<TaskId, Pin>): Draft {
  const draft = new Map<TaskId, Place>();
  const pinOf = (task: TaskId): Pin | null => pins.get(task) ?? null;
  for (const assignment of schedule.assignments) {
    draft.set(assignment.task, { assignment, unplaced: null, pin: pinOf(assignment.task) });
  }
  for (const unplaced of schedule.unplaced) {
    draft.set(unplaced.task, { assignment: null, unplaced, pin: pinOf(unplaced.task) });
  }
  return draft;
}

export function scheduleFromDraft(draft: Draft): Schedule {
  const schedule: Schedule = { assignments: [], unplaced: [] };
  for (const place of draft.values()) {
    if (place.assignment) schedule.assignments.push(place.assignment);
    if (place.unplaced) schedule.unplaced.push(place.unplaced);
  }
  return schedule;
}

const samePlace = (a: Place, b: Place): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
