import { z } from 'zod';
import { Seconds } from '#shared/time/instant.ts';

/** What a change in the ERP does where it touches planned work: wait for the planner's word, or go in at once. */
export const FeedRule = z.enum(['ask', 'atOnce']);
export type FeedRule = z.infer<typeof FeedRule>;

/** A connection to one ERP. Its secret lies elsewhere. */
export const Feed = z.object({
  /** All ids of its records begin with it. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'Small letters, digits and dashes, such as “odoo”.'),
  kind: z.enum(['odoo']),
  /** Scheme, host and port. The station speaks with this host alone. */
  address: z
    .string()
    .regex(/^https?:\/\/[^\s/?#@]+$/, 'Scheme, host and port only, such as https://erp.example.com.'),
  database: z.string().min(1),
  user: z.string().min(1),
  /** Pause between two pulls. */
  every: Seconds.min(5).default(60),
  /** What is older says nothing certain any more. */
  staleAfter: Seconds.min(60).default(900),
  /** Is the ERP told places, progress and downtimes? */
  tells: z.boolean().default(true),
  rules: z
    .object({
      /** Orders that were not there before. */
      added: FeedRule.default('ask'),
      quantity: FeedRule.default('ask'),
      due: FeedRule.default('ask'),
      /** Steps, units and times. */
      work: FeedRule.default('ask'),
      cancelled: FeedRule.default('ask'),
    })
    .prefault({}),
});
export type Feed = z.infer<typeof Feed>;
