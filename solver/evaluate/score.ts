import { NONE } from '#solver/problem/problem.ts';
import { orderPenalty, planPenalty, taskPenalty } from './objective.ts';
import type { State } from './state.ts';
import type { Trail } from './trail.ts';

/** The objective of a state, kept up to date by what a step touched instead of being summed up again. */
export class Score {
  total = 0;
  /** What each order and each task costs as of the last accepted step. */
  readonly ofOrder: Float64Array;
  readonly ofTask: Float64Array;
  readonly #end: Int32Array;
  #ofPlan = 0;
  readonly #state: State;
  /** What the step that `change` judged last makes of the orders that it touched. */
  readonly #orders: Int32Array;
  #orderCount = 0;
  readonly #isTouched: Uint8Array;
  readonly #newEnd: Int32Array;
  #newOfPlan = 0;
  readonly #countsLast: boolean;

  constructor(state: State) {
    const { orderCount, taskCount, plan } = state.problem;
    this.#state = state;
    this.ofOrder = new Float64Array(orderCount);
    this.ofTask = new Float64Array(taskCount);
    this.#end = new Int32Array(orderCount);
    this.#orders = new Int32Array(orderCount);
    this.#isTouched = new Uint8Array(orderCount);
    this.#newEnd = new Int32Array(orderCount);
    this.#countsLast = plan.weights.makespan > 0;
    this.refresh();
  }

  /** Sums everything up again. */
  refresh(): void {
    const { problem } = this.#state;
    this.total = 0;
    for (let o = 0; o < problem.orderCount; o += 1) {
      this.#end[o] = this.#endOf(o);
      this.total += this.ofOrder[o] = orderPenalty(problem, o, this.#end[o]);
    }
    for (let task = 0; task < problem.taskCount; task += 1) {
      this.total += this.ofTask[task] = taskPenalty(problem, this.#state, task);
    }
    this.#orderCount = 0;
    this.total += this.#ofPlan = this.#planPenalty();
  }

  /** By how much the step changes the objective; `accept` makes it the new state of affairs. */
  change({ tasks, count }: Trail): number {
    const { problem } = this.#state;
    let change = 0;
    this.#orderCount = 0;
    for (let k = 0; k < count; k += 1) {
      const task = tasks[k];
      change += taskPenalty(problem, this.#state, task) - this.ofTask[task];
      const o = problem.order[task];
      if (this.#isTouched[o] === 1) continue;
      this.#isTouched[o] = 1;
      this.#orders[this.#orderCount++] = o;
      this.#newEnd[o] = this.#endOf(o);
      change += orderPenalty(problem, o, this.#newEnd[o]) - this.ofOrder[o];
    }
    this.#newOfPlan = this.#planPenalty();
    for (let k = 0; k < this.#orderCount; k += 1) this.#isTouched[this.#orders[k]] = 0;
    return change + this.#newOfPlan - this.#ofPlan;
  }

  /** Takes over what `change` found. */
  accept({ tasks, count }: Trail, change: number): void {
    const { problem } = this.#state;
    for (let k = 0; k < count; k += 1) this.ofTask[tasks[k]] = taskPenalty(problem, this.#state, tasks[k]);
    for (let k = 0; k < this.#orderCount; k += 1) {
      const o = this.#orders[k];
      this.#end[o] = this.#newEnd[o];
      this.ofOrder[o] = orderPenalty(problem, o, this.#end[o]);
    }
    this.#ofPlan = this.#newOfPlan;
    this.total += change;
  }

  #endOf(o: number): number {
    const { problem, shape, unit, end } = this.#state;
    let last = -problem.end;
    for (let k = shape.orderFrom[o]; k < shape.orderFrom[o + 1]; k += 1) {
      const task = shape.orderTask[k];
      if (unit[task] === NONE) return problem.end;
      if (end[task] > last) last = end[task];
    }
    return last;
  }

  /** Only a weight on the makespan is worth a look at every order. */
  #planPenalty(): number {
    const { problem } = this.#state;
    if (!this.#countsLast) return 0;
    let last = problem.now;
    for (let o = 0; o < problem.orderCount; o += 1) {
      const end = this.#isTouched[o] === 1 ? this.#newEnd[o] : this.#end[o];
      if (end > last) last = end;
    }
    return planPenalty(problem, last);
  }
}
