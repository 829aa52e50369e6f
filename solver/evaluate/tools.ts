import { NEVER, windowAt } from '#solver/problem/open-time.ts';
import { NONE, type Problem } from '#solver/problem/problem.ts';
import { REASON, type Reason } from '#solver/problem/reason.ts';
import { coveredFrom } from '#solver/problem/validity.ts';
import { poolsFrom } from './pools.ts';
import type { State } from './state.ts';

/** `start` when the proof is valid over [start, end): by a result, or renewed by a task that ends before. */
function provenFrom(state: State, proof: number, start: number, end: number): number {
  let next = coveredFrom(state.problem.proofs[proof].validity, start, end);
  if (next === start) return start;
  for (const task of state.renewals[proof]) {
    const from = state.end[task];
    if (from > start) next = Math.min(next, from);
    else if (from + state.problem.renewsFor[task] > end) return start;
  }
  return next;
}

/** `start` when every test of the equipment is valid over [start, end), except the one that the task itself renews. */
export function validFrom(
  state: State,
  e: number,
  renewing: number,
  start: number,
  end: number,
  reason: Reason,
): number {
  const { proofFrom } = state.problem;
  for (let proof = proofFrom[e]; proof < proofFrom[e + 1]; proof += 1) {
    if (proof === renewing) continue;
    const next = provenFrom(state, proof, start, end);
    if (next !== start) {
      reason.kind = REASON.proof;
      reason.by = proof;
      return next;
    }
  }
  return start;
}

/** `start` when the instrument is up in [start, end), otherwise the next start worth a try. */
export function upFrom(problem: Problem, e: number, start: number, end: number): number {
  const up = problem.up[e];
  const window = windowAt(up, start);
  if (window === up.to.length) return NEVER;
  if (up.from[window] > start) return up.from[window];
  if (up.to[window] >= end) return start;
  return window + 1 < up.to.length ? up.from[window + 1] : NEVER;
}

const scratch: Reason = { kind: 0, by: NONE };

/**
 * Finds the instruments and tools of a task over [start, end): appends them to `tools` and returns `start`, or returns the next
 * start worth a try and says why in `reason`.
 */
export function toolsFrom(
  state: State,
  task: number,
  unit: number,
  start: number,
  end: number,
  tools: number[],
  reason: Reason,
): number {
  const { problem } = state;
  if (problem.pools.length > 0) {
    const next = poolsFrom(state, task, start, end, reason);
    if (next !== start) return next;
  }
  const renewed = problem.takes[task];
  if (renewed !== NONE && renewed !== unit) {
    let next = state.busy[renewed].freeFrom(start, end);
    const loads = state.amounts?.loads[renewed];
    if (loads && next === start) next = loads.freeFrom(start, end, loads.limit);
    if (next === start) next = upFrom(problem, renewed, start, end);
    if (next !== start) {
      reason.kind = REASON.taken;
      reason.by = renewed;
      return next;
    }
    next = validFrom(state, renewed, problem.renewsProof[task], start, end, reason);
    if (next !== start) return next;
    tools.push(renewed);
  }
  for (let need = problem.toolFrom[task]; need < problem.toolFrom[task + 1]; need += 1) {
    const candidates = needClass(problem, need);
    let next = NEVER;
    let found = false;
    let unproven = false;
    for (const e of candidates) {
      if (tools.includes(e)) continue;
      let from = state.busy[e].freeFrom(start, end);
      if (from === start) from = upFrom(problem, e, start, end);
      if (from === start) {
        from = validFrom(state, e, NONE, start, end, scratch);
        unproven = from !== start && candidates.length === 1;
      }
      if (from === start) {
        tools.push(e);
        found = true;
        break;
      }
      if (from < next) next = from;
    }
    if (!found) {
      reason.kind = unproven ? scratch.kind : REASON.instrument;
      reason.by = unproven ? scratch.by : problem.toolClass[need];
      return next;
    }
  }
  return start;
}

const NOTHING = new Int32Array(0);
const needClass = (problem: Problem, need: number): Int32Array =>
  problem.toolClass[need] === NONE ? NOTHING : problem.instrumentsOf[problem.toolClass[need]];
