import { formatSpan } from '#shared/time/format.ts';
import { HOUR, type Instant, type Seconds } from '#shared/time/instant.ts';

/** Words are English as in the catalogues, 24-hour, ISO weeks; decimals are the reader's own. */
const LANGUAGE = 'en-GB';

/** How instants are written on the plant's wall clock. */
export interface Formats {
  /** 06:40 */
  readonly time: (at: Instant) => string;
  /** Mon 23 Nov */
  readonly day: (at: Instant) => string;
  /** Mon 23 Nov 06:40 */
  readonly moment: (at: Instant) => string;
  /** 06:40 where that is the day of `now`, Mon 23 Nov 06:40 on any other. */
  readonly momentNear: (at: Instant, now: Instant) => string;
  /** 23 Nov 2026 */
  readonly date: (at: Instant) => string;
  /** 2026-11-23 06:40:12 */
  readonly stamp: (at: Instant) => string;
}

const known = new Map<string, Formats>();

/** The formats of a plant's zone; the same object for the same zone. */
export function formatsOf(zone: string): Formats {
  const made = known.get(zone) ?? makeFormats(zone);
  known.set(zone, made);
  return made;
}

function makeFormats(timeZone: string): Formats {
  const writer = (options: Intl.DateTimeFormatOptions, language = LANGUAGE) => {
    let format: Intl.DateTimeFormat | undefined; // made with its first use: each takes a millisecond or two
    return (at: Instant): string => {
      format ??= new Intl.DateTimeFormat(language, { timeZone, hourCycle: 'h23', ...options });
      return format.format(at * 1000).replaceAll(',', '');
    };
  };
  const time = writer({ hour: '2-digit', minute: '2-digit' });
  const day = writer({ weekday: 'short', day: 'numeric', month: 'short' });
  const moment = (at: Instant): string => `${day(at)} ${time(at)}`;
  return {
    time,
    day,
    moment,
    momentNear: (at, now) => (day(at) === day(now) ? time(at) : moment(at)),
    date: writer({ day: 'numeric', month: 'short', year: 'numeric' }),
    stamp: writer({ dateStyle: 'short', timeStyle: 'medium' }, 'sv-SE'),
  };
}

const number = (digits: number): Intl.NumberFormat =>
  new Intl.NumberFormat(undefined, { maximumFractionDigits: digits });
const whole = number(0);
const tenth = number(1);
const fine = number(3);
const share = new Intl.NumberFormat(LANGUAGE, { style: 'percent', maximumFractionDigits: 0 });

export const count = (value: number): string => whole.format(value);

/** 12,5 or 0,375: as exact as a quantity needs. */
export const quantity = (value: number, uom: string): string => `${fine.format(value)} ${uom}`.trim();

/** 0 … 1 as 81%. */
export const percent = (value: number): string => share.format(value);

/** Hours with one decimal below ten: 41 h, 6.5 h. */
export const hours = (seconds: Seconds): string =>
  `${(Math.abs(seconds) < 10 * HOUR ? tenth : whole).format(seconds / HOUR)} h`;

/** 3 d 4 h, 2 h 05 min, 40 min, 12 s. */
export const duration = (seconds: Seconds): string => formatSpan(Math.round(seconds));

/** Minutes and seconds of a running clock: 00:08. */
export function stopwatch(millis: number): string {
  const seconds = Math.floor(millis / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

/** 1 task, 2 tasks. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${whole.format(value)} ${value === 1 ? one : many}`;
