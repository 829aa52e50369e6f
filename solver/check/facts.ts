import { groupBy, indexBy } from '#shared/base/group.ts';
import { type Equipment, type EquipmentId, downUntil, isShared } from '#shared/domain/equipment.ts';
import { type TaskProgress, hasStarted } from '#shared/domain/execution.ts';
import type { Person, PersonId } from '#shared/domain/person.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import type { RefusalCode } from '#shared/domain/refusal.ts';
import type { Assignment, Schedule } from '#shared/domain/schedule.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import type { TestResult, TestSpecId } from '#shared/domain/test-result.ts';
import { type CalendarId, openTime } from '#shared/time/calendar.ts';
import { formatLocal } from '#shared/time/format.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import { type Interval, subtract } from '#shared/time/interval.ts';

/** One broken rule: which task, what stands in the way, in words. */
export interface Violation {
  readonly code: RefusalCode;
  readonly task: TaskId;
  readonly object: string;
  readonly text: string;
}

/** An objection to the task under judgement. */
export type Objection = (code: RefusalCode, object: string, text: string) => void;

/** An objection to any task. */
export type Objections = (task: TaskId, code: RefusalCode, object: string, text: string) => void;

/** Sorted, disjoint open spans. */
export type Open = readonly Interval[];

/** A renewal that the schedule carries. */
export interface Renewal {
  readonly task: TaskId;
  readonly end: Instant;
  readonly until: Instant;
}

/** Plan and schedule, indexed for the rules. Nothing here comes from the solver. */
export interface Facts {
  readonly plan: Plan;
  readonly schedule: Schedule;
  readonly tasks: ReadonlyMap<TaskId, Task>;
  readonly places: ReadonlyMap<TaskId, Assignment>;
  readonly equipment: ReadonlyMap<EquipmentId, Equipment>;
  readonly people: ReadonlyMap<PersonId, Person>;
  /** Progress of the tasks that have started. */
  readonly started: ReadonlyMap<TaskId, TaskProgress>;
  readonly downs: ReadonlyMap<EquipmentId, Open>;
  readonly openOf: (unit: EquipmentId) => Open;
  readonly presenceOf: (person: PersonId) => Open;
  readonly resultsOf: (subject: string, spec: TestSpecId) => readonly TestResult[];
  readonly renewalsOf: (equipment: EquipmentId, test: TestSpecId) => readonly Renewal[];
  readonly when: (at: Instant) => string;
}

const ALWAYS: Open = [{ start: -Infinity, end: Infinity }];

export function factsOf(plan: Plan, schedule: Schedule): Facts {
  const { plant, horizon } = plan;
  const tasks = indexBy(plan.tasks, (task) => task.id);
  const places = indexBy(schedule.assignments, (place) => place.task);
  const equipment = indexBy(plant.equipment, (one) => one.id);
  const people = indexBy(plant.people, (one) => one.id);
  const calendars = indexBy(plant.calendars, (calendar) => calendar.id);
  const spans = remembered((id: CalendarId): Open | undefined => {
    const calendar = calendars.get(id);
    return calendar && openTime(calendar, horizon);
  });
  const downs = new Map<EquipmentId, Open>(
    [...groupBy(plant.downtimes, (entry) => entry.equipment)].map(([id, entries]) => [
      id,
      entries.map((entry) => ({ start: entry.start, end: downUntil(entry, plan.now) })),
    ]),
  );
  const results = groupBy(plant.testResults, (result) => `${result.subject}\n${result.spec}`);
  const renewals = groupBy(
    plan.tasks.flatMap(({ id, renews }) => {
      const end = places.get(id)?.end;
      return renews && end !== undefined ? [{ task: id, end, until: end + renews.validFor, renews }] : [];
    }),
    ({ renews }) => `${renews.equipment}\n${renews.test}`,
  );
  const zone = zoneOf(plant);
  return {
    plan,
    schedule,
    tasks,
    places,
    equipment,
    people,
    started: indexBy(plan.progress.filter(hasStarted), (entry) => entry.task),
    downs,
    openOf: remembered((id: EquipmentId): Open => {
      const calendar = equipment.get(id)?.calendar;
      const open = (calendar && spans(calendar)) ?? [horizon];
      const down = downs.get(id);
      return down ? subtract(open, down) : open;
    }),
    presenceOf: remembered((id: PersonId): Open => {
      const calendar = people.get(id)?.calendar;
      return (calendar && spans(calendar)) ?? ALWAYS;
    }),
    resultsOf: (subject, spec) => results.get(`${subject}\n${spec}`) ?? [],
    renewalsOf: (id, test) => renewals.get(`${id}\n${test}`) ?? [],
    when: (at) => formatLocal(zone, at),
  };
}

/** Does the unit carry several tasks at once? */
export function isSharedUnit({ equipment }: Facts, unit: EquipmentId): boolean {
  const one = equipment.get(unit);
  return one !== undefined && isShared(one);
}

function remembered<Key, Value>(answer: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const old = known.get(key);
    if (old !== undefined) return old;
    const value = answer(key);
    known.set(key, value);
    return value;
  };
}

/** The first span that ends after `at`. */
export function spanAt(open: Open, at: Instant): number {
  let low = 0;
  let high = open.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (open[middle].end > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What of `during` is open, in order. */
export function partsOf(open: Open, during: Interval): Interval[] {
  const parts: Interval[] = [];
  for (let k = spanAt(open, during.start); k < open.length && open[k].start < during.end; k += 1) {
    const start = Math.max(open[k].start, during.start);
    const end = Math.min(open[k].end, during.end);
    if (start < end) parts.push({ start, end });
  }
  return parts;
}

export const openSecondsIn = (open: Open, during: Interval): Seconds =>
  partsOf(open, during).reduce((sum, part) => sum + part.end - part.start, 0);

/** Is all of `span` inside one open span? */
export function isOpenThrough(open: Open, span: Interval): boolean {
  const around = open.at(spanAt(open, span.start));
  return around !== undefined && around.start <= span.start && span.end <= around.end;
}

/** Is this instant open, or the end of open time? */
export const isAtOpenTime = (open: Open, at: Instant): boolean => {
  const around = open.at(spanAt(open, at - 1));
  return around !== undefined && around.start <= at;
};
