import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';
import { EquipmentId } from './equipment.ts';
import { OperationsType } from './operations.ts';
import { OrderId } from './order.ts';
import { Assignment } from './schedule.ts';
import { Instructions, TaskId } from './task.ts';
import { WhyNext } from './why-next.ts';

/** One job order on a job list (ISA-95 Part 4). */
export const QueueItem = z.object({
  position: z.int().positive(),
  task: TaskId,
  order: OrderId,
  orderName: z.string().optional(),
  name: z.string(),
  domain: OperationsType,
  product: z.string(),
  quantity: z.number(),
  uom: z.string(),
  due: Instant,
  /** In which version its line is to work by them; left out of what was told before lists said it. */
  instructions: Instructions.optional(),
  assignment: Assignment,
  /** Why it stands at this position, in one line, and the facts that it is made of (not kept before they were). */
  why: z.string(),
  card: WhyNext.optional(),
});
export type QueueItem = z.infer<typeof QueueItem>;

/** What a line acts on of a job order: why it stands there is no instruction. */
export const ToldItem = QueueItem.omit({ why: true, card: true });
export type ToldItem = z.infer<typeof ToldItem>;

/** How a list differs from the one before. Positions count what was still to be done, from 1. */
export const QueueChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('added'), task: TaskId, item: ToldItem }),
  z.object({ kind: z.literal('removed'), task: TaskId, name: z.string(), from: z.int().positive() }),
  /** In order among the others, not only because others came or went. */
  z.object({
    kind: z.literal('moved'),
    task: TaskId,
    name: z.string(),
    from: z.int().positive(),
    to: z.int().positive(),
  }),
  /** What of it is another now, as it was and as it is. */
  z.object({
    kind: z.literal('changed'),
    task: TaskId,
    name: z.string(),
    before: ToldItem.partial(),
    after: ToldItem.partial(),
  }),
]);
export type QueueChange = z.infer<typeof QueueChange>;

/** A task that was taken back from its line, until it is told it anew. */
export const Recalled = z.object({
  task: TaskId,
  name: z.string(),
  reason: z.string(),
  by: z.string(),
  at: Instant,
});
export type Recalled = z.infer<typeof Recalled>;

/** Why a revision came and what it changes. */
export const RevisionNote = z.object({
  by: z.string(),
  reason: z.string(),
  /** The revision before, where its line had not acknowledged it. */
  supersedes: z.int().positive().nullable(),
  changes: z.array(QueueChange),
  recalled: z.array(Recalled),
});
export type RevisionNote = z.infer<typeof RevisionNote>;

/** What one work unit has been told: a job list in numbered revisions, each from one published version. */
export const Queue = z.object({
  unit: EquipmentId,
  revision: z.int().positive(),
  version: z.int().positive(),
  dispatched: Instant,
  items: z.array(QueueItem),
  /** Left out of what was told before revisions kept it: nobody was asked to acknowledge those. */
  note: RevisionNote.optional(),
});
export type Queue = z.infer<typeof Queue>;
