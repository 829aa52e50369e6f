import { HOUR } from '#shared/time/instant.ts';
import { bestPlace } from '#solver/construct/best-place.ts';
import { earliestRun, latestRun } from '#solver/evaluate/bounds.ts';
import { broken } from '#solver/evaluate/keeps.ts';
import {
  type State,
  emptyPlace,
  familyBefore,
  isPlaced,
  nextWithFamily,
  peopleIn,
  put,
} from '#solver/evaluate/state.ts';
import { NEVER } from '#solver/problem/open-time.ts';
import { NONE, SHARED, setupBetween } from '#solver/problem/problem.ts';
import { REASON, type Reason } from '#solver/problem/reason.ts';
import { randomFrom } from '#solver/run/random.ts';
import { type Wanted, latenessBefore, latenessOf, tasksOf } from './attempt.ts';
import { Journal } from './journal.ts';
import type { RepairOptions } from './repair.ts';

export interface Search extends Wanted, Pick<RepairOptions, 'seed' | 'limit' | 'elapsed'> {
  /** Only these are taken out first; without it, those that are late and any other. */
  readonly orders?: readonly number[];
}

/** So many tasks at most are taken out in one step. */
const MOST_OUT = 14;

/**
 * A short local search from the repaired schedule: takes an order (or a task with setup) with a neighbour or two out
 * and puts them where they end first, kept where it weighs no more (large neighbourhood search; Shaw 1998). What it
 * changes stands in the journal.
 */
export function improve(state: State, journal: Journal, search: Search): void {
  const random = randomFrom(search.seed);
  const pick = <Value>(list: readonly Value[]): Value => list[Math.floor(random() * list.length)];
  const movable = [...movableTasks(state, journal, search.moved)];
  if (movable.length === 0) return;
  const late = search.orders ? [...search.orders] : lateOrders(state);
  const { iterations = search.limit.seconds === undefined ? 0 : Infinity, seconds = Infinity } = search.limit;
  const began = search.elapsed?.() ?? 0;
  const isOver = (): boolean => (search.elapsed?.() ?? 0) - began >= seconds * 1000;
  for (let step = 0; step < iterations && !isOver(); step += 1) {
    if (step % 200 === 199 && !search.orders) late.splice(0, late.length, ...lateOrders(state));
    const order = search.orders
      ? pick(late)
      : late.length > 0 && random() * search.weighing.tardiness > 0.3 * random() * search.weighing.setup
        ? pick(late)
        : state.problem.order[pick(movable)];
    tryStep(state, journal, order, search, random);
  }
}

const lateOrders = (state: State): number[] =>
  [...tasksOf(state.problem).keys()].filter((order) => latenessOf(state, order) > 0);

/** What neither the line, a pin, a commitment nor the hand ties to its place, and no proof hangs on. */
function* movableTasks(state: State, journal: Journal, moved: ReadonlySet<number>): Iterable<number> {
  for (let task = 0; task < state.problem.taskCount; task += 1) {
    if (isMovable(state, journal, moved, task)) yield task;
  }
}

const isMovable = (state: State, journal: Journal, moved: ReadonlySet<number>, task: number): boolean =>
  isPlaced(state, task) &&
  state.problem.fixed[task] === 0 &&
  state.problem.renewsProof[task] === NONE &&
  !moved.has(task) &&
  !journal.unplaced.has(task);

const place = emptyPlace();
const reason: Reason = { kind: REASON.none, by: NONE };

/** One step: kept in the journal where it weighs less, otherwise taken back. */
function tryStep(state: State, journal: Journal, order: number, search: Search, random: () => number): void {
  const step = new Journal(state);
  const out = takeOutAround(state, journal, step, order, search.moved, random);
  const before = movedAmong(state, journal, out, step);
  const isBack = out.length > 0 && putBack(state, step, out);
  if (isBack) {
    const movedMore = movedAmong(state, journal, out) - before;
    const isWithin = movedMore <= 0 || journal.moved().length <= search.mostMoved;
    if (isWithin && pointsOf(state, step, out, movedMore, search) < 0) return;
  }
  step.rollback();
}

/**
 * Takes the order's tasks from one of them on out, with some that stand before them on their units, and whatever then has
 * another setup; nothing where one of those may not move. The first are to be put back first.
 */
function takeOutAround(
  state: State,
  journal: Journal,
  step: Journal,
  order: number,
  moved: ReadonlySet<number>,
  random: () => number,
): number[] {
  const out: number[] = [];
  const take = (task: number): boolean => {
    if (!isPlaced(state, task)) return true;
    if (!isMovable(state, journal, moved, task) || out.length === MOST_OUT) return false;
    const unit = state.unit[task];
    const start = state.start[task];
    journal.note(task);
    step.lift(task);
    out.push(task);
    const next = otherSetupFrom(state, unit, start);
    return next === NONE || take(next);
  };
  const all = tasksOf(state.problem).get(order) ?? [];
  const own = all.filter((task) => isMovable(state, journal, moved, task));
  const chosen = own.slice(random() < 0.5 ? 0 : Math.floor(random() * own.length));
  const share = random() < 0.3 ? 0 : 1.5 / chosen.length;
  const blockers = chosen.flatMap((task) => (random() < share ? blockersOf(state, task, random) : []));
  return [...chosen, ...blockers].every(take) ? out : [];
}

/** Two neighbours on a unit, with an instrument or a person of the task, from where it could begin on. */
function blockersOf(state: State, task: number, random: () => number): number[] {
  const { modeFrom, modeUnit } = state.problem;
  const timelines = [state.busy[state.unit[task]]];
  for (let mode = modeFrom[task]; mode < modeFrom[task + 1]; mode += 1)
    timelines.push(state.busy[modeUnit[mode]]);
  const { stints, tools } = state;
  for (let k = 0; k < tools.length[task]; k += 1) timelines.push(state.busy[tools.at(task, k)]);
  for (let k = 1; k < stints.length[task]; k += 4) timelines.push(state.engaged[stints.at(task, k)]);
  const timeline = timelines[Math.floor(random() * timelines.length)];
  const from = timeline.after(earliestRun(state, task, reason));
  const to = Math.min(timeline.length, timeline.after(state.end[task]) + 1);
  const k = from + Math.floor(random() * (to - from));
  return [k, k + 1].flatMap((at) => (at < to && timeline.taskAt(at) !== task ? timeline.taskAt(at) : []));
}

/** The block from `start` on whose setup is not what comes before it asks; NONE when all is right. */
function otherSetupFrom(state: State, unit: number, start: number): number {
  const { problem } = state;
  const matrix = problem.matrixOf[unit];
  if (matrix === NONE) return NONE;
  const busy = state.busy[unit];
  const k = nextWithFamily(state, unit, busy.after(start));
  if (k === busy.length) return NONE;
  const after = busy.taskAt(k);
  const asked = setupBetween(problem, matrix, familyBefore(state, unit, k), problem.family[after]);
  return asked === state.setup[after] ? NONE : after;
}

/** Puts tasks where each ends first, in turn; false where one finds no place within its hold time. */
function putBack(state: State, step: Journal, out: readonly number[]): boolean {
  for (const task of out) {
    const had = step.stood(task);
    state.preferred = had ? peopleIn(had) : [];
    const mode = bestPlace(state, task, -NEVER, SETUP_PRICE, place, reason);
    if (mode === NONE || place.runStart > latestRun(state, task)) return false;
    put(state, task, place);
  }
  return holdsTogether(state, out);
}

/** Rules that look at several tasks at once are judged when all are back. */
function holdsTogether(state: State, out: readonly number[]): boolean {
  const { amounts, problem } = state;
  if (amounts === null && !problem.hasRichRelations && !problem.shared.includes(SHARED.batch)) return true;
  return out.every((task) => broken(state, task) === null);
}

/** Seconds of completion that a second of setup is worth when a unit is chosen. */
const SETUP_PRICE = 0.5;

/** How many of these stand elsewhere than before the repair, as the step found them or as they are now. */
function movedAmong(state: State, journal: Journal, tasks: readonly number[], step?: Journal): number {
  let count = 0;
  for (const task of tasks) {
    const old = journal.stood(task);
    const is = step
      ? step.stood(task)
      : { unit: state.unit[task], start: state.start[task], end: state.end[task] };
    if (!old || !is || old.unit !== is.unit || old.start !== is.start || old.end !== is.end) count += 1;
  }
  return count;
}

/** What the step costs; less than 0 when it pays. */
function pointsOf(
  state: State,
  step: Journal,
  out: readonly number[],
  movedMore: number,
  { weighing }: Search,
): number {
  const { order, orderWeight } = state.problem;
  let tardiness = 0;
  for (const o of new Set(out.map((task) => order[task]))) {
    tardiness += orderWeight[o] * (latenessOf(state, o) - latenessBefore(state, step, o));
  }
  let setup = 0;
  for (const task of out) setup += state.setup[task] - (step.stood(task)?.setup ?? 0);
  return (weighing.tardiness * tardiness + weighing.setup * setup) / HOUR + weighing.moved * movedMore;
}
