import { type Commitment, commitmentOf } from '#shared/domain/commitment.ts';
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

/** What every task that is committed to its place is committed by: told, staged or begun. */
export function commitmentsFromRecord(record: CommitmentRecord): Map<TaskId, Commitment> {
  const { now, tasks, progress, hasAcknowledged } = record;
  const commitments = new Map<TaskId, Commitment>();
  const note = (task: TaskId, told: Parameters<typeof commitmentOf>[0]['told']): void => {
    // What it needs has been brought, or is on its way.
    const isStaged =
      tasks.get(task)?.after.some((link) => {
        const before = tasks.get(link.task);
        return before?.domain === 'inventory' && hasStarted(progress.get(before.id));
      }) ?? false;
    const commitment = commitmentOf({ now, told, progress: progress.get(task), isStaged });
    if (commitment) commitments.set(task, commitment);
  };
  for (const task of progress.keys()) note(task, null);
  for (const { unit, items } of record.queues)
    for (const { task, assignment } of items)
      note(task, { start: assignment.start, isAcknowledged: hasAcknowledged(unit, task) });
  return commitments;
}
