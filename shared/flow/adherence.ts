import type { TaskProgress } from '#shared/domain/execution.ts';
import { type Assignment, isMoved } from '#shared/domain/schedule.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Seconds } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';

/** How far what was begun kept to what is published. */
export interface Adherence {
  readonly started: number;
  /** Of those, on the published unit and at the published time, give or take what nobody would notice. */
  readonly kept: number;
  /** How much later than published tasks began on their unit, in the middle (the median); negative is earlier. */
  readonly drift: Seconds;
}

/** Of the tasks that began within the period and are published; null where there are none. */
export function adherenceOf(
  published: ReadonlyMap<TaskId, Assignment>,
  progress: Iterable<TaskProgress>,
  { start, end }: Interval,
): Adherence | null {
  const drifts: Seconds[] = [];
  let started = 0;
  let kept = 0;
  for (const { task, unit, actualStart } of progress) {
    const place = published.get(task);
    if (!place || actualStart === undefined || actualStart < start || actualStart >= end) continue;
    started += 1;
    if (!isMoved(place, { unit, start: actualStart })) kept += 1;
    if (unit === place.unit) drifts.push(actualStart - place.start);
  }
  if (started === 0) return null;
  drifts.sort((a, b) => a - b);
  return { started, kept, drift: drifts[drifts.length >> 1] ?? 0 };
}
