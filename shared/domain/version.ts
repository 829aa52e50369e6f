import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';
import { Figures, Schedule } from './schedule.ts';

/** A published, immutable schedule. */
export const Version = z.object({
  number: z.int().positive(),
  published: Instant,
  publisher: z.string(),
  note: z.string(),
  schedule: Schedule,
  figures: Figures,
});
export type Version = z.infer<typeof Version>;
