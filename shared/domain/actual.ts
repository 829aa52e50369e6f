import type { Instant, Seconds } from '#shared/time/instant.ts';
import type { TaskProgress } from './execution.ts';
import type { Remaining } from './remaining.ts';
import type { Assignment, Stint } from './schedule.ts';
import type { Mode, Task } from './task.ts';

/**
 * Where a started task stands: a completed one where it was, the others until their expected end. The expected end is
 * the run start plus the run time on that unit plus what was lost in pauses so far; what was counted meanwhile leaves the
 * rest of the quantity to be run at the planned rate from when it was counted, unless the planner has said since what is
 * left. A task that may pause takes the closed time of its planned place along. Planned people and instruments are held from the actual start to that end.
 */
export function assignmentFromProgress(
  task: Task,
  progress: TaskProgress,
  planned: Assignment | undefined,
  now: Instant,
): Assignment {
  const start = progress.actualStart ?? planned?.start ?? now;
  const setup = planned && planned.unit === progress.unit ? planned.runStart - planned.start : 0;
  const expected = Math.max(progress.actualRunStart ?? Math.max(now, start + setup), start);
  const end =
    progress.actualEnd ??
    Math.max(now, expected + spanOf(task, progress, planned) + lostSince(progress, now));
  const runStart = Math.min(expected, end);
  const place = { start, runStart, end: Math.max(end, progress.actualEnd === undefined ? start + 1 : start) };
  return {
    task: task.id,
    unit: progress.unit,
    ...place,
    setup: progress.actualRunStart === undefined ? (planned?.setup ?? 0) : runStart - start,
    people: planned ? planned.people.flatMap((stint) => moved(stint, planned, place)) : [],
    instruments: planned?.instruments ?? [],
  };
}

/** Seconds from the run start to the end when nothing goes wrong from now on. */
function spanOf(task: Task, progress: TaskProgress, planned: Assignment | undefined): Seconds {
  const said = remainingOf(progress);
  if (said) return said.worked + said.run + said.closed;
  const mode = task.modes.find(({ unit }) => unit === progress.unit) ?? task.modes[0];
  const asRouted = mode?.run ?? 0;
  const run = mode ? runOf(task, mode, progress) : 0;
  const asPlanned = planned?.unit === progress.unit && task.crossBreak === 'pause';
  return asPlanned ? Math.max(run, planned.end - planned.runStart + run - asRouted) : run;
}

/** What the planner said is left, as long as its line has not counted since. */
export const remainingOf = ({ remaining, countedAt }: TaskProgress): Remaining | undefined =>
  remaining && remaining.at >= (countedAt ?? -Infinity) ? remaining : undefined;

/** What it ran until it was last counted, and the rest at the planned rate; no less than what does not depend on the quantity. */
function runOf(
  { quantity }: Task,
  { run, fixed = 0 }: Mode,
  { counted, good, scrap }: TaskProgress,
): Seconds {
  if (counted === undefined || quantity <= 0) return run;
  const rest = Math.max(0, 1 - (good + scrap) / quantity);
  return Math.max(fixed, counted + Math.round((run - fixed) * rest));
}

/** Seconds lost in pauses between the run start and now. */
function lostSince({ state, actualRunStart, worked }: TaskProgress, now: Instant): Seconds {
  if (actualRunStart === undefined || state.kind === 'waiting' || state.kind === 'completed') return 0;
  const until = state.kind === 'suspended' ? now : state.since;
  return Math.max(0, until - actualRunStart - worked);
}

/** A stint stretched with its task: what touched the start or end of the plan touches it now; nothing where nothing is left. */
function moved(
  stint: Stint,
  planned: Assignment,
  place: Pick<Assignment, 'start' | 'runStart' | 'end'>,
): Stint[] {
  const at = (instant: Instant): Instant => {
    if (instant === planned.start) return place.start;
    if (instant === planned.end) return place.end;
    if (instant === planned.runStart) return place.runStart;
    return Math.min(Math.max(instant, place.start), place.end);
  };
  const [start, end] = [at(stint.start), at(stint.end)];
  return start < end ? [{ ...stint, start, end }] : [];
}
