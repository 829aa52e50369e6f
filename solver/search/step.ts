import { Insertion } from '#solver/construct/insertion.ts';
import { canTakeSetup, takeSetup } from '#solver/evaluate/changeover.ts';
import { usersOf } from '#solver/evaluate/cumulative.ts';
import type { Score } from '#solver/evaluate/score.ts';
import { type State, familyBefore, isPlaced, nextWithFamily, takeOut } from '#solver/evaluate/state.ts';
import { validFrom } from '#solver/evaluate/tools.ts';
import type { Move } from './moves/move.ts';
import { Trail } from '#solver/evaluate/trail.ts';
import { NONE, setupBetween } from '#solver/problem/problem.ts';
import { REASON, type Reason } from '#solver/problem/reason.ts';

/** A step that would take out more gives up. */
const MOST_OUT = 48;

/** Of an order of which nothing is out. */
const UNTOUCHED = -1;
/** Share of the steps in which a task may not go back where it was. */
const TABU = 0.9;
/** Ending sooner, in shares of what being late costs: decides where nothing else does. */
const WAIT_SHARE = 0.0005;
/** Chance of overlooking a gap. */
const BLINK = 0.02;

const reason: Reason = { kind: REASON.none, by: NONE };

/**
 * Destroy and repair at fixed times (large neighbourhood search; Shaw 1998): some tasks are taken out, everything else
 * stays where it is, and they are put back one after the other where they cost least. In place: a step that does not
 * pay is taken back from its trail.
 */
export class Step {
  readonly state: State;
  readonly score: Score;
  readonly random: () => number;
  readonly trail: Trail;
  readonly insertion: Insertion;
  /** The tasks that are out: the first `count`, in the order in which they are put back. */
  readonly out = new Int32Array(MOST_OUT);
  count = 0;
  /** Everything was moved to the right last. */
  isRight = false;
  readonly #holeTask = new Int32Array(MOST_OUT);
  readonly #holeUnit = new Int32Array(MOST_OUT);
  readonly #holeStart = new Int32Array(MOST_OUT);
  #holes = 0;
  /** By how much the step may make it worse, and by how much it has so far, as far as one can tell before its end. */
  #allowed = 0;
  #worse = 0;
  /** Per order the least that its lateness costs now. */
  readonly #late: Float64Array;
  #mended = 0;
  readonly #key = new Float64Array(MOST_OUT);
  constructor(state: State, score: Score, random: () => number) {
    this.state = state;
    this.score = score;
    this.random = random;
    this.trail = new Trail(state);
    this.#late = new Float64Array(state.problem.orderCount).fill(UNTOUCHED);
    this.insertion = new Insertion(state, this.trail, WAIT_SHARE, random);
    this.insertion.blink = BLINK;
  }

  /** Takes out what the move says, puts it back, and keeps the result where simulated annealing does. */
  run(move: Move, temperature: number): void {
    this.#begin(-temperature * Math.log(this.random()));
    if (move.destroy(this) && this.mend() && this.#putBackElsewhere()) {
      const change = this.score.change(this.trail);
      if (change <= this.#allowed) {
        this.score.accept(this.trail, change);
        this.trail.clear();
        return;
      }
    }
    this.trail.rollback();
  }

  #begin(allowed: number): void {
    const { order } = this.state.problem;
    for (let k = 0; k < this.count; k += 1) this.#late[order[this.out[k]]] = UNTOUCHED;
    this.count = this.#holes = this.#mended = 0;
    this.#allowed = allowed;
    this.#worse = 0;
  }

  /** Puts everything back, one of the tasks not where it was: most steps would only restore what they destroyed. */
  #putBackElsewhere(): boolean {
    const hole = Math.floor(this.random() * this.#holes);
    const { insertion } = this;
    insertion.avoid = this.random() < TABU ? this.#holeTask[hole] : NONE;
    insertion.avoidUnit = this.#holeUnit[hole];
    insertion.avoidStart = this.#holeStart[hole];
    return this.recreate();
  }

  /** Takes out the task with all that hold times tie to it; false where somebody decided its place or too many are out. */
  remove(task: number): boolean {
    const { state } = this;
    const { groupOf, groupFrom, groupTask } = state.problem;
    const group = groupOf[task];
    if (state.shape.movable[task] === 0) return false;
    const last = groupFrom[group + 1];
    if (this.count + last - groupFrom[group] > MOST_OUT) return false;
    for (let k = groupFrom[group]; k < last; k += 1) {
      const member = groupTask[k];
      // One that has been put back already may have to come out again.
      if (!isPlaced(state, member) && this.#isOut(member)) continue;
      this.trail.note(member);
      this.out[this.count++] = member;
      if (!isPlaced(state, member)) continue;
      this.#holeTask[this.#holes] = member;
      this.#holeUnit[this.#holes] = state.unit[member];
      this.#holeStart[this.#holes++] = state.start[member];
      this.#credit(member);
      takeOut(state, member);
    }
    return true;
  }

  /** What a task that comes out, and the order that it belongs to, cost so far. */
  #credit(task: number): void {
    const o = this.state.problem.order[task];
    this.#worse -= this.score.ofTask[task];
    if (this.#late[o] !== UNTOUCHED) return;
    this.#late[o] = 0;
    this.#worse -= this.score.ofOrder[o];
  }

  /** Is the step, as far as the tasks that are back can tell, already worse than it may be? */
  #isHopeless(task: number): boolean {
    const o = this.state.problem.order[task];
    this.#worse += this.insertion.setupCost;
    if (this.insertion.lateCost > this.#late[o]) {
      this.#worse += this.insertion.lateCost - this.#late[o];
      this.#late[o] = this.insertion.lateCost;
    }
    return this.#worse > this.#allowed;
  }

  /** Takes out what follows everything that is out, so that it may go to any time. */
  removeFollowers(): void {
    const { succFrom, succTask } = this.state.problem;
    for (let k = 0; k < this.count; k += 1) {
      for (let s = succFrom[this.out[k]]; s < succFrom[this.out[k] + 1]; s += 1) {
        if (isPlaced(this.state, succTask[s])) this.remove(succTask[s]);
      }
    }
  }

  #isOut(task: number): boolean {
    for (let k = 0; k < this.count; k += 1) if (this.out[k] === task) return true;
    return false;
  }

  /** Makes the rest whole: blocks behind a hole take the setup that they need now, or come out as well. */
  mend(): boolean {
    while (this.#mended < this.#holes) {
      const hole = this.#mended++;
      if (!this.#mendSetup(this.#holeUnit[hole], this.#holeStart[hole])) return false;
      const proof = this.state.problem.renewsProof[this.#holeTask[hole]];
      if (proof !== NONE && !this.#removeUnproven(proof)) return false;
    }
    return true;
  }

  #mendSetup(unit: number, at: number): boolean {
    const { state } = this;
    const { problem } = state;
    const matrix = problem.matrixOf[unit];
    if (matrix === NONE) return true;
    const busy = state.busy[unit];
    const k = nextWithFamily(state, unit, busy.after(at));
    if (k === busy.length) return true;
    const next = busy.taskAt(k);
    const asked = setupBetween(problem, matrix, familyBefore(state, unit, k), problem.family[next]);
    if (state.setup[next] === asked || problem.given[next]?.kind === 'started') return true;
    const isFree = k === 0 || busy.endAt(k - 1) <= state.runStart[next] - asked;
    if (!isFree || !canTakeSetup(state, next, asked)) return this.remove(next);
    this.trail.note(next);
    this.#worse += ((asked - state.setup[next]) * problem.plan.weights.setup) / 60;
    takeSetup(state, next, asked);
    return true;
  }

  /** Takes out what nothing proves fit any more. */
  #removeUnproven(proof: number): boolean {
    const { state } = this;
    const { equipment } = state.problem.proofs[proof];
    const { start, end } = state;
    for (const task of usersOf(state, equipment)) {
      if (!isPlaced(state, task) || state.problem.given[task]?.kind === 'started') continue;
      const renewing = state.problem.renewsProof[task];
      if (validFrom(state, equipment, renewing, start[task], end[task], reason) === start[task]) continue;
      if (!this.remove(task)) return false;
    }
    return true;
  }

  /** Sorts what is out by `keyOf` its order, predecessors first. */
  arrange(keyOf: (task: number) => number): void {
    const { out, count } = this;
    const { step } = this.state.shape;
    const key = this.#key;
    for (let k = 0; k < count; k += 1) {
      const task = out[k];
      const own = keyOf(task);
      let at = k;
      while (at > 0 && (key[at - 1] > own || (key[at - 1] === own && step[out[at - 1]] > step[task]))) {
        key[at] = key[at - 1];
        out[at] = out[at - 1];
        at -= 1;
      }
      key[at] = own;
      out[at] = task;
    }
  }

  /** Puts everything back, each task where it costs least; false where one finds no place. */
  recreate(): boolean {
    for (let k = 0; k < this.count; k += 1) {
      if (!isPlaced(this.state, this.out[k]) && !this.#putBack(this.out[k])) return false;
    }
    return true;
  }

  #putBack(task: number): boolean {
    const { predFrom, predTask } = this.state.problem;
    for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
      const pred = predTask[r];
      if (!isPlaced(this.state, pred) && (!this.#isOut(pred) || !this.#putBack(pred))) return false;
    }
    if (isPlaced(this.state, task)) return true;
    this.insertion.room = this.#allowed - this.#worse;
    this.insertion.lateBefore = this.#late[this.state.problem.order[task]];
    const isBack =
      this.insertion.insert(task) ||
      (this.#removeSuccessors(task) && this.mend() && this.insertion.insert(task));
    return isBack && !this.#isHopeless(task);
  }

  /** What stands after the task in its order and leaves it no room comes out too. */
  #removeSuccessors(task: number): boolean {
    const { succFrom, succTask } = this.state.problem;
    const before = this.count;
    for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
      if (isPlaced(this.state, succTask[k]) && !this.remove(succTask[k])) return false;
    }
    return this.count > before;
  }
}
