import { z } from 'zod';
import { type Instant, type Seconds } from './instant.ts';
import { Interval, intersect, subtract, union } from './interval.ts';
import { LocalTime, Zone, addDays, instantFromLocal, localDateOf, weekdayOf } from './zone.ts';

/** A shift that repeats on ISO weekdays; `to` not after `from` means the next day. Wall-clock times, so its true length changes with daylight saving. */
export const ShiftPattern = z.object({
  name: z.string(),
  days: z.array(z.int().min(1).max(7)).min(1),
  from: LocalTime,
  to: LocalTime,
  breaks: z.array(z.object({ from: LocalTime, to: LocalTime })).default([]),
  /** Worked only where it is worth its price. */
  overtime: z.boolean().optional(),
});
export type ShiftPattern = z.infer<typeof ShiftPattern>;

/** Entry types of an ISA-95 work calendar; they are free codes in the standard, these are ours. */
export const CalendarEntryType = z.enum(['SHIFT', 'OVERTIME', 'BREAK', 'MAINTENANCE', 'HOLIDAY', 'CLOSED']);
export type CalendarEntryType = z.infer<typeof CalendarEntryType>;

/** ISA-95 Part 4 work calendar: repeating shifts plus dated entries, of which the closing ones win. */
export const WorkCalendar = z.object({
  id: z.string().min(1).brand<'CalendarId'>(),
  name: z.string(),
  zone: Zone,
  shifts: z.array(ShiftPattern),
  entries: z.array(z.object({ type: CalendarEntryType, interval: Interval, reason: z.string().optional() })),
});
export type WorkCalendar = z.infer<typeof WorkCalendar>;
export const CalendarId = WorkCalendar.shape.id;
export type CalendarId = z.infer<typeof CalendarId>;

const OPENING: readonly CalendarEntryType[] = ['SHIFT', 'OVERTIME'];

/** One turn of a repeating shift, with its true length. */
export interface Shift extends Interval {
  readonly name: string;
}

/** The turns of the repeating shifts that touch the horizon, by start; breaks are not cut out. */
export function shiftsOf(calendar: WorkCalendar, horizon: Interval): Shift[] {
  const turns: Shift[] = [];
  for (const date of shiftDates(calendar, horizon)) {
    for (const shift of calendar.shifts) {
      if (!shift.days.includes(weekdayOf(date))) continue;
      const turn = { name: shift.name, ...span(calendar.zone, date, shift.from, shift.to) };
      if (turn.start < horizon.end && horizon.start < turn.end) turns.push(turn);
    }
  }
  return turns.sort((a, b) => a.start - b.start);
}

/** The local dates on which a shift that touches the horizon may begin; none where there are only dated entries. */
function* shiftDates({ zone, shifts }: WorkCalendar, horizon: Interval): Generator<string> {
  if (shifts.length === 0) return;
  const last = localDateOf(zone, horizon.end);
  for (let date = addDays(localDateOf(zone, horizon.start), -1); date <= last; date = addDays(date, 1))
    yield date;
}

/** When the calendar is open within the horizon; sorted and disjoint. */
export function openTime(calendar: WorkCalendar, horizon: Interval): Interval[] {
  const open: Interval[] = [];
  const closed: Interval[] = [];
  for (const date of shiftDates(calendar, horizon)) {
    for (const shift of calendar.shifts) {
      if (!shift.days.includes(weekdayOf(date))) continue;
      const turn = span(calendar.zone, date, shift.from, shift.to);
      open.push(turn);
      for (const pause of shift.breaks) {
        const day = pause.from < shift.from ? addDays(date, 1) : date;
        closed.push(span(calendar.zone, day, pause.from, pause.to));
      }
    }
  }
  for (const entry of calendar.entries) {
    (OPENING.includes(entry.type) ? open : closed).push(entry.interval);
  }
  return intersect(subtract(union(open), closed), [horizon]);
}

/** What of the calendar is open only because overtime is worked. */
export function overtimeIn(calendar: WorkCalendar, horizon: Interval): Interval[] {
  const shifts = calendar.shifts.filter((shift) => shift.overtime !== true);
  const entries = calendar.entries.filter((entry) => entry.type !== 'OVERTIME');
  if (shifts.length === calendar.shifts.length && entries.length === calendar.entries.length) return [];
  return subtract(openTime(calendar, horizon), openTime({ ...calendar, shifts, entries }, horizon));
}

function span(zone: Zone, date: string, from: LocalTime, to: LocalTime): Interval {
  return {
    start: instantFromLocal(zone, date, from),
    end: instantFromLocal(zone, to <= from ? addDays(date, 1) : date, to),
  };
}

/** When `work` seconds that begin at `start` are done, pausing while `open` is closed; null when the open time ends before. */
export function finishOf(open: readonly Interval[], start: Instant, work: Seconds): Instant | null {
  let left = work;
  for (const window of open) {
    if (window.end <= start) continue;
    const from = Math.max(start, window.start);
    if (left <= window.end - from) return from + left;
    left -= window.end - from;
  }
  return null;
}

/** Open seconds inside `during`. */
export function openSeconds(open: readonly Interval[], during: Interval): Seconds {
  let sum = 0;
  for (const window of open) {
    sum += Math.max(0, Math.min(window.end, during.end) - Math.max(window.start, during.start));
  }
  return sum;
}
