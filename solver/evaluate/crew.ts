import { NEVER, type OpenTime, openFrom, windowAt } from '#solver/problem/open-time.ts';
import type { Qualified } from '#solver/problem/problem.ts';
import { type Validity, coveredFrom, coveredUntil } from '#solver/problem/validity.ts';
import { attentionFrom, attentionUntil } from './attention.ts';
import type { State } from './state.ts';

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
  for (const person of state.preferred) {
    const k = people.indexOf(person);
    if (k === -1 || missing === 0) continue;
    const isAble =
      presentFrom(problem.presence[person], open, pauses, start, end) === start &&
      engaged[person].freeFrom(start, end) === start &&
      attentionFrom(state, need, person, start, end) === start &&
      coveredFrom(validity[k], start, end) === start &&
      chosenUntil(stints, person, start, end) === start;
    if (!isAble) continue;
    stints.push(problem.needIndex[need], person, start, end);
    missing -= 1;
  }
  if (missing === 0) return start;
  for (const crew of crews) {
    const present = presentFrom(crew.presence, open, pauses, start, end);
    if (present !== start) {
      if (present < next) next = present;
      continue;
    }
    for (let k = crew.from; k < crew.to; k += 1) {
      const person = people[k];
      let from = engaged[person].freeFrom(start, end);
      if (from === start) from = attentionFrom(state, need, person, start, end);
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
  const { problem } = state;
  const { people, validity, crews } = problem.qualified[problem.needQualification[need]];
  for (let head = 0; head < problem.needCount[need]; head += 1) {
    let at = start;
    while (at < end) {
      let best = -1;
      let reach = at;
      let next = NEVER;
      for (const person of state.preferred) {
        const k = people.indexOf(person);
        if (k === -1 || presentThrough(problem.presence[person], at, at + 1, at) !== at) continue;
        const presence = problem.presence[person];
        const leaves = Math.min(end, presence.to[windowAt(presence, at)]);
        const until = stayUntil(state, need, person, validity[k], at, leaves, stints);
        if (until > reach) {
          reach = until;
          best = person;
        }
      }
      for (const crew of best === -1 ? crews : NOBODY) {
        const present = presentThrough(crew.presence, at, at + 1, at);
        if (present !== at) {
          if (present < next) next = present;
          continue;
        }
        const leaves = Math.min(end, crew.presence.to[windowAt(crew.presence, at)]);
        for (let k = crew.from; k < crew.to && reach < leaves; k += 1) {
          const until = stayUntil(state, need, people[k], validity[k], at, leaves, stints);
          if (until === at) {
            if (freeAgain < next) next = freeAgain;
          } else if (until > reach) {
            reach = until;
            best = people[k];
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

const NOBODY: Qualified['crews'] = [];

/** When the person that `stayUntil` found not able at once may be. */
let freeAgain = 0;

/** Until when somebody who is present from `at` until `leaves` can stay; `at` when not at all. */
function stayUntil(
  state: State,
  need: number,
  person: number,
  validity: Validity,
  at: number,
  leaves: number,
  stints: readonly number[],
): number {
  const engaged = state.engaged[person];
  const k = engaged.after(at);
  const isFree = k === engaged.length || engaged.startAt(k) > at;
  freeAgain = isFree ? at : engaged.freeFrom(at, at + 1);
  if (freeAgain === at) freeAgain = attentionFrom(state, need, person, at, at + 1);
  if (freeAgain === at) freeAgain = coveredFrom(validity, at, at + 1);
  if (freeAgain === at) freeAgain = chosenUntil(stints, person, at, at + 1);
  if (freeAgain !== at) return at;
  let until = Math.min(leaves, coveredUntil(validity, at) - 1);
  if (k < engaged.length) until = Math.min(until, engaged.startAt(k));
  until = attentionUntil(state, need, person, at, until);
  for (let s = 0; s < stints.length; s += 4) {
    if (stints[s + 1] === person && stints[s + 2] >= at) until = Math.min(until, stints[s + 2]);
  }
  return until;
}

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
