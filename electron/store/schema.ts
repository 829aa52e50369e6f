import type { Generated } from 'kysely';
import type { Case } from '#shared/domain/case.ts';
import type { RecordKind } from '#shared/domain/plant.ts';
import type { Attribution, LedgerEntry } from '#shared/domain/ledger.ts';
import type { Settlement } from '#shared/domain/outbox.ts';

/** The tables as the newest migration leaves them. Names are those of the domain; `body` and its like are JSON. */
export interface Schema extends Record<RecordKind, RecordRow> {
  meta: { key: string; value: string };
  message: { id: string; report: string; at: number };
  mapping: { name: string; body: string };
  scenario: {
    id: Generated<number>;
    name: string;
    author: string;
    created: number;
    assumes: string | null;
  };
  place: { scenario: number; task: string; body: string };
  edit: {
    seq: Generated<number>;
    scenario: Generated<number>;
    label: string;
    changes: Buffer;
    undone: Generated<number>;
  };
  editTask: { task: string; seq: number };
  version: VersionRow;
  queue: QueueRow;
  event: EventRow;
  comment: CommentRow;
  user: { id: string; body: string };
  credential: { seq: Generated<number>; user: string; body: string; at: number };
  badge: { person: string; hash: string };
  device: { id: string; body: string };
  signature: SignatureRow;
  feed: FeedRow;
  outbox: OutboxRow;
  difference: { feed: string; kind: RecordKind; id: string; body: string | null; at: number };
  case: { id: number; key: string; state: Case['state']; body: string };
  link: { name: string; body: string };
  receipt: { task: string; unit: string; revision: number; at: number };
  listReceipt: ListReceiptRow;
  command: { key: string; user: string; action: string; reply: string; at: number };
  ledger: LedgerRow;
}

/** One record of the plant in the order it was first imported; `importedAt` in seconds. */
export interface RecordRow {
  seq: Generated<number>;
  id: string;
  body: string;
  message: string;
  importedAt: number;
}

export interface VersionRow {
  number: number;
  published: number;
  publisher: string;
  note: string;
  figures: string;
  /** Packed JSON (packed.ts). */
  schedule: Buffer;
}

export interface QueueRow {
  unit: string;
  revision: number;
  version: number;
  dispatched: number;
  items: string;
  /** Null where it was told before revisions kept it. */
  note: string | null;
}

export interface ListReceiptRow {
  unit: string;
  revision: number;
  at: number;
  recorded: number;
  by: string;
}

export interface EventRow {
  seq: number;
  id: string;
  at: number;
  recorded: number;
  unit: string;
  task: string | null;
  kind: string;
  state: string;
  origin: string;
  body: string;
}

export interface CommentRow {
  seq: number;
  task: string;
  author: string;
  at: number;
  text: string;
}

export interface SignatureRow {
  seq: number;
  entity: string;
  entityId: string;
  sha256: string;
  user: string;
  name: string;
  at: string;
  zone: string;
  meaning: string;
}

/** `since` is the number of the last message before it became what it is now; 1 in `removed` means disconnected. */
interface FeedRow {
  name: string;
  body: string;
  cursor: string | null;
  since: number;
  removed: 0 | 1;
}

/** `body` is what the ERP is told, `subject` what of, `answer` what it came to; `made` and `settled` in seconds. */
export interface OutboxRow {
  seq: Generated<number>;
  feed: string;
  lane: string;
  subject: string;
  body: string;
  made: number;
  state: Generated<'waiting' | Settlement['kind']>;
  answer: string | null;
  settled: number | null;
}

/** `old` and `new` are JSON text; entries from before there were accounts do not say who by name, as what and where. */
export type LedgerRow = Omit<LedgerEntry, 'old' | 'new' | keyof Attribution> & {
  old: string;
  new: string;
} & Record<keyof Attribution, string | null>;
