import { DAY, HOUR, type Instant, MINUTE, type Seconds } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';
import { type LocalDate, type Zone, addDays, instantFromLocal, localDateOf } from '#shared/time/zone.ts';

/** The days of the plant's wall calendar that touch a range. Day `k` is [starts[k], starts[k + 1]): 23, 24 or 25 hours. */
export interface Days {
  readonly zone: Zone;
  readonly starts: Float64Array;
  readonly dates: readonly LocalDate[];
}

export function daysOf(zone: Zone, range: Interval): Days {
  const starts: Instant[] = [];
  const dates: LocalDate[] = [];
  let date = localDateOf(zone, range.start);
  for (;;) {
    const start = instantFromLocal(zone, date, '00:00');
    starts.push(start);
    if (start >= range.end) break;
    dates.push(date);
    date = addDays(date, 1);
  }
  return { zone, starts: Float64Array.from(starts), dates };
}

/** The first index whose value is greater than `value`, in an ascending array. */
export function upperBound(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? Infinity) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** `at` on the nearest line of a grid that begins at each local midnight. */
export function snapped(days: Days, at: Instant, grid: Seconds): Instant {
  const index = Math.max(0, upperBound(days.starts, at) - 1);
  const midnight = days.starts[index] ?? 0;
  const next = days.starts[index + 1] ?? Infinity;
  return Math.min(next, midnight + Math.round((at - midnight) / grid) * grid);
}

/** What stands between two ticks of the lower tier: minutes, a day or a week. */
export type Step = 5 | 15 | 30 | 60 | 120 | 240 | 480 | 'day' | 'week';

export interface Ticks {
  readonly at: Float64Array;
  readonly labels: readonly string[];
}

/** Least pixels between two ticks so that their labels stay apart. */
const ROOM: readonly (readonly [Step, Seconds, number])[] = [
  [5, 5 * MINUTE, 52],
  [15, 15 * MINUTE, 52],
  [30, 30 * MINUTE, 52],
  [60, HOUR, 30],
  [120, 2 * HOUR, 30],
  [240, 4 * HOUR, 30],
  [480, 8 * HOUR, 30],
  ['day', DAY, 24],
];

export const stepOf = (secondsPerPixel: number): Step =>
  ROOM.find(([, seconds, pixels]) => seconds / secondsPerPixel >= pixels)?.[0] ?? 'week';

const known = new WeakMap<Days, Map<Step | 'weekOfDay' | 'month', Ticks>>();

/** The ticks of the whole range; computed once per step. Eight-hour ticks stand at 06, 14 and 22, the change of shifts. */
export function ticksOf(days: Days, step: Step): Ticks {
  return cached(days, step, () => {
    if (step === 'day') return { at: days.starts.slice(0, -1), labels: days.dates.map(dayLabel) };
    if (step === 'week') return weeks(days, (week) => `W${week}`);
    return clockTicks(days, step);
  });
}

/** The upper tier above a step: days over hours, weeks over days, months over weeks. */
export function upperTicksOf(days: Days, step: Step): Ticks {
  if (step === 'week') return cached(days, 'month', () => months(days));
  if (step === 'day')
    return cached(days, 'weekOfDay', () => weeks(days, (week, date) => `Week ${week} · ${monthLabel(date)}`));
  return ticksOf(days, 'day');
}

function cached(days: Days, key: Step | 'weekOfDay' | 'month', make: () => Ticks): Ticks {
  let ofDays = known.get(days);
  if (!ofDays) known.set(days, (ofDays = new Map()));
  let ticks = ofDays.get(key);
  if (!ticks) ofDays.set(key, (ticks = make()));
  return ticks;
}

const SHIFT_OFFSET = 360;

function clockTicks(days: Days, step: number): Ticks {
  const at: Instant[] = [];
  const labels: string[] = [];
  const offset = step === 480 ? SHIFT_OFFSET : 0;
  days.dates.forEach((_, day) => {
    const start = days.starts[day] ?? 0;
    const end = days.starts[day + 1] ?? start;
    const add = (tick: Instant, minute: number): void => {
      at.push(tick);
      labels.push(step < 60 ? clock(minute) : two(Math.floor(minute / 60)));
    };
    if (end - start === DAY) {
      for (let minute = offset % step; minute < DAY / MINUTE; minute += step)
        add(start + minute * MINUTE, minute);
      return;
    }
    const minuteOf = wallMinute(days.zone);
    for (let tick = start; tick < end; tick += 5 * MINUTE) {
      const minute = minuteOf(tick);
      if ((minute - offset) % step === 0) add(tick, minute);
    }
  });
  return { at: Float64Array.from(at), labels };
}

const two = (value: number): string => String(value).padStart(2, '0');
const clock = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** Minutes since midnight as the wall clock shows them, for the days on which it jumps. */
function wallMinute(zone: Zone): (at: Instant) => number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const [hour, minute] = format.format(at * 1000).split(':');
    return Number(hour) * 60 + Number(minute);
  };
}

/** Dates are read as UTC midnights: only their names matter here. */
const utc = (date: LocalDate): Date => new Date(`${date}T00:00:00Z`);
const naming = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });
  return (date: LocalDate): string => format.format(utc(date)).replaceAll(',', '');
};
const dayLabel = naming({ weekday: 'short', day: 'numeric' });
const monthLabel = naming({ month: 'long', year: 'numeric' });

/** ISO 8601 week: the week of a date is that of its Thursday. */
export function isoWeek(date: LocalDate): number {
  const thursday = utc(date);
  thursday.setUTCDate(thursday.getUTCDate() + 3 - ((thursday.getUTCDay() + 6) % 7));
  const newYear = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return 1 + Math.floor((thursday.getTime() - newYear) / (7 * DAY * 1000));
}

function marks(days: Days, begins: (date: LocalDate) => boolean, label: (date: LocalDate) => string): Ticks {
  const at: Instant[] = [];
  const labels: string[] = [];
  days.dates.forEach((date, day) => {
    if (day > 0 && !begins(date)) return;
    at.push(days.starts[day] ?? 0);
    labels.push(label(date));
  });
  return { at: Float64Array.from(at), labels };
}

const weeks = (days: Days, label: (week: number, date: LocalDate) => string): Ticks =>
  marks(
    days,
    (date) => utc(date).getUTCDay() === 1,
    (date) => label(isoWeek(date), date),
  );
const months = (days: Days): Ticks => marks(days, (date) => date.endsWith('-01'), monthLabel);
