import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Instant } from './instant.ts';

/** An IANA time zone such as `Europe/Berlin`. Local time exists only at the edges. */
export const Zone = /* @__PURE__ */ z.string().refine(
  (name) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name });
      return true;
    } catch {
      return false;
    }
  },
  { error: 'is no IANA time zone' },
);
export type Zone = string;

/** A date of the plant's wall calendar, `YYYY-MM-DD`. */
export const LocalDate = /* @__PURE__ */ z.iso.date();
export type LocalDate = string;

/** A time of the plant's wall clock, `HH:MM`. */
export const LocalTime = /* @__PURE__ */ z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'is no time HH:MM' });
export type LocalTime = string;

const secondsOf = (zoned: Temporal.ZonedDateTime): Instant => Math.floor(zoned.epochMilliseconds / 1000);

/** The instant of a wall-clock time. A time that daylight saving skips is moved forward, one that it repeats is the first. */
export const instantFromLocal = (zone: Zone, date: LocalDate, time: LocalTime): Instant =>
  secondsOf(Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone));

/** The wall-clock date of an instant. */
export const localDateOf = (zone: Zone, at: Instant): LocalDate =>
  Temporal.Instant.fromEpochMilliseconds(at * 1000)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();

/** The last second of a date plus one: where a due date without a time ends. */
export const endOfDate = (zone: Zone, date: LocalDate): Instant =>
  secondsOf(Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(zone));

export const addDays = (date: LocalDate, days: number): LocalDate =>
  Temporal.PlainDate.from(date).add({ days }).toString();

/** ISO weekday: 1 = Monday … 7 = Sunday. */
export const weekdayOf = (date: LocalDate): number => Temporal.PlainDate.from(date).dayOfWeek;
