import { indexBy } from '#shared/base/group.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { type Assignment, type Schedule, isMoved } from '#shared/domain/schedule.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import {
  fitsIntoStorage,
  keepsCapacity,
  runsInBatches,
  sharesAttention,
  sharesTools,
} from './capacity-rules.ts';
import { hasItsInstruments, usesValidEquipment } from './equipment-rules.ts';
import { type Facts, type Objection, type Objections, type Violation, factsOf } from './facts.ts';
import { lotRule, promisesNoLotTwice } from './material-rules.ts';
import { hasItsPeople } from './people-rules.ts';
import { keepsItsDates, runsOnOneOfItsUnits, worksInOpenTime } from './place-rules.ts';
import { keepsItsRelations } from './relation-rules.ts';
import { holdsEquipmentAlone, setsUpAsAsked } from './sequence-rules.ts';

export type { Violation } from './facts.ts';

const TASK_RULES: readonly ((facts: Facts, task: Task, place: Assignment, no: Objection) => void)[] = [
  runsOnOneOfItsUnits,
  worksInOpenTime,
  keepsItsDates,
  keepsItsRelations,
  hasItsPeople,
  hasItsInstruments,
  usesValidEquipment,
];

const SCHEDULE_RULES: readonly ((facts: Facts, no: Objections) => void)[] = [
  judgesEveryTaskOnce,
  keepsStartedTasks,
  keepsPins,
  holdsEquipmentAlone,
  keepsCapacity,
  runsInBatches,
  sharesAttention,
  sharesTools,
  fitsIntoStorage,
  setsUpAsAsked,
  promisesNoLotTwice,
  staysNearTheBaseline,
];

/**
 * Every hard rule that the schedule breaks; empty means that it can be carried out. Reads plan and schedule only, with
 * its own arithmetic, so that it also catches what went wrong between them and the solver. What has started is a fact:
 * it is not judged, but it holds its unit, people and instruments. Frozen places are the solver's to keep where it can.
 */
export function checkSchedule(plan: Plan, schedule: Schedule): Violation[] {
  const facts = factsOf(plan, schedule);
  const violations: Violation[] = [];
  const no: Objections = (task, code, object, text) =>
    violations.push({
      code,
      task,
      object,
      text: `${facts.tasks.get(task)?.name ?? task} (${task}): ${text}.`,
    });
  for (const rule of SCHEDULE_RULES) rule(facts, no);
  const keepsLots = lotRule(facts);
  for (const place of schedule.assignments) {
    const task = facts.tasks.get(place.task);
    if (!task || facts.started.has(task.id)) continue;
    const objection: Objection = (code, object, text) => no(task.id, code, object, text);
    for (const rule of TASK_RULES) rule(facts, task, place, objection);
    keepsLots(task, place, objection);
  }
  return violations;
}

/** Rule 11: every task of the plan has one place, or one reason why not. */
function judgesEveryTaskOnce({ plan, schedule, tasks }: Facts, no: Objections): void {
  const counted = new Map<TaskId, number>(plan.tasks.map((task) => [task.id, 0]));
  for (const { task } of [...schedule.assignments, ...schedule.unplaced]) {
    if (!tasks.has(task)) no(task, 'NOT_SCHEDULED', task, 'is not in the plan');
    counted.set(task, (counted.get(task) ?? 0) + 1);
  }
  for (const [task, times] of counted) {
    if (times === 0) no(task, 'NOT_SCHEDULED', task, 'has neither a place nor a reason');
    if (times > 1) no(task, 'NOT_SCHEDULED', task, `stands ${times} times in the schedule`);
  }
  for (const { task, object, text } of schedule.unplaced) {
    if (!object || !text) no(task, 'NOT_SCHEDULED', task, 'is unplaced without saying why');
  }
}

/** Rule 10: what has started stands where it started, what is completed ended when it ended. */
function keepsStartedTasks({ started, places, tasks, when }: Facts, no: Objections): void {
  for (const [task, { unit, actualStart, actualEnd }] of started) {
    const place = places.get(task);
    if (!tasks.has(task)) continue;
    const moved =
      place?.unit !== unit ||
      (actualStart !== undefined && place.start !== actualStart) ||
      (actualEnd !== undefined && place.end !== Math.max(actualEnd, place.start));
    if (moved) {
      const since = actualStart === undefined ? '' : ` at ${when(actualStart)}`;
      no(task, 'TASK_STARTED', unit, `has started on ${unit}${since} and stands elsewhere`);
    }
  }
}

/** Rule 9: what the planner pinned and what is placed stands there. */
function keepsPins({ plan, places, started, tasks, when }: Facts, no: Objections): void {
  for (const pin of plan.pins) {
    const place = places.get(pin.task);
    if (!place || started.has(pin.task)) continue;
    if (pin.unit !== undefined && place.unit !== pin.unit) {
      no(pin.task, 'PINNED', pin.unit, `is pinned on ${pin.unit} and stands on ${place.unit}`);
    }
    if (pin.start !== undefined && place.start !== pin.start) {
      no(pin.task, 'PINNED', pin.task, `is pinned at ${when(pin.start)} and begins ${when(place.start)}`);
    }
    const before = pin.after !== undefined && tasks.has(pin.after) ? places.get(pin.after) : place;
    const isBehind = before === place || (before?.unit === place.unit && before.end <= place.start);
    if (pin.after !== undefined && !isBehind) {
      no(pin.task, 'PINNED', pin.after, `is pinned behind ${pin.after} on its unit and does not stand there`);
    }
  }
}

/** Rule 12: no more tasks stand elsewhere than in the baseline than the budget allows; every one beyond is told. */
function staysNearTheBaseline({ plan, schedule, started }: Facts, no: Objections): void {
  if (!plan.budget) return;
  const before = indexBy(plan.baseline ?? [], (place) => place.task);
  const moved = schedule.assignments
    .filter((place) => {
      const was = before.get(place.task);
      return was !== undefined && !started.has(place.task) && isMoved(was, place);
    })
    .sort((a, b) => a.start - b.start);
  for (const { task } of moved.slice(plan.budget.moved)) {
    const text = `${moved.length} tasks stand elsewhere than published, ${plan.budget.moved} may`;
    no(task, 'TOO_MANY_MOVED', task, text);
  }
}
