import type { Plan } from '#shared/domain/plan.ts';
import { type CalendarId, openTime } from '#shared/time/calendar.ts';
import { formatLocal } from '#shared/time/format.ts';
import { HOUR } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';
import type { Candidate, Kind } from './remedy.ts';

const LENGTHS = [1, 2, 4].map((hours) => hours * HOUR);
/** So many ends of shifts are tried, those nearest to the due date first: what is made good there is not lost again. */
const MOST_EVENINGS = 6;

/** A shift is extended once: the units of a calendar, and the people who work there then, go on for some hours. */
export const overtime: Kind = ({ plan, tasks, due }) => {
  const units = new Set<string>(tasks.flatMap((task) => task.modes.map(({ unit }) => unit)));
  const calendars = new Set(
    plan.plant.equipment.flatMap((unit) => (units.has(unit.id) && unit.calendar ? [unit.calendar] : [])),
  );
  const candidates: { length: number; candidate: Candidate }[] = [];
  for (const id of calendars) {
    const calendar = plan.plant.calendars.find((one) => one.id === id);
    if (!calendar) continue;
    const open = openTime(calendar, plan.horizon);
    const evenings = open
      .map((window) => window.end)
      .filter((end) => end > plan.now && end < due)
      .slice(-MOST_EVENINGS);
    for (const from of evenings) {
      const next = open.find((window) => window.start > from)?.start ?? plan.horizon.end;
      for (const length of LENGTHS) {
        if (from + length > next) continue;
        candidates.push({
          length,
          candidate: {
            text: `Work ${length / HOUR} h longer on ${calendar.name} from ${formatLocal(calendar.zone, from)}`,
            plan: extended(plan, id, { start: from, end: from + length }),
          },
        });
      }
    }
  }
  return candidates.toSorted((a, b) => a.length - b.length).map(({ candidate }) => candidate);
};

/** The calendar, and those of the people who are there when it closes, open a little longer. */
function extended(plan: Plan, id: CalendarId, during: Interval): Plan {
  const { plant, horizon } = plan;
  const worked = new Set(plant.people.map((person) => person.calendar));
  return {
    ...plan,
    plant: {
      ...plant,
      calendars: plant.calendars.map((calendar) => {
        const stays =
          calendar.id === id ||
          (worked.has(calendar.id) &&
            openTime(calendar, horizon).some(
              ({ start, end }) => start < during.start && end >= during.start,
            ));
        return stays
          ? { ...calendar, entries: [...calendar.entries, { type: 'OVERTIME' as const, interval: during }] }
          : calendar;
      }),
    },
  };
}
