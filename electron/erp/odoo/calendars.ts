import { groupBy } from '#shared/base/group.ts';
import type { CalendarEntryType, WorkCalendar } from '#shared/time/calendar.ts';
import { DAY, type Instant } from '#shared/time/instant.ts';
import { addDays, instantFromLocal, localDateOf, weekdayOf } from '#shared/time/zone.ts';
import { type Row, linkIn, numberIn, textIn } from '#electron/erp/rows.ts';
import { type Scope, keep, warn } from '#electron/erp/scope.ts';
import { idOf, timeIn } from './scope.ts';

export const CALENDAR_FIELDS = ['name', 'tz', 'two_weeks_calendar', 'write_date'];
export const ATTENDANCE_FIELDS = [
  'calendar_id',
  'name',
  'dayofweek',
  'hour_from',
  'hour_to',
  'day_period',
  'week_type',
  'display_type',
  'date_from',
  'date_to',
  'resource_id',
  'write_date',
];
export const LEAVE_FIELDS = [
  'name',
  'calendar_id',
  'resource_id',
  'date_from',
  'date_to',
  'time_type',
  'write_date',
];

/** What alternates by weeks or is bound to dates is written out for so long: shifts here repeat every week. */
const WRITTEN_OUT = 182 * DAY;

type Entry = WorkCalendar['entries'][number];

/**
 * Working times with the holidays of all resources. A leave of one resource is a downtime of its work centre; a leave of
 * type `other` is a work order that Odoo has planned, and no leave at all.
 */
export function decodeCalendars(
  scope: Scope,
  calendars: readonly Row[],
  attendances: readonly Row[],
  leaves: readonly Row[],
  now: Instant,
): void {
  for (const calendar of calendars) {
    const zone = textIn(calendar, 'tz') ?? 'UTC';
    const own = attendances.filter(
      (row) =>
        linkIn(row, 'calendar_id') === calendar.id && isWork(row) && linkIn(row, 'resource_id') === undefined,
    );
    const weekly = own.filter((row) => !isDated(row));
    const holidays = leaves.filter(
      (row) =>
        linkIn(row, 'resource_id') === undefined &&
        (linkIn(row, 'calendar_id') ?? calendar.id) === calendar.id &&
        textIn(row, 'time_type') !== 'other',
    );
    const place = { model: 'resource.calendar', id: calendar.id };
    if (weekly.length < own.length) {
      warn(
        scope,
        place,
        'attendance_ids',
        'Its shifts that alternate or end are known for the next 26 weeks only.',
      );
    }
    keep(scope, 'calendars', place, {
      id: idOf(scope, 'C', calendar.id),
      name: textIn(calendar, 'name') ?? String(calendar.id),
      zone,
      shifts: [
        ...groupBy(
          weekly,
          (row) => `${clockOf(numberIn(row, 'hour_from'))}–${clockOf(numberIn(row, 'hour_to'))}`,
        ),
      ].map(([name, same]) => ({
        name,
        days: [...new Set(same.map((row) => Number(textIn(row, 'dayofweek') ?? '0') + 1))].sort(
          (a, b) => a - b,
        ),
        from: name.slice(0, 5),
        to: name.slice(6),
      })),
      entries: [
        ...own.filter(isDated).flatMap((row) => writtenOut(row, zone, now)),
        ...holidays.flatMap((row) => closed(row, 'HOLIDAY')),
      ],
    });
  }
}

const isWork = (row: Row): boolean =>
  textIn(row, 'day_period') !== 'lunch' &&
  textIn(row, 'display_type') === undefined &&
  numberIn(row, 'hour_to') > numberIn(row, 'hour_from');

const isDated = (row: Row): boolean =>
  textIn(row, 'week_type') !== undefined ||
  textIn(row, 'date_from') !== undefined ||
  textIn(row, 'date_to') !== undefined;

function writtenOut(row: Row, zone: string, now: Instant): Entry[] {
  const entries: Entry[] = [];
  const last = min(localDateOf(zone, now + WRITTEN_OUT), textIn(row, 'date_to'));
  const first = max(localDateOf(zone, now - 7 * DAY), textIn(row, 'date_from'));
  const week = textIn(row, 'week_type');
  for (let date = first; date <= last; date = addDays(date, 1)) {
    if (weekdayOf(date) !== Number(textIn(row, 'dayofweek') ?? '0') + 1) continue;
    if (week !== undefined && Number(week) !== weekTypeOf(date)) continue;
    const to = clockOf(numberIn(row, 'hour_to'));
    const start = instantFromLocal(zone, date, clockOf(numberIn(row, 'hour_from')));
    const end = instantFromLocal(zone, to === '00:00' ? addDays(date, 1) : date, to);
    entries.push({ type: 'SHIFT', interval: { start, end } });
  }
  return entries;
}

const min = (a: string, b: string | undefined): string => (b !== undefined && b < a ? b : a);
const max = (a: string, b: string | undefined): string => (b !== undefined && b > a ? b : a);

/** Odoo counts weeks from the first Monday of year 1 on and tells them apart by parity. */
const DAYS_TO_1970 = 719_162;
const weekTypeOf = (date: string): number =>
  Math.floor((DAYS_TO_1970 + Date.parse(`${date}T00:00:00Z`) / (DAY * 1000)) / 7) % 2;

/** Hours as a decimal number in the time of day; 24 is the midnight after. */
function clockOf(hours: number): string {
  const minutes = Math.round(hours * 60) % (24 * 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function closed(row: Row, type: CalendarEntryType): Entry[] {
  const [start, end] = [timeIn(row, 'date_from'), timeIn(row, 'date_to')];
  if (start === undefined || end === undefined || end <= start) return [];
  const reason = textIn(row, 'name');
  return [{ type, interval: { start, end }, ...(reason !== undefined && { reason }) }];
}
