import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';
import { Name } from './operations.ts';

export const MaterialId = Name.brand<'MaterialId'>();
export type MaterialId = z.infer<typeof MaterialId>;
export const LotId = Name.brand<'LotId'>();
export type LotId = z.infer<typeof LotId>;

/** Material definition of ISA-95 Part 2. */
export const Material = z.object({ id: MaterialId, name: Name, uom: z.string(), family: Name.optional() });
export type Material = z.infer<typeof Material>;

/** Lot disposition of ISA-95: Planned does not exist yet, Restricted waits for a quality decision. */
export const Disposition = z.enum(['Planned', 'In-Process', 'Restricted', 'UnRestricted', 'Closed']);
export type Disposition = z.infer<typeof Disposition>;

export const Lot = z.object({
  id: LotId,
  /** What stands on its label, where the ERP keeps its lots by numbers. */
  name: Name.optional(),
  material: MaterialId,
  quantity: z.number().nonnegative(),
  disposition: Disposition,
  /** When it is (expected to be) there and released. A Restricted lot without it cannot be planned. */
  availableFrom: Instant.optional(),
  expires: Instant.optional(),
  location: z.string().optional(),
});
export type Lot = z.infer<typeof Lot>;

/** From when a plan may use the lot: null while nobody knows. Whether a start may use it now is `isReleased`. */
export function usableFrom(lot: Lot): Instant | null {
  if (lot.disposition === 'Closed') return null;
  if (lot.disposition === 'UnRestricted') return lot.availableFrom ?? Number.MIN_SAFE_INTEGER;
  return lot.availableFrom ?? null;
}

export const isReleased = (lot: Lot, at: Instant): boolean =>
  lot.disposition === 'UnRestricted' &&
  (lot.availableFrom === undefined || lot.availableFrom <= at) &&
  (lot.expires === undefined || lot.expires > at);
