import { z } from 'zod';

/** One refused row or element: where, what, why. The rest of the file still goes in. */
export const RowRefusal = z.object({
  file: z.string(),
  line: z.int().nonnegative(),
  field: z.string(),
  value: z.string(),
  reason: z.string(),
});
export type RowRefusal = z.infer<typeof RowRefusal>;

/** What an import changed, or with a dry run would change. */
export const ImportReport = z.object({
  files: z.array(z.string()),
  dryRun: z.boolean(),
  changes: z.array(
    z.object({ kind: z.string(), added: z.int(), changed: z.int(), removed: z.int(), unchanged: z.int() }),
  ),
  /** The first of the changed fields, for a reader: record, field, before, after. */
  samples: z.array(
    z.object({ kind: z.string(), id: z.string(), field: z.string(), before: z.string(), after: z.string() }),
  ),
  refusals: z.array(RowRefusal),
  warnings: z.array(RowRefusal),
});
export type ImportReport = z.infer<typeof ImportReport>;
