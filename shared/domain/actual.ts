import type { Instant } from '#shared/time/instant.ts';
import type { TaskProgress } from './execution.ts';
import type { Assignment } from './schedule.ts';
import type { Task } from './task.ts';

/** Where a started task stands: a completed one where it was, the others until their expected end. */
export function assignmentFromProgress(
  task: Task,
  progress: TaskProgress,
  planned: Assignment | undefined,
  now: Instant,
): Assignment {
  const run = task.modes.find((mode) => mode.unit === progress.unit)?.run ?? 0;
  const start = progress.actualStart ?? planned?.start ?? now;
  const runStart = progress.actualRunStart ?? Math.max(start, now);
  const end = progress.actualEnd ?? Math.max(now, runStart + run - progress.worked);
  return {
    task: task.id,
    unit: progress.unit,
    start,
    runStart: Math.min(runStart, end),
    end,
    setup: planned?.setup ?? 0,
    people: planned?.people ?? [],
    instruments: planned?.instruments ?? [],
  };
}
