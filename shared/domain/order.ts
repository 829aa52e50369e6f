import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';
import { EquipmentId } from './equipment.ts';
import { MaterialId } from './material.ts';
import { Name, OperationsType, RequestState } from './operations.ts';
import { RoutingId } from './routing.ts';

export const OrderId = Name.brand<'OrderId'>();
export type OrderId = z.infer<typeof OrderId>;

/** ISA-95 operations request. The ERP owns every field; here it is only read. */
export const Order = z.object({
  id: OrderId,
  /** What people call it, where the ERP keeps its orders by numbers. */
  name: Name.optional(),
  domain: OperationsType,
  product: MaterialId.optional(),
  quantity: z.number().positive(),
  uom: z.string(),
  routing: RoutingId,
  /** Weight of its tardiness, w_j. */
  weight: z.number().positive(),
  release: Instant,
  due: Instant,
  /** A bound that must not be exceeded, such as the end of a maintenance window. */
  deadline: Instant.optional(),
  /** Restricts every step to this piece of equipment (maintenance of one machine). */
  equipment: EquipmentId.optional(),
  state: RequestState,
});
export type Order = z.infer<typeof Order>;

/** Does planning make tasks for it? */
export const isOpen = (order: Order): boolean =>
  !['Forecast', 'Cancelled', 'Completed', 'Aborted', 'Closed'].includes(order.state);
