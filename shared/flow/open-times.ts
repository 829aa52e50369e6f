import { groupBy, indexBy } from '#shared/base/group.ts';
import { type EquipmentId, downUntil, isWorkUnit } from '#shared/domain/equipment.ts';
import type { PersonId } from '#shared/domain/person.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { type CalendarId, type WorkCalendar, openTime, overtimeIn } from '#shared/time/calendar.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import { type Interval, intersect, subtract } from '#shared/time/interval.ts';

/** Local time is slow to work out and calendars change only with an import: the last horizon's answer is kept with each. */
const kept = new WeakMap<WorkCalendar, { horizon: Interval; open: readonly Interval[] }>();

function openOf(calendar: WorkCalendar, horizon: Interval): readonly Interval[] {
  const last = kept.get(calendar);
  if (last && last.horizon.start === horizon.start && last.horizon.end === horizon.end) return last.open;
  const open = openTime(calendar, horizon);
  kept.set(calendar, { horizon, open });
  return open;
}

/** When somebody or something with a calendar is there within the horizon; always without one. */
function presence({
  plant,
  horizon,
}: Plan): (of: { calendar?: CalendarId | undefined }) => readonly Interval[] {
  const calendars = indexBy(plant.calendars, (calendar) => calendar.id);
  const always = intersect([horizon], [horizon]);
  return ({ calendar: id }) => {
    const calendar = id && calendars.get(id);
    return calendar ? openOf(calendar, horizon) : always;
  };
}

/** When each work unit is open by its calendar, whether it is down or not. */
export function shiftTimesOf(plan: Plan): Map<EquipmentId, readonly Interval[]> {
  const present = presence(plan);
  return new Map(plan.plant.equipment.filter(isWorkUnit).map((unit) => [unit.id, present(unit)]));
}

/** When each person is at work. */
export function presentTimesOf(plan: Plan): Map<PersonId, readonly Interval[]> {
  const present = presence(plan);
  return new Map(plan.plant.people.map((person) => [person.id, present(person)]));
}

/** When each work unit can be used within the horizon: its calendar without its downtimes. */
export function openTimesOf(plan: Plan): Map<EquipmentId, readonly Interval[]> {
  const downs = groupBy(plan.plant.downtimes, (downtime) => downtime.equipment);
  const times = shiftTimesOf(plan);
  for (const [unit, open] of times) {
    const down = downs.get(unit);
    if (!down) continue;
    const closed = down.map((entry) => ({ start: entry.start, end: downUntil(entry, plan.now) }));
    times.set(unit, subtract(open, closed));
  }
  return times;
}

/** When each work unit is open only because overtime is worked; units without overtime are not in it. */
export function overtimesOf(plan: Plan): Map<EquipmentId, readonly Interval[]> {
  const calendars = indexBy(plan.plant.calendars, (calendar) => calendar.id);
  const overtimes = new Map<EquipmentId, readonly Interval[]>();
  const openOf = openTimesOf(plan);
  for (const { id, calendar: name } of plan.plant.equipment) {
    const open = openOf.get(id);
    const calendar = name && calendars.get(name);
    const spans = open && calendar ? overtimeIn(calendar, plan.horizon) : [];
    if (open && spans.length > 0) overtimes.set(id, intersect(spans, open));
  }
  return overtimes;
}

/** Open seconds before an instant, in logarithmic time. */
export function openSecondsBefore(open: readonly Interval[]): (at: Instant) => Seconds {
  const before: Seconds[] = [];
  let sum = 0;
  for (const window of open) {
    before.push(sum);
    sum += window.end - window.start;
  }
  return (at) => {
    let low = 0;
    let high = open.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((open[middle]?.end ?? 0) > at) high = middle;
      else low = middle + 1;
    }
    const window = open[low];
    return window ? (before[low] ?? 0) + Math.max(0, at - window.start) : sum;
  };
}
