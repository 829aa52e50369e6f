import type { Change } from '#shared/domain/change.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import { isPlaced } from '#solver/evaluate/state.ts';
import type { Limit } from '#solver/run/run.ts';
import { problemFollowing } from '#solver/problem/following.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { NONE, type Problem } from '#solver/problem/problem.ts';
import {
  BY_ITSELF,
  LEAST_DISTURBING,
  latenessBefore,
  latenessOf,
  leastDisturbing,
  type Weighing,
} from './attempt.ts';
import { planAfter } from './changed-plan.ts';
import { improve } from './improve.ts';
import { Journal } from './journal.ts';
import { modeOn } from './mode-on.ts';
import type { Target } from './push.ts';
import { placeNewcomers } from './newcomers.ts';
import { neverThere } from './refusals.ts';
import { scheduleAfter } from './schedule-after.ts';
import { type Settled, settle, withoutBrokenTies } from './settled.ts';

/** The three ways out that a planner chooses from. */
export const AIMS = ['leastChange', 'bestDelivery', 'leastSetup'] as const;
export type Aim = (typeof AIMS)[number];

/** What a repair changes, against the schedule before it. */
export interface RepairCounts {
  /** Tasks at another time or on another unit. */
  readonly moved: number;
  /** Tasks that had no place and get one. */
  readonly placed: number;
  /** Of those, on another unit. */
  readonly reassigned: number;
  /** Tasks that keep their place with other people or instruments. */
  readonly restaffed: number;
  /** Tasks that lose their place. */
  readonly dropped: number;
  readonly lateNow: number;
  readonly onTimeNow: number;
  /** By how much more: weight × seconds, and seconds. */
  readonly weightedTardiness: number;
  readonly setup: Seconds;
}

export interface Repair {
  readonly aim: Aim;
  readonly schedule: Schedule;
  readonly counts: RepairCounts;
}

export type Repaired =
  | { readonly ok: true; readonly plan: Plan; readonly repairs: readonly Repair[] }
  | { readonly ok: false; readonly refusal: Refusal };

export interface RepairOptions {
  /** At most so many tasks may move (the disruption budget). */
  readonly mostMoved?: number;
  /** What should have begun since then may still begin as planned; without it, nothing before now. */
  readonly since?: Instant;
  readonly seed: number;
  /**
   * Steps of each of the two local searches; seconds of all of it, the checker's judgement afterwards included, for which
   * `elapsed` is the clock in milliseconds.
   */
  readonly limit: Pick<Limit, 'iterations' | 'seconds'>;
  readonly elapsed?: () => number;
  /** All three, unless told otherwise. */
  readonly aims?: readonly Aim[];
  /** Tasks without a place that get one: where nothing has to move for them, unless their order would be late there. */
  readonly newcomers?: readonly TaskId[];
}

/** Seconds of a local search, however much or little time is left. */
const LEAST_SEARCH = 0.1;
const MOST_SEARCH = 0.6;

const WEIGHINGS: Record<Aim, Weighing> = {
  leastChange: { moved: 1, tardiness: 1 / 24, setup: 0 },
  bestDelivery: { moved: 0.01, tardiness: 1, setup: 0.05 },
  leastSetup: { moved: 0.01, tardiness: 0.05, setup: 1 },
};

/**
 * Three repairs of a schedule after a change: the one that moves fewest tasks by affected operations rescheduling, and
 * two that a short local search makes of it, for delivery and for setup. Each is feasible; a task that no repair can
 * place is dropped with its reason. A drop that works nowhere near, or a budget that is too small, is refused.
 * `compiled` is a problem of an earlier plan: what it has in common is taken over.
 */
export function repair(
  plan: Plan,
  schedule: Schedule,
  change: Change,
  options: RepairOptions,
  compiled?: Problem,
): Repaired {
  const { limit, elapsed = () => 0 } = options;
  const began = elapsed();
  const after = planAfter(plan, change);
  const problem = compiled ? problemFollowing(compiled, after) : problemFromPlan(after);
  const since = Math.min(problem.now, (options.since ?? after.now) - problem.origin);
  const base = settle(problem, schedule, since);
  const settled = { ...base, state: withoutBrokenTies(base) };
  const drop = change.kind === 'drop' ? dropIn(problem, change) : null;
  const never = drop && change.kind === 'drop' && neverThere(settled.state, change.task, drop, change.unit);
  if (never) return { ok: false, refusal: never };
  const repairs: Repair[] = [];
  const prepared = elapsed() - began;
  const aims = options.aims ?? AIMS;
  /** Local searches that are still to come: for every aim but the first, and where there are newcomers for their promise. */
  let searches =
    aims.filter((aim) => aim !== 'leastChange').length + (options.newcomers?.length ? aims.length : 0);
  // The checker reads the plan anew for each repair, which takes about as long as compiling and settling did.
  const shareOfTime = (): number => {
    const left = (limit.seconds ?? Infinity) - (elapsed() - began + prepared) / 1000;
    const seconds = Math.min(MOST_SEARCH, Math.max(LEAST_SEARCH, left / searches));
    searches -= 1;
    return seconds;
  };
  for (const aim of aims) {
    const journal = new Journal(settled.state, settled.broken);
    const wanted = {
      weighing: WEIGHINGS[aim],
      mostMoved: options.mostMoved ?? Infinity,
      moved: drop ? new Set([drop.task]) : BY_ITSELF,
    };
    const lost = [...settled.broken.keys()].filter((task) => task !== drop?.task);
    const refusal = leastDisturbing(settled.state, journal, wanted, (push) =>
      drop ? push.insert([drop], lost) : push.reschedule(lost),
    );
    if (refusal) return { ok: false, refusal };
    const newcomers = tasksOf(problem, options.newcomers ?? []).filter(
      (task) => !isPlaced(settled.state, task),
    );
    placeNewcomers(settled.state, journal, newcomers);
    const orders = [...new Set(newcomers.map((task) => problem.order[task]))].filter(
      (order) => latenessOf(settled.state, order) > 0,
    );
    if (orders.length > 0) {
      // Others make room for its promise, as far as a hand would have them.
      const seconds = shareOfTime();
      const weighing = LEAST_DISTURBING;
      improve(settled.state, journal, {
        ...options,
        ...wanted,
        weighing,
        limit: { ...limit, seconds },
        orders,
      });
    } else if (options.newcomers?.length) searches -= 1;
    if (aim !== 'leastChange') {
      const seconds = shareOfTime();
      improve(settled.state, journal, { ...options, ...wanted, limit: { ...limit, seconds } });
    }
    repairs.push({
      aim,
      schedule: scheduleAfter(settled, [journal], schedule),
      counts: countsOf(settled, journal),
    });
    journal.rollback();
  }
  return { ok: true, plan: after, repairs };
}

const tasksOf = ({ taskOf }: Problem, ids: readonly TaskId[]): number[] =>
  ids.flatMap((id) => taskOf.get(id) ?? []);

function dropIn(problem: Problem, drop: Extract<Change, { kind: 'drop' }>): Target {
  const task = problem.taskOf.get(drop.task) ?? NONE;
  const unit = problem.equipmentOf.get(drop.unit) ?? NONE;
  return {
    task,
    mode: task === NONE ? NONE : modeOn(problem, task, unit),
    start: drop.start - problem.origin,
  };
}

function countsOf({ state, restaffed }: Settled, journal: Journal): RepairCounts {
  const { problem } = state;
  const changed = journal.changed();
  const moved = journal.moved();
  const touched = new Set(changed);
  let reassigned = 0;
  let setup = 0;
  for (const task of changed) {
    const was = journal.stood(task);
    setup += (isPlaced(state, task) ? state.setup[task] : 0) - (was?.setup ?? 0);
    if (was && isPlaced(state, task) && was.unit !== state.unit[task]) reassigned += 1;
  }
  let lateNow = 0;
  let onTimeNow = 0;
  let weightedTardiness = 0;
  for (const order of new Set(changed.map((task) => problem.order[task]))) {
    const [was, is] = [latenessBefore(state, journal, order), latenessOf(state, order)];
    if (was === 0 && is > 0) lateNow += 1;
    if (was > 0 && is === 0) onTimeNow += 1;
    weightedTardiness += problem.orderWeight[order] * (is - was);
  }
  return {
    moved: moved.length - journal.unplaced.size,
    placed: changed.filter((task) => isPlaced(state, task) && !journal.stood(task)).length,
    reassigned,
    restaffed: restaffed.filter((task) => !touched.has(task)).length,
    dropped: journal.unplaced.size,
    lateNow,
    onTimeNow,
    weightedTardiness,
    setup,
  };
}
