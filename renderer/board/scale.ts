import { DAY, HOUR, type Instant, MINUTE, type Seconds } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';

/** Where time stands on the board. `x` is in CSS pixels from `origin`; every second is equally long, so days of 23 and 25 hours are too. */
export interface Scale {
  readonly origin: Instant;
  readonly secondsPerPixel: number;
}

export const xOf = (scale: Scale, at: Instant): number => (at - scale.origin) / scale.secondsPerPixel;

export const instantAt = (scale: Scale, x: number): Instant =>
  Math.round(scale.origin + x * scale.secondsPerPixel);

/** How much time the view shows at a press of a button; `fit` is everything that is planned. */
export const LEVELS = {
  shift: 8 * HOUR,
  day: DAY,
  days3: 3 * DAY,
  week: 7 * DAY,
  weeks2: 14 * DAY,
  weeks8: 56 * DAY,
} as const;
export type Level = keyof typeof LEVELS | 'fit';

const SHORTEST: Seconds = 15 * MINUTE;
const LONGEST: Seconds = 56 * DAY;

/** Seconds per pixel when `span` seconds fill `width`; never closer than 15 minutes nor wider than 8 weeks. */
export const fitted = (span: Seconds, width: number): number =>
  Math.min(LONGEST, Math.max(SHORTEST, span)) / Math.max(1, width);

/** The level that the view stands at, if any: the button to show as pressed. */
export function levelOf(secondsPerPixel: number, width: number, planned: Interval): Level | null {
  const spans: Record<Level, Seconds> = { ...LEVELS, fit: fitSpan(planned) };
  for (const [level, span] of Object.entries(spans) as [Level, Seconds][]) {
    if (Math.abs(fitted(span, width) / secondsPerPixel - 1) < 0.005) return level;
  }
  return null;
}

/** A little air after the last bar. */
export const fitSpan = (planned: Interval): Seconds => (planned.end - planned.start) * 1.02;

/** The scroll position at which the time under `pointer` (pixels from the left edge of the view) stays under it. */
export const scrollKeeping = (before: Scale, after: Scale, scroll: number, pointer: number): number =>
  ((scroll + pointer) * before.secondsPerPixel) / after.secondsPerPixel - pointer;

const GRIDS: readonly Seconds[] = [5, 10, 15, 30, 60, 120, 240, 480].map((minutes) => minutes * MINUTE);
const SMALLEST_STEP = 3.9;

/** What a dragged bar snaps to: five minutes, or the next coarser step that the hand can still tell apart. */
export const gridOf = (secondsPerPixel: number): Seconds =>
  GRIDS.find((grid) => grid / secondsPerPixel >= SMALLEST_STEP) ?? 12 * HOUR;
