import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { TaskProgress } from '#shared/domain/execution.ts';
import type { Queue, QueueItem } from '#shared/domain/queue.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';

/** When the schedule needs what a task brings, and which task then begins. */
export interface Want {
  readonly at: Instant;
  readonly by: { readonly task: Task; readonly place: Assignment } | null;
}

export interface Told {
  readonly tasks: Iterable<Task>;
  readonly queues: Iterable<Queue>;
  readonly progress: ReadonlyMap<TaskId, TaskProgress>;
}

/** A position of a queue on a list of another order, with when it is needed. */
export interface Position {
  readonly item: QueueItem;
  readonly want: Want;
}

/**
 * A list of a person or a team: those positions of all queues that `keeps`, what is in hand first, then by what the schedule
 * needs when, or by `begins` where that says when it is somebody's turn. Nothing is dispatched by it.
 */
export function worklistFromQueues(
  told: Told,
  keeps: (item: QueueItem) => boolean,
  begins?: (item: QueueItem) => Instant,
): Position[] {
  const wantOf = wants(told);
  const isInHand = ({ item }: Position): boolean =>
    (told.progress.get(item.task)?.state.kind ?? 'waiting') !== 'waiting';
  const turn = ({ item, want }: Position): Instant => begins?.(item) ?? want.at;
  return [...told.queues]
    .flatMap(({ items }) => items)
    .filter((item) => told.progress.get(item.task)?.state.kind !== 'completed' && keeps(item))
    .map((item) => ({ item, want: wantOf(item) }))
    .sort(
      (a, b) =>
        Number(isInHand(b)) - Number(isInHand(a)) ||
        turn(a) - turn(b) ||
        a.item.assignment.start - b.item.assignment.start ||
        (a.item.task < b.item.task ? -1 : 1),
    );
}

/**
 * When each told task is needed, by what was told: the run start of the first task that waits for it, less the time that must
 * pass in between; of a calibration the first task that would use its equipment beyond the present proof. Otherwise when it is due.
 */
function wants({ tasks, queues, progress }: Told): (item: QueueItem) => Want {
  const known = new Map<TaskId, Task>();
  const places = new Map<TaskId, Assignment>();
  for (const { items } of queues) for (const { task, assignment } of items) places.set(task, assignment);
  const waiting = new Map<TaskId, Want[]>();
  const users = new Map<EquipmentId, Want[]>();
  const note = <Key>(map: Map<Key, Want[]>, key: Key, want: Want): void => {
    const own = map.get(key);
    if (own) own.push(want);
    else map.set(key, [want]);
  };
  for (const task of tasks) {
    known.set(task.id, task);
    const place = places.get(task.id);
    if (!place || (progress.get(task.id)?.state.kind ?? 'waiting') !== 'waiting') continue;
    for (const { task: before, from, minLag } of task.after)
      if (from === 'end') note(waiting, before, { at: place.runStart - minLag, by: { task, place } });
    for (const equipment of [place.unit, ...place.instruments])
      note(users, equipment, { at: place.start, by: { task, place } });
  }
  return ({ task: id, due }) => {
    const renews = known.get(id)?.renews;
    const found = renews
      ? (users.get(renews.equipment) ?? []).filter(({ by }) => by && by.task.id !== id && by.place.end >= due)
      : (waiting.get(id) ?? []);
    return found.reduce<Want>((first, one) => (first.by && first.at <= one.at ? first : one), {
      at: due,
      by: null,
    });
  };
}
