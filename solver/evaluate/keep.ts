import { openFrom, windowAt } from '#solver/problem/open-time.ts';
import { NONE } from '#solver/problem/problem.ts';
import { REASON, type Reason } from '#solver/problem/reason.ts';
import { coveredFrom } from '#solver/problem/validity.ts';
import { attentionFrom } from './attention.ts';
import { type Place, type State, copyInto } from './state.ts';
import { validFrom } from './tools.ts';

const unused: Reason = { kind: REASON.none, by: NONE };

/**
 * Gives the place the people and instruments that the task had before, where the times are the same and all of them are
 * still free, present and valid: whoever was told already is not exchanged without need.
 */
export function keepCrew(state: State, task: number, place: Place, had: Readonly<Place>): void {
  if (place.start !== had.start || place.runStart !== had.runStart || place.end !== had.end) return;
  if (place.unit !== had.unit) return;
  if (place.stints.length > 0 && sameNeeds(place.stints, had.stints) && crewHolds(state, task, had)) {
    copyInto(place.stints, had.stints);
  }
  if (toolsHold(state, place, had)) copyInto(place.tools, had.tools);
}

/** Do both crews fill the same needs? A handover may be cut differently. */
function sameNeeds(a: readonly number[], b: readonly number[]): boolean {
  const covers = (stints: readonly number[], need: number): boolean =>
    stints.some((value, k) => k % 4 === 0 && value === need);
  return (
    a.every((value, k) => k % 4 !== 0 || covers(b, value)) &&
    b.every((value, k) => k % 4 !== 0 || covers(a, value))
  );
}

function crewHolds(state: State, task: number, had: Readonly<Place>): boolean {
  const { problem, engaged } = state;
  const { stints } = had;
  const open = problem.open[had.unit];
  for (let k = 0; k < stints.length; k += 4) {
    const [position, person, start, end] = stints.slice(k, k + 4);
    let need = problem.needFrom[task];
    while (need < problem.needFrom[task + 1] && problem.needIndex[need] !== position) need += 1;
    if (need === problem.needFrom[task + 1]) return false;
    const { people, validity } = problem.qualified[problem.needQualification[need]];
    const rank = people.indexOf(person);
    if (rank === -1 || coveredFrom(validity[rank], start, end) !== start) return false;
    const next = engaged[person].after(start);
    if (next < engaged[person].length && engaged[person].startAt(next) < end) return false;
    if (attentionFrom(state, need, person, start, end) !== start) return false;
    const presence = problem.presence[person];
    for (let at = start; at < end;) {
      const window = windowAt(presence, at);
      if (window === presence.to.length || presence.from[window] > at) return false;
      // Only open parts of a pausing task need presence.
      at =
        problem.pauses[task] === 1 && problem.needHandover[need] === 0
          ? openFrom(open, presence.to[window])
          : presence.to[window];
      if (problem.pauses[task] === 0 && at < end) return false;
    }
  }
  return true;
}

function toolsHold(state: State, place: Readonly<Place>, had: Readonly<Place>): boolean {
  const { problem, busy } = state;
  if (place.tools.length !== had.tools.length) return false;
  return had.tools.every((e, k) => {
    if (e === place.tools[k]) return true;
    // An instrument may only stand in for one of the same class.
    const sameClass = problem.instrumentsOf.some(
      (members) => members.includes(e) && members.includes(place.tools[k]),
    );
    const next = busy[e].after(had.start);
    const free = next === busy[e].length || busy[e].startAt(next) >= had.end;
    const up = problem.up[e];
    const window = windowAt(up, had.start);
    const isUp = window < up.to.length && up.from[window] <= had.start && up.to[window] >= had.end;
    return sameClass && free && isUp && validFrom(state, e, NONE, had.start, had.end, unused) === had.start;
  });
}
