import { onceFor } from '#shared/base/once-for.ts';
import { COMMITMENTS } from '#shared/domain/commitment.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import type { Drop, Verdict } from '#shared/domain/verdict.ts';
import { shareOf, utilisationOf } from '#shared/flow/figures-from-schedule.ts';
import { isElsewhere } from './board-view.ts';
import { whyNoEstimate } from './estimates.ts';
import { carriedBy } from './move-tasks.ts';
import type { Station } from './station.ts';
import type { Workspace } from './workspace.ts';

/** Whether a task may be put down there, and what of the planner's figures that would change. Nothing is stored. */
export function tryDrop({ timetable, workspace }: Station, drop: Drop): Verdict {
  const { task, unit, start, ...how } = drop;
  const known = how.estimate === undefined ? undefined : workspace.tasks.get(task);
  const refusal = known ? whyNoEstimate(workspace, known) : null;
  if (refusal) return { ok: false, refusal, nearest: null };
  const { verdict, places, tardiness, weightedTardiness } = timetable.trial(task, unit, start, {
    ...how,
    others: carriedBy(workspace, drop),
  });
  if (!verdict.ok) return verdict;
  const figures = {
    lateOrders: verdict.lateOrders,
    tardiness,
    weightedTardiness,
    setup: verdict.setupChange,
    load: loadAfter(workspace, places) - utilisation(workspace).load,
    movedSincePublished: movedChange(workspace, places),
  };
  const bound = [task, ...carriedBy(workspace, drop)].map((one) => workspace.commitments.get(one));
  const commitment = COMMITMENTS.find((one) => bound.includes(one));
  return { ...verdict, ...(commitment && { commitment }), figures };
}

/** What load is made of before a drop, worked out once for every workspace. */
const utilisation = onceFor(({ plan, schedule }: Workspace) => {
  const { busy, open } = utilisationOf(plan);
  const sum = schedule.assignments.reduce((total, place) => total + busy(place), 0);
  const last = lastEnd(plan.now, schedule.assignments);
  return { busy, open, sum, load: shareOf(sum, open(last)) };
});

function lastEnd(now: number, places: Iterable<Assignment>): number {
  let last = now;
  for (const { end } of places) last = Math.max(last, end);
  return last;
}

function loadAfter(workspace: Workspace, places: readonly Assignment[]): number {
  const { busy, open, sum } = utilisation(workspace);
  const next = new Map(places.map((place) => [place.task, place]));
  let change = 0;
  for (const place of places) {
    const before = workspace.assignments.get(place.task);
    change += busy(place) - (before ? busy(before) : 0);
  }
  const stay = workspace.schedule.assignments.filter(({ task }) => !next.has(task));
  return shareOf(sum + change, open(lastEnd(lastEnd(workspace.plan.now, stay), places)));
}

function movedChange(workspace: Workspace, places: readonly Assignment[]): number {
  let change = 0;
  for (const place of places) {
    if (hasStarted(workspace.progress.get(place.task))) continue;
    const before = workspace.assignments.get(place.task);
    change +=
      Number(isElsewhere(workspace, place.task, place)) - Number(isElsewhere(workspace, place.task, before));
  }
  return change;
}
