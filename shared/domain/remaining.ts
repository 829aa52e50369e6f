import { z } from 'zod';
import { Instant, Seconds } from '#shared/time/instant.ts';

/** How long a begun task still runs, as the planner said it at the desk. */
export const Remaining = z.object({
  /** When it was said. */
  at: Instant,
  /** So long it runs from then on. */
  run: Seconds,
  /** Of the time from then to its end, what its unit is closed. */
  closed: Seconds,
  /** What it had run by then. */
  worked: Seconds,
  reason: z.string().max(200).optional(),
});
export type Remaining = z.infer<typeof Remaining>;
