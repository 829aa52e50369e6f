import { NEVER, instantAfterWork, instantOfWork, windowAt, workBefore } from '#solver/problem/open-time.ts';
import type { OpenTime } from '#solver/problem/open-time.ts';
import { DURING, type Problem, type Qualified } from '#solver/problem/problem.ts';
import { coveredFrom } from '#solver/problem/validity.ts';

/** When each task can start its run and end at the earliest, in seconds after the origin, as if it were alone in the plant. */
export interface Earliest {
  readonly run: Int32Array;
  readonly end: Int32Array;
}

/**
 * Releases, lots, relations, calendars, and for work that does not pause the shifts of those who are qualified for it.
 * No capacity, no setups: nothing that a plan could beat.
 */
export function earliestTimes(problem: Problem): Earliest {
  const { topological, taskCount, given, origin } = problem;
  const { predFrom, predTask, predFromEnd, predToEnd, predMin, predShare } = problem;
  const { modeFrom, modeRun, modeUnit, pauses } = problem;
  const shortest = shortestRuns(problem);
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
    let until = from;
    for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
      const pred = predTask[r];
      const share = predShare[r];
      if (share > 0) {
        from = Math.max(from, run[pred] + Math.floor(share * shortest[pred]) + predMin[r]);
        until = Math.max(until, end[pred] + predMin[r] + Math.floor(share * shortest[task]));
        continue;
      }
      const bound = (predFromEnd[r] === 1 ? end[pred] : run[pred]) + predMin[r];
      if (predToEnd[r] === 1) until = Math.max(until, bound);
      else from = Math.max(from, bound);
    }
    run[task] = end[task] = NEVER;
    for (let mode = modeFrom[task]; mode < modeFrom[task + 1]; mode += 1) {
      const open = problem.open[modeUnit[mode]];
      const at =
        pauses[task] === 1
          ? instantOfWork(open, workBefore(open, from))
          : attendedFrom(problem, task, open, from, modeRun[mode]);
      const done =
        pauses[task] === 1
          ? instantAfterWork(open, workBefore(open, from) + modeRun[mode])
          : at + modeRun[mode];
      run[task] = Math.min(run[task], at);
      end[task] = Math.min(end[task], Math.max(at, done));
    }
    if (run[task] >= NEVER) run[task] = end[task] = Math.max(from, problem.end);
    end[task] = Math.max(end[task], until);
  }
  return { run, end };
}

/** The first start at or after `from` at which the unit is open and somebody qualified for each need stays for the whole run. */
function attendedFrom(problem: Problem, task: number, open: OpenTime, from: number, run: number): number {
  const { needFrom, needDuring, needHandover, needQualification } = problem;
  let at = roomFrom(open, from, run);
  for (let need = needFrom[task]; need < needFrom[task + 1] && at < NEVER; need += 1) {
    if (needDuring[need] === DURING.setup || needHandover[need] === 1) continue;
    const someone = someoneFrom(problem.qualified[needQualification[need]], at, run);
    if (someone === at) continue;
    at = roomFrom(open, someone, run);
    need = needFrom[task] - 1;
  }
  return at;
}

/** The first start at or after `from` at which one of the people is present and valid over the whole run. */
function someoneFrom({ validity, crews }: Qualified, from: number, run: number): number {
  let first = NEVER;
  for (const crew of crews) {
    const present = roomFrom(crew.presence, from, run);
    for (let k = crew.from; k < crew.to && present < first; k += 1) {
      const valid = coveredFrom(validity[k], present, present + run);
      first = Math.min(first, valid === present ? present : roomFrom(crew.presence, valid, run));
    }
  }
  return first;
}

/** The shortest run of each task over its modes; 0 where it has none. */
export function shortestRuns({ taskCount, modeFrom, modeRun }: Problem): Int32Array {
  const shortest = new Int32Array(taskCount);
  for (let task = 0; task < taskCount; task += 1) {
    for (let mode = modeFrom[task]; mode < modeFrom[task + 1]; mode += 1) {
      if (mode === modeFrom[task] || modeRun[mode] < shortest[task]) shortest[task] = modeRun[mode];
    }
  }
  return shortest;
}

/** The first start at or after `from` with `work` open seconds in one window; NEVER where there is none. */
function roomFrom(open: OpenTime, from: number, work: number): number {
  for (let k = windowAt(open, from); k < open.to.length; k += 1) {
    const at = Math.max(from, open.from[k]);
    if (at + work <= open.to[k]) return at;
  }
  return NEVER;
}
