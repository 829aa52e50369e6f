import { groupBy, indexBy } from '#shared/base/group.ts';
import { onceFor } from '#shared/base/once-for.ts';
import type { Fact } from '#shared/contract/facts.ts';
import type {
  Board,
  BoardBar,
  BoardResource,
  BoardRow,
  BoardState,
  UnplacedTask,
} from '#shared/contract/views.ts';
import type { Comment } from '#shared/domain/comment.ts';
import { type Equipment, isInstrument, isWorkUnit } from '#shared/domain/equipment.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import { usableFrom } from '#shared/domain/material.ts';
import type { OrderId } from '#shared/domain/order.ts';
import { type Plant, zoneOf } from '#shared/domain/plant.ts';
import { type Assignment, isRestaffed } from '#shared/domain/schedule.ts';
import type { Version } from '#shared/domain/version.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import type { Draft } from '#shared/edit/draft.ts';
import { adherenceOf } from '#shared/flow/adherence.ts';
import { overridesFromEvents } from '#shared/flow/overrides-from-events.ts';
import { figuresFromSchedule } from '#shared/flow/figures-from-schedule.ts';
import { openTime } from '#shared/time/calendar.ts';
import { DAY, type Seconds } from '#shared/time/instant.ts';
import { type Interval, subtract } from '#shared/time/interval.ts';
import { estimateOf, remainingShown } from './estimates.ts';
import { unseenSince } from './queue-items.ts';
import { missingFor } from './readiness.ts';
import type { Workspace } from './workspace.ts';

/** The board as every window sees it: rows, bars, what is unplaced, figures. Many windows may ask at once. */
export const boardView = onceFor((workspace: Workspace): Board => {
  return {
    now: workspace.plan.now,
    zone: zoneOf(workspace.plant),
    horizon: workspace.plan.horizon,
    rows: rowsOf(workspace),
    people: peopleOf(workspace),
    instruments: instrumentsOf(workspace),
    bars: barsIn(workspace),
    unplaced: unplacedOf(workspace),
    state: boardState(workspace),
  };
});

/** All bars: of a workspace in which nothing happens but time they are asked for twice. */
const barsIn = onceFor((workspace: Workspace): BoardBar[] => barsOf(workspace, workspace.plan.tasks));

/** What changed on the board between two workspaces over the same plan: all bars of the orders that an edit or report touched. */
export function boardChange(before: Workspace, after: Workspace, touched: readonly TaskId[]): Fact {
  const orders = new Set(touched.flatMap((id) => (after.tasks.get(id) ?? before.tasks.get(id))?.order ?? []));
  return {
    kind: 'board.changed',
    bars: barsOf(
      after,
      [...orders].flatMap((order) => tasksOf(after, order)),
    ),
    removed: touched.filter((id) => before.assignments.has(id) && !after.assignments.has(id)),
    unplaced: unplacedOf(after),
    rows: changedRows(before, after),
    state: boardState(after),
  };
}

/** What a later fold of the same record shows differently: nothing, some bars, or so much that all is to be read again. */
export function boardDifference(before: Workspace, after: Workspace): Fact[] {
  const known = indexBy(barsIn(before), (bar) => bar.task);
  const samePlan =
    before.plan.horizon.start === after.plan.horizon.start &&
    before.plan.tasks.length === after.plan.tasks.length &&
    after.plan.tasks.every((task) => before.tasks.has(task.id));
  if (!samePlan) return [{ kind: 'board.replaced', revision: after.revision }];
  const touched = barsIn(after)
    .filter((bar) => JSON.stringify(bar) !== JSON.stringify(known.get(bar.task)))
    .map((bar) => bar.task);
  return touched.length > 0 ? [boardChange(before, after, touched)] : [];
}

const byOrder = onceFor((tasks: readonly Task[]) => groupBy(tasks, (task) => task.order));

/** The tasks of an order, as the plan lists them. */
export const tasksOf = ({ plan }: Workspace, order: OrderId): readonly Task[] =>
  byOrder(plan.tasks).get(order) ?? [];

export function boardState(workspace: Workspace): BoardState {
  return {
    revision: workspace.revision,
    figures: figuresFromSchedule(workspace.plan, workspace.schedule),
    movedSincePublished: movedSincePublished(workspace).length,
    undo: workspace.undo,
    redo: workspace.redo,
    scenario: workspace.scenario,
    scenarios: workspace.scenarios,
    adherence: adherenceOf(promisedPlaces(workspace), workspace.progress.values(), {
      start: workspace.plan.now - DAY,
      end: Infinity,
    }),
    overrides: overridesOf(workspace),
    unseen: unseenLines(workspace),
  };
}

function overridesOf({ events, plan }: Workspace): BoardState['overrides'] {
  const { starts, overridden } = overridesFromEvents(events, { start: plan.now - DAY, end: Infinity });
  return { starts, overridden };
}

function unseenLines(workspace: Workspace): BoardState['unseen'] {
  const since = workUnitsOf(workspace).flatMap(({ id }) => unseenSince(workspace, id) ?? []);
  return since.length === 0 ? null : { lines: since.length, since: Math.min(...since) };
}

const placesIn = onceFor((version: Version) =>
  indexBy(version.schedule.assignments, (assignment) => assignment.task),
);

const promisedIn = onceFor((version: Version) => {
  const places = new Map(placesIn(version));
  for (const { task, place } of version.begun) {
    if (place) places.set(task, place);
    else places.delete(task);
  }
  return places;
});

export const commentsByTask = onceFor((comments: readonly Comment[]) =>
  groupBy(comments, (comment) => comment.task),
);

const isMovedSince = (workspace: Workspace, now: Assignment): boolean => {
  const { version, progress } = workspace;
  if (version === null || hasStarted(progress.get(now.task))) return false;
  return isElsewhere(workspace, now.task, now);
};

/** Tasks that stand elsewhere than in the published version, are new in it or gone from it; those that have started stand where they are. */
export function movedSincePublished(workspace: Workspace): TaskId[] {
  const { draft, plan, progress } = workspace;
  const moved = movedIn(publishedPlaces(workspace))(draft)(plan.tasks);
  return moved.filter((task) => !hasStarted(progress.get(task)));
}

/** As if nothing had started: asked after every report, and the same after all of them. */
const movedIn = onceFor((published: ReadonlyMap<TaskId, Assignment>) =>
  onceFor((draft: Draft) =>
    onceFor((tasks: readonly Task[]): readonly TaskId[] => {
      const placed = new Set<TaskId>();
      const moved: TaskId[] = [];
      for (const { id } of tasks) {
        const place = draft.get(id)?.assignment;
        if (!place) continue;
        placed.add(id);
        if (differs(published.get(id), place)) moved.push(id);
      }
      return [...moved, ...[...published.keys()].filter((task) => !placed.has(task))];
    }),
  ),
);

/** Tasks that stand where they are published and are for other people, or with other instruments, than published. */
export function restaffedSincePublished(workspace: Workspace): TaskId[] {
  const { assignments, progress } = workspace;
  return [...publishedPlaces(workspace)].flatMap(([task, then]) => {
    const now = assignments.get(task);
    const isSame = now && !hasStarted(progress.get(task)) && !isElsewhere(workspace, task, now);
    return isSame && isRestaffed(then, now) ? task : [];
  });
}

const publishedPlaces = ({ version }: Workspace): ReadonlyMap<TaskId, Assignment> =>
  version ? placesIn(version) : NOWHERE;
const NOWHERE: ReadonlyMap<TaskId, Assignment> = new Map();

/** What starts are held against: for a task that has begun, the place of the version that was in force then. */
export const promisedPlaces = ({ version }: Workspace): ReadonlyMap<TaskId, Assignment> =>
  version ? promisedIn(version) : new Map();

/** Whether that place, or none, is another than the published version has. */
export const isElsewhere = (workspace: Workspace, task: TaskId, now: Assignment | undefined): boolean =>
  differs(publishedPlaces(workspace).get(task), now);

const differs = (then: Assignment | undefined, now: Assignment | undefined): boolean =>
  then?.start !== now?.start || then?.unit !== now?.unit || then?.end !== now?.end;

/** One bar of one task that has a place. */
export function barOf(workspace: Workspace, id: TaskId): BoardBar | null {
  const task = workspace.tasks.get(id);
  const bars = task ? barsOf(workspace, tasksOf(workspace, task.order)) : [];
  return bars.find((bar) => bar.task === id) ?? null;
}

function barsOf(workspace: Workspace, tasks: readonly Task[]): BoardBar[] {
  const frozen = new Set(workspace.plan.frozen.map(({ task }) => task));
  const restricted = unusableLots(workspace);
  const bars: BoardBar[] = [];
  for (const [order, ofOrder] of groupBy(tasks, (task) => task.order)) {
    const late = latenessOf(ofOrder, workspace.assignments);
    const product = productOf(workspace, order);
    for (const task of ofOrder) {
      const assignment = workspace.assignments.get(task.id);
      if (assignment) bars.push(bar(workspace, task, assignment, late, product, frozen, restricted));
    }
  }
  return bars;
}

function bar(
  workspace: Workspace,
  task: Task,
  assignment: Assignment,
  late: Seconds,
  product: string,
  frozen: ReadonlySet<TaskId>,
  restricted: ReadonlySet<string>,
): BoardBar {
  const planned = workspace.draft.get(task.id)?.assignment ?? assignment;
  const progress = workspace.progress.get(task.id);
  const done = progress ? progress.good + progress.scrap : 0;
  return {
    task: task.id,
    order: task.order,
    orderName: task.orderName,
    name: task.name,
    product,
    domain: task.domain,
    unit: assignment.unit,
    start: planned.unit === assignment.unit ? planned.start : assignment.start,
    runStart: planned.unit === assignment.unit ? planned.runStart : assignment.runStart,
    end: planned.unit === assignment.unit ? planned.end : assignment.end,
    quantity: task.quantity,
    uom: task.uom,
    estimate: estimateOf(workspace, task, assignment),
    remaining: remainingShown(workspace, task, assignment),
    due: task.due,
    late,
    pin: workspace.draft.get(task.id)?.pin ?? null,
    frozen: frozen.has(task.id),
    commitment: workspace.commitments.get(task.id) ?? null,
    work: progress?.state.kind ?? 'waiting',
    actualStart: progress?.actualStart ?? null,
    actualEnd: progress?.actualEnd ?? (progress && hasStarted(progress) ? assignment.end : null),
    progress:
      progress?.state.kind === 'completed' ? 1 : task.quantity > 0 ? Math.min(1, done / task.quantity) : 0,
    blocked: task.materials.some((need) => need.lots.some(({ lot }) => restricted.has(lot))),
    family: task.family ?? null,
    people: assignment.people.map(({ person, start, end }) => ({ person, start, end })),
    instruments: assignment.instruments,
    qualifications: [...new Set(task.people.map(({ qualification }) => qualification))],
    missing: hasStarted(progress) ? [] : missingFor(workspace, task, assignment),
    moved: isMovedSince(workspace, assignment),
    comments: commentsByTask(workspace.comments).get(task.id)?.length ?? 0,
  };
}

/** Seconds by which the last placed task of the order ends after its due date. */
function latenessOf(tasks: readonly Task[], assignments: ReadonlyMap<TaskId, Assignment>): Seconds {
  let late = 0;
  for (const task of tasks) {
    const end = assignments.get(task.id)?.end;
    if (end !== undefined) late = Math.max(late, end - task.due);
  }
  return late;
}

const unusableLots = ({ plan }: Workspace): Set<string> =>
  new Set(
    plan.plant.lots
      .filter((lot) => lot.disposition === 'Restricted' || (usableFrom(lot) ?? plan.now + 1) > plan.now)
      .map((lot) => lot.id),
  );

export function productOf(workspace: Workspace, id: OrderId): string {
  const product = workspace.orders.get(id)?.product;
  return product ? (materialNames(workspace.plant).get(product) ?? product) : '';
}

const materialNames = onceFor(
  ({ materials }: Plant) => new Map(materials.map((material) => [material.id, material.name])),
);

function unplacedOf(workspace: Workspace): UnplacedTask[] {
  return workspace.schedule.unplaced.flatMap((unplaced) => {
    const task = workspace.tasks.get(unplaced.task);
    if (!task) return [];
    const { order, orderName, name, domain } = task;
    return [{ ...unplaced, order, orderName, name, domain }];
  });
}

/** The units that carry tasks, by area as the plant lists them. */
export function workUnitsOf(workspace: Workspace): Equipment[] {
  return workspace.plant.equipment.filter(isWorkUnit);
}

export function groupNameOf(workspace: Workspace, equipment: Equipment): string {
  return (equipment.parent && workspace.equipment.get(equipment.parent)?.name) || 'Plant';
}

/** The area that a unit's group stands in; null where the group is that area, or there is none. */
function areaNameOf({ equipment: all }: Workspace, { parent }: Equipment): string | null {
  const group = parent ? all.get(parent) : undefined;
  if (group?.level === 'Area') return null;
  let above = group;
  while (above && above.level !== 'Area') above = above.parent ? all.get(above.parent) : undefined;
  return above?.name ?? null;
}

/** Everybody, by job; a shift off is closed time. */
function peopleOf({ plan, plant }: Workspace): BoardResource[] {
  const closed = closedIn(plan.horizon)(plant);
  return plant.people.map((person) => ({
    id: person.id,
    name: person.name,
    group: person.classes[0] ?? 'People',
    closed: person.calendar ? (closed.get(person.calendar) ?? []) : [],
  }));
}

/** Equipment that tasks borrow, by class. */
function instrumentsOf({ plan, plant }: Workspace): BoardResource[] {
  const closed = closedIn(plan.horizon)(plant);
  return plant.equipment.filter(isInstrument).map((one) => ({
    id: one.id,
    name: one.name,
    group: one.classes[0] ?? 'Instruments',
    closed: one.calendar ? (closed.get(one.calendar) ?? []) : [],
  }));
}

/** Closed time by calendar, computed once per horizon: a year of shifts is not free. */
const closedIn = onceFor((horizon: Interval) =>
  onceFor(
    ({ calendars }: Plant) =>
      new Map(calendars.map((calendar) => [calendar.id, subtract([horizon], openTime(calendar, horizon))])),
  ),
);

/** Rows of which a line reported something. */
function changedRows(before: Workspace, after: Workspace): BoardRow[] {
  if (before.units === after.units && before.plan.plant === after.plan.plant) return [];
  const told = (row: BoardRow): string => JSON.stringify([row.state, row.downtimes, row.reported]);
  const known = new Map(rowsOf(before).map((row) => [row.unit, told(row)]));
  return rowsOf(after).filter((row) => known.get(row.unit) !== told(row));
}

function rowsOf(workspace: Workspace): BoardRow[] {
  const closed = closedIn(workspace.plan.horizon)(workspace.plant);
  const downtimes = groupBy(workspace.plan.plant.downtimes, (downtime) => downtime.equipment);
  return workUnitsOf(workspace).map((unit) => ({
    unit: unit.id,
    name: unit.name,
    group: groupNameOf(workspace, unit),
    area: areaNameOf(workspace, unit),
    level: unit.level,
    closed: unit.calendar ? (closed.get(unit.calendar) ?? []) : [],
    downtimes: (downtimes.get(unit.id) ?? []).map((downtime) => ({
      start: downtime.start,
      end: downtime.end ?? null,
      reason: downtime.reason,
      planned: downtime.planned,
    })),
    state: workspace.units.get(unit.id)?.state ?? 'NO_ORDER',
    reported: workspace.units.get(unit.id)?.since ?? null,
  }));
}
