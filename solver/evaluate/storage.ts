import { NEVER } from '#solver/problem/open-time.ts';
import { NONE } from '#solver/problem/problem.ts';
import type { Amounts } from './amounts.ts';
import type { Profile } from './profile.ts';
import type { State } from './state.ts';

/**
 * Limited storage is a hold time that depends on what else waits: between a placed predecessor's end and the run start
 * there must be room all the time.
 */

/** Until when what the placed predecessors of a task made for it may wait, all of it together; NEVER where nothing takes room. */
export function storedUntil(state: State, task: number): number {
  const { predFrom, predZone } = state.problem;
  let until = NEVER;
  for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
    const zone = state.amounts?.storage[predZone[r]];
    if (zone) until = Math.min(until, waitsUntil(zone, waitsFor(state, task, predZone[r])));
  }
  return until;
}

/** From when there is room for what a task makes for its placed successors, all of it together. */
export function storedSince(state: State, task: number): number {
  const { succFrom, succRelation, predZone } = state.problem;
  let since = -NEVER;
  for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
    const zone = state.amounts?.storage[predZone[succRelation[k]]];
    if (zone) since = Math.max(since, roomSince(zone, waitsAfter(state, task, predZone[succRelation[k]])));
  }
  return since;
}

/** From when the relation's quantity alone, without what waits with it, has room until `until`. */
export function roomSinceFor({ amounts, problem }: State, relation: number, until: number): number {
  const { predZone, predStored } = problem;
  return amounts?.storage[predZone[relation]]?.freeSince(until, predStored[relation]) ?? -NEVER;
}

interface Wait {
  /** When it begins, or ends. */
  readonly at: number;
  readonly amount: number;
}

/** What waits in the zone for the task, by the time since when. */
function waitsFor({ problem, unit, end }: State, task: number, zone: number): Wait[] {
  const { predFrom, predTask, predZone, predStored } = problem;
  const waits: Wait[] = [];
  for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
    if (predZone[r] !== zone || unit[predTask[r]] === NONE) continue;
    waits.push({ at: end[predTask[r]], amount: predStored[r] });
  }
  return waits.sort((a, b) => a.at - b.at);
}

/** What the task makes wait in the zone, the longest first. */
function waitsAfter({ problem, unit, runStart }: State, task: number, zone: number): Wait[] {
  const { succFrom, succTask, succRelation, predZone, predStored } = problem;
  const waits: Wait[] = [];
  for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
    const r = succRelation[k];
    if (predZone[r] !== zone || unit[succTask[k]] === NONE) continue;
    waits.push({ at: runStart[succTask[k]], amount: predStored[r] });
  }
  return waits.sort((a, b) => b.at - a.at);
}

/** Waits that begin one after the other and end together: the instant at which they become too much. */
function waitsUntil(zone: Profile, waits: readonly Wait[]): number {
  let sum = 0;
  for (const [k, { at, amount }] of waits.entries()) {
    sum += amount;
    const full = zone.fullFrom(at, sum);
    if (full < (waits.at(k + 1)?.at ?? NEVER)) return full;
  }
  return NEVER;
}

/** Waits that begin together and end one after the other, the last one first: since when there is room for them. */
function roomSince(zone: Profile, waits: readonly Wait[]): number {
  let sum = 0;
  for (const [k, { at, amount }] of waits.entries()) {
    sum += amount;
    const since = zone.freeSince(at, sum);
    if (since > (waits.at(k + 1)?.at ?? -NEVER)) return since;
  }
  return -NEVER;
}

/** A wait is counted once both its ends are known. */
export function holdStorage(state: State, { storage }: Amounts, task: number): void {
  const { predFrom, predTask, predZone, predStored, succFrom, succTask, succRelation } = state.problem;
  const { end, runStart } = state;
  for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
    if (predZone[r] === NONE || state.unit[predTask[r]] === NONE) continue;
    storage[predZone[r]]?.insert(end[predTask[r]], runStart[task], r, predStored[r]);
  }
  for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
    const r = succRelation[k];
    if (predZone[r] === NONE || state.unit[succTask[k]] === NONE) continue;
    storage[predZone[r]]?.insert(end[task], runStart[succTask[k]], r, predStored[r]);
  }
}

export function releaseStorage(state: State, { storage }: Amounts, task: number): void {
  const { predFrom, predTask, predZone, succFrom, succTask, succRelation } = state.problem;
  for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
    if (predZone[r] === NONE || state.unit[predTask[r]] === NONE) continue;
    storage[predZone[r]]?.remove(state.end[predTask[r]], r);
  }
  for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
    const r = succRelation[k];
    if (predZone[r] === NONE || state.unit[succTask[k]] === NONE) continue;
    storage[predZone[r]]?.remove(state.end[task], r);
  }
}
