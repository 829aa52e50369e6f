import { z } from 'zod';
import { Instant, Seconds } from '#shared/time/instant.ts';
import { DowntimeId, EquipmentId } from './equipment.ts';
import { LotId, MaterialId } from './material.ts';
import { Name } from './operations.ts';
import { OrderId } from './order.ts';
import { StepId } from './routing.ts';

/** A stretch in which a line worked on an operation, setup included; without an end it goes on. */
export const Stretch = z.object({ start: Instant, end: Instant.optional(), person: Name.optional() });
export type Stretch = z.infer<typeof Stretch>;

/**
 * What the ERP is told, each as the whole state of one thing and not as a change to it: told twice it has one effect, and
 * what was lost in between does no harm. `step` is the operation within the order as the ERP gave it.
 */
export const Outbound = z.discriminatedUnion('kind', [
  /** Where a published version has put an operation; of one that the planner split, over all its parts. */
  z.object({
    kind: z.literal('planned'),
    order: OrderId,
    step: StepId,
    unit: EquipmentId,
    start: Instant,
    end: Instant,
    /** Open seconds of setup and run between start and end. */
    work: Seconds,
    version: z.int().positive(),
  }),
  /**
   * How far an operation is, by everything that its line has reported so far. Quantities in the order's unit of measure.
   * `waiting` is one of which it was told that it had begun, and whose start was taken back.
   */
  z.object({
    kind: z.literal('progress'),
    order: OrderId,
    step: StepId,
    unit: EquipmentId,
    state: z.enum(['waiting', 'running', 'suspended', 'completed']),
    stretches: z.array(Stretch),
    good: z.number().nonnegative(),
    scrap: z.number().nonnegative(),
    rework: z.number().nonnegative(),
    completed: Instant.optional(),
    /** What lines said they took of which lot (ISA-95 material actual), each lot in its own unit of measure. */
    consumed: z
      .array(
        z.object({ lot: LotId, material: MaterialId, quantity: z.number().nonnegative(), uom: z.string() }),
      )
      .optional(),
  }),
  /** That a unit is or was down. */
  z.object({
    kind: z.literal('downtime'),
    id: DowntimeId,
    unit: EquipmentId,
    start: Instant,
    end: Instant.optional(),
    reason: z.string(),
  }),
]);
export type Outbound = z.infer<typeof Outbound>;

export type Consumed = NonNullable<Extract<Outbound, { kind: 'progress' }>['consumed']>;

/** Messages of one lane are sent in their order: those of an order, and those of a unit's downtimes. */
export const laneOf = (message: Outbound): string =>
  message.kind === 'downtime' ? `unit ${message.unit}` : laneOfOrder(message.order);

export const laneOfOrder = (order: OrderId): string => `order ${order}`;

/** A value that the other side stored otherwise than it was told; as text, for a reader. */
export const NotKept = z.object({ field: z.string(), sent: z.string(), kept: z.string() });
export type NotKept = z.infer<typeof NotKept>;
