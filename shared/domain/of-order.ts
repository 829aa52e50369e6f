import type { OrderId } from './order.ts';

/** What tells which order it belongs to; the name only where it is another than the id. */
export interface OfOrder {
  readonly order: OrderId;
  readonly orderName?: string | undefined;
}

/** The order as people call it. */
export const orderNameOf = ({ order, orderName }: OfOrder): string => orderName ?? order;

/** A task as people call it: “WO-1043 · Press”. */
export const labelOf = (task: OfOrder & { readonly name: string }): string =>
  `${orderNameOf(task)} · ${task.name}`;
