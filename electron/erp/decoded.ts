import type { z } from 'zod';
import type { ExecutionReport } from '#shared/domain/execution.ts';
import type { RowRefusal } from '#shared/domain/import-report.ts';
import type { Envelope, ReplyCode } from '#electron/erp/b2mml/envelope.ts';
import type { RECORDS, RecordKind } from '#shared/domain/plant.ts';

/** A record as a connector read it, with the place it came from for messages. */
export interface Sourced<Kind extends RecordKind> {
  readonly kind: Kind;
  readonly record: z.output<(typeof RECORDS)[Kind]>;
  readonly file: string;
  readonly line: number;
}

export type SourcedRecord = { [Kind in RecordKind]: Sourced<Kind> }[RecordKind];

/** Fields of a record that a message changes; what it does not say stays as it is. */
export interface SourcedChange {
  readonly kind: RecordKind;
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** What a record that is not there yet begins with. */
  readonly defaults: object;
  readonly file: string;
  readonly line: number;
}

/** An id that a message takes back. */
export interface Removal {
  readonly kind: RecordKind;
  readonly id: string;
  readonly file: string;
  readonly line: number;
}

/** What another system logged about the execution, with the place it came from. */
export interface SourcedReport {
  readonly report: ExecutionReport;
  readonly file: string;
  readonly line: number;
}

/**
 * What a file says, in our words: records that are right in themselves. Whether they fit together
 * (an order's routing exists, a routing has no cycle) is judged when they are staged against the plant.
 */
export interface Decoded {
  /** Identifies the message: the BODID where there is one, else a hash of the text. The same one twice has one effect. */
  readonly message: string;
  readonly records: readonly SourcedRecord[];
  readonly changes?: readonly SourcedChange[];
  /** Facts of the past, such as a log of bookings: recorded with origin `log`. */
  readonly reports?: readonly SourcedReport[];
  /** Ids that the message takes back (verb Cancel, action Delete). */
  readonly removed: readonly Removal[];
  readonly refusals: readonly RowRefusal[];
  readonly warnings: readonly RowRefusal[];
  /** Of a B2MML transaction: who sent it and what answer is wanted. */
  readonly envelope?: Envelope;
  /** What it answers to a message of ours. */
  readonly reply?: ReplyCode;
}

export const nothingDecoded = (message: string): Decoded => ({
  message,
  records: [],
  removed: [],
  refusals: [],
  warnings: [],
});
