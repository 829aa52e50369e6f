import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';
import { Figures, Schedule } from './schedule.ts';
import { Part, TaskId } from './task.ts';

/** A published, immutable schedule. */
export const Version = z.object({
  number: z.int().positive(),
  published: Instant,
  publisher: z.string(),
  note: z.string(),
  schedule: Schedule,
  /** How tasks were split then; left out of versions from before it was kept. */
  parts: z.array(Part.extend({ task: TaskId })).optional(),
  figures: Figures,
});
export type Version = z.infer<typeof Version>;
