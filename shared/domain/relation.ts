import { z } from 'zod';
import { Seconds } from '#shared/time/instant.ts';

/**
 * The order of two tasks A → B: B's run starts at least `minLag` and at most `maxLag` after A's run starts or ends.
 * The segment dependencies of ISA-95 (AfterEnd, NoLaterAfterEnd, AtStart, …) come down to this.
 */
export const Relation = z.object({
  from: z.enum(['start', 'end']),
  minLag: Seconds,
  /** Hold time: later is refused. */
  maxLag: Seconds.optional(),
});
export type Relation = z.infer<typeof Relation>;
