import { type Bounds, boundsOf, earliestRun, latestRun } from '#solver/evaluate/bounds.ts';
import { joinBatch } from '#solver/evaluate/batch.ts';
import { roomFrom, usersOf } from '#solver/evaluate/cumulative.ts';
import { keepCrew } from '#solver/evaluate/keep.ts';
import { crewMissingUntil, findCrew } from '#solver/evaluate/find-crew.ts';
import { fit } from '#solver/evaluate/fit.ts';
import { broken } from '#solver/evaluate/keeps.ts';
import { breach, holds, lateFor } from '#solver/evaluate/relations.ts';
import { isRich } from '#solver/evaluate/shape.ts';
import { findPlace } from '#solver/evaluate/slot.ts';
import {
  type Place,
  type State,
  copyPlace,
  emptyPlace,
  familyBefore,
  isPlaced,
  nextWithFamily,
  peopleIn,
  put,
  setupAt,
} from '#solver/evaluate/state.ts';
import { toolsFrom, validFrom } from '#solver/evaluate/tools.ts';
import { NEVER } from '#solver/problem/open-time.ts';
import { DAY, HOUR } from '#shared/time/instant.ts';
import { DURING, NONE, SHARED, setupBetween } from '#solver/problem/problem.ts';
import { REASON, type Reason, clock, refusalOf, taskName } from '#solver/problem/reason.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { Heap } from '#solver/run/heap.ts';
import type { Journal } from './journal.ts';
import { blocksIn, crewToFree, toolsToFree } from './make-room.ts';
import { modeOn } from './mode-on.ts';
import { busyWith, pushedTooFar, tooEarly, tooLate } from './refusals.ts';

/** How often one task may be pushed again for hold times before the repair gives up. */
const MOST_PUSHES = 30;
const MOST_STEPS = 5_000;
/** How far before its old start a gap is looked for, in seconds. */
const LOOK_BACK: readonly number[] = [8 * HOUR, 2 * DAY, NEVER];

/** How a push chooses between gaps and pushing on. */
export interface Manner {
  /** A pushed task takes a gap that lets it end so much later than it could at best, in seconds. */
  readonly gapMayWait: number;
  /** It is given up when it touches more tasks than this. */
  readonly mostTouched: number;
  /** Whether anything else may move for it. */
  readonly mayPush: boolean;
}

/** Where a hand puts a task. `start` in seconds from the origin. */
export interface Target {
  readonly task: number;
  readonly mode: number;
  readonly start: number;
}

/** Why a task cannot stand somewhere, and until when that lasts. */
interface Stuck {
  readonly refusal: Refusal;
  readonly until: number;
}

/**
 * Affected operations rescheduling (Vieira, Herrmann & Lin 2003): whatever conflicts with a moved task is pushed right
 * by the smallest amount, in the order of the old starts, each on its own unit; slack absorbs the rest.
 */
export class Push {
  readonly #state: State;
  readonly #journal: Journal;
  readonly #moved: ReadonlySet<number>;
  readonly #manner: Manner;
  readonly #queue = new Heap();
  readonly #queued = new Set<number>();
  readonly #settled = new Set<number>();
  readonly #pushes = new Map<number, number>();
  /** Runs that hold times of later tasks have delayed. */
  readonly #delayed = new Map<number, number>();
  /** Tasks without a place from the start: they may be given up. */
  readonly #lost = new Set<number>();
  readonly #place = emptyPlace();
  readonly #gap = emptyPlace();
  readonly #reason: Reason = { kind: REASON.none, by: NONE };
  /** What was asked for stands; what is refused from here on is refused for what is pushed. */
  isInserted = false;

  /** `moved` is never pushed itself; empty where nothing was moved by hand. */
  constructor(state: State, journal: Journal, moved: ReadonlySet<number>, manner: Manner) {
    this.#state = state;
    this.#journal = journal;
    this.#moved = moved;
    this.#manner = manner;
  }

  /**
   * Puts what is moved there, the first exactly and each of the others as near behind its start as it can be; pushes
   * what is in the way and finds places for tasks that have `lost` theirs. A refusal leaves the state to be rolled back.
   */
  insert(targets: readonly Target[], lost: readonly number[] = []): Refusal | null {
    for (const { task } of targets) this.#takeOut(task);
    this.#lose(lost);
    for (const [index, target] of targets.entries()) {
      const refusal = this.#insertOne(target, index === 0);
      if (refusal) return refusal;
    }
    this.isInserted = true;
    for (const { task } of targets) {
      const refusal = this.#after(task);
      if (refusal) return refusal;
    }
    return this.#run();
  }

  /** What does not have to stand exactly there goes on to where it was refused for until then. */
  #insertOne({ task, mode, start }: Target, exactly: boolean): Refusal | null {
    let at = start;
    for (;;) {
      const stuck = this.#insertAt(task, mode, at);
      if (stuck === null) break;
      if (exactly || !this.#manner.mayPush || stuck.until <= at || stuck.until >= NEVER) return stuck.refusal;
      at = stuck.until;
    }
    this.#settled.add(task);
    return null;
  }

  #insertAt(task: number, mode: number, start: number): Stuck | null {
    const state = this.#state;
    const { problem } = state;
    const unit = problem.modeUnit[mode];
    const place = this.#place;
    const reason = this.#reason;
    const busy = state.busy[unit];
    place.unit = unit;
    if (this.#joinBatch(task, mode, start)) return null;
    const inTheWay = this.#free(unit, start, start + 1);
    if (inTheWay) return inTheWay;
    place.setup = setupAt(state, mode, busy.after(start));
    if (!fit(state, mode, start, -NEVER, place) || place.start !== start) {
      const until = place.start > start ? place.start : NEVER;
      return { until, refusal: refusalOf(problem, task, { kind: REASON.closed, by: unit }, until) };
    }
    const early = tooEarly(state, task, place.runStart);
    if (early) return { until: start + earliestRun(state, task, reason) - place.runStart, refusal: early };
    const late = tooLate(state, task, this.#moved, place);
    if (late) return { until: NEVER, refusal: late };
    const blocked = this.#free(unit, start, place.end) ?? this.#makeRoom(task, mode, place);
    if (blocked) return blocked;
    const invalid = validFrom(state, unit, problem.renewsProof[task], start, place.end, reason);
    if (invalid !== start) return { until: invalid, refusal: refusalOf(problem, task, reason, invalid) };
    for (;;) {
      place.tools.length = 0;
      const until = toolsFrom(state, task, unit, start, place.end, place.tools, reason);
      if (until === start) break;
      const others = toolsToFree(state, task, place, (other) => this.#mayPush(other));
      if (!others) return { until, refusal: refusalOf(problem, task, reason, until) };
      for (const other of others) this.#lift(other);
    }
    const had = this.#journal.stood(task);
    state.preferred = had ? peopleIn(had) : [];
    for (;;) {
      const need = findCrew(state, task, unit, place);
      if (need === NONE) break;
      const others = crewToFree(state, task, need, place, (other) => this.#mayPush(other));
      if (!others) {
        const until = crewMissingUntil();
        const who = { kind: REASON.person, by: problem.needQualification[need] };
        return { until, refusal: refusalOf(problem, task, who, until) };
      }
      for (const other of others) this.#lift(other);
    }
    if (had) keepCrew(state, task, place, had);
    put(state, task, place);
    return null;
  }

  /** Takes them off the board; what relied on them, or has another setup now, is placed anew. */
  remove(tasks: Iterable<number>): Refusal | null {
    const { renewsProof } = this.#state.problem;
    for (const task of tasks) {
      this.#takeOut(task);
      this.#settled.add(task);
    }
    this.isInserted = true;
    for (const task of tasks) if (renewsProof[task] !== NONE) this.#recheckProof(renewsProof[task]);
    return this.#run();
  }

  /** Lifts what stands on the unit then. */
  #free(unit: number, start: number, end: number): Stuck | null {
    const state = this.#state;
    for (const other of blocksIn(state.busy[unit], start, end)) {
      if (!this.#mayPush(other)) return { until: state.end[other], refusal: busyWith(state, other) };
      this.#lift(other);
    }
    return null;
  }

  /** Puts the moved task into the batch that starts there, where it may join it. */
  #joinBatch(task: number, mode: number, start: number): boolean {
    const state = this.#state;
    const bounds = { ...boundsOf(state, task, true, this.#reason) };
    bounds.from = Math.max(bounds.from, start);
    bounds.until = start;
    if (!joinBatch(state, task, mode, bounds, this.#place)) return false;
    put(state, task, this.#place);
    return true;
  }

  /** Lifts loads from a shared unit until there is room for the place. */
  #makeRoom(task: number, mode: number, { start, end }: Readonly<Place>): Stuck | null {
    const state = this.#state;
    const unit = state.problem.modeUnit[mode];
    for (;;) {
      const until = roomFrom(state, mode, start, end);
      if (until === start) return null;
      const other = state.amounts?.loads[unit]?.ownersIn(start, end).find((one) => this.#mayPush(one));
      if (other === undefined)
        return { until, refusal: refusalOf(state.problem, task, { kind: REASON.full, by: unit }, until) };
      this.#lift(other);
    }
  }

  /** Finds places for tasks that have lost theirs; what finds none is given up, and whatever follows it. */
  reschedule(lost: readonly number[]): Refusal | null {
    this.#lose(lost);
    this.isInserted = true;
    return this.#run();
  }

  #lose(lost: readonly number[]): void {
    for (const task of lost) {
      this.#lost.add(task);
      this.#enqueue(task);
    }
    for (const unit of new Set(lost.map((task) => this.#journal.stood(task)?.unit ?? NONE))) {
      if (unit !== NONE) this.#recheckSetups(unit);
    }
  }

  /** Pushes queued tasks until nothing conflicts. */
  #run(): Refusal | null {
    for (;;) {
      while (this.#queue.size > 0) {
        if (this.#journal.before.size > this.#manner.mostTouched) return TOO_MANY;
        const task = this.#queue.pop();
        this.#queued.delete(task);
        if (this.#journal.unplaced.has(task)) continue;
        this.#takeOut(task);
        const refusal = this.#placePushed(task);
        if (!refusal) continue;
        if (!this.#mayGiveUp(task)) return refusal;
        this.#giveUp(task, refusal);
      }
      const broken = this.#whatIsBroken();
      if (!broken) return null;
      const { task, refusal } = broken;
      if (!this.#mayGiveUp(task)) return refusal;
      if (this.#mayPushAgain(task)) this.#lift(task);
      else this.#giveUp(task, refusal);
    }
  }

  /** What a hand moves is refused rather than that others lose their places. */
  #mayGiveUp(task: number): boolean {
    return this.#moved.size === 0 || this.#lost.has(task);
  }

  /** Pushing looks at one thing after the other: this is what it left broken. */
  #whatIsBroken(): { readonly task: number; readonly refusal: Refusal } | null {
    const state = this.#state;
    const { problem, amounts } = state;
    if (amounts === null && !problem.hasRichRelations && !problem.shared.includes(SHARED.batch)) return null;
    for (const task of new Set([...this.#moved, ...this.#journal.before.keys()])) {
      const reason = isPlaced(state, task) ? broken(state, task) : null;
      if (!reason) continue;
      const refusal = refusalOf(problem, task, reason, NEVER);
      return { task, refusal: this.#moved.has(task) ? refusal : pushedTooFar(state, task, refusal) };
    }
    return null;
  }

  /** The task has no place; what follows it cannot have one either, and what it renews is not renewed. */
  #giveUp(task: number, refusal: Refusal): void {
    const state = this.#state;
    const { succFrom, succTask, renewsProof, given } = state.problem;
    this.#takeOut(task);
    this.#journal.unplaced.set(task, refusal);
    this.#settled.add(task);
    if (renewsProof[task] !== NONE) this.#recheckProof(renewsProof[task]);
    for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
      const after = succTask[k];
      if (given[after]?.kind === 'started' || this.#journal.unplaced.has(after)) continue;
      if (!isPlaced(state, after) && !this.#queued.has(after)) continue;
      const name = taskName(state.problem, task);
      this.#giveUp(after, {
        code: 'PREDECESSOR_NOT_FINISHED',
        object: name,
        text: `${name}, which comes before it, has no place`,
      });
    }
  }

  /**
   * The smallest push of one task on its own unit, behind everything that comes before it in the sequence; what comes
   * after it there makes room. People and instruments it waits for: taking them from others would only spread the push.
   */
  #placePushed(task: number): Refusal | null {
    const state = this.#state;
    const { problem } = state;
    const had = this.#journal.stood(task);
    if (!had) return null;
    const flaw = problem.flaw[task];
    if (flaw) return flaw;
    const mode = modeOn(problem, task, had.unit);
    if (mode === NONE) return null;
    const place = this.#place;
    const reason = this.#reason;
    const busy = state.busy[had.unit];
    const fixed = problem.fixed[task] === 1;
    if (!fixed) {
      if (this.#intoGap(task, had)) return this.#after(task);
      const held = this.#gapBeyondHold(task, had);
      if (held !== NONE) return this.#delayHolders(task, held);
      // What shares a unit, or is tied by more than lags, goes where it fits as a whole.
      if (problem.shared[had.unit] > 0 || isRich(problem, task)) {
        return pushedTooFar(state, task, refusalOf(problem, task, reason, NEVER));
      }
    }
    let from = fixed ? had.start : problem.now;
    let runFrom = Math.max(
      fixed ? -NEVER : had.runStart,
      earliestRun(state, task, reason),
      this.#delayed.get(task) ?? -NEVER,
    );
    place.unit = had.unit;
    state.preferred = peopleIn(had);
    const mayPush = (other: number): boolean => this.#mayPush(other) && this.#isLater(task, other);
    for (let step = 0; step < MOST_STEPS; step += 1) {
      let k = busy.after(Math.max(from, runFrom));
      if (k > 0) from = Math.max(from, busy.endAt(k - 1));
      k = busy.after(from);
      place.setup = setupAt(state, mode, k);
      if (!fit(state, mode, from, runFrom, place)) {
        return pushedTooFar(
          state,
          task,
          refusalOf(problem, task, { kind: REASON.closed, by: had.unit }, NEVER),
        );
      }
      if (busy.after(place.start) !== k) {
        // Closed time carried it past blocks that decide its setup.
        from = place.start;
        continue;
      }
      const late = tooLate(state, task, this.#moved, place);
      if (late) return pushedTooFar(state, task, late);
      const inTheWay = blocksIn(busy, place.start, place.end);
      const stuck = inTheWay.findLast((other) => !mayPush(other));
      if (stuck !== undefined) {
        from = state.end[stuck];
        continue;
      }
      for (const other of inTheWay) this.#lift(other);
      let next = validFrom(state, had.unit, problem.renewsProof[task], place.start, place.end, reason);
      if (next === place.start) {
        place.tools.length = 0;
        next = toolsFrom(state, task, had.unit, place.start, place.end, place.tools, reason);
      }
      if (next !== place.start) {
        if (next >= NEVER) return pushedTooFar(state, task, refusalOf(problem, task, reason, NEVER));
        from = next;
        continue;
      }
      const need = findCrew(state, task, had.unit, place);
      if (need !== NONE) {
        const until = crewMissingUntil();
        const who = { kind: REASON.person, by: problem.needQualification[need] };
        if (until >= NEVER) return pushedTooFar(state, task, refusalOf(problem, task, who, NEVER));
        if (problem.needDuring[need] === DURING.run) runFrom = until;
        else from = until;
        continue;
      }
      if (fixed && place.start !== had.start) return busyWith(state, task);
      const held = place.runStart - latestRun(state, task);
      if (held > 0) return this.#delayHolders(task, place.runStart);
      keepCrew(state, task, place, had);
      put(state, task, place);
      this.#settled.add(task);
      return this.#after(task);
    }
    return pushedTooFar(state, task, busyWith(state, task));
  }

  /**
   * A gap on any unit that can run the task: the nearest one that suits everything it is tied to, where there is one,
   * as that disturbs nobody else; otherwise one that makes what follows it move too, but not the whole sequence.
   */
  #intoGap(task: number, had: Readonly<Place>): boolean {
    const best = this.#gap;
    if (!this.#nearestGap(task, had) && !this.#laterGap(task, had)) return false;
    put(this.#state, task, best);
    this.#settled.add(task);
    return true;
  }

  /** The gap nearest to where it stood, earlier or later, within what placed predecessors and successors leave. */
  #nearestGap(task: number, had: Readonly<Place>): boolean {
    const state = this.#state;
    const bounds = { ...boundsOf(state, task, true, this.#reason) };
    bounds.runFrom = Math.max(bounds.runFrom, this.#delayed.get(task) ?? -NEVER);
    const earliest = bounds.runFrom;
    bounds.runFrom = Math.max(earliest, had.runStart);
    const latest = bounds.endUntil;
    bounds.endUntil = Math.min(latest, this.#harmlessEnd(task, had) + this.#manner.gapMayWait);
    if (this.#firstGap(task, had, bounds)) {
      // Only what is nearer on the other side is better.
      bounds.runFrom = Math.max(earliest, 2 * had.runStart - this.#gap.runStart);
      bounds.runUntil = Math.min(bounds.runUntil, had.runStart);
      this.#firstGap(task, had, bounds);
      return true;
    }
    bounds.endUntil = latest;
    bounds.runUntil = Math.min(bounds.runUntil, had.runStart);
    for (const back of LOOK_BACK) {
      bounds.runFrom = Math.max(earliest, had.runStart - back);
      if (this.#firstGap(task, had, bounds)) return true;
    }
    return false;
  }

  /** A later gap than its successors leave: they are pushed in turn. */
  #laterGap(task: number, had: Readonly<Place>): boolean {
    const bounds = this.#laterBounds(task, had);
    bounds.runUntil = latestRun(this.#state, task);
    return this.#firstGap(task, had, bounds);
  }

  /** The run start in the first gap beyond its hold time, when those that it waits for may follow; NONE otherwise. */
  #gapBeyondHold(task: number, had: Readonly<Place>): number {
    const { predFrom, predTask } = this.#state.problem;
    for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
      if (holds(this.#state, r) && !this.#mayPushAgain(predTask[r])) return NONE;
    }
    const held = latestRun(this.#state, task);
    if (held >= NEVER) return NONE;
    return this.#firstGap(task, had, this.#laterBounds(task, had)) ? this.#gap.runStart : NONE;
  }

  /** What a later gap must keep to, when its successors may be pushed and it may wait as long as the manner says. */
  #laterBounds(task: number, had: Readonly<Place>): Bounds {
    const state = this.#state;
    const { latest, modeFrom, modeRun } = state.problem;
    const bounds = { ...boundsOf(state, task, false, this.#reason) };
    bounds.runFrom = Math.max(
      earliestRun(state, task, this.#reason),
      had.runStart,
      this.#delayed.get(task) ?? -NEVER,
    );
    bounds.runUntil = NEVER;
    bounds.endFrom = -NEVER;
    const pushed = this.#freeFrom(had.unit, bounds.runFrom, had.end - had.start) + modeRun[modeFrom[task]];
    const end = Math.max(pushed, this.#harmlessEnd(task, had));
    bounds.endUntil = Math.min(latest[task], end + this.#manner.gapMayWait);
    return bounds;
  }

  /** Ending until then makes its order no later than it was. */
  #harmlessEnd(task: number, had: Readonly<Place>): number {
    const { order, orderDue, tail } = this.#state.problem;
    return Math.max(had.end, orderDue[order[task]] - tail[task]);
  }

  /** The first gap within the bounds over all modes, into `#gap`. */
  #firstGap(task: number, had: Readonly<Place>, bounds: Bounds): boolean {
    const state = this.#state;
    const { modeFrom } = state.problem;
    const until = bounds.endUntil;
    let found = false;
    state.preferred = peopleIn(had);
    for (let mode = modeFrom[task]; mode < modeFrom[task + 1]; mode += 1) {
      if (!findPlace(state, task, mode, bounds, this.#place, this.#reason)) continue;
      copyPlace(this.#gap, this.#place);
      bounds.endUntil = Math.min(until, this.#gap.end - 1);
      found = true;
    }
    bounds.endUntil = until;
    return found;
  }

  /** From when on the unit has room again behind what stays where it is. */
  #freeFrom(unit: number, from: number, length: number): number {
    const state = this.#state;
    let free = from;
    for (const other of blocksIn(state.busy[unit], from, from + length)) {
      if (!this.#mayPush(other)) free = Math.max(free, state.end[other]);
    }
    return free;
  }

  /** What a task's new place asks of others: its successors, the next setup, and those who rely on its renewal. */
  #after(task: number): Refusal | null {
    const state = this.#state;
    const { problem } = state;
    const { succFrom, succTask, succRelation } = problem;
    for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
      const after = succTask[k];
      if (!isPlaced(state, after)) continue;
      const how = breach(state, succRelation[k], after);
      if (how === null) continue;
      const late = how === 'late';
      if (late || !this.#mayPushAgain(after)) {
        return {
          code: late ? 'HOLD_TIME_EXCEEDED' : 'SUCCESSOR_TOO_EARLY',
          object: taskName(problem, after),
          text: late
            ? `${taskName(problem, after)} starts ${clock(problem, state.runStart[after])}, later than its hold time after ${taskName(problem, task)} allows`
            : `${taskName(problem, after)} has to start ${clock(problem, state.runStart[after])} and may not be pushed`,
        };
      }
      this.#enqueue(after);
    }
    const unit = state.unit[task];
    this.#recheckSetup(
      unit,
      state.busy[unit].after(state.start[task]) + (state.end[task] > state.start[task] ? 1 : 0),
    );
    if (problem.renewsProof[task] !== NONE) this.#recheckProof(problem.renewsProof[task]);
    return null;
  }

  /** The first block from `position` on whose setup depends on what is before it. */
  #recheckSetup(unit: number, position: number): void {
    const state = this.#state;
    const { problem } = state;
    const matrix = problem.matrixOf[unit];
    if (matrix === NONE) return;
    const k = nextWithFamily(state, unit, position);
    const busy = state.busy[unit];
    if (k === busy.length) return;
    const after = busy.taskAt(k);
    if (problem.given[after]?.kind === 'started') return;
    const setup = setupBetween(problem, matrix, familyBefore(state, unit, k), problem.family[after]);
    if (setup !== state.setup[after]) this.#enqueue(after);
  }

  /** Every block of the unit whose setup is no longer what comes before it asks. */
  #recheckSetups(unit: number): void {
    const busy = this.#state.busy[unit];
    for (let k = 0; k < busy.length; k += 1) this.#recheckSetup(unit, k);
  }

  /** Tasks that use equipment whose renewal has moved. */
  #recheckProof(proof: number): void {
    const state = this.#state;
    const { problem } = state;
    const e = problem.proofs[proof].equipment;
    for (const user of usersOf(state, e)) {
      if (problem.renewsProof[user] === proof || problem.given[user]?.kind === 'started') continue;
      const { start, end } = state;
      if (validFrom(state, e, NONE, start[user], end[user], this.#reason) !== start[user])
        this.#enqueue(user);
    }
  }

  /** A task pushed past its hold time: whoever it waits for follows it, as far as that may be pushed. */
  #delayHolders(task: number, runStart: number): Refusal | null {
    const state = this.#state;
    const { problem } = state;
    const { predFrom, predTask, modeRun, modeFrom } = problem;
    for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
      const pred = predTask[r];
      if (!holds(state, r) || !isPlaced(state, pred)) continue;
      const missing = lateFor(state, r, task, { runStart, end: runStart + modeRun[modeFrom[task]] });
      if (missing <= 0) continue;
      if (!this.#mayPushAgain(pred) || this.#moved.has(pred)) {
        return {
          code: 'HOLD_TIME_EXCEEDED',
          object: taskName(problem, task),
          text: `${taskName(problem, task)} could start only ${clock(problem, runStart)}, later than its hold time after ${taskName(problem, pred)} allows`,
        };
      }
      this.#delayed.set(pred, state.runStart[pred] + missing);
      this.#lift(pred);
    }
    this.#enqueue(task);
    return null;
  }

  #mayPush(task: number): boolean {
    return this.#manner.mayPush && this.#isFree(task) && !this.#settled.has(task);
  }

  /** A settled task is pushed again only by what it waits for, and not for ever. */
  #mayPushAgain(task: number): boolean {
    return this.#manner.mayPush && this.#isFree(task) && (this.#pushes.get(task) ?? 0) < MOST_PUSHES;
  }

  #isFree(task: number): boolean {
    return this.#state.problem.fixed[task] === 0 && !this.#moved.has(task);
  }

  #isLater(task: number, other: number): boolean {
    const a = this.#journal.oldStart(task);
    const b = this.#journal.oldStart(other);
    return b > a || (b === a && other > task);
  }

  #lift(task: number): void {
    this.#takeOut(task);
    this.#enqueue(task);
  }

  /** Whatever came after it on its unit may need another setup now. */
  #takeOut(task: number): void {
    const { unit, start, busy } = this.#state;
    const from = unit[task];
    this.#journal.lift(task);
    if (from !== NONE) this.#recheckSetup(from, busy[from].after(start[task]));
  }

  #enqueue(task: number): void {
    if (this.#queued.has(task)) return;
    this.#queued.add(task);
    this.#settled.delete(task);
    this.#pushes.set(task, (this.#pushes.get(task) ?? 0) + 1);
    this.#queue.push(this.#journal.oldStart(task), task);
  }
}

/** The attempt is not worth going on with. */
const TOO_MANY: Refusal = { code: 'UNIT_BUSY', object: 'plan', text: 'it would move too many tasks' };
