import { z } from 'zod';

/**
 * Why something may not be planned, dropped, dispatched or started. The first block are gate codes in their order
 * of precedence (compliance sheet, section 3), the second rules of the schedule itself.
 */
export const RefusalCode = z.enum([
  'STATUS_STALE',
  'LOT_NOT_RELEASED',
  'LOT_EXPIRED',
  'CAL_UNKNOWN',
  'CAL_EXPIRED',
  'CAL_FAILED',
  'MAINT_BLOCKED',
  'NOT_CLEAN',
  'CLEAN_HOLD_EXPIRED',
  'QUAL_MISSING',
  'QUAL_EXPIRED',
  'DOC_NOT_TRAINED',
  'HOLD_TIME_EXCEEDED',
  'MATERIAL_NOT_STAGED',
  'TOOL_MISSING',
  'ORDER_ON_HOLD',

  'WRONG_UNIT',
  'UNIT_CLOSED',
  'UNIT_BUSY',
  'BEFORE_RELEASE',
  'AFTER_DEADLINE',
  'PREDECESSOR_NOT_FINISHED',
  'SUCCESSOR_TOO_EARLY',
  'NO_PERSON_FREE',
  'NO_INSTRUMENT_FREE',
  'MATERIAL_MISSING',
  'TASK_STARTED',
  'TASK_DONE',
  'TASK_NOT_RUNNING',
  'REASON_MISSING',
  'OUTSIDE_HORIZON',
  'NOT_DISPATCHED',
  'WRONG_INSTRUCTIONS',
  'RECALLED',
  'WRONG_DURATION',
  'WRONG_SETUP',
  'PINNED',
  'CAPACITY_EXCEEDED',
  'BATCH_MISMATCH',
  'NO_TOOL_FREE',
  'STORAGE_FULL',
  'TOO_MANY_MOVED',
  'NOT_SCHEDULED',
  'NO_ROUTING',
  'BAD_ROUTING',
  'BAD_QUANTITY',
  'WRONG_LOT',
  'WRONG_REPORT',
  'RESULT_MISSING',
]);
export type RefusalCode = z.infer<typeof RefusalCode>;

/** The first block but for what is down: gates that a second person may answer for where the plant allows it (RC-04). */
export const OVERRIDABLE: ReadonlySet<RefusalCode> = new Set(
  RefusalCode.options
    .slice(0, RefusalCode.options.indexOf('WRONG_UNIT'))
    .filter((code) => code !== 'MAINT_BLOCKED'),
);

/** One reason, in words a planner understands. `object` names what stands in the way (a task, person, lot, unit). */
export const Refusal = z.object({ code: RefusalCode, object: z.string(), text: z.string() });
export type Refusal = z.infer<typeof Refusal>;
