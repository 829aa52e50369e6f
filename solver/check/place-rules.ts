import type { Task } from '#shared/domain/task.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import { type Facts, isAtOpenTime, isOpenThrough, openSecondsIn, spanAt, type Objection } from './facts.ts';

/** Rule 1: the unit is one of the task's and holds its load. */
export function runsOnOneOfItsUnits(facts: Facts, task: Task, place: Assignment, no: Objection): void {
  const load = task.modes.find((mode) => mode.unit === place.unit)?.load ?? 1;
  const capacity = facts.equipment.get(place.unit)?.capacity ?? 1;
  if (load > capacity)
    no('CAPACITY_EXCEEDED', place.unit, `is a load of ${load}, ${place.unit} holds ${capacity}`);
  if (!task.modes.some((mode) => mode.unit === place.unit) || !facts.equipment.has(place.unit)) {
    no('WRONG_UNIT', place.unit, `cannot run on ${place.unit}`);
  }
}

/** Rules 1 and 2: as long as its mode says, in the unit's open time. */
export function worksInOpenTime(facts: Facts, task: Task, place: Assignment, no: Objection): void {
  const run = task.modes.find((mode) => mode.unit === place.unit)?.run;
  const { start, runStart, end, setup } = place;
  if (run === undefined) return;
  if (!(start <= runStart && runStart < end)) {
    no('WRONG_DURATION', task.id, `start ${start}, run start ${runStart} and end ${end} are not in order`);
    return;
  }
  const open = facts.openOf(place.unit);
  if (task.crossBreak === 'none') {
    if (runStart - start !== setup || end - runStart !== run) {
      const took = `setup ${runStart - start} s and run ${end - runStart} s`;
      no('WRONG_DURATION', task.id, `takes ${took} instead of ${setup} s and ${run} s`);
    }
    if (!isOpenThrough(open, place)) {
      no(
        'UNIT_CLOSED',
        place.unit,
        `${place.unit} is not open from ${facts.when(start)} to ${facts.when(end)}`,
      );
    }
    return;
  }
  const prepared = openSecondsIn(open, { start, end: runStart });
  const worked = openSecondsIn(open, { start: runStart, end });
  if (prepared !== setup || worked !== run) {
    const took = `${prepared} open seconds of setup and ${worked} of run`;
    no('WRONG_DURATION', task.id, `has ${took} instead of ${setup} and ${run}`);
  }
  const around = open.at(spanAt(open, runStart));
  const runsOpen = around !== undefined && around.start <= runStart;
  if (!runsOpen || !isAtOpenTime(open, end) || (!isAtOpenTime(open, start) && start !== runStart)) {
    no('UNIT_CLOSED', place.unit, `starts, begins its run or ends while ${place.unit} is closed`);
  }
}

/** Rules 3 and 7: not before now, not before the release, not after the deadline, inside the horizon. */
export function keepsItsDates(facts: Facts, task: Task, place: Assignment, no: Objection): void {
  const { plan, when } = facts;
  if (place.start < plan.now) {
    no('OUTSIDE_HORIZON', task.id, `begins ${when(place.start)}, before now (${when(plan.now)})`);
  }
  if (place.start < plan.horizon.start || place.end > plan.horizon.end) {
    no('OUTSIDE_HORIZON', task.id, `stands outside the horizon, which ends ${when(plan.horizon.end)}`);
  }
  if (place.runStart < task.release) {
    no(
      'BEFORE_RELEASE',
      task.order,
      `runs ${when(place.runStart)}, before its release ${when(task.release)}`,
    );
  }
  if (task.deadline !== undefined && place.end > task.deadline) {
    no('AFTER_DEADLINE', task.order, `ends ${when(place.end)}, after its deadline ${when(task.deadline)}`);
  }
}
