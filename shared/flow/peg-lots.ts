import { groupBy } from '#shared/base/group.ts';
import { type Lot, usableFrom } from '#shared/domain/material.ts';
import type { MaterialNeed } from '#shared/domain/needs.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';

/** Sums of quantities carry rounding errors; less than this is nothing. */
const CRUMB = 1e-6;

interface Stock {
  readonly lot: Lot;
  readonly usable: Instant | null;
  left: number;
}

/**
 * The tasks with their material pegged to lots: started tasks first, then by due date. A need takes the lots that are
 * usable when the order is released, first expired first out, then those that come later; never one that expires before
 * the order is due. A need that only a lot on hold could fill is pegged to that lot, so that it can be named; one that
 * the stock cannot fill at all takes nothing, and leaves what there is to others.
 */
export function pegLots(
  tasks: readonly Task[],
  lots: readonly Lot[],
  started: ReadonlySet<TaskId>,
  now: Instant,
): Task[] {
  const stock = groupBy(
    lots
      .filter((lot) => lot.disposition !== 'Closed' && lot.quantity > 0)
      .map((lot): Stock => ({ lot, usable: usableFrom(lot), left: lot.quantity }))
      .sort(firstExpired),
    (entry) => entry.lot.material,
  );
  const pegged = new Map<TaskId, MaterialNeed[]>();
  const rank = (task: Task): number => (started.has(task.id) ? 0 : 1);
  const asking = tasks.filter((task) => task.materials.length > 0);
  for (const task of asking.sort((a, b) => rank(a) - rank(b) || a.due - b.due)) {
    const keeps = started.has(task.id) ? -Infinity : Math.max(task.due, now);
    const from = Math.max(task.release, now);
    pegged.set(
      task.id,
      task.materials.map((need) => {
        const mine = (stock.get(need.material) ?? []).filter(
          ({ lot, left }) => left > CRUMB && (lot.expires ?? Infinity) > keeps,
        );
        return { ...need, lots: take(need.quantity, mine, from) };
      }),
    );
  }
  return tasks.map((task) => {
    const materials = pegged.get(task.id);
    return materials ? { ...task, materials } : task;
  });
}

function take(quantity: number, stock: readonly Stock[], from: Instant): MaterialNeed['lots'] {
  const there = stock.filter(({ usable }) => usable !== null && usable <= from);
  const coming = stock
    .filter(({ usable }) => usable !== null && usable > from)
    .sort((a, b) => (a.usable ?? 0) - (b.usable ?? 0) || firstExpired(a, b));
  const held = stock.filter(({ usable }) => usable === null);
  const promised = total(there) + total(coming);
  if (promised + total(held) < quantity - CRUMB) return [];
  const lots: MaterialNeed['lots'] = [];
  let missing = quantity;
  for (const entry of promised < quantity - CRUMB ? held : [...there, ...coming]) {
    if (missing <= CRUMB) break;
    const part = Math.min(entry.left, missing);
    entry.left -= part;
    missing -= part;
    lots.push({ lot: entry.lot.id, quantity: part });
  }
  return lots;
}

const total = (stock: readonly Stock[]): number => stock.reduce((sum, entry) => sum + entry.left, 0);

const firstExpired = (a: Stock, b: Stock): number =>
  (a.lot.expires ?? Infinity) - (b.lot.expires ?? Infinity) ||
  (a.usable ?? 0) - (b.usable ?? 0) ||
  (a.lot.id < b.lot.id ? -1 : 1);
