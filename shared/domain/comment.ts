import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';
import { TaskId } from './task.ts';

export const CommentText = z.string().trim().min(1).max(1000);

/** What somebody wrote about a task. Written once; task ids are stable over imports, so it stays with its task. */
export const Comment = z.object({
  seq: z.int().positive(),
  task: TaskId,
  author: z.string(),
  at: Instant,
  text: CommentText,
});
export type Comment = z.infer<typeof Comment>;
