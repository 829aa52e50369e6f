import { NEVER, windowAt } from '#solver/problem/open-time.ts';
import { NONE } from '#solver/problem/problem.ts';
import { REASON, type Reason } from '#solver/problem/reason.ts';
import { coveredFrom } from '#solver/problem/validity.ts';
import type { Bounds } from './bounds.ts';
import { canTakeSetup } from './changeover.ts';
import type { State } from './state.ts';
import { upFrom, validFrom } from './tools.ts';

/** What a second costs where a task is put; estimates that guide the insertion, the objective judges the result. */
export interface Price {
  /** Of setup, its own and that of the block behind it. */
  setup: number;
  /** Of ending after `due`. */
  late: number;
  due: number;
  /** What setups may cost at most, and what they and lateness may cost together. */
  setupRoom: number;
  room: number;
  /** Of ending later at all: decides between places that are as good otherwise. */
  wait: number;
  /** Chance that a gap is overlooked (blinks; Christiaens & Vanden Berghe 2020). */
  blink: number;
  /** The start on a unit that it does not take; NONE where it may take any. */
  avoidUnit: number;
  avoidStart: number;
}

/** The cheapest place found so far. */
export interface Candidate {
  cost: number;
  mode: number;
  start: number;
  setup: number;
  end: number;
  person: number;
  tool: number;
  /** The block behind it that takes another setup; NONE where none does. */
  next: number;
  nextSetup: number;
}

const reason: Reason = { kind: REASON.none, by: NONE };

/**
 * Prices every gap on the unit of a mode for a plain task (see Shape) and keeps the cheapest place in `best`. A gap
 * may change the setup of the block behind it, whose run stays where it is.
 */
export function walkGaps(
  state: State,
  task: number,
  mode: number,
  bounds: Readonly<Bounds>,
  price: Readonly<Price>,
  best: Candidate,
  random: () => number,
): void {
  const { problem, runStart } = state;
  const { family, familyCount } = problem;
  const unit = problem.modeUnit[mode];
  const run = problem.modeRun[mode];
  const busy = state.busy[unit];
  const { length } = busy;
  const matrix = problem.matrixOf[unit];
  const isMatrix = matrix !== NONE;
  const table = problem.matrices[isMatrix ? matrix : 0];
  const own = family[task];
  const { from, runFrom, runUntil, endUntil } = bounds;
  const least =
    price.setup * (isMatrix ? state.shape.leastSetup[unit * familyCount + own] : problem.modeSetup[mode]);
  const longest = state.shape.longestSetup[unit];
  if (least > price.setupRoom) return;
  let latest = Math.min(endUntil, endFor(price, best.cost, least));
  for (let k = busy.after(Math.max(from, runFrom)); k <= length; k += 1) {
    const free = k > 0 && busy.endAt(k - 1) > from ? busy.endAt(k - 1) : from;
    const soonest = (free > runFrom ? free : runFrom) + run;
    if (soonest > latest) return;
    // Most gaps are too short whatever the setups are.
    if (k < length && (soonest > busy.startAt(k) + longest || soonest > runStart[busy.taskAt(k)])) continue;
    if (waitCost(price, soonest) + least >= best.cost) return;
    let setup = problem.modeSetup[mode];
    if (isMatrix) {
      const before = k > 0 ? family[busy.taskAt(k - 1)] : problem.setupState[unit];
      setup = table[(before + 1) * familyCount + own];
    }
    const start = free > runFrom - setup ? free : runFrom - setup;
    const span = setup + run;
    let until = endUntil < runUntil + run ? endUntil : runUntil + run;
    let next: number = NONE;
    let nextSetup = 0;
    let change = 0;
    if (k < length) {
      let gapEnd = busy.startAt(k);
      if (isMatrix) {
        const after = busy.taskAt(k);
        nextSetup = table[(own + 1) * familyCount + family[after]];
        change = nextSetup - state.setup[after];
        if (change !== 0) {
          if (state.reserved[after] === 1) change = 0;
          else {
            next = after;
            gapEnd = runStart[after] - nextSetup;
          }
        }
      }
      if (gapEnd < until) until = gapEnd;
    }
    if (start + span > until) continue;
    const fixed = price.setup * (setup + change);
    if (fixed > price.setupRoom || fixed + waitCost(price, start + span) >= best.cost) continue;
    if (next !== NONE && !canTakeSetup(state, next, nextSetup)) continue;
    if (price.blink > 0 && random() < price.blink) continue;
    const inTime = endFor(price, best.cost, fixed);
    if (start + span > inTime) continue;
    const at = earliestFit(state, task, unit, start, span, inTime < until ? inTime : until);
    if (at === NEVER || (at === price.avoidStart && unit === price.avoidUnit)) continue;
    const done = at + span;
    const cost = fixed + waitCost(price, done);
    if (cost >= best.cost) continue;
    best.cost = cost;
    best.mode = mode;
    best.start = at;
    best.setup = setup;
    best.end = done;
    best.person = chosenPerson;
    best.tool = chosenTool;
    best.next = next;
    best.nextSetup = nextSetup;
    latest = Math.min(endUntil, endFor(price, cost, least));
  }
}

const waitCost = ({ wait, late, due }: Readonly<Price>, end: number): number =>
  wait * end + (end > due ? late * (end - due) : 0);

/** Ending later costs, with `fixed` for setups, at least `cost` or more than there is room for; a second more than true, as sums are rounded. */
function endFor({ wait, late, due, room }: Readonly<Price>, cost: number, fixed: number): number {
  const inTime = wait > 0 ? (cost - fixed) / wait : NEVER;
  if (late === 0) return Math.min(NEVER, Math.ceil(inTime) + 1);
  const after = Math.min((cost - fixed + late * due) / (wait + late), due + (room - fixed) / late);
  return Math.min(NEVER, Math.ceil(Math.min(inTime, after)) + 1);
}

let chosenPerson: number = NONE;
let chosenTool: number = NONE;

/** Who and what `earliestFit` found last; NONE where the task takes nobody or nothing. */
export const personOfFit = (): number => chosenPerson;
export const toolOfFit = (): number => chosenTool;

/** The earliest start from `start` on for a block of `length` that ends by `until` on an open unit with its person and instrument; NEVER when there is none. */
export function earliestFit(
  state: State,
  task: number,
  unit: number,
  start: number,
  length: number,
  until: number,
): number {
  const { problem, shape } = state;
  const { from, to } = problem.open[unit];
  const isProven = problem.proofFrom[unit + 1] > problem.proofFrom[unit];
  const qualification = shape.qualification[task];
  const ofClass = shape.toolClass[task];
  let window = windowAt(problem.open[unit], start);
  let at = start;
  for (;;) {
    while (window < to.length && (to[window] < at + length || from[window] > at)) {
      if (from[window] > at) at = from[window];
      else window += 1;
    }
    if (window === to.length || at + length > until) return NEVER;
    let next = at;
    if (isProven) next = validFrom(state, unit, NONE, at, at + length, reason);
    if (next === at && ofClass !== NONE) next = toolAt(state, ofClass, at, at + length);
    if (next === at && qualification !== NONE) next = personAt(state, qualification, at, at + length);
    if (next === at) {
      if (ofClass === NONE) chosenTool = NONE;
      if (qualification === NONE) chosenPerson = NONE;
      return at;
    }
    at = next;
  }
}

/** Chooses a free and valid instrument of the class, or returns the next start worth a try. */
function toolAt(state: State, ofClass: number, start: number, end: number): number {
  const { problem } = state;
  const candidates = problem.instrumentsOf[ofClass];
  let next = NEVER;
  for (let k = 0; k < candidates.length; k += 1) {
    const e = candidates[k];
    let from = state.busy[e].freeFrom(start, end);
    if (from === start) from = upFrom(problem, e, start, end);
    if (from === start) from = validFrom(state, e, NONE, start, end, reason);
    if (from === start) {
      chosenTool = e;
      return start;
    }
    if (from < next) next = from;
  }
  return next;
}

/** Chooses somebody free, present and qualified, or returns the next start worth a try. */
function personAt(state: State, qualification: number, start: number, end: number): number {
  const { people, validity, crews } = state.problem.qualified[qualification];
  const { stretches, slice, nextArrival, crew, until, back } = state.shape.rosters[qualification];
  const stretch = windowAt(stretches, start);
  if (stretch === stretches.to.length) return NEVER;
  const low = slice[stretch];
  const high = slice[stretch + 1];
  let next = nextArrival[stretch];
  // Not always the same crew first, or its people would be asked in vain most of the time.
  const first = Math.abs(start >> 8) % crews.length;
  let present = low;
  while (present < high && crew[present] < first) present += 1;
  for (let left = high - low; left > 0; left -= 1, present += 1) {
    if (present >= high) present = low;
    if (until[present] < end) {
      if (back[present] < next) next = back[present];
      continue;
    }
    const { from, to } = crews[crew[present]];
    for (let k = from; k < to; k += 1) {
      let free = state.engaged[people[k]].freeFrom(start, end);
      if (free === start) free = coveredFrom(validity[k], start, end);
      if (free === start) {
        chosenPerson = people[k];
        return start;
      }
      if (free < next) next = free;
    }
  }
  return next;
}
