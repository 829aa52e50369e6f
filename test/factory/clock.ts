import { must } from '#shared/base/must.ts';
import { DAY, HOUR, type Instant, MINUTE } from '#shared/time/instant.ts';

/** Monday 2026-11-23 00:00 in Berlin. */
export const MONDAY = 1_795_388_400;

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** The instant of `HH:MM` or `Tue08:00`; `08:00:01` gives seconds. */
export function at(time: string): Instant {
  const [, day, hours, minutes, seconds] = must(
    /^(\D{3})?(\d\d):(\d\d)(?::(\d\d))?$/.exec(time),
    `A time in “${time}”`,
  );
  const days = day === undefined ? 0 : DAYS.indexOf(day);
  return MONDAY + days * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds ?? 0);
}

/** `HH:MM` of Monday, `Tue08:00` of another day. */
export function clock(instant: Instant): string {
  const day = Math.floor((instant - MONDAY) / DAY);
  const time = new Date((instant - MONDAY) * 1000).toISOString();
  return `${day === 0 ? '' : DAYS.at(day % 7)}${time.slice(11, time.slice(17, 19) === '00' ? 16 : 19)}`;
}
