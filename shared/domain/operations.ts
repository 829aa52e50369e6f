import { z } from 'zod';

/** The four operations domains of ISA-95 (OperationsType). One task type serves them all. */
export const OperationsType = z.enum(['production', 'quality', 'maintenance', 'inventory']);
export type OperationsType = z.infer<typeof OperationsType>;

/** RequestState of ISA-95: the life of an order as levels 3 and 4 exchange it. */
export const RequestState = z.enum([
  'Forecast',
  'Released',
  'Waiting',
  'Cancelled',
  'Ready',
  'Running',
  'Completed',
  'Aborted',
  'Held',
  'Suspended',
  'Closed',
]);
export type RequestState = z.infer<typeof RequestState>;

/** A name that another system gave: kept as it came, never reused. */
export const Name = z.string().trim().min(1).max(200);
