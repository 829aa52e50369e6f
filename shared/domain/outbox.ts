import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';
import { NotKept, Outbound } from './outbound.ts';

/** What became of a message. */
export const Settlement = z.discriminatedUnion('kind', [
  /** Perhaps over what somebody had changed there meanwhile: what was told, and what stood there. */
  z.object({ kind: z.literal('kept'), over: z.array(NotKept).exactOptional() }),
  z.object({ kind: z.literal('notKept'), differences: z.array(NotKept) }),
  z.object({ kind: z.literal('refused'), reason: z.string() }),
  /** It is not to be sent any more: somebody has said so, or what it was meant for is not there any more. */
  z.object({ kind: z.literal('dropped'), reason: z.string() }),
]);
export type Settlement = z.infer<typeof Settlement>;

/** One message for an ERP: it stays, whatever becomes of it. `seq` is its own id and its place in the order of all. */
export const OutboxEntry = z.object({
  seq: z.int().positive(),
  feed: z.string(),
  lane: z.string(),
  message: Outbound,
  made: Instant,
  settlement: Settlement.nullable(),
  settled: Instant.nullable(),
});
export type OutboxEntry = z.infer<typeof OutboxEntry>;
