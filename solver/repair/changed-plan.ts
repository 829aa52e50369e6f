import { assertNever } from '#shared/base/must.ts';
import type { Change } from '#shared/domain/change.ts';
import { DowntimeId } from '#shared/domain/equipment.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { CalendarId, type WorkCalendar } from '#shared/time/calendar.ts';
import type { Interval } from '#shared/time/interval.ts';

/** The plan after the change; what a drop asks for is no part of the plan. */
export function planAfter(plan: Plan, change: Change): Plan {
  const { plant } = plan;
  switch (change.kind) {
    case 'reported':
    case 'drop':
      return plan;
    case 'breakdown': {
      const { unit: equipment, from: start, until: end } = change;
      const id = DowntimeId.parse(`breakdown of ${equipment} ${start}`);
      const downtime = { id, equipment, start, end, reason: 'Breakdown', planned: false };
      return { ...plan, plant: { ...plant, downtimes: [...plant.downtimes, downtime] } };
    }
    case 'lateLot':
      return {
        ...plan,
        plant: {
          ...plant,
          lots: plant.lots.map((lot) =>
            lot.id === change.lot ? { ...lot, availableFrom: change.from } : lot,
          ),
        },
      };
    case 'notBefore':
      return {
        ...plan,
        tasks: plan.tasks.map((task) =>
          task.id === change.task ? { ...task, release: Math.max(task.release, change.from) } : task,
        ),
      };
    case 'absence':
      return planWithAbsence(plan, change.person, { start: change.from, end: change.until });
    default:
      return assertNever(change);
  }
}

/** The person gets a calendar of their own, closed while they are absent. */
function planWithAbsence(plan: Plan, person: string, away: Interval): Plan {
  const { plant, horizon } = plan;
  const own = plant.people.find(({ id }) => id === person)?.calendar;
  const usual = plant.calendars.find(({ id }) => id === own) ?? always(plan);
  const calendar: WorkCalendar = {
    ...usual,
    id: CalendarId.parse(`${person} absent ${away.start - horizon.start}`),
    entries: [...usual.entries, { type: 'CLOSED', interval: away, reason: 'Absent' }],
  };
  return {
    ...plan,
    plant: {
      ...plant,
      calendars: [...plant.calendars, calendar],
      people: plant.people.map((one) => (one.id === person ? { ...one, calendar: calendar.id } : one)),
    },
  };
}

const always = ({ plant, horizon }: Plan): WorkCalendar => ({
  id: CalendarId.parse('always'),
  name: 'Always',
  zone: plant.calendars[0]?.zone ?? 'UTC',
  shifts: [],
  entries: [{ type: 'SHIFT', interval: horizon }],
});
