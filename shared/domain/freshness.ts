import { z } from 'zod';
import { DAY, HOUR, Seconds } from '#shared/time/instant.ts';

/** How old facts may be before nobody should rely on them. */
export const FreshnessLimits = z.object({
  /** What the ERP said of orders, lots, people and calibrations. */
  imported: Seconds.positive(),
  /** What a line said last while it is at work. */
  reported: Seconds.positive(),
});
export type FreshnessLimits = z.infer<typeof FreshnessLimits>;

export const DEFAULT_LIMITS: FreshnessLimits = { imported: DAY, reported: 4 * HOUR };
