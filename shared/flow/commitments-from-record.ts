import { onceFor } from '#shared/base/once-for.ts';
import {
  type Commitment,
  type CommitmentFacts,
  commitmentOf,
  isWithinFences,
} from '#shared/domain/commitment.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import { type TaskProgress, hasStarted } from '#shared/domain/execution.ts';
import type { Queue } from '#shared/domain/queue.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';

export interface CommitmentRecord {
  readonly now: Instant;
  readonly tasks: ReadonlyMap<TaskId, Task>;
  readonly progress: ReadonlyMap<TaskId, TaskProgress>;
  /** What each line was told last. */
  readonly queues: Iterable<Queue>;
  readonly hasAcknowledged: (unit: EquipmentId, task: TaskId) => boolean;
}

/** What the warehouse does before each task for which it does anything: asked after every report, the same for all of a plan. */
const stagingsOf = onceFor((tasks: ReadonlyMap<TaskId, Task>) => {
  const stagings = new Map<TaskId, TaskId[]>();
  for (const { id, after } of tasks.values()) {
    const before = after.flatMap((link) => (tasks.get(link.task)?.domain === 'inventory' ? link.task : []));
    if (before.length > 0) stagings.set(id, before);
  }
  return stagings;
});

/** What every task that is committed to its place is committed by: told, staged or begun. */
export function commitmentsFromRecord(record: CommitmentRecord): Map<TaskId, Commitment> {
  const { now, tasks, progress, hasAcknowledged } = record;
  const stagings = stagingsOf(tasks);
  const commitments = new Map<TaskId, Commitment>();
  // What it needs has been brought, or is on its way.
  const isStaged = (task: TaskId): boolean =>
    stagings.get(task)?.some((before) => hasStarted(progress.get(before))) ?? false;
  const note = (task: TaskId, told: CommitmentFacts['told'], staged: boolean): void => {
    const commitment = commitmentOf({ now, told, progress: progress.get(task), isStaged: staged });
    if (commitment) commitments.set(task, commitment);
  };
  for (const task of progress.keys()) note(task, null, false);
  for (const { unit, items } of record.queues) {
    for (const { task, assignment } of items) {
      const { start } = assignment;
      const staged = isStaged(task);
      // Most of what a plant was told is far off: nobody asks who has seen it.
      if (!staged && !isWithinFences(start, now)) continue;
      note(task, { start, isAcknowledged: hasAcknowledged(unit, task) }, staged);
    }
  }
  return commitments;
}
