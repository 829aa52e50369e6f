import { type Instant, MINUTE } from '#shared/time/instant.ts';
import { duration } from '#renderer/ui/format.ts';
import { casesText as words } from './text.ts';

/** Less time than this to decide is too little. */
export const URGENT = 30 * MINUTE;

export const leftUntil = (deadline: Instant, now: Instant): string =>
  deadline <= now ? words.overdue : words.inTime(duration(deadline - now));
