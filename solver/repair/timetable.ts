import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Assignment, Schedule } from '#shared/domain/schedule.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Drop, DropCost, Lens, Verdict } from '#shared/domain/verdict.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import { type State, isPlaced } from '#solver/evaluate/state.ts';
import { type Why, type WhyLate, whyHere, whyLate } from '#solver/explain/why.ts';
import { NONE } from '#solver/problem/problem.ts';
import { assignmentOf } from '#solver/problem/solution.ts';
import { neverThere } from './refusals.ts';
import type { Journal } from './journal.ts';
import { modeOn } from './mode-on.ts';
import type { Target } from './push.ts';
import {
  type Attempt,
  beforeNow,
  firstSlot,
  nearestPlace,
  tryFirst,
  tryThere,
  tryWithout,
} from './put-down.ts';
import { latenessBefore, latenessOf } from './attempt.ts';
import { type Loaded, load, reload } from './loaded.ts';

export type Moved =
  | { readonly ok: true; readonly schedule: Schedule; readonly moved: number }
  | Extract<Verdict, { ok: false }>;

/** A drop that was tried: the verdict, and what else a figure may be made of. */
export interface Trial {
  readonly verdict: Verdict;
  /** Where every touched task would stand; empty where the drop is refused. */
  readonly places: readonly Assignment[];
  /** Change of the tardiness of all orders, and of the same times their weights. */
  readonly tardiness: Seconds;
  readonly weightedTardiness: number;
}

/** How it is put down, what it carries along and how long it is to run, see `Drop`. */
export type How = Pick<Drop, 'mode' | 'others' | 'estimate'>;

/** A schedule that answers where a task may go. Questions and moves leave it as it is: a move returns a new schedule. */
export interface Timetable {
  /** Whether the task may start there, and what would have to move. */
  readonly tryMove: (task: TaskId, unit: EquipmentId, start: Instant, how?: How) => Verdict;
  /** The same with what it would change. */
  readonly trial: (task: TaskId, unit: EquipmentId, start: Instant, how?: How) => Trial;
  /** What each of these units says to the task at that time. */
  readonly lens: (task: TaskId, units: readonly EquipmentId[], start: Instant, how?: How) => Lens;
  /** The schedule with the task there and whatever that asks of others. */
  readonly move: (task: TaskId, unit: EquipmentId, start: Instant, how?: How) => Moved;
  /** The schedule without these tasks; what stood behind them is set up anew. */
  readonly takeOff: (tasks: readonly TaskId[]) => Moved;
  /** The binding constraint: why the task does not start earlier. */
  readonly whyHere: (task: TaskId) => Why;
  /** The chain of binding constraints behind the end of the task's order, the last task first. */
  readonly whyLate: (task: TaskId) => WhyLate[];
  /** The timetable of what followed; only what changed is compiled. This one ends there: it must not be asked any more. */
  readonly followedBy: (plan: Plan, schedule: Schedule) => Timetable;
}

/**
 * Compiled once per plan; what follows an edit is its `followedBy`. A pin holds a task's place against being pushed; the
 * planner's own hand may still move it, also to another unit.
 */
export const openTimetable = (plan: Plan, schedule: Schedule): Timetable =>
  timetableOf(load(withoutUnitPins(plan), schedule), schedule);

const withoutUnitPins = (plan: Plan): Plan => ({
  ...plan,
  pins: plan.pins.map((pin) => (pin.start === undefined ? pin : { ...pin, unit: undefined })),
});

function timetableOf(loaded: Loaded, schedule: Schedule): Timetable {
  const { state, assignments } = loaded;
  const { problem } = state;
  const indexOf = (task: TaskId): number => problem.taskOf.get(task) ?? NONE;

  /** What is put down where, the one that leads first, or why that can never be. */
  const targetsOf = (task: TaskId, unit: EquipmentId, at: number, others: readonly TaskId[]): Targets => {
    const index = indexOf(task);
    const target = problem.equipmentOf.get(unit) ?? NONE;
    const targets: Target[] = [];
    const shift = index !== NONE && isPlaced(state, index) ? at - state.start[index] : 0;
    for (const id of new Set([task, ...others])) {
      const one = indexOf(id);
      if (one !== index && (one === NONE || !isPlaced(state, one))) continue;
      const follows = one === index || state.unit[one] === state.unit[index];
      const mode = one === NONE ? NONE : modeOn(problem, one, follows ? target : state.unit[one]);
      const refusal = neverThere(
        state,
        id,
        { task: one, mode },
        follows ? unit : problem.equipment[state.unit[one]].id,
      );
      if (refusal) return { ok: false, refusal };
      targets.push({ task: one, mode, start: one === index ? at : state.start[one] + shift });
    }
    const [first, ...rest] = targets;
    return { ok: true, targets: [first, ...rest.sort((a, b) => a.start - b.start || a.task - b.task)] };
  };

  /** Tries the targets, lets `look` see the result, and takes it back. */
  const putDown = <Result>(
    targets: Placing,
    { mode = 'push', estimate }: How,
    look: Look<Result>,
  ): Attempt<Result> => {
    const asked = lasting(state, targets[0].task, estimate);
    if (mode === 'first') return tryFirst(asked, targets, look);
    return targets.some((target) => target.start < problem.now)
      ? beforeNow(asked, targets[0].task)
      : tryThere(asked, targets, mode, look);
  };

  /** The same for a drop, with the nearest slot where it is refused. */
  const attempt = <Result>(
    task: TaskId,
    unit: EquipmentId,
    start: Instant,
    how: How,
    look: Look<Result>,
  ): Result | Extract<Verdict, { ok: false }> => {
    const found = targetsOf(task, unit, start - problem.origin, how.others ?? []);
    if (!found.ok) return { ok: false, refusal: found.refusal, nearest: null };
    const { targets } = found;
    const tried = putDown(targets, how, look);
    if (tried.ok) return tried.value;
    const asked = lasting(state, targets[0].task, how.estimate);
    const nearest =
      (how.mode ?? 'push') === 'push' && targets.length === 1
        ? nearestPlace(asked, targets[0])
        : firstSlot(asked, targets);
    return {
      ok: false,
      refusal: tried.reason,
      nearest: nearest === null ? null : { unit, start: problem.origin + nearest },
    };
  };

  /** The schedule as it is now; `moved` may have had no place before. */
  const scheduleWith = (journal: Journal, moved: Iterable<number>): Schedule => {
    const next = new Map(assignments);
    const placed = new Set<TaskId>();
    for (const touched of [...journal.before.keys(), ...moved]) {
      if (!isPlaced(state, touched)) next.delete(touched);
      else {
        const assignment = assignmentOf(problem, state, touched);
        next.set(touched, assignment);
        placed.add(assignment.task);
      }
    }
    return {
      assignments: [...next.values()],
      unplaced: schedule.unplaced.filter(({ task }) => !placed.has(task)),
    };
  };

  /** What the places that a journal noted cost, the task's own order apart from all that are touched. */
  const costOf = (task: TaskId, journal: Journal, moved: ReadonlySet<number>): TrialCost => {
    const changed = journal.changed();
    const own = problem.order[indexOf(task)];
    const orders = new Set([own, ...changed.map((other) => problem.order[other])]);
    const before = (order: number): number => latenessBefore(state, journal, order);
    let lateOrders = 0;
    let tardiness = 0;
    let weightedTardiness = 0;
    for (const order of orders) {
      const later = latenessOf(state, order) - before(order);
      tardiness += later;
      weightedTardiness += problem.orderWeight[order] * later;
      lateOrders += Number(latenessOf(state, order) > 0) - Number(before(order) > 0);
    }
    let setupChange = 0;
    for (const other of changed) setupChange += state.setup[other] - (journal.stood(other)?.setup ?? 0);
    const moves = changed.filter((other) => !moved.has(other)).length;
    const late = latenessOf(state, own) - before(own);
    return { cost: { setupChange, moves, late, lateOrders }, tardiness, weightedTardiness };
  };

  const trial = (task: TaskId, unit: EquipmentId, start: Instant, how: How = {}): Trial => {
    const tried = attempt(task, unit, start, how, (journal, moved): Trial & { readonly ok: true } => {
      const index = indexOf(task);
      const { cost, ...weighed } = costOf(task, journal, moved);
      const verdict: Verdict = {
        ok: true,
        start: problem.origin + state.start[index],
        end: problem.origin + state.end[index],
        setup: state.setup[index],
        ...cost,
      };
      const places = [...new Set([...journal.changed(), ...moved])]
        .filter((one) => isPlaced(state, one))
        .map((one) => assignmentOf(problem, state, one));
      return { ok: true, verdict, places, ...weighed };
    });
    return tried.ok ? tried : { verdict: tried, places: [], tardiness: 0, weightedTardiness: 0 };
  };

  return {
    tryMove: (...drop) => trial(...drop).verdict,
    trial,
    lens: (task, units, start, how = {}) =>
      units.map((unit) => {
        const found = targetsOf(task, unit, start - problem.origin, how.others ?? []);
        if (!found.ok) return { unit, refusal: found.refusal.code };
        const tried = putDown(found.targets, how, (...seen) => costOf(task, ...seen).cost);
        return tried.ok ? { unit, refusal: null, cost: tried.value } : { unit, refusal: tried.reason.code };
      }),
    move: (task, unit, start, how = {}) =>
      attempt(task, unit, start, how, (journal, moved): Moved => {
        return { ok: true, schedule: scheduleWith(journal, moved), moved: journal.changed().length };
      }),
    takeOff: (tasks) => {
      const gone = new Set(tasks.map(indexOf).filter((index) => index !== NONE));
      const taken = tryWithout(state, gone, (journal): Moved => ({
        ok: true,
        schedule: scheduleWith(journal, []),
        moved: journal.changed().length,
      }));
      return taken.ok ? taken.value : { ok: false, refusal: taken.reason, nearest: null };
    },
    whyHere: (task) => whyHere(state, indexOf(task)),
    whyLate: (task) => whyLate(state, indexOf(task)),
    followedBy: (plan, next) => timetableOf(reload(loaded, withoutUnitPins(plan), next), next),
  };
}

/** The same places where a task runs so long on each of its units; nothing else is different where nothing is said. */
function lasting(state: State, task: number, run: Seconds | undefined): State {
  if (run === undefined) return state;
  const { problem } = state;
  const modeRun = problem.modeRun.slice().fill(run, problem.modeFrom[task], problem.modeFrom[task + 1]);
  return { ...state, problem: { ...problem, modeRun } };
}

/** What is put down together, the one that leads first. */
type Placing = readonly [Target, ...Target[]];
type Look<Result> = (journal: Journal, moved: ReadonlySet<number>) => Result;
type TrialCost = Pick<Trial, 'tardiness' | 'weightedTardiness'> & { readonly cost: DropCost };

type Targets =
  | { readonly ok: true; readonly targets: Placing }
  | { readonly ok: false; readonly refusal: Refusal };
