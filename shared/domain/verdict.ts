import type { Instant, Seconds } from '#shared/time/instant.ts';
import type { EquipmentId } from './equipment.ts';
import type { Refusal } from './refusal.ts';

/** Whether a drop is allowed; when not, why, and the nearest slot on that row that works. What it would cost when it is. */
export type Verdict =
  | {
      readonly ok: true;
      readonly start: Instant;
      readonly end: Instant;
      readonly setup: Seconds;
      /** Tasks that would have to move. */
      readonly moves: number;
      /** Change of the order's lateness. */
      readonly late: Seconds;
      /** Change of the number of late orders, its own and those that are pushed. */
      readonly lateOrders: number;
    }
  | {
      readonly ok: false;
      readonly refusal: Refusal;
      readonly nearest: { readonly unit: EquipmentId; readonly start: Instant } | null;
    };
