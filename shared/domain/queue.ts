import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';
import { EquipmentId } from './equipment.ts';
import { OperationsType } from './operations.ts';
import { OrderId } from './order.ts';
import { Assignment } from './schedule.ts';
import { TaskId } from './task.ts';

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
  assignment: Assignment,
  /** Why it stands at this position: rule, index, due date, slack. */
  why: z.string(),
});
export type QueueItem = z.infer<typeof QueueItem>;

/** What one work unit has been told: a job list in numbered revisions, each from one published version. */
export const Queue = z.object({
  unit: EquipmentId,
  revision: z.int().positive(),
  version: z.int().positive(),
  dispatched: Instant,
  items: z.array(QueueItem),
});
export type Queue = z.infer<typeof Queue>;
