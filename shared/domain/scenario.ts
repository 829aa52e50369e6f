import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';

export const ScenarioId = z.int().nonnegative().brand<'ScenarioId'>();
export type ScenarioId = z.infer<typeof ScenarioId>;

export const ScenarioName = z.string().trim().min(1).max(60);

/** A named branch of the draft with places and undo of its own. */
export const Scenario = z.object({
  id: ScenarioId,
  name: ScenarioName,
  author: z.string(),
  created: Instant,
  /** What has to come true before it can be carried out, in words; null where it needs nothing. */
  assumes: z.string().nullable(),
});
export type Scenario = z.infer<typeof Scenario>;
