import { z } from 'zod';
import { Seconds } from '#shared/time/instant.ts';
import { EquipmentId } from './equipment.ts';

/**
 * The order of two tasks A → B: B's run starts (or ends, `to`) at least `minLag` and at most `maxLag` after A's run
 * starts or ends (`from`). The segment dependencies of ISA-95 (AfterEnd, NoLaterAfterEnd, AtStart, …) come down to this.
 */
export const Relation = z.object({
  from: z.enum(['start', 'end']),
  /** Which side of B is bound; its run start where nothing is said. */
  to: z.enum(['start', 'end']).optional(),
  minLag: Seconds,
  /** Hold time: later is refused. */
  maxLag: Seconds.optional(),
  /**
   * Overlap by transfer batches of this share of the quantity: the lags run from when A's first batch is done to B's run
   * start, whatever `from` and `to` say, and B still works on the last one for its share of B's run after A has ended
   * and `minLag` has passed.
   */
  transfer: z.number().gt(0).max(1).optional(),
  /** What waits between A's end and B's run start lies in this zone. */
  storage: z.object({ zone: EquipmentId, quantity: z.number().positive() }).optional(),
});
export type Relation = z.infer<typeof Relation>;

/** Do the lags bound the end of the task, rather than its run start? */
export const bindsEnd = ({ to, transfer }: Relation): boolean => to === 'end' && transfer === undefined;
