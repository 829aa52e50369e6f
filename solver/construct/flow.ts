import { earliestRun } from '#solver/evaluate/bounds.ts';
import { type State, isPlaced, newState } from '#solver/evaluate/state.ts';
import { Trail } from '#solver/evaluate/trail.ts';
import { NEVER } from '#solver/problem/open-time.ts';
import { NONE, type Problem, setupBetween } from '#solver/problem/problem.ts';
import type { Reason } from '#solver/problem/reason.ts';
import { Heap } from '#solver/run/heap.ts';
import { finishGiven, startGiven } from './construct.ts';
import { Insertion } from './insertion.ts';
import type { ReadyGroups } from './ready-groups.ts';
import { logAtcs, mostUrgent } from './rules.ts';

/** Scaling parameters of ATCS (how far slack and setups reach, in mean runs and mean setups of a unit), and what ending sooner is worth. */
export interface FlowRule {
  readonly k1: number;
  readonly k2: number;
  /** In shares of what being late costs. */
  readonly waitShare: number;
  /** By order: so many times its weight says who is next. */
  readonly urge: Float64Array;
}

/** Setup is counted twice where units are compared: as time, and as work that somebody has to do. */
const SETUP_TWICE = 2;
/** Seconds until a task is looked at again that another unit would end sooner. */
const LOOK_AGAIN = 300;

const reason: Reason = { kind: 0, by: NONE };

/**
 * Time goes by, and whenever a unit is free ATCS (Lee, Bhaskaran & Pinedo 1997) says which of the tasks that wait for
 * it is next; that task goes wherever it costs least, gaps and setups next door on every unit included. Returns null
 * when `isOver` says so on the way.
 */
export function constructByFlow(problem: Problem, rule: FlowRule, isOver: () => boolean): State | null {
  const state = newState(problem);
  const trail = new Trail(state);
  const insertion = new Insertion(state, trail, rule.waitShare, () => 1);
  const ready = startGiven(state, 0.5);
  const line = new Line(state, ready, rule);
  for (let steps = 0; ; steps += 1) {
    if ((steps & 63) === 0 && isOver()) return null;
    const task = line.next();
    if (task === NONE) break;
    insertion.insert(task);
    trail.clear();
    line.settle(task);
  }
  finishGiven(state);
  return state;
}

/** Tasks that wait for units, and units that wait for time to go by. */
class Line {
  readonly #state: State;
  readonly #ready: ReadyGroups;
  readonly #k1: number;
  readonly #k2: number;
  /** By mode: how urgent a task is at most. */
  readonly #most: Float64Array;
  readonly #queues: number[][];
  readonly #wakeAt: Int32Array;
  readonly #heap = new Heap();
  readonly #runFrom: Int32Array;
  #now: number;

  constructor(state: State, ready: ReadyGroups, { k1, k2, urge }: FlowRule) {
    const { equipment, taskCount, now, modeRun, modeTask, weight, order } = state.problem;
    this.#state = state;
    this.#ready = ready;
    this.#k1 = k1;
    this.#k2 = k2;
    this.#most = new Float64Array(modeTask.length);
    for (let mode = 0; mode < modeTask.length; mode += 1) {
      const task = modeTask[mode];
      this.#most[mode] = mostUrgent(weight[task] * urge[order[task]], modeRun[mode]);
    }
    this.#queues = equipment.map(() => []);
    this.#wakeAt = new Int32Array(equipment.length).fill(NEVER);
    this.#runFrom = new Int32Array(taskCount);
    this.#now = now;
    this.#welcome();
  }

  /** The next task to place; NONE when none waits. */
  next(): number {
    while (this.#heap.size > 0) {
      const at = this.#heap.firstKey;
      const unit = this.#heap.pop();
      if (this.#wakeAt[unit] !== at) continue;
      this.#wakeAt[unit] = NEVER;
      if (at > this.#now) this.#now = at;
      const free = this.#freeFrom(unit);
      if (free > this.#now) this.#wake(unit, free);
      else {
        const task = this.#choose(unit);
        if (task !== NONE) return task;
      }
    }
    return NONE;
  }

  /** The task has a place, or has been refused one. */
  settle(task: number): void {
    const { problem, unit } = this.#state;
    const { modeFrom, modeUnit } = problem;
    this.#ready.settle(problem.groupOf[task]);
    this.#welcome();
    for (let mode = modeFrom[task]; mode < modeFrom[task + 1]; mode += 1) {
      const own = modeUnit[mode];
      if (own === unit[task] || this.#wakeAt[own] === NEVER)
        this.#wake(own, Math.max(this.#now, this.#freeFrom(own)));
    }
  }

  /** Lets the tasks of groups whose predecessors stand wait for their units. */
  #welcome(): void {
    const { problem } = this.#state;
    const { queue } = this.#ready;
    const { groupFrom, groupTask, modeFrom, modeUnit } = problem;
    for (let group = queue.pop(); group !== undefined; group = queue.pop()) {
      let k = groupFrom[group];
      while (k < groupFrom[group + 1] && isPlaced(this.#state, groupTask[k])) k += 1;
      const head = k < groupFrom[group + 1] ? groupTask[k] : NONE;
      if (head === NONE || modeFrom[head] === modeFrom[head + 1]) {
        this.#ready.settle(group);
        continue;
      }
      this.#runFrom[head] = earliestRun(this.#state, head, reason);
      for (let mode = modeFrom[head]; mode < modeFrom[head + 1]; mode += 1) {
        const unit = modeUnit[mode];
        this.#queues[unit].push(mode);
        const from = this.#runFrom[head] - this.#state.shape.longestSetup[unit];
        this.#wake(unit, Math.max(this.#now, this.#freeFrom(unit), from));
      }
    }
  }

  #wake(unit: number, at: number): void {
    if (at >= this.#wakeAt[unit]) return;
    this.#wakeAt[unit] = at;
    this.#heap.push(at, unit);
  }

  #freeFrom(unit: number): number {
    const busy = this.#state.busy[unit];
    return busy.length === 0 ? -NEVER : busy.endAt(busy.length - 1);
  }

  /** Setup of a mode behind everything that stands on its unit. */
  #setupOf(mode: number): number {
    const { problem, busy } = this.#state;
    const unit = problem.modeUnit[mode];
    const matrix = problem.matrixOf[unit];
    if (matrix === NONE) return problem.modeSetup[mode];
    const last = busy[unit].length - 1;
    const before = last < 0 ? problem.setupState[unit] : problem.family[busy[unit].taskAt(last)];
    return setupBetween(problem, matrix, before, problem.family[problem.modeTask[mode]]);
  }

  /** What ATCS puts first among the tasks that could start on the unit now; NONE, and a later look, when none could. */
  #choose(unit: number): number {
    const { problem } = this.#state;
    const { modeTask, modeRun, due, tail, meanRun, meanSetup, groupOf } = problem;
    const { settled } = this.#ready;
    const slackReach = this.#k1 * (meanRun[unit] || 1);
    const setupReach = this.#k2 * meanSetup[unit];
    const queue = this.#queues[unit];
    const now = this.#now;
    let chosen: number = NONE;
    let highest = -Infinity;
    let soonest: number = NEVER;
    let kept = 0;
    for (let k = 0; k < queue.length; k += 1) {
      const mode = queue[k];
      const task = modeTask[mode];
      if (settled[groupOf[task]] === 1) continue;
      queue[kept++] = mode;
      const most = this.#most[mode];
      if (chosen !== NONE && most <= highest) continue;
      const setup = this.#setupOf(mode);
      const start = this.#runFrom[task] - setup;
      if (start > now) {
        if (start < soonest) soonest = start;
        continue;
      }
      const slack = due[task] - modeRun[mode] - tail[task] - now;
      const index = logAtcs(most, slack, slackReach, setup, setupReach);
      if (chosen !== NONE && index <= highest) continue;
      if (this.#endsSoonerElsewhere(mode, now + modeRun[mode] + SETUP_TWICE * setup)) {
        if (now + LOOK_AGAIN < soonest) soonest = now + LOOK_AGAIN;
        continue;
      }
      highest = index;
      chosen = task;
    }
    queue.length = kept;
    if (chosen === NONE && soonest < NEVER) this.#wake(unit, soonest);
    return chosen;
  }

  #endsSoonerElsewhere(mode: number, end: number): boolean {
    const { modeFrom, modeTask, modeRun, modeUnit } = this.#state.problem;
    const task = modeTask[mode];
    for (let other = modeFrom[task]; other < modeFrom[task + 1]; other += 1) {
      if (other === mode) continue;
      const setup = this.#setupOf(other);
      const start = Math.max(this.#freeFrom(modeUnit[other]), this.#runFrom[task] - setup, this.#now);
      if (start + modeRun[other] + SETUP_TWICE * setup < end) return true;
    }
    return false;
  }
}
