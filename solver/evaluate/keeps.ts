import { NONE, SHARED } from '#solver/problem/problem.ts';
import { REASON, type Reason } from '#solver/problem/reason.ts';
import { loadOn } from './cumulative.ts';
import { breach } from './relations.ts';
import { type State, isPlaced } from './state.ts';

/**
 * What a placed task breaks of what is shared by amounts and of relations; null when it keeps to all of it. For whoever
 * moves tasks without asking for their bounds first.
 */
export function broken(state: State, task: number): Reason | null {
  if (!isPlaced(state, task) || state.problem.given[task]?.kind === 'started') return null;
  return brokenRelation(state, task) ?? brokenAmount(state, task) ?? brokenBatch(state, task);
}

function brokenRelation(state: State, task: number): Reason | null {
  const { predFrom, predTask, succFrom, succTask, succRelation, predZone, hasRichRelations } = state.problem;
  if (!hasRichRelations) return null;
  const judge = (relation: number, after: number, other: number): Reason | null => {
    const how = isPlaced(state, other) ? breach(state, relation, after) : null;
    if (how === 'early') return { kind: REASON.predecessor, by: predTask[relation] };
    if (how === null) return null;
    return predZone[relation] === NONE
      ? { kind: REASON.hold, by: after }
      : { kind: REASON.storage, by: predZone[relation] };
  };
  for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
    const reason = judge(r, task, predTask[r]);
    if (reason) return reason;
  }
  for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
    const reason = judge(succRelation[k], succTask[k], succTask[k]);
    if (reason) return reason;
  }
  return null;
}

function brokenAmount(state: State, task: number): Reason | null {
  const { problem, amounts, unit, start, end } = state;
  if (amounts === null) return null;
  const { poolFrom, poolOf, budget } = problem;
  const loads = amounts.loads[unit[task]];
  if (loads && !loads.isKept(start[task], end[task])) return { kind: REASON.full, by: unit[task] };
  for (let need = poolFrom[task]; need < poolFrom[task + 1]; need += 1) {
    const pool = poolOf[need];
    if (!amounts.pools[pool].isKept(start[task], end[task])) return { kind: REASON.pool, by: pool };
  }
  return amounts.moved > budget ? { kind: REASON.budget, by: NONE } : null;
}

/** Whatever overlaps it on a batch machine is of its batch, and fits in. */
function brokenBatch(state: State, task: number): Reason | null {
  const { problem, unit, start, runStart, end, busy } = state;
  const e = unit[task];
  if (problem.shared[e] !== SHARED.batch) return null;
  const blocks = busy[e];
  let load = 0;
  for (let k = blocks.after(start[task]); k < blocks.length && blocks.startAt(k) < end[task]; k += 1) {
    const other = blocks.taskAt(k);
    load += loadOn(problem, other, e);
    if (other === task) continue;
    const isOne = problem.family[other] === problem.family[task] && problem.family[task] !== NONE;
    const isTogether =
      start[other] === start[task] && runStart[other] === runStart[task] && end[other] === end[task];
    if (!isOne || !isTogether) return { kind: REASON.busy, by: other };
  }
  return load > problem.capacity[e] ? { kind: REASON.full, by: e } : null;
}
