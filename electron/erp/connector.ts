import type { RecordKind } from '#shared/domain/plant.ts';
import type { ErpField } from '#shared/contract/views.ts';
import type { NotKept, Outbound } from '#shared/domain/outbound.ts';
import type { Interval } from '#shared/time/interval.ts';
import type { Decoded } from './decoded.ts';
import type { FieldMap } from './mapped.ts';

/**
 * An ERP as the station sees it. What a connector reads comes in our words; its ids are made of the ERP's own ids (never
 * of names, which change), each beginning with `<name of the connection>:`, so that two ERPs cannot meet in one id.
 *
 * Reading throws, with the ERP's own words, when nothing could be read; what is wrong with a single record is a refusal
 * or warning in `Decoded`, whose `file` is the ERP's name of the table and `line` the id there.
 */
export interface Connector {
  /** What answers at the address, and what it can give and take. */
  readonly probe: () => Promise<Probe>;
  /** Everything that planning needs to know. */
  readonly pullSnapshot: () => Promise<Pulled>;
  /** What has changed since then. It may tell again what was told before, and it lists all that there is for deletions. */
  readonly pullChanges: (since: Cursor) => Promise<Pulled>;
  /**
   * Makes the ERP agree with one message: looks what stands there, writes what differs, reads it again and compares. So a
   * message that is sent again after an unknown end has no second effect. `key` is the same for every try of it, and for
   * no other message. Never throws.
   */
  readonly push: (message: Outbound, key: string) => Promise<PushAnswer>;
  /** What stands there now of what a message is about; throws like reading. Not where nothing can be read. */
  readonly look?: (message: Outbound) => Promise<Looked>;
}

export type Looked = Pick<Pulled, 'places' | 'amounts'>;

export interface Probe {
  /** Such as “Odoo 19.0”. */
  readonly product: string;
  /** How it is spoken with, such as “/jsonrpc”. */
  readonly api: string;
  /** How many orders it has to plan; null where it is only told. */
  readonly orders: number | null;
  /** What it does not have or does not show to this user, in words: planning goes on without. */
  readonly without: readonly string[];
  /** Fields of its orders that may be mapped. */
  readonly fields: readonly ErpField[];
}

/** What a connection brings of its own to what it reads. */
export interface Own {
  /** Begins its ids. */
  readonly name: string;
  /** Milliseconds. */
  readonly clock: () => number;
  /** The plant's own fields. */
  readonly fields: FieldMap;
}

/** Where the next pull of changes goes on. Only the connector that made it reads it; the station keeps it. */
export type Cursor = string;

export interface Pulled {
  readonly decoded: Decoded;
  /** All ids that the ERP has now, of the kinds that it lists: records of this connection beyond them have been deleted there. */
  readonly there: Readonly<Partial<Record<RecordKind, readonly string[]>>>;
  /** Where the ERP has the operations that were read: one that was told otherwise has been moved there. */
  readonly places?: readonly ErpPlace[];
  /** How much it has of the operations that have begun. */
  readonly amounts?: readonly ErpAmount[];
  readonly cursor: Cursor;
}

/** Where an ERP has an operation that has not begun: when as exactly as it says so, a moment or a day, or not at all. */
export interface ErpPlace extends Pick<Extract<Outbound, { kind: 'planned' }>, 'order' | 'step' | 'unit'> {
  readonly start?: Interval;
  readonly end?: Interval;
}

/** How much an ERP has of an operation, good or not. */
export type ErpAmount = Pick<Extract<Outbound, { kind: 'progress' }>, 'order' | 'step'> & {
  readonly handled: number;
};

export type PushAnswer =
  | { readonly kind: 'kept' }
  /** It was taken, but these values stand there now instead. */
  | { readonly kind: 'notKept'; readonly differences: readonly NotKept[] }
  /** Nobody answered, or with something that is no answer: the same message again later. */
  | { readonly kind: 'later'; readonly reason: string }
  /** It will never be taken as it is, in the ERP's own words. */
  | { readonly kind: 'refused'; readonly reason: string };
