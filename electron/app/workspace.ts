import type { SeenList, Store } from '#electron/store/store.ts';
import type { Equipment, EquipmentId } from '#shared/domain/equipment.ts';
import { assignmentFromProgress } from '#shared/domain/actual.ts';
import type { Case } from '#shared/domain/case.ts';
import { type Commitment, isPhysical } from '#shared/domain/commitment.ts';
import type { Comment } from '#shared/domain/comment.ts';
import type { ExecutionEvent, TaskProgress } from '#shared/domain/execution.ts';
import type { Device, LineAccess } from '#shared/domain/device.ts';
import type { Feed } from '#shared/domain/feed.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import type { FreshnessLimits } from '#shared/domain/freshness.ts';
import { type Order, type OrderId, isOpen } from '#shared/domain/order.ts';
import type { JobReceipt } from '#shared/domain/job-receipt.ts';
import type { LineLink } from '#shared/domain/line-link.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { DEFAULT_WEIGHTS } from '#shared/domain/weights.ts';
import { type Plant, zoneOf } from '#shared/domain/plant.ts';
import type { Policy } from '#shared/domain/policy.ts';
import type { Queue } from '#shared/domain/queue.ts';
import type { Assignment, Schedule } from '#shared/domain/schedule.ts';
import type { Scenario, ScenarioId } from '#shared/domain/scenario.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import type { User } from '#shared/domain/user.ts';
import type { Version } from '#shared/domain/version.ts';
import { type Draft } from '#shared/edit/draft.ts';
import { indexBy } from '#shared/base/group.ts';
import { onceFor } from '#shared/base/once-for.ts';
import { commitmentsFromRecord } from '#shared/flow/commitments-from-record.ts';
import { estimatedTasks } from '#shared/flow/estimated-tasks.ts';
import { planFromOrders } from '#shared/flow/plan-from-orders.ts';
import { type PartTask, splitTasks } from '#shared/flow/split-tasks.ts';
import { lotsAsTested, testResultsFromEvents } from '#shared/flow/plant-from-events.ts';
import { progressFromEvents } from '#shared/flow/progress-from-events.ts';
import { standingEvents } from '#shared/flow/standing-events.ts';
import { DAY, HOUR, type Instant, type Seconds } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';
import { instantFromLocal, localDateOf } from '#shared/time/zone.ts';
import { type UnitNow, downtimesFromEvents, unitStatesOf } from './unit-states.ts';

/** Planning and publishing take time: what should have begun so long ago may still be accepted and published as planned. */
export const START_GRACE = HOUR;

/** Planning looks at least this far ahead, and this far beyond the last due date. */
const MIN_HORIZON = 21 * DAY;
const AFTER_LAST_DUE = 14 * DAY;

/** So many closed cases are at hand; all of them stand in the ledger. */
export const CLOSED_SHOWN = 50;

/** What the record says, folded once: everything that commands decide on and screens are projected from. Immutable. */
export interface Workspace {
  readonly plant: Plant;
  readonly plan: Plan;
  /** The tasks as orders and routings give them, before the planner estimated or split any. */
  readonly whole: readonly Task[];
  readonly tasks: ReadonlyMap<TaskId, Task>;
  readonly orders: ReadonlyMap<OrderId, Order>;
  readonly equipment: ReadonlyMap<EquipmentId, Equipment>;
  /** Those that stand, as they were recorded: what was withdrawn is in the record and in nothing that follows from it. */
  readonly events: readonly ExecutionEvent[];
  /** What lines took back: of these tasks they have spoken, although nothing of it stands. */
  readonly withdrawals: readonly ExecutionEvent[];
  readonly progress: ReadonlyMap<TaskId, TaskProgress>;
  /** What every unit that was heard of is doing. */
  readonly units: ReadonlyMap<EquipmentId, UnitNow>;
  /** The draft first, and which of them is open. */
  readonly scenarios: readonly Scenario[];
  readonly scenario: ScenarioId;
  /** Where the planner put things in the open scenario. */
  readonly draft: Draft;
  /** The draft with started tasks where they really are. */
  readonly schedule: Schedule;
  readonly assignments: ReadonlyMap<TaskId, Assignment>;
  readonly version: Version | null;
  readonly queues: ReadonlyMap<EquipmentId, Queue>;
  /** The last revision that each line has said to have seen. */
  readonly seen: ReadonlyMap<EquipmentId, SeenList>;
  /** What binds tasks to their places beyond the plan. */
  readonly commitments: ReadonlyMap<TaskId, Commitment>;
  readonly revision: number;
  readonly undo: string | null;
  readonly redo: string | null;
  readonly lastImport: Instant | null;
  /** Connections to ERPs. */
  readonly feeds: readonly Feed[];
  /** Those that were removed: what came from them is nobody else's. */
  readonly formerFeeds: readonly Feed[];
  readonly limits: FreshnessLimits;
  /** Connections to lines and machines. */
  readonly links: readonly LineLink[];
  /** What its line acknowledged last of each task. */
  readonly receipts: ReadonlyMap<TaskId, JobReceipt>;
  /** On every task that ever was, the oldest first. */
  readonly comments: readonly Comment[];
  /** Who may log in; where nobody is, there are no accounts and everything is the local user's. */
  readonly users: ReadonlyMap<string, User>;
  readonly policy: Policy;
  readonly lineAccess: LineAccess;
  /** Screens at the lines that were ever paired, by id. */
  readonly devices: ReadonlyMap<string, Device>;
  /** Keyed fingerprints of the codes by which people identify at a line. */
  readonly badges: ReadonlyMap<string, string>;
  /** Those that are not closed and some that were closed lately, the oldest first. */
  readonly cases: readonly Case[];
}

/** Where nobody has an account, everything is the local user's; the first account, an administrator's, ends that (AC-01). */
export const hasAccounts = ({ users }: Pick<Workspace, 'users'>): boolean => users.size > 0;

/** What of a workspace comes out of the store; the rest follows from it. */
export type Recorded = Pick<
  Workspace,
  | 'plant'
  | 'scenarios'
  | 'scenario'
  | 'draft'
  | 'events'
  | 'withdrawals'
  | 'version'
  | 'queues'
  | 'seen'
  | 'revision'
  | 'undo'
  | 'redo'
  | 'lastImport'
  | 'feeds'
  | 'formerFeeds'
  | 'limits'
  | 'links'
  | 'receipts'
  | 'comments'
  | 'users'
  | 'policy'
  | 'lineAccess'
  | 'devices'
  | 'badges'
  | 'cases'
>;

export async function recordedIn(store: Pick<Store, 'read'>): Promise<Recorded> {
  const { read } = store;
  const [
    plant,
    scenarios,
    scenario,
    draft,
    events,
    version,
    queues,
    revision,
    edits,
    lastImport,
    comments,
    feeds,
    formerFeeds,
    limits,
    users,
    policy,
    lineAccess,
    devices,
    badges,
    cases,
    links,
    receipts,
    seen,
  ] = await Promise.all([
    read.plant(),
    read.scenarios(),
    read.openScenario(),
    read.draft(),
    read.events(),
    read.latestVersion(),
    read.latestQueues(),
    read.revision(),
    read.edits(),
    read.lastImport(),
    read.comments(),
    read.feeds(),
    read.formerFeeds(),
    read.limits(),
    read.users(),
    read.policy(),
    read.lineAccess(),
    read.devices(),
    read.badges(),
    read.cases(CLOSED_SHOWN),
    read.links(),
    read.receipts(),
    read.seenLists(),
  ]);
  return {
    plant,
    scenarios,
    scenario,
    draft,
    events: standingEvents(events),
    withdrawals: events.filter(({ kind }) => kind === 'withdrawn'),
    version,
    revision,
    lastImport,
    limits,
    comments,
    feeds,
    formerFeeds,
    policy,
    lineAccess,
    badges,
    users: indexBy(users, (user): string => user.id),
    devices: indexBy(devices, (device) => device.id),
    cases,
    links,
    receipts: indexBy(receipts, (receipt) => receipt.task),
    queues: indexBy(queues, (queue) => queue.unit),
    seen: indexBy(seen, ({ receipt }) => receipt.unit),
    undo: edits.undo,
    redo: edits.redo,
  };
}

/** Folds the record into a workspace as of `now`: plan and progress anew. What is as it was in `last` stays the same objects. */
export function workspaceFrom(
  recorded: Recorded,
  now: Instant,
  last?: Pick<Workspace, 'plan' | 'whole'>,
): Workspace {
  const progress = progressFromEvents(recorded.events);
  const downtimes = [...recorded.plant.downtimes, ...downtimesFromEvents(recorded.events)];
  const plant = {
    ...recorded.plant,
    downtimes: sameOr(last?.plan.plant.downtimes, downtimes),
    ...asReported(recorded.plant, recorded.events, progress, last?.plan.plant),
  };
  const made = planFromOrders({
    plant,
    now,
    horizon: sameOr(last?.plan.horizon, horizonOf(plant, progress, now)),
    progress,
    pins: [...recorded.draft.values()].flatMap((place) => (place.pin ? [place.pin] : [])),
    frozen: [],
    weights: DEFAULT_WEIGHTS,
  });
  const whole = sameOr(last?.whole, made.tasks);
  return withDraft(
    {
      ...recorded,
      plan: made,
      whole,
      orders: indexBy(recorded.plant.orders, (order) => order.id),
      equipment: indexBy(recorded.plant.equipment, (equipment) => equipment.id),
      progress: indexBy(progress, (entry) => entry.task),
      units: unitStatesOf(recorded.events),
    },
    recorded.draft,
  );
}

/** What tests and calibrations at the lines say of the plant, over what the ERP says. */
function asReported(
  { lots, testResults }: Plant,
  events: readonly ExecutionEvent[],
  progress: readonly TaskProgress[],
  last: Plant | undefined,
): Pick<Plant, 'lots' | 'testResults'> {
  const reported = testResultsFromEvents(events);
  const tested = lotsAsTested(lots, progress);
  return {
    lots: tested === lots ? lots : sameOr(last?.lots, tested),
    testResults:
      reported.length === 0 ? testResults : sameOr(last?.testResults, [...testResults, ...reported]),
  };
}

/** The known value where the new one says the same: whatever was compiled from it still holds. */
const sameOr = <Value>(known: Value | undefined, value: Value): Value =>
  known !== undefined && JSON.stringify(known) === JSON.stringify(value) ? known : value;

/** The same workspace with another draft: its tasks are the same, as far as they are estimated and split in the same way. */
export function withDraft(
  base: Omit<Workspace, 'draft' | 'schedule' | 'assignments' | 'tasks' | 'commitments'>,
  draft: Draft,
): Workspace {
  const schedule: Schedule = { assignments: [], unplaced: [] };
  const tasks = tasksIn(base.whole, draft);
  const known = byId(tasks);
  const begun = begunIn(base, draft);
  for (const task of tasks) {
    const place = draft.get(task.id);
    const own = begun.get(task.id);
    if (own && hasStarted(own)) {
      schedule.assignments.push(
        assignmentFromProgress(task, own, place?.assignment ?? undefined, base.plan.now),
      );
    } else if (place?.assignment) schedule.assignments.push(place.assignment);
    else {
      schedule.unplaced.push(
        place?.unplaced ?? {
          task: task.id,
          code: 'OUTSIDE_HORIZON',
          object: task.id,
          text: 'Not scheduled yet: solve, or drag it onto the board.',
        },
      );
    }
  }
  const planned = { ...base, plan: { ...base.plan, tasks, pins: pinsIn(tasks)(draft) }, tasks: known, draft };
  return {
    ...planned,
    ...boundIn(planned, begun),
    schedule,
    assignments: indexBy(schedule.assignments, (assignment) => assignment.task),
  };
}

/** What binds tasks to their places, and the plan that says so. */
export function boundIn(
  base: Pick<Workspace, 'plan' | 'progress' | 'queues' | 'seen' | 'tasks' | 'draft'>,
  begun: ReadonlyMap<TaskId, TaskProgress>,
): Pick<Workspace, 'plan' | 'commitments'> {
  const commitments = commitmentsIn(base, base.tasks);
  const progress = begun === base.progress ? base.plan.progress : [...begun.values()];
  return {
    commitments,
    plan: { ...base.plan, progress, frozen: frozenIn(base, commitments, base.draft) },
  };
}

/** What the lines reported, with what the planner says is left of what they have begun; the same map where there is no word of it. */
export function begunIn(
  { plan, progress }: Pick<Workspace, 'plan' | 'progress'>,
  draft: Draft,
): ReadonlyMap<TaskId, TaskProgress> {
  const said = remainingIn(draft);
  if (said.size === 0 && !plan.progress.some(({ remaining }) => remaining)) return progress;
  const begun = new Map(progress);
  for (const [task, remaining] of said) {
    const own = progress.get(task);
    if (own) begun.set(task, { ...own, remaining });
  }
  return begun;
}

const remainingIn = onceFor(
  (draft: Draft) =>
    new Map([...draft].flatMap(([task, { remaining }]) => (remaining ? [[task, remaining] as const] : []))),
);
const pinsIn = onceFor((tasks: Task[]) =>
  onceFor((draft: Draft) => tasks.flatMap((task) => draft.get(task.id)?.pin ?? [])),
);
const byId = onceFor((tasks: Task[]) => indexBy(tasks, (task) => task.id));
/** The same parts and estimates of the same tasks are the same objects: whatever was compiled from them still holds. */
const plannedOnce = onceFor((_whole: readonly Task[]) => new Map<string, Task[]>());

/** How the planner split tasks, in an order that says nothing of when. */
export const partsIn = (draft: Draft): PartTask[] =>
  [...draft]
    .flatMap(([task, { part }]) => (part ? { task, ...part } : []))
    .sort((a, b) => (a.task < b.task ? -1 : 1));

/** Reports leave the draft as it is, and many come upon each other. */
const partsOnce = onceFor(partsIn);
const estimatesOnce = onceFor((draft: Draft): readonly (readonly [TaskId, Seconds])[] => {
  const estimates: [TaskId, Seconds][] = [];
  for (const [task, { estimate }] of draft) if (estimate !== undefined) estimates.push([task, estimate]);
  return estimates.sort(([a], [b]) => (a < b ? -1 : 1));
});

/** The tasks as the planner estimated and split them, or as they were split then. */
function tasksIn(
  whole: readonly Task[],
  draft: Draft,
  parts: readonly PartTask[] = partsOnce(draft),
): Task[] {
  const estimates = estimatesOnce(draft);
  const key = JSON.stringify([parts, estimates]);
  const known = plannedOnce(whole);
  const tasks = known.get(key) ?? splitTasks(estimatedTasks(whole, new Map(estimates)), parts);
  known.set(key, tasks);
  return tasks;
}

/** The plan with the tasks as they were split when the version was published: a split that is not is told to no line. */
export const publishedPlan = ({ plan, whole, draft, version }: Workspace): Plan =>
  version?.parts ? { ...plan, tasks: tasksIn(whole, draft, version.parts) } : plan;

const commitmentsIn = (
  { plan, progress, queues, seen }: Pick<Workspace, 'plan' | 'progress' | 'queues' | 'seen'>,
  tasks: Workspace['tasks'],
): Workspace['commitments'] =>
  commitmentsFromRecord({
    now: plan.now,
    tasks,
    progress,
    queues,
    hasAcknowledged: (unit, task) => tasksSeen(seen)(unit).has(task),
  });

const tasksSeen = onceFor((seen: Workspace['seen']) => {
  const tasks = new Map(
    [...seen].map(([unit, { queue }]) => [unit, new Set(queue.items.map(({ task }) => task))]),
  );
  return (unit: EquipmentId): ReadonlySet<TaskId> => tasks.get(unit) ?? new Set();
});

/** What is committed, and begun tasks with the people and instruments planned for them: a machine moves none of it. */
function frozenIn(
  { progress }: Pick<Workspace, 'progress'>,
  commitments: Workspace['commitments'],
  draft: Draft,
): Assignment[] {
  const done = [...progress.values()].filter(hasStarted).map(({ task }) => task);
  return [...new Set([...commitments.keys(), ...done])].flatMap((task) => draft.get(task)?.assignment ?? []);
}

/** The plan for whoever decides on a repair: what lines were only told moves, what things were moved for stays. */
export const planToRepair = ({ plan, progress, commitments }: Workspace): Plan => ({
  ...plan,
  frozen: plan.frozen.filter(
    ({ task }) => hasStarted(progress.get(task)) || isPhysical(commitments.get(task)),
  ),
});

/** From the day on which the oldest unfinished order began (today when none has) to well after the last due date. */
function horizonOf(plant: Plant, progress: readonly TaskProgress[], now: Instant): Interval {
  const zone = zoneOf(plant);
  const open = plant.orders.filter(isOpen);
  const lastDue = open.reduce((latest, order) => Math.max(latest, order.due), now);
  const unfinished = progress.filter(
    (entry) => entry.state.kind !== 'completed' || now - entry.state.at < 7 * DAY,
  );
  const first = unfinished.reduce((earliest, entry) => Math.min(earliest, entry.actualStart ?? now), now);
  return {
    start: instantFromLocal(zone, localDateOf(zone, first), '00:00'),
    end: Math.max(now + MIN_HORIZON, lastDue + AFTER_LAST_DUE),
  };
}
