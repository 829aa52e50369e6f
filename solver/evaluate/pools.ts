import { NEVER } from '#solver/problem/open-time.ts';
import { NONE, type Pool } from '#solver/problem/problem.ts';
import { REASON, type Reason } from '#solver/problem/reason.ts';
import type { Amounts } from './amounts.ts';
import { Profile } from './profile.ts';
import type { State } from './state.ts';

/** The tools of one class; those that are down are held by nobody. */
export function newPool({ capacity, downs }: Pool): Profile {
  const pool = new Profile(capacity);
  for (const { start, end, count } of downs) pool.insert(start, end, NONE, count);
  return pool;
}

/** `start` when there are tools enough for the task over [start, end), otherwise the next start worth a try and why. */
export function poolsFrom(state: State, task: number, start: number, end: number, reason: Reason): number {
  const { poolFrom, poolOf, poolCount } = state.problem;
  for (let need = poolFrom[task]; need < poolFrom[task + 1]; need += 1) {
    const next = state.amounts?.pools[poolOf[need]].freeFrom(start, end, poolCount[need]) ?? NEVER;
    if (next === start) continue;
    reason.kind = REASON.pool;
    reason.by = poolOf[need];
    return next;
  }
  return start;
}

export function holdPools({ problem, start, end }: State, { pools }: Amounts, task: number): void {
  const { poolFrom, poolOf, poolCount } = problem;
  for (let need = poolFrom[task]; need < poolFrom[task + 1]; need += 1) {
    pools[poolOf[need]].insert(start[task], end[task], need, poolCount[need]);
  }
}

export function releasePools({ problem, start }: State, { pools }: Amounts, task: number): void {
  const { poolFrom, poolOf } = problem;
  for (let need = poolFrom[task]; need < poolFrom[task + 1]; need += 1) {
    pools[poolOf[need]].remove(start[task], need);
  }
}
