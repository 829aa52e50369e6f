import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';
import { EquipmentId } from './equipment.ts';
import { LotId } from './material.ts';
import { TestSpecId } from './test-result.ts';

const Words = z.string().trim().min(1).max(100);

/** What of one lot a line took or brought somewhere (ISA-95 material actual), in the lot's unit of measure. */
export const LotActual = z.object({ lot: LotId, quantity: z.number().nonnegative() });
export type LotActual = z.infer<typeof LotActual>;

/** Where something stands, or what a sample is called: as people of the plant say it. */
export const PlantName = Words;

/** What a quality test found. Without a lot it is about the batch that the order makes. */
export const TestOutcome = z.object({
  passed: z.boolean(),
  /** What was measured, with its unit. */
  value: Words.optional(),
  lot: LotId.optional(),
});
export type TestOutcome = z.infer<typeof TestOutcome>;

/**
 * By how much a count was wrong, in the task's unit of measure, and what was said to be taken of a lot, in the lot's:
 * negative where too much was reported. Differences, not new totals, so that what is reported between the look and the
 * correction is not lost.
 */
export const CountCorrection = z.object({
  good: z.number(),
  scrap: z.number(),
  rework: z.number(),
  lots: z
    .array(z.object({ lot: LotId, by: z.number() }))
    .max(50)
    .optional(),
});
export type CountCorrection = z.infer<typeof CountCorrection>;

/** How an instrument was found and left, each within its limits or not, and the certificate that says so (CAL-01). */
export const CalibrationOutcome = z.object({
  asFound: z.enum(['passed', 'failed']),
  asLeft: z.enum(['passed', 'failed']),
  certificate: Words,
});
export type CalibrationOutcome = z.infer<typeof CalibrationOutcome>;

/** What a calibration proves, as the station worked it out when it was reported. */
export const Proof = z.object({
  equipment: EquipmentId,
  test: TestSpecId,
  /** When it is due again; of one that failed there is none. */
  expires: Instant.optional(),
});
export type Proof = z.infer<typeof Proof>;
