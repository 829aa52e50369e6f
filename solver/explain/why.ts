import type { TaskId } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';
import { boundsOf } from '#solver/evaluate/bounds.ts';
import { findPlace } from '#solver/evaluate/slot.ts';
import { type State, emptyPlace, isPlaced, put, readPlace, takeOut } from '#solver/evaluate/state.ts';
import { NEVER } from '#solver/problem/open-time.ts';
import { NONE } from '#solver/problem/problem.ts';
import { REASON, type Reason, clock, reasonText, taskName } from '#solver/problem/reason.ts';

/** How far back a chain is told. */
const LONGEST_CHAIN = 12;

/** A reason in words, and the tasks that it names. */
export interface Why {
  readonly text: string;
  readonly tasks: readonly TaskId[];
}

/** One link of the chain behind a late order: the task, when it runs, and why not earlier. */
export interface WhyLate extends Why {
  readonly task: TaskId;
  readonly start: Instant;
  readonly end: Instant;
}

interface Binding {
  readonly reason: Reason;
  /** When the reason lets go. */
  readonly until: number;
  /** The earliest start that would work with everything else as it stands. */
  readonly earliest: number;
}

const had = emptyPlace();
const place = emptyPlace();

/** Takes the task out, looks for its earliest place on its unit, and puts it back: what held the search back last binds. */
function bindingOf(state: State, task: number): Binding {
  const { problem } = state;
  const reason: Reason = { kind: REASON.none, by: NONE };
  const unit = state.unit[task];
  let mode = problem.modeFrom[task];
  while (mode < problem.modeFrom[task + 1] && problem.modeUnit[mode] !== unit) mode += 1;
  if (mode === problem.modeFrom[task + 1]) return { reason, until: NEVER, earliest: state.start[task] };
  readPlace(state, task, had);
  takeOut(state, task);
  const bounds = { ...boundsOf(state, task, false, reason) };
  const bound = Math.max(bounds.runFrom, bounds.from);
  if (bounds.from >= bounds.runFrom) reason.kind = REASON.now;
  const first = { ...reason };
  bounds.endUntil = bounds.runUntil = NEVER;
  const found = findPlace(state, task, mode, bounds, place, reason);
  put(state, task, had);
  if (!found) return { reason, until: NEVER, earliest: state.start[task] };
  if (reason.kind === first.kind && reason.by === first.by && place.runStart > bound + place.setup) {
    return { reason: { kind: REASON.closed, by: unit }, until: place.start, earliest: place.start };
  }
  const isBlock = reason.kind === REASON.busy || reason.kind === REASON.changeover;
  const isBound = reason.kind === first.kind && reason.by === first.by;
  const until = isBlock ? state.end[reason.by] : isBound ? bound : place.start;
  return { reason, until, earliest: place.start };
}

/** The successor that keeps a task from starting earlier by its hold time; NONE when none does. */
function holderOf(state: State, task: number, earlier: number): number {
  const { succFrom, succTask, succRelation, predMax } = state.problem;
  for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
    const after = succTask[k];
    const max = predMax[succRelation[k]];
    if (max >= NEVER || !isPlaced(state, after)) continue;
    if (state.runStart[after] - max > state.end[task] - (state.start[task] - earlier)) return after;
  }
  return NONE;
}

/** Why the task does not start earlier, in one sentence. */
export function whyHere(state: State, task: number): Why {
  if (task === NONE) return because('');
  const { problem } = state;
  if (!isPlaced(state, task)) return because('It has no place.');
  if (problem.given[task]?.kind === 'started')
    return because(`It started ${clock(problem, state.start[task])}.`);
  if (problem.pinned[task] < NEVER) return because('It is pinned here.');
  if (problem.given[task]?.kind === 'frozen')
    return because('It is committed: the line has been told to run it here.');
  const { reason, until, earliest } = bindingOf(state, task);
  if (earliest < state.start[task]) {
    const holder = holderOf(state, task, earliest);
    return holder === NONE
      ? because(`Nothing holds it here: it could start ${clock(problem, earliest)} on this unit.`)
      : because(`It waits so that ${taskName(problem, holder)} can follow within its hold time.`, [
          problem.plan.tasks[holder].id,
        ]);
  }
  const by = isOfTask(reason) ? [problem.plan.tasks[reason.by].id] : [];
  return because(sentence(reasonText(problem, reason, until)), by);
}

const because = (text: string, tasks: readonly TaskId[] = []): Why => ({ text, tasks });

/** Whether it is another task that binds. */
const isOfTask = ({ kind }: Reason): boolean =>
  kind === REASON.predecessor || kind === REASON.busy || kind === REASON.changeover;

/** The task that lets go of a person or an instrument right when the waiting one begins; NONE where it is a calendar that does. */
function occupantOf(state: State, waiting: number, { kind, by }: Reason, until: number): number {
  const { qualified, instrumentsOf } = state.problem;
  const timelines =
    kind === REASON.person
      ? Array.from(qualified[by].people, (person) => state.engaged[person])
      : kind === REASON.instrument
        ? Array.from(instrumentsOf[by], (e) => state.busy[e])
        : kind === REASON.taken
          ? [state.busy[by]]
          : [];
  for (const at of [until, state.runStart[waiting]]) {
    for (const timeline of timelines) {
      const k = timeline.after(at - 1);
      if (k < timeline.length && timeline.endAt(k) === at && timeline.taskAt(k) !== waiting)
        return timeline.taskAt(k);
    }
  }
  return NONE;
}

/** The chain of binding constraints from the order's last task back, one link each. */
export function whyLate(state: State, task: number): WhyLate[] {
  if (task === NONE) return [];
  const { problem } = state;
  let current: number = NONE;
  for (let other = 0; other < problem.taskCount; other += 1) {
    if (problem.order[other] !== problem.order[task] || !isPlaced(state, other)) continue;
    if (current === NONE || state.end[other] > state.end[current]) current = other;
  }
  const links: WhyLate[] = [];
  const told = new Set<number>();
  while (current !== NONE && !told.has(current) && links.length < LONGEST_CHAIN) {
    told.add(current);
    const link = {
      task: problem.plan.tasks[current].id,
      start: problem.origin + state.start[current],
      end: problem.origin + state.end[current],
    };
    const given = problem.given[current]?.kind;
    if (given !== undefined || problem.pinned[current] < NEVER) {
      links.push({ ...link, ...whyHere(state, current) });
      break;
    }
    const { reason, until, earliest } = bindingOf(state, current);
    const holder = earliest < state.start[current] ? holderOf(state, current, earliest) : NONE;
    if (earliest < state.start[current]) {
      links.push({ ...link, ...whyHere(state, current) });
      current = holder;
      continue;
    }
    const isTask = isOfTask(reason);
    const occupant = isTask ? NONE : occupantOf(state, current, reason, until);
    const taken = occupant === NONE ? '' : `; ${taskName(problem, occupant)} has it until then`;
    current = isTask ? reason.by : occupant;
    links.push({
      ...link,
      text: sentence(`${reasonText(problem, reason, until)}${taken}`),
      tasks: current === NONE ? [] : [problem.plan.tasks[current].id],
    });
  }
  return links;
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
