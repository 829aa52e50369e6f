import { groupBy, indexBy } from '#shared/base/group.ts';
import { type Equipment, isWorkUnit } from '#shared/domain/equipment.ts';
import type { PeopleNeed } from '#shared/domain/needs.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Assignment, Schedule } from '#shared/domain/schedule.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import type { TestResult, TestSpecId } from '#shared/domain/test-result.ts';
import type { Instant } from '#shared/time/instant.ts';
import { type Interval, intersect, overlaps, totalLength } from '#shared/time/interval.ts';
import { type Amount, type LoadColumns, addColumns, emptyColumns } from './load-columns.ts';
import { openTimesOf, presentTimesOf, shiftTimesOf } from './open-times.ts';

/** What a group of units, or everybody with a qualification, carries: by `kind`, the group's name or the test's. */
export interface LoadSeries extends LoadColumns {
  readonly kind: 'units' | 'people';
  readonly id: string;
  readonly name: string;
}

/** A task where it stands. */
interface Placed {
  readonly task: Task;
  readonly place: Assignment;
}

/**
 * Load and capacity of every group of work units and every qualification that tasks ask for. Load of a unit is its busy
 * time of ISO 22400, setup included; capacity is what its calendar leaves after downtimes. Capacity of a qualification is
 * who is at work with it valid.
 */
export function loadFromSchedule(plan: Plan, schedule: Schedule, edges: readonly Instant[]): LoadSeries[] {
  return [...unitSeries(plan, schedule, edges), ...peopleSeries(plan, schedule, edges)];
}

/** The tasks behind a column. */
export function tasksUnder(
  plan: Plan,
  schedule: Schedule,
  { kind, id }: Pick<LoadSeries, 'kind' | 'id'>,
  during: Interval,
): TaskId[] {
  const units = new Map(plan.plant.equipment.map((unit) => [unit.id, unit]));
  return placedIn(plan, schedule).flatMap(({ task, place }) => {
    if (!overlaps(place, during)) return [];
    const unit = units.get(place.unit);
    if (kind === 'units') return unit && groupOf(unit) === id ? task.id : [];
    const asks = task.people.some(
      (need) => need.qualification === id && overlaps(spanOf(need, place), during),
    );
    return asks ? task.id : [];
  });
}

function placedIn(plan: Plan, schedule: Schedule): Placed[] {
  const tasks = indexBy(plan.tasks, (task) => task.id);
  return schedule.assignments.flatMap((place) => {
    const task = tasks.get(place.task);
    return task ? { task, place } : [];
  });
}

const groupOf = (unit: Equipment): string => unit.parent ?? '';

function unitSeries(plan: Plan, schedule: Schedule, edges: readonly Instant[]): LoadSeries[] {
  const names = new Map<string, string>(plan.plant.equipment.map(({ id, name }) => [id, name]));
  const working = workOf(plan);
  const open = openTimesOf(plan);
  const onUnit = groupBy(placedIn(plan, schedule), ({ place }) => place.unit);
  const groups = groupBy(plan.plant.equipment.filter(isWorkUnit), groupOf);
  return [...groups].map(([id, units]) => {
    const columns = emptyColumns(edges);
    for (const unit of units) {
      const loads = loadsOn(unit, onUnit.get(unit.id) ?? [], working);
      const capacity = (open.get(unit.id) ?? []).map((span) => ({ ...span, amount: unit.capacity ?? 1 }));
      addColumns(columns, edges, loads, capacity);
    }
    return { kind: 'units', id, name: names.get(id) ?? 'Plant', ...columns };
  });
}

/** What a unit carries: one task at a time, or several with their loads. */
function loadsOn(unit: Equipment, placed: readonly Placed[], working: Work): Amount[] {
  return placed.flatMap(({ task, place }) => {
    const amount = task.modes.find((mode) => mode.unit === unit.id)?.load ?? 1;
    return working(task, place, place).map((span) => ({ ...span, amount }));
  });
}

function peopleSeries(plan: Plan, schedule: Schedule, edges: readonly Instant[]): LoadSeries[] {
  const working = workOf(plan);
  const asked = new Map<TestSpecId, Amount[]>();
  for (const { task, place } of placedIn(plan, schedule)) {
    for (const need of task.people) {
      const amount = need.count * (need.attention ?? 1);
      const spans = working(task, place, spanOf(need, place)).map((span) => ({ ...span, amount }));
      const known = asked.get(need.qualification);
      if (known) known.push(...spans);
      else asked.set(need.qualification, spans);
    }
  }
  const specs = new Map(plan.plant.testSpecs.map((spec) => [spec.id, spec.name]));
  return [...asked]
    .map(([id, loads]): LoadSeries => {
      const columns = emptyColumns(edges);
      addColumns(columns, edges, loads, presentWith(plan, id));
      return { kind: 'people', id, name: specs.get(id) ?? id, ...columns };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The part of a task over which a need lasts. */
function spanOf({ during }: PeopleNeed, { start, runStart, end }: Assignment): Interval {
  return { start: during === 'run' ? runStart : start, end: during === 'setup' ? runStart : end };
}

/** Everybody at work while the qualification is valid. */
function presentWith(plan: Plan, qualification: TestSpecId): Amount[] {
  const present = presentTimesOf(plan);
  const results = groupBy(
    plan.plant.testResults.filter(({ spec }) => spec === qualification),
    ({ subject }) => subject,
  );
  return plan.plant.people.flatMap(({ id }) => {
    const valid = validTimes(results.get(id) ?? [], plan.horizon);
    return intersect(present.get(id) ?? [], valid).map((span) => ({ ...span, amount: 1 }));
  });
}

/** From each pass to its expiry or the next result, whatever that says. */
function validTimes(results: readonly TestResult[], horizon: Interval): Interval[] {
  const sorted = results.toSorted((a, b) => a.evaluated - b.evaluated);
  return sorted.flatMap(({ passed, evaluated, expires }, index) => {
    const end = Math.min(expires ?? horizon.end, sorted[index + 1]?.evaluated ?? horizon.end);
    return passed && end > evaluated ? { start: evaluated, end } : [];
  });
}

/** What of sorted windows lies within a span. */
function within(windows: readonly Interval[], { start, end }: Interval): Interval[] {
  const inside: Interval[] = [];
  for (const window of windows) {
    if (window.start >= end) break;
    if (window.end <= start) continue;
    inside.push({ start: Math.max(window.start, start), end: Math.min(window.end, end) });
  }
  return inside;
}

type Work = (task: Task, place: Assignment, span: Interval) => readonly Interval[];

/**
 * When a task works within a span: what pauses asks for nothing while its unit is closed. A downtime that its end does
 * not reckon with is no pause but work that cannot be done.
 */
function workOf(plan: Plan): Work {
  const open = openTimesOf(plan);
  const shifts = shiftTimesOf(plan);
  return (task, place, span) => {
    if (task.crossBreak === 'none') return span.end > span.start ? [span] : [];
    const run = task.modes.find((mode) => mode.unit === place.unit)?.run ?? 0;
    const times = open.get(place.unit) ?? [];
    const reckons = totalLength(within(times, place)) >= place.setup + run;
    return within(reckons ? times : (shifts.get(place.unit) ?? []), span);
  };
}
