import { z } from 'zod';
import { Instant, Seconds } from '#shared/time/instant.ts';
import { Refusal } from './refusal.ts';
import { TaskId } from './task.ts';

/** A task that is more urgent by its critical ratio, and why it stands later all the same. */
export const PassedOver = z.object({
  task: TaskId,
  /** As people call it. */
  name: z.string(),
  ratio: z.number(),
  why: z.discriminatedUnion('kind', [
    /** Not before then: its order is released, what comes before it ends, or its material is there. */
    z.object({ kind: z.literal('notReady'), until: Instant, by: z.enum(['release', 'before', 'material']) }),
    z.object({ kind: z.literal('pinned') }),
    /** So much more setup than what stands there. */
    z.object({ kind: z.literal('setup'), more: Seconds }),
    /** The plan as a whole costs less so. */
    z.object({ kind: z.literal('plan') }),
  ]),
});
export type PassedOver = z.infer<typeof PassedOver>;

/** Why a task stands at its position of a queue, as facts of the moment of dispatch: whatever is said of it is made of this. */
export const WhyNext = z.object({
  /** Time zone of the plant. */
  zone: z.string(),
  /** What decided. */
  rule: z.enum(['pinned', 'sequence']),
  due: Instant,
  /** Until the order's planned end; negative when it ends late. */
  slack: z.int(),
  /** (d − t) over the planned span of the order's open tasks, closed time within them included; null where none is open. */
  ratio: z.number().nullable(),
  /** What it waits for, the last of it. */
  after: z.object({ name: z.string(), end: Instant }).nullable(),
  passedOver: z.array(PassedOver),
  /** The gates as they stood: what spoke against it, and in words what was in order. */
  refusals: z.array(Refusal),
  passed: z.array(z.string()),
});
export type WhyNext = z.infer<typeof WhyNext>;
