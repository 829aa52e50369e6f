import { hasStarted } from '#shared/domain/execution.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Plant } from '#shared/domain/plant.ts';
import { baselineOf, fixedTasks, flawsOf, givenPlaces, pinnedStarts, problemFromPlan } from './from-plan.ts';
import { materialBounds } from './materials.ts';
import { shortestRuns } from './modes.ts';
import { poolsOf } from './needs.ts';
import type { Problem } from './problem.ts';
import { calendarSpans, openTables, peopleTables } from './resources.ts';
import { urgencyOf } from './slack.ts';

/**
 * The problem of the plan that followed the one that `before` was made from, the same as `problemFromPlan` gives. Tables
 * whose sources are the same objects are taken over: after an edit, a report or a downtime that is nearly all of them.
 */
export function problemFollowing(before: Problem, plan: Plan): Problem {
  const was = before.plan;
  if (!isSameWork(was, plan)) return problemFromPlan(plan);
  const given = givenPlaces(plan);
  const pinned = pinnedStarts(plan);
  const minRun = shortestRuns(before.taskCount, { task: before.modeTask, run: before.modeRun });
  const { origin, due, topological } = before;
  const spansOf = calendarSpans(plan);
  const material = isSame(was, plan, ['lots']) && isSameStart(was, plan) ? null : materialsOf(plan, given);
  return {
    ...before,
    plan,
    now: plan.now - origin,
    given,
    pinned,
    fixed: fixedTasks(given, pinned),
    urgent: urgencyOf(plan.tasks, before, topological, minRun, { given, pinned, due, origin }),
    ...(material && {
      lotFrom: material.from,
      lotBy: material.by,
      latest: material.latest,
      flaw: flawsOf(plan, given, material.flaw, before.modeFrom, topological),
    }),
    ...(isSame(was, plan, ['calendars', 'downtimes']) && !hasOpenDowntime(plan)
      ? null
      : { ...openTables(plan, spansOf), ...poolsOf(plan) }),
    ...(was.baseline === plan.baseline && was.budget === plan.budget
      ? null
      : baselineOf(plan, before.equipmentOf)),
    ...(isSame(was, plan, ['calendars', 'people', 'testSpecs', 'testResults'])
      ? null
      : peopleTables(plan, spansOf)),
  };
}

const materialsOf = (plan: Plan, given: Problem['given']) =>
  materialBounds(plan, (task) => given[task]?.kind === 'started');

/** Tasks, units, proofs and the numbers of all names are the same. */
const isSameWork = (was: Plan, plan: Plan): boolean =>
  was.tasks === plan.tasks &&
  was.horizon.start === plan.horizon.start &&
  was.horizon.end === plan.horizon.end &&
  isSame(was, plan, ['equipment', 'testSpecs', 'testResults', 'setupMatrices']) &&
  was.plant.people.length === plan.plant.people.length &&
  was.plant.people.every((person, k) => person.id === plan.plant.people[k].id) &&
  narrowing(was) === narrowing(plan);

const isSame = (was: Plan, plan: Plan, kinds: readonly (keyof Plant)[]): boolean =>
  kinds.every((kind) => was.plant[kind] === plan.plant[kind]);

/** Pins on a unit decide about the modes, pins in the sequence are relations. */
const narrowing = ({ pins }: Plan): string =>
  JSON.stringify(
    pins.flatMap(({ task, unit, after }) =>
      unit === undefined && after === undefined ? [] : [[task, unit, after]],
    ),
  );

const isSameStart = (was: Plan, plan: Plan): boolean => startedIn(was) === startedIn(plan);
const startedIn = ({ progress }: Plan): string =>
  progress.flatMap((entry) => (hasStarted(entry) ? entry.task : [])).join('\n');

/** Without an end it lasts the longer the later it is. */
const hasOpenDowntime = ({ plant }: Plan): boolean => plant.downtimes.some(({ end }) => end === undefined);
