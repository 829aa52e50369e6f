import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';
import { Assignment, Figures, Schedule } from './schedule.ts';
import { Part, TaskId } from './task.ts';

/** A task that had begun before a version was published, and where it was published when it began; null where it was not. */
export const Begun = z.object({ task: TaskId, place: Assignment.nullable() });
export type Begun = z.infer<typeof Begun>;

/** A published, immutable schedule. */
export const Version = z.object({
  number: z.int().positive(),
  published: Instant,
  publisher: z.string(),
  note: z.string(),
  schedule: Schedule,
  /** How tasks were split then; left out of versions from before it was kept. */
  parts: z.array(Part.extend({ task: TaskId })).optional(),
  /** The schedule has these where they really began; what they are held against is what was published then. */
  begun: z.array(Begun),
  figures: Figures,
});
export type Version = z.infer<typeof Version>;
