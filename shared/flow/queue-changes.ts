import { indexBy } from '#shared/base/group.ts';
import { canonicalJson } from '#shared/domain/ledger.ts';
import { labelOf } from '#shared/domain/of-order.ts';
import type { QueueChange, ToldItem } from '#shared/domain/queue.ts';
import type { TaskId } from '#shared/domain/task.ts';

/** How a list differs from what its line was told last and has still to do. Applied to that, it gives the list. */
export function queueChanges(before: readonly ToldItem[], after: readonly ToldItem[]): QueueChange[] {
  const place = new Map(before.map(({ task }, index) => [task, index + 1]));
  const known = indexBy(before, ({ task }) => task);
  const kept = new Set(after.map(({ task }) => task));
  const inOrder = longestRising(after.flatMap(({ task }) => place.get(task) ?? []));
  const changes: QueueChange[] = before.flatMap((item, index) =>
    kept.has(item.task) ? [] : { kind: 'removed', task: item.task, name: labelOf(item), from: index + 1 },
  );
  for (const [index, item] of after.entries()) {
    const { task } = item;
    const name = labelOf(item);
    const old = known.get(task);
    const from = place.get(task);
    if (!old || from === undefined) {
      changes.push({ kind: 'added', task, item: { ...told(item), position: index + 1 } });
      continue;
    }
    if (!inOrder.has(from)) changes.push({ kind: 'moved', task, name, from, to: index + 1 });
    const fields = FIELDS.filter(
      (field) =>
        // That an older list did not say its version is no difference.
        !(field === 'instructions' && old[field] === undefined) && textOf(old[field]) !== textOf(item[field]),
    );
    if (fields.length > 0)
      changes.push({ kind: 'changed', task, name, before: pick(old, fields), after: pick(item, fields) });
  }
  return changes;
}

/** The list after these changes to the one before. */
export function withQueueChanges(
  before: readonly ToldItem[],
  changes: readonly QueueChange[],
): readonly ToldItem[] {
  const left = new Map<TaskId, ToldItem>(before.map((item) => [item.task, item]));
  const placed = new Map<number, ToldItem>();
  for (const change of changes) {
    const own = left.get(change.task);
    if (change.kind === 'added') placed.set(change.item.position, change.item);
    else if (change.kind === 'removed') left.delete(change.task);
    else if (change.kind === 'changed' && own) left.set(change.task, { ...own, ...change.after } as ToldItem);
  }
  for (const change of changes) {
    const own = left.get(change.task);
    if (change.kind !== 'moved' || !own) continue;
    placed.set(change.to, own);
    left.delete(change.task);
  }
  const others = left.values();
  return Array.from({ length: left.size + placed.size }, (_, index) => ({
    ...(placed.get(index + 1) ?? (others.next().value as ToldItem)),
    position: index + 1,
  }));
}

/** What of an item a line acts on, its place in the list apart. */
const FIELDS = [
  'order',
  'orderName',
  'name',
  'domain',
  'product',
  'quantity',
  'uom',
  'due',
  'instructions',
  'assignment',
] as const satisfies readonly (keyof ToldItem)[];

/** The same whatever order its parts were written in. */
const textOf = (value: ToldItem[keyof ToldItem] | undefined): string =>
  value === undefined ? '' : canonicalJson(value);

const pick = (item: ToldItem, fields: readonly (keyof ToldItem)[]): Partial<ToldItem> =>
  Object.fromEntries(fields.map((field) => [field, item[field]]));

const told = (item: ToldItem): Omit<ToldItem, 'position'> => ({
  task: item.task,
  order: item.order,
  ...(item.orderName !== undefined && { orderName: item.orderName }),
  name: item.name,
  domain: item.domain,
  product: item.product,
  quantity: item.quantity,
  uom: item.uom,
  due: item.due,
  ...(item.instructions && { instructions: item.instructions }),
  assignment: item.assignment,
});

/** The most of these that stand in rising order: as few as possible are then said to have moved (patience sorting). */
function longestRising(values: readonly number[]): Set<number> {
  const tails: number[] = [];
  const before = new Map<number, number | undefined>();
  for (const value of values) {
    let at = tails.findIndex((tail) => tail >= value);
    if (at < 0) at = tails.length;
    before.set(value, tails[at - 1]);
    tails[at] = value;
  }
  const rising = new Set<number>();
  for (let value = tails.at(-1); value !== undefined; value = before.get(value)) rising.add(value);
  return rising;
}
