import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';
import { EquipmentId } from './equipment.ts';

/** A line's word that it has seen one revision of its list. It stands for that revision alone, never for a newer one. */
export const ListReceipt = z.object({
  unit: EquipmentId,
  revision: z.int().positive(),
  /** When it was seen; a line that was away says it later. */
  at: Instant,
  recorded: Instant,
  /** Who identified at the line, or the line itself. */
  by: z.string(),
});
export type ListReceipt = z.infer<typeof ListReceipt>;
