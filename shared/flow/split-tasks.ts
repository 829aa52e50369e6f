import { groupBy } from '#shared/base/group.ts';
import type { MaterialNeed } from '#shared/domain/needs.ts';
import type { Part, Task, TaskId } from '#shared/domain/task.ts';

/** A part that the planner has split off, with the id under which it is planned. */
export interface PartTask extends Part {
  readonly task: TaskId;
}

/**
 * The tasks with what the planner has split off them: a task keeps its id and what its parts leave of its quantity; each
 * part is a task of its own that waits for the same, and what followed the task waits for all of them. Parts that the
 * quantity no longer holds (the order became smaller) are left out.
 */
export function splitTasks(tasks: readonly Task[], parts: readonly PartTask[]): Task[] {
  const partsOf = groupBy(parts, (part) => part.of);
  const made = new Map<TaskId, Task[]>();
  for (const task of tasks) {
    const own = partsOf.get(task.id);
    if (own && task.renews === undefined) made.set(task.id, pieces(task, own));
  }
  return tasks.flatMap((task) =>
    (made.get(task.id) ?? [task]).map((piece) => {
      if (!piece.after.some((relation) => made.has(relation.task))) return piece;
      const after = piece.after.flatMap((relation) =>
        (made.get(relation.task) ?? [{ id: relation.task }]).map(({ id }) => ({ ...relation, task: id })),
      );
      return { ...piece, after };
    }),
  );
}

function pieces(task: Task, parts: readonly PartTask[]): Task[] {
  const held: PartTask[] = [];
  let rest = task.quantity;
  for (const part of parts) {
    if (part.quantity >= rest) continue;
    held.push(part);
    rest -= part.quantity;
  }
  let used = rest;
  const first = pieceOf(task, 0, rest);
  const others = held.map((part) => {
    const piece = pieceOf(task, used, part.quantity);
    used += part.quantity;
    return { ...piece, id: part.task, name: `${task.name} ${part.task.slice(part.of.length)}` };
  });
  return [first, ...others];
}

/** The piece of a task from so much of its quantity on. Time that does not depend on the quantity is spent by every piece. */
function pieceOf(task: Task, from: number, quantity: number): Task {
  const share = quantity / task.quantity;
  return {
    ...task,
    quantity,
    modes: task.modes.map((mode) => {
      const fixed = mode.fixed ?? 0;
      return { ...mode, run: Math.max(1, Math.round(fixed + (mode.run - fixed) * share)) };
    }),
    materials: task.materials.map((need) => needOf(need, (from / task.quantity) * need.quantity, share)),
    after: task.after.map(({ storage, ...relation }) => ({
      ...relation,
      ...(storage && { storage: { ...storage, quantity: storage.quantity * share } }),
    })),
  };
}

/** Its share of a need, out of the lots in their order. */
function needOf(need: MaterialNeed, from: number, share: number): MaterialNeed {
  const quantity = need.quantity * share;
  const lots: MaterialNeed['lots'] = [];
  let begin = 0;
  for (const { lot, quantity: of } of need.lots) {
    const taken = Math.min(begin + of, from + quantity) - Math.max(begin, from);
    if (taken > 1e-9) lots.push({ lot, quantity: taken });
    begin += of;
  }
  return { ...need, quantity, lots };
}
