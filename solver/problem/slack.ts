import type { Task } from '#shared/domain/task.ts';
import type { Relations } from './graph.ts';
import { NEVER, clamp } from './open-time.ts';
import type { Given } from './problem.ts';

/** Least seconds from a task's end to the run start of the task after it; negative where the two may overlap. */
function leastLag(relations: Relations, relation: number, run: number, runAfter: number): number {
  const { predMin, predFromEnd, predToEnd, predShare } = relations;
  const share = predShare[relation];
  if (share > 0) return predMin[relation] - Math.min((1 - share) * run, (1 - share) * runAfter);
  const overlap = (predFromEnd[relation] === 1 ? 0 : run) + (predToEnd[relation] === 1 ? runAfter : 0);
  return predMin[relation] - overlap;
}

/** Longest run and waiting after each task to the end of its chain. */
export function tailOf(relations: Relations, topological: Int32Array, minRun: Int32Array): Int32Array {
  const { succFrom, succTask, succRelation } = relations;
  const tail = new Int32Array(minRun.length);
  for (const task of topological.toReversed()) {
    for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
      const after = succTask[k];
      const lag = leastLag(relations, succRelation[k], minRun[task], minRun[after]);
      const rest = lag + minRun[after] + tail[after];
      tail[task] = Math.max(tail[task], Math.min(NEVER, rest));
    }
  }
  return tail;
}

/** The end that deadlines, renewals and fixed successors ask of each task; NEVER where nothing does. */
export function urgencyOf(
  tasks: readonly Task[],
  relations: Relations,
  topological: Int32Array,
  minRun: Int32Array,
  fixed: { given: readonly (Given | undefined)[]; pinned: Int32Array; due: Int32Array; origin: number },
): Int32Array {
  const { succFrom, succTask, succRelation } = relations;
  const urgent = Int32Array.from(tasks, (task, t) => {
    if (task.deadline !== undefined) return clamp(task.deadline - fixed.origin);
    return task.renews ? fixed.due[t] : NEVER;
  });
  for (const task of topological.toReversed()) {
    for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
      const after = succTask[k];
      const place = fixed.given[after]?.assignment.runStart;
      const runStart =
        place === undefined
          ? Math.min(fixed.pinned[after], urgent[after] < NEVER ? urgent[after] - minRun[after] : NEVER)
          : place - fixed.origin;
      if (runStart >= NEVER) continue;
      const lag = leastLag(relations, succRelation[k], minRun[task], minRun[after]);
      urgent[task] = Math.min(urgent[task], runStart - lag);
    }
  }
  return urgent;
}
