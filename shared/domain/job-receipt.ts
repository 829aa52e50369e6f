import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';
import { EquipmentId } from './equipment.ts';
import { TaskId } from './task.ts';

/** A line's word that it has a job, as of one revision of its queue. What carried it there proves nothing. */
export const JobReceipt = z.object({
  task: TaskId,
  unit: EquipmentId,
  revision: z.int().positive(),
  at: Instant,
});
export type JobReceipt = z.infer<typeof JobReceipt>;
