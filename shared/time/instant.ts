import { z } from 'zod';

// Pure, so that the window ships no schema for the sake of an hour.
/** Whole seconds since 1970-01-01T00:00:00Z. */
export const Instant = /* @__PURE__ */ z.int();
export type Instant = number;

/** A length of time in whole seconds. */
export const Seconds = /* @__PURE__ */ z.int().nonnegative();
export type Seconds = number;

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;

export const isoFromInstant = (at: Instant): string =>
  new Date(at * 1000).toISOString().replace('.000Z', 'Z');

/** The current second of a clock that counts milliseconds, such as `Date.now`. */
export const instantFromMillis = (millis: number): Instant => Math.floor(millis / 1000);
