import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';
import { EquipmentId } from './equipment.ts';
import { Name } from './operations.ts';

/** A screen at the lines that was paired with the station; it shows and reports only its own units. */
export const Device = z.object({
  id: z.string().regex(/^line-[0-9]+$/),
  name: Name,
  units: z.array(EquipmentId).min(1),
  /** SHA-256 of its key. */
  keyHash: z.string().length(64),
  paired: Instant,
  pairedBy: z.string(),
  revoked: Instant.nullable(),
});
export type Device = z.infer<typeof Device>;

/** Whether line pages are served over the plant network, and at which of this machine's addresses. */
export const LineAccess = z.object({
  on: z.boolean(),
  address: z.ipv4(),
  port: z.int().min(0).max(65_535),
});
export type LineAccess = z.infer<typeof LineAccess>;

export const NO_LINE_ACCESS: LineAccess = { on: false, address: '127.0.0.1', port: 4181 };
