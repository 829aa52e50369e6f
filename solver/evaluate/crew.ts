import { NEVER, type OpenTime, openFrom, windowAt } from '#solver/problem/open-time.ts';
import { coveredFrom, coveredUntil } from '#solver/problem/validity.ts';
import type { State } from './state.ts';
import type { Timeline } from './timeline.ts';

/**
 * Finds the people of one need over [start, end) on an open unit: appends their stints (need, person, start, end) and
 * returns `start`, or returns the next start worth a try (nothing between can work; NEVER when nothing can).
 * `pauses`: only the open parts of the unit need presence.
 */
export function crewFrom(
  state: State,
  need: number,
  open: OpenTime,
  pauses: boolean,
  start: number,
  end: number,
  stints: number[],
): number {
  return state.problem.needHandover[need] === 1
    ? relay(state, need, open, pauses, start, end, stints)
    : stay(state, need, open, pauses, start, end, stints);
}

/** One person per head stays from start to end. */
function stay(
  state: State,
  need: number,
  open: OpenTime,
  pauses: boolean,
  start: number,
  end: number,
  stints: number[],
): number {
  const { problem, engaged } = state;
  const { people, validity, crews } = problem.qualified[problem.needQualification[need]];
  let missing = problem.needCount[need];
  let next = NEVER;
  for (const crew of crews) {
    const present = presentFrom(crew.presence, open, pauses, start, end);
    if (present !== start) {
      if (present < next) next = present;
      continue;
    }
    for (let k = crew.from; k < crew.to; k += 1) {
      const person = people[k];
      let from = freeFrom(engaged[person], start, end);
      if (from === start) from = coveredFrom(validity[k], start, end);
      if (from === start) from = chosenUntil(stints, person, start, end);
      if (from === start) {
        stints.push(problem.needIndex[need], person, start, end);
        missing -= 1;
        if (missing === 0) return start;
      } else if (from < next) next = from;
    }
  }
  return next;
}

/** People relieve each other; whoever can stay longest goes first, so that there are few handovers. */
function relay(
  state: State,
  need: number,
  open: OpenTime,
  pauses: boolean,
  start: number,
  end: number,
  stints: number[],
): number {
  const { problem, engaged } = state;
  const { people, validity, crews } = problem.qualified[problem.needQualification[need]];
  for (let head = 0; head < problem.needCount[need]; head += 1) {
    let at = start;
    while (at < end) {
      let best = -1;
      let reach = at;
      let next = NEVER;
      for (const crew of crews) {
        const present = presentThrough(crew.presence, at, at + 1, at);
        if (present !== at) {
          if (present < next) next = present;
          continue;
        }
        const leaves = Math.min(end, crew.presence.to[windowAt(crew.presence, at)]);
        for (let k = crew.from; k < crew.to && reach < leaves; k += 1) {
          const person = people[k];
          let from = freeFrom(engaged[person], at, at + 1);
          if (from === at) from = coveredFrom(validity[k], at, at + 1);
          if (from === at) from = chosenUntil(stints, person, at, at + 1);
          if (from !== at) {
            if (from < next) next = from;
            continue;
          }
          const until = stayUntil(engaged[person], person, at, stints);
          const able = Math.min(leaves, until, coveredUntil(validity[k], at) - 1);
          if (able > reach) {
            reach = able;
            best = person;
          }
        }
      }
      if (best === -1) return next > start ? next : NEVER;
      stints.push(problem.needIndex[need], best, at, reach);
      at = pauses ? openFrom(open, reach) : reach;
    }
  }
  return start;
}

/** How long somebody who is free at `at` has nothing else to do. */
function stayUntil(engaged: Timeline, person: number, at: number, stints: readonly number[]): number {
  const k = engaged.after(at);
  let until = k < engaged.length ? engaged.start[k] : NEVER;
  for (let s = 0; s < stints.length; s += 4) {
    if (stints[s + 1] === person && stints[s + 2] >= at) until = Math.min(until, stints[s + 2]);
  }
  return until;
}

const freeFrom = (engaged: Timeline, start: number, end: number): number => {
  const k = engaged.after(start);
  return k < engaged.length && engaged.start[k] < end ? engaged.end[k] : start;
};

/** When the stints already chosen for the same task let the person go. */
function chosenUntil(stints: readonly number[], person: number, start: number, end: number): number {
  let until = start;
  for (let k = 0; k < stints.length; k += 4) {
    if (stints[k + 1] === person && stints[k + 2] < end && start < stints[k + 3]) {
      until = Math.max(until, stints[k + 3]);
    }
  }
  return until;
}

/** `start` when the person is present in [start, end), or in its open parts; otherwise the next start worth a try. */
function presentFrom(
  presence: OpenTime,
  open: OpenTime,
  pauses: boolean,
  start: number,
  end: number,
): number {
  if (!pauses) return presentThrough(presence, start, end, start);
  for (let k = windowAt(open, start); k < open.to.length && open.from[k] < end; k += 1) {
    const next = presentThrough(presence, Math.max(start, open.from[k]), Math.min(end, open.to[k]), start);
    if (next !== start) return next;
  }
  return start;
}

function presentThrough(presence: OpenTime, from: number, to: number, whole: number): number {
  const window = windowAt(presence, from);
  if (window === presence.to.length) return NEVER;
  if (presence.from[window] > from) return presence.from[window];
  if (presence.to[window] >= to) return whole;
  return window + 1 < presence.to.length ? presence.from[window + 1] : NEVER;
}
