import { boundsOf, earliestRun } from '#solver/evaluate/bounds.ts';
import { Heap } from '#solver/run/heap.ts';
import { findPlace } from '#solver/evaluate/slot.ts';
import { type State, emptyPlace, isPlaced, setupAt } from '#solver/evaluate/state.ts';
import { NEVER } from '#solver/problem/open-time.ts';
import { NONE, type Problem, setupRange } from '#solver/problem/problem.ts';
import type { Reason } from '#solver/problem/reason.ts';
import { bestPlace } from './best-place.ts';
import { placeGroup, withdrawGroup } from './group.ts';
import type { Priorities } from './priorities.ts';
import type { ReadyGroups } from './ready-groups.ts';
import type { Rule, Waiting } from './rules.ts';

const waiting: Waiting = { weight: 1, due: 0, run: 0, setup: 0, tail: 0, at: 0, meanRun: 1, meanSetup: 0 };
const place = emptyPlace();
const reason: Reason = { kind: 0, by: NONE };

/**
 * Time goes by, and whenever a unit is free the rule chooses among the operations that wait for it. A chosen operation
 * that people or instruments keep from starting now is told when to come again; one that another unit would finish
 * earlier goes there.
 */
export function dispatch(
  state: State,
  ready: ReadyGroups,
  rule: Rule,
  priorities: Priorities | null,
  cancelled: () => boolean,
): boolean {
  const { problem } = state;
  const { modeFrom, modeTask, modeUnit, modeRun, order, family, groupOf } = problem;
  const units = problem.equipment.length;
  const queues: number[][] = Array.from({ length: units }, () => []);
  /** The operation cannot start on its unit before: by release and predecessors, and as found by trying. */
  const runFrom = new Int32Array(problem.taskCount);
  const hint = new Int32Array(modeTask.length);
  const wakeAt = new Int32Array(units).fill(NEVER);
  const heap = new Heap();
  let now = problem.now;
  const wake = (unit: number, at: number): void => {
    if (at >= wakeAt[unit]) return;
    wakeAt[unit] = at;
    heap.push(at, unit);
  };
  const settle = (group: number): void => {
    ready.settle(group);
    welcome();
  };
  /** Lets new groups wait for the units of their first open task. */
  const welcome = (): void => {
    for (let group = ready.queue.pop(); group !== undefined; group = ready.queue.pop()) {
      const head = headOf(state, group);
      if (head === NONE || !canBegin(state, group)) {
        if (head !== NONE) placeGroup(state, group, rule.setupPrice);
        ready.settle(group);
        continue;
      }
      runFrom[head] = earliestRun(state, head, reason);
      for (let mode = modeFrom[head]; mode < modeFrom[head + 1]; mode += 1) {
        hint[mode] = problem.now;
        queues[modeUnit[mode]].push(mode);
        wake(modeUnit[mode], Math.max(now, runFrom[head] - setupRange(problem, mode)[1]));
      }
    }
  };
  welcome();
  for (let steps = 0; heap.size > 0; steps += 1) {
    if ((steps & 63) === 0 && cancelled()) return false;
    const at = heap.firstKey;
    const unit = heap.pop();
    if (wakeAt[unit] !== at) continue;
    wakeAt[unit] = NEVER;
    now = Math.max(now, at);
    const queue = queues[unit];
    const busy = state.busy[unit];
    const position = busy.after(now);
    if (position < busy.length && busy.startAt(position) <= now) {
      wake(unit, busy.endAt(position));
      continue;
    }
    let chosen: number = NONE;
    let highest = -Infinity;
    let soonest: number = NEVER;
    let kept = 0;
    waiting.at = now;
    waiting.meanRun = problem.meanRun[unit] || 1;
    waiting.meanSetup = problem.meanSetup[unit];
    for (let k = 0; k < queue.length; k += 1) {
      const mode = queue[k];
      const task = modeTask[mode];
      if (ready.settled[groupOf[task]] === 1 || hint[mode] >= NEVER) continue;
      queue[kept++] = mode;
      if (hint[mode] > now) {
        if (hint[mode] < soonest) soonest = hint[mode];
        continue;
      }
      const setup = family[task] === NONE ? 0 : setupAt(state, mode, position);
      if (runFrom[task] - setup > now) {
        if (runFrom[task] - setup < soonest) soonest = runFrom[task] - setup;
        continue;
      }
      const o = order[task];
      waiting.weight = problem.weight[task] * (priorities ? priorities.weight[o] : 1);
      waiting.due = problem.due[task] + (priorities ? priorities.due[o] : 0);
      waiting.run = modeRun[mode];
      waiting.setup = setup;
      waiting.tail = problem.tail[task];
      const index = rule.index(waiting);
      if (
        chosen === NONE ||
        index > highest ||
        (index === highest && isBefore(problem, task, modeTask[chosen]))
      ) {
        chosen = mode;
        highest = index;
      }
    }
    queue.length = kept;
    if (chosen === NONE) {
      if (soonest < NEVER) wake(unit, soonest);
      continue;
    }
    const task = modeTask[chosen];
    const group = groupOf[task];
    if (!findPlace(state, task, chosen, boundsOf(state, task, false, reason), place, reason)) {
      hint[chosen] = NEVER;
      if (isHopeless(problem, hint, task)) {
        placeGroup(state, group, rule.setupPrice);
        settle(group);
      }
      wake(unit, now);
      continue;
    }
    if (place.start > now) {
      const own = place.start;
      const best =
        problem.modeFrom[task + 1] - problem.modeFrom[task] > 1
          ? bestPlace(state, task, -NEVER, rule.setupPrice, place, reason)
          : NONE;
      if (best === NONE || modeUnit[best] === unit) {
        hint[chosen] = own;
        wake(unit, now);
        continue;
      }
    }
    if (placeGroup(state, group, rule.setupPrice) && state.unit[task] === unit && state.start[task] > now) {
      // Hold times push its first task back: others may use the unit until then.
      hint[chosen] = state.start[task];
      withdrawGroup(state, group);
    } else settle(group);
    wake(unit, now);
  }
  return true;
}

/** The first task of a group that still needs a place. */
function headOf(state: State, group: number): number {
  const { groupFrom, groupTask } = state.problem;
  for (let k = groupFrom[group]; k < groupFrom[group + 1]; k += 1) {
    if (!isPlaced(state, groupTask[k]) && !state.unplaced.has(groupTask[k])) return groupTask[k];
  }
  return NONE;
}

/** A group with a flaw or without its predecessors is refused at once. */
function canBegin(state: State, group: number): boolean {
  const { groupFrom, groupTask, groupOf, flaw, predFrom, predTask } = state.problem;
  for (let k = groupFrom[group]; k < groupFrom[group + 1]; k += 1) {
    const task = groupTask[k];
    if (flaw[task] || state.unplaced.has(task)) return false;
    for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
      if (groupOf[predTask[r]] !== group && !isPlaced(state, predTask[r])) return false;
    }
  }
  return true;
}

const isHopeless = (problem: Problem, hint: Int32Array, task: number): boolean => {
  for (let mode = problem.modeFrom[task]; mode < problem.modeFrom[task + 1]; mode += 1) {
    if (hint[mode] < NEVER) return false;
  }
  return true;
};

/** Ties: due date, release, place in the plan. */
const isBefore = ({ due, release }: Problem, a: number, b: number): boolean =>
  (due[a] - due[b] || release[a] - release[b] || a - b) < 0;
