import { NEVER, instantAfterWork, instantOfWork, windowAt, workBefore } from '#solver/problem/open-time.ts';
import type { OpenTime } from '#solver/problem/open-time.ts';
import type { Problem } from '#solver/problem/problem.ts';

/** When each task can start its run and end at the earliest, in seconds after the origin, as if it were alone in the plant. */
export interface Earliest {
  readonly run: Int32Array;
  readonly end: Int32Array;
}

/** Releases, lots, relations and calendars; no capacity, no setups, nobody's shifts: nothing that a plan could beat. */
export function earliestTimes(problem: Problem): Earliest {
  const { topological, taskCount, given, origin } = problem;
  const { predFrom, predTask, predFromEnd, predMin, modeFrom, modeRun, modeUnit, pauses } = problem;
  const run = new Int32Array(taskCount);
  const end = new Int32Array(taskCount);
  for (const task of topological) {
    const fact = given[task];
    if (fact?.kind === 'started') {
      run[task] = fact.assignment.runStart - origin;
      end[task] = fact.assignment.end - origin;
      continue;
    }
    let from = Math.max(problem.now, problem.release[task], problem.lotFrom[task]);
    for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
      const pred = predTask[r];
      from = Math.max(from, (predFromEnd[r] === 1 ? end[pred] : run[pred]) + predMin[r]);
    }
    run[task] = end[task] = NEVER;
    for (let mode = modeFrom[task]; mode < modeFrom[task + 1]; mode += 1) {
      const open = problem.open[modeUnit[mode]];
      const at =
        pauses[task] === 1
          ? instantOfWork(open, workBefore(open, from))
          : roomFrom(open, from, modeRun[mode]);
      const done =
        pauses[task] === 1
          ? instantAfterWork(open, workBefore(open, from) + modeRun[mode])
          : at + modeRun[mode];
      run[task] = Math.min(run[task], at);
      end[task] = Math.min(end[task], Math.max(at, done));
    }
    if (run[task] >= NEVER) run[task] = end[task] = Math.max(from, problem.end);
  }
  return { run, end };
}

/** The first start at or after `from` with `work` open seconds in one window; NEVER where there is none. */
function roomFrom(open: OpenTime, from: number, work: number): number {
  for (let k = windowAt(open, from); k < open.to.length; k += 1) {
    const at = Math.max(from, open.from[k]);
    if (at + work <= open.to[k]) return at;
  }
  return NEVER;
}
