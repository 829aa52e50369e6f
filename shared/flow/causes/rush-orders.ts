import { groupBy, indexBy } from '#shared/base/group.ts';
import type { Cause } from '#shared/domain/case.ts';
import { isShared } from '#shared/domain/equipment.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import { orderNameOf } from '#shared/domain/of-order.ts';
import { bindsEnd } from '#shared/domain/relation.ts';
import type { Task } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';
import { type Interval, subtract } from '#shared/time/interval.ts';
import { openTimesOf } from '#shared/flow/open-times.ts';
import { CASE_HORIZON, type Situation } from './situation.ts';

/**
 * A rush order is a production order that came after what is published, is due within the horizon of cases, and that no gap
 * of what is published holds until it is due. People, tools, setups by sequence and the loads of shared units are left
 * out: a case is opened only where it is certain that something has to give way. It closes once a version knows the order,
 * a gap holds it (another due date, a gap that came free), a line has begun with it, or it is not wanted any more.
 */
export function causesFromRushOrders({ plan, version, progress, when }: Situation): Cause[] {
  const known = new Set<string>(
    [...version.schedule.assignments, ...version.schedule.unplaced].map(({ task }) => task),
  );
  const fresh = groupBy(
    plan.tasks.filter((task) => !known.has(task.id)),
    (task) => task.order,
  );
  const planned = new Set(plan.tasks.filter((task) => known.has(task.id)).map((task) => task.order));
  const soon = [...fresh].filter(
    ([order, tasks]) =>
      !planned.has(order) &&
      tasks.some(({ domain }) => domain === 'production') &&
      tasks.some(({ due }) => due < plan.now + CASE_HORIZON) &&
      !tasks.some(({ id }) => hasStarted(progress.get(id))),
  );
  if (soon.length === 0) return [];
  const shared = new Set<string>(plan.plant.equipment.filter(isShared).map(({ id }) => id));
  const taken = groupBy(
    version.schedule.assignments.filter(({ task }) => progress.get(task)?.state.kind !== 'completed'),
    ({ unit }) => unit,
  );
  const free = new Map<string, readonly Interval[]>();
  for (const [unit, open] of openTimesOf(plan))
    free.set(unit, shared.has(unit) ? open : subtract(open, taken.get(unit) ?? []));
  return soon.flatMap(([order, tasks]) => {
    const [first] = tasks;
    const due = Math.min(...tasks.map((task) => task.due));
    const ends = earliestEnds(tasks, free, plan.now);
    if (Math.max(...ends) <= due) return [];
    const text = `${first ? orderNameOf(first) : order} came after version ${version.number}, is due ${when(due)} and fits in no gap before it`;
    const must = Math.max(plan.now, due - tasks.reduce((sum, task) => sum + shortest(task), 0));
    return [
      {
        key: `rush ${order}`,
        kind: 'rushOrder' as const,
        object: first?.order ?? order,
        text,
        tasks: tasks.map(({ id }) => id),
        deadline: must,
        free: null,
      },
    ];
  });
}

const shortest = (task: Task): number => Math.min(...task.modes.map(({ run }) => run));

/** The earliest end of each task in the gaps, one after what comes before it. */
function earliestEnds(
  tasks: readonly Task[],
  free: ReadonlyMap<string, readonly Interval[]>,
  now: Instant,
): Instant[] {
  const byId = indexBy(tasks, (task) => task.id);
  const ends = new Map<string, Instant>();
  const endOf = (task: Task): Instant => {
    const known = ends.get(task.id);
    if (known !== undefined) return known;
    const from = task.after.reduce(
      (latest, link) => {
        const before = byId.get(link.task);
        return before && link.from === 'end' && link.transfer === undefined && !bindsEnd(link)
          ? Math.max(latest, endOf(before) + link.minLag)
          : latest;
      },
      Math.max(now, task.release),
    );
    const end = Math.min(
      ...task.modes.map(({ unit, run }) => firstFit(free.get(unit) ?? [], from, run, task.crossBreak)),
    );
    ends.set(task.id, end);
    return end;
  };
  return tasks.map(endOf);
}

/** A task that may pause needs only so much open time; any other a gap that holds it. */
function firstFit(
  gaps: readonly Interval[],
  from: Instant,
  run: number,
  crossBreak: 'none' | 'pause',
): Instant {
  let left = run;
  for (const gap of gaps) {
    const start = Math.max(gap.start, from);
    const room = gap.end - start;
    if (room <= 0) continue;
    if (room >= left) return start + left;
    if (crossBreak === 'pause') left -= room;
  }
  return Infinity;
}
