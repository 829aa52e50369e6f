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
  readonly queues: ReadonlyMap<EquipmentId, Queue>;
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

/** What the lines were told, laid out flat: it is gone through after every report, and told anew a few times a day. */
const toldOnce = onceFor((tasks: ReadonlyMap<TaskId, Task>) =>
  onceFor((queues: ReadonlyMap<EquipmentId, Queue>) => {
    const stagings = stagingsOf(tasks);
    return [...queues.values()].flatMap(({ unit, items }) =>
      items.map(({ task, assignment: { start } }) => ({ task, unit, start, stagings: stagings.get(task) })),
    );
  }),
);

/** What every task that is committed to its place is committed by: told, staged or begun. */
export function commitmentsFromRecord(record: CommitmentRecord): Map<TaskId, Commitment> {
  const { now, tasks, progress, queues, hasAcknowledged } = record;
  const commitments = new Map<TaskId, Commitment>();
  const note = (task: TaskId, told: CommitmentFacts['told'], isStaged: boolean): void => {
    const commitment = commitmentOf({ now, told, progress: progress.get(task), isStaged });
    if (commitment) commitments.set(task, commitment);
  };
  for (const task of progress.keys()) note(task, null, false);
  for (const { task, unit, start, stagings } of toldOnce(tasks)(queues)) {
    const isStaged = stagings?.some((before) => isBrought(progress.get(before))) ?? false;
    // Most of what a plant was told is far off: nobody asks who has seen it.
    if (!isStaged && !isWithinFences(start, now)) continue;
    note(task, { start, isAcknowledged: hasAcknowledged(unit, task) }, isStaged);
  }
  return commitments;
}

/** Something stands there by the warehouse's last word; where it has said nothing of it, what has begun is on its way. */
const isBrought = (staging: TaskProgress | undefined): boolean =>
  staging?.staged ? staging.staged.some(({ quantity }) => quantity > 0) : hasStarted(staging);
