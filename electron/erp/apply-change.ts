import type { RowRefusal } from '#shared/domain/import-report.ts';
import { type Plant, RECORDS, type RecordKind } from '#shared/domain/plant.ts';
import type { SourcedChange, SourcedRecord } from './decoded.ts';
import { flawsIn } from './flaws.ts';

/** The record that a change makes of what is known (or, where nothing is, of what it says alone), or why it cannot be made. */
export function recordFromChange(
  { kind, id, fields, defaults, file, line }: SourcedChange,
  known: Plant[RecordKind][number] | undefined,
): SourcedRecord | readonly RowRefusal[] {
  const candidate = { ...(known ?? defaults), ...fields };
  const read = RECORDS[kind].safeParse(candidate);
  if (read.success) return { kind, record: read.data, file, line } as SourcedRecord;
  if (!known) {
    const reason = `There is no ${id} to change, and this says too little for a new one. Maybe the message that brought it was refused or never came.`;
    return [{ file, line, field: 'ID', value: id, reason }];
  }
  return flawsIn(candidate, read.error).map(({ field, value, reason }) => ({
    file,
    line,
    field,
    value: value.slice(0, 200),
    reason: `${id}: ${reason}.`,
  }));
}
