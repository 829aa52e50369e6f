import { type Bounds, boundsOf } from '#solver/evaluate/bounds.ts';
import { takeSetup } from '#solver/evaluate/changeover.ts';
import { type Candidate, type Price, walkGaps } from '#solver/evaluate/gaps.ts';
import { findPlace } from '#solver/evaluate/slot.ts';
import { type Place, type State, copyPlace, emptyPlace, isPlaced, put } from '#solver/evaluate/state.ts';
import type { Trail } from '#solver/evaluate/trail.ts';
import { NONE } from '#solver/problem/problem.ts';
import { REASON, type Reason } from '#solver/problem/reason.ts';
import { placeGroup } from './group.ts';

const reason: Reason = { kind: REASON.none, by: NONE };

const NOTHING: number[] = [];

/** Puts tasks where they cost least among everything that stands: setups next door and gaps on every unit included. */
export class Insertion {
  /** Chance of overlooking a gap. */
  blink = 0;
  /** A task, and the place that it does not take; NONE where all may take any. */
  avoid: number = NONE;
  avoidUnit: number = NONE;
  avoidStart = 0;
  /** Nobody wants a place that costs more than this beyond what lateness of its order costs already. */
  room = Infinity;
  lateBefore = 0;
  /** What the last insertion costs in setups, and at least in lateness of its order; 0 where nobody knows. */
  setupCost = 0;
  lateCost = 0;
  readonly #waitShare: number;
  readonly #state: State;
  readonly #trail: Trail;
  readonly #random: () => number;
  /** Where each task went last. */
  readonly #lastMode: Int32Array;
  /** Is the chosen place one of the general search? */
  #isGeneral = false;
  readonly #place = emptyPlace();
  readonly #trial = emptyPlace();
  /** Lists of the chosen gap. */
  readonly #stint = [NONE, NONE, 0, 0];
  readonly #tool: number[] = [NONE];
  readonly #price: Price = {
    setup: 0,
    late: 0,
    due: 0,
    setupRoom: 0,
    room: 0,
    wait: 0,
    blink: 0,
    avoidUnit: NONE,
    avoidStart: 0,
  };
  readonly #best: Candidate = {
    cost: Infinity,
    mode: NONE,
    start: 0,
    setup: 0,
    end: 0,
    person: NONE,
    tool: NONE,
    next: NONE,
    nextSetup: 0,
  };

  /** What changes beside the task itself is noted in `trail`; ending sooner is worth `waitShare` of what being late costs. */
  constructor(state: State, trail: Trail, waitShare: number, random: () => number) {
    this.#waitShare = waitShare;
    this.#state = state;
    this.#trail = trail;
    this.#random = random;
    this.#lastMode = state.problem.modeFrom.slice();
  }

  /** Puts one task where it costs least; false where it finds no place. */
  insert(task: number): boolean {
    const state = this.#state;
    this.setupCost = this.lateCost = 0;
    if (state.shape.plain[task] === 0) return this.#insertGroup(task);
    const { modeFrom, modeUnit, predFrom, predTask } = state.problem;
    for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
      if (!isPlaced(state, predTask[r])) return false;
    }
    const bounds = boundsOf(state, task, false, reason);
    this.#priceOf(task);
    const best = this.#best;
    best.cost = Infinity;
    best.mode = NONE;
    // A cheap place found first spares a look at most others, and a task mostly goes where it went before.
    let mode = this.#lastMode[task];
    for (let left = modeFrom[task + 1] - modeFrom[task]; left > 0; left -= 1, mode += 1) {
      if (mode >= modeFrom[task + 1]) mode = modeFrom[task];
      const extra = this.#extraOf(task, mode);
      best.cost -= extra;
      const { cost } = best;
      if (state.shape.plainUnit[modeUnit[mode]] === 1) {
        walkGaps(state, task, mode, bounds, this.#price, best, this.#random);
        if (best.cost < cost) this.#isGeneral = false;
      } else if (findPlace(state, task, mode, bounds, this.#trial, reason)) {
        this.#consider(mode);
      }
      best.cost += extra;
    }
    this.#considerBaseline(task, bounds);
    if (best.mode === NONE) return false;
    this.#lastMode[task] = best.mode;
    this.setupCost = this.#price.setup * best.setup;
    this.lateCost = this.#price.late * Math.max(0, best.end - this.#price.due);
    if (best.next !== NONE) {
      this.setupCost += this.#price.setup * (best.nextSetup - state.setup[best.next]);
      this.#trail.note(best.next);
      takeSetup(state, best.next, best.nextSetup);
    }
    put(state, task, this.#isGeneral ? this.#place : this.#chosen(task));
    return true;
  }

  /** The general search's place, where it is cheaper. */
  #consider(mode: number): void {
    const { setup, late, due, wait } = this.#price;
    const trial = this.#trial;
    const cost = setup * trial.setup + wait * trial.end + late * Math.max(0, trial.end - due);
    if (cost >= this.#best.cost) return;
    this.#best.cost = cost;
    this.#best.mode = mode;
    this.#best.setup = trial.setup;
    this.#best.end = trial.end;
    this.#best.next = NONE;
    this.#isGeneral = true;
    copyPlace(this.#place, trial);
  }

  /** What the mode costs wherever it stands there: machine preference, and leaving the baseline, whose place is tried by itself. */
  #extraOf(task: number, mode: number): number {
    const { plan, modePenalty, baseUnit } = this.#state.problem;
    const { preference, stability } = plan.weights;
    return preference * modePenalty[mode] + (baseUnit[task] === NONE ? 0 : stability);
  }

  /** The place of the baseline costs no stability. */
  #considerBaseline(task: number, bounds: Readonly<Bounds>): void {
    const { plan, modeFrom, modeUnit, modePenalty, baseUnit, baseStart, moveTolerance } = this.#state.problem;
    const { preference, stability } = plan.weights;
    if (stability === 0 || baseUnit[task] === NONE) return;
    const near = {
      ...bounds,
      from: Math.max(bounds.from, baseStart[task]),
      until: Math.min(bounds.until, baseStart[task] + moveTolerance),
    };
    for (let mode = modeFrom[task]; mode < modeFrom[task + 1]; mode += 1) {
      if (modeUnit[mode] !== baseUnit[task]) continue;
      if (!findPlace(this.#state, task, mode, near, this.#trial, reason)) continue;
      const extra = preference * modePenalty[mode];
      this.#best.cost -= extra;
      this.#consider(mode);
      this.#best.cost += extra;
    }
  }

  /** The chosen gap as a place, until the next is chosen. */
  #chosen(task: number): Readonly<Place> {
    const { needFrom, needIndex, modeUnit } = this.#state.problem;
    const { mode, start, setup, end, person, tool } = this.#best;
    const stint = this.#stint;
    if (person !== NONE) {
      stint[0] = needIndex[needFrom[task]];
      stint[1] = person;
      stint[2] = start;
      stint[3] = end;
    }
    this.#tool[0] = tool;
    return {
      unit: modeUnit[mode],
      start,
      runStart: start + setup,
      end,
      setup,
      stints: person === NONE ? NOTHING : stint,
      tools: tool === NONE ? NOTHING : this.#tool,
    };
  }

  /** Late is priced by the order's weight while the task is the last that stands; a placed successor bounds it anyhow. */
  #priceOf(task: number): void {
    const { plan, order, orderWeight, orderDue, tail, succFrom, succTask } = this.#state.problem;
    const o = order[task];
    const price = this.#price;
    price.setup = plan.weights.setup / 60;
    price.late = (plan.weights.tardiness * orderWeight[o]) / 60;
    price.wait = this.#waitShare * (price.late + plan.weights.makespan / 60) + plan.weights.flow / 60;
    price.due = orderDue[o] - tail[task];
    price.setupRoom = this.room;
    price.room = this.room + this.lateBefore;
    price.blink = this.blink;
    price.avoidUnit = task === this.avoid ? this.avoidUnit : NONE;
    price.avoidStart = this.avoidStart;
    for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
      if (isPlaced(this.#state, succTask[k])) price.late = 0;
    }
  }

  #insertGroup(task: number): boolean {
    const state = this.#state;
    if (placeGroup(state, state.problem.groupOf[task], 1)) return true;
    state.unplaced.clear();
    return false;
  }
}
