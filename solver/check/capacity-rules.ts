import { groupBy } from '#shared/base/group.ts';
import { isShared, isTool } from '#shared/domain/equipment.ts';
import type { RefusalCode } from '#shared/domain/refusal.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { type Interval, overlaps } from '#shared/time/interval.ts';
import type { Facts, Objections } from './facts.ts';

/** A part of something limited, held by a task for a while; nobody is to blame where there is no task. */
interface Share extends Interval {
  readonly task: TaskId | undefined;
  readonly amount: number;
}

/** Less than this is a rounding error of a sum. */
const CRUMB = 1e-9;

/** Rule 4: the shares of attention that a person gives at the same time are together no more than one. */
export function sharesAttention(facts: Facts, no: Objections): void {
  const stints = facts.schedule.assignments.flatMap(({ task, people }) => {
    const needs = facts.tasks.get(task)?.people ?? [];
    return people.map(({ person, need, start, end }) => {
      const amount = needs.at(need)?.attention ?? 1;
      return { person, share: { task, start, end, amount } };
    });
  });
  for (const [person, rows] of groupBy(stints, (stint) => stint.person)) {
    const name = facts.people.get(person)?.name ?? person;
    const shares = rows.map((row) => row.share);
    judgeSum(facts, shares, 1, no, 'NO_PERSON_FREE', ({ task, end }) => ({
      object: task ?? person,
      text: `${name} is taken by ${task} until ${facts.when(end)}`,
    }));
  }
}

/** Rule 1: the loads on a shared unit never exceed its capacity; a renewal takes all of what it renews. */
export function keepsCapacity(facts: Facts, no: Objections): void {
  const held = facts.schedule.assignments.flatMap((place) =>
    [...new Set([place.unit, ...place.instruments])].map((on) => ({ on, place })),
  );
  for (const [id, rows] of groupBy(held, ({ on }) => on)) {
    const unit = facts.equipment.get(id);
    if (!unit || !isShared(unit)) continue;
    const { capacity = 1 } = unit;
    const shares = rows.map(({ place: { task, start, end } }) => {
      const isRenewed = facts.tasks.get(task)?.renews?.equipment === id;
      return { task, start, end, amount: isRenewed ? capacity : loadOf(facts, task, id) };
    });
    judgeSum(facts, shares, capacity, no, 'CAPACITY_EXCEEDED', () => ({
      object: id,
      text: `is too much for ${unit.name}, which holds ${capacity} at once`,
    }));
  }
}

const loadOf = (facts: Facts, task: TaskId, unit: Assignment['unit']): number =>
  facts.tasks.get(task)?.modes.find((mode) => mode.unit === unit)?.load ?? 1;

/** Rule 1: on a batch machine tasks run apart, or as one batch: of one family, in and out together. */
export function runsInBatches(facts: Facts, no: Objections): void {
  for (const [id, places] of groupBy(facts.schedule.assignments, (place) => place.unit)) {
    if (facts.equipment.get(id)?.batching !== true) continue;
    const sorted = places.sort((a, b) => a.start - b.start || a.end - b.end);
    for (const [k, place] of sorted.entries()) {
      const other = sorted.slice(0, k).findLast((before) => overlaps(before, place));
      if (!other || isSameBatch(facts, other, place)) continue;
      const told = facts.started.has(place.task) ? other : place;
      if (facts.started.has(told.task)) continue;
      const batch = told === place ? other : place;
      no(
        told.task,
        'BATCH_MISMATCH',
        batch.task,
        `overlaps ${batch.task} on ${id} without being of its batch`,
      );
    }
  }
}

function isSameBatch(facts: Facts, a: Assignment, b: Assignment): boolean {
  const family = facts.tasks.get(a.task)?.family;
  const isOneFamily = family !== undefined && family === facts.tasks.get(b.task)?.family;
  return isOneFamily && a.start === b.start && a.runStart === b.runStart && a.end === b.end;
}

/** Rule 5: no more tools of a class are taken at once than there are and are not down. */
export function sharesTools(facts: Facts, no: Objections): void {
  const taken = facts.schedule.assignments.flatMap(({ task, start, end }) =>
    (facts.tasks.get(task)?.tools ?? []).map((need) => ({
      name: need.class,
      share: { task, start, end, amount: need.count },
    })),
  );
  for (const [name, rows] of groupBy(taken, (row) => row.name)) {
    const tools = facts.plan.plant.equipment.filter((one) => isTool(one) && one.classes.includes(name));
    const total = tools.reduce((sum, tool) => sum + (tool.capacity ?? 0), 0);
    const down = tools.flatMap((tool) =>
      (facts.downs.get(tool.id) ?? []).map(({ start, end }) => ({
        task: undefined,
        start,
        end,
        amount: tool.capacity ?? 0,
      })),
    );
    const shares = [...rows.map((row) => row.share), ...down];
    judgeSum(facts, shares, total, no, 'NO_TOOL_FREE', () => ({
      object: name,
      text: `needs more ${name} than there are (${total}, less those that are down)`,
    }));
  }
}

/** Rule 6: what waits between tasks fits into its storage zone. */
export function fitsIntoStorage(facts: Facts, no: Objections): void {
  const waits = facts.plan.tasks.flatMap((task) =>
    task.after.flatMap(({ task: before, storage }) => {
      const from = facts.places.get(before)?.end;
      const until = facts.places.get(task.id)?.runStart;
      if (!storage || from === undefined || until === undefined) return [];
      return [
        { zone: storage.zone, share: { task: task.id, start: from, end: until, amount: storage.quantity } },
      ];
    }),
  );
  for (const [id, rows] of groupBy(waits, (wait) => wait.zone)) {
    const zone = facts.equipment.get(id);
    if (zone?.capacity === undefined) continue;
    const { capacity, name } = zone;
    const shares = rows.map((row) => row.share);
    judgeSum(facts, shares, capacity, no, 'STORAGE_FULL', ({ start }) => ({
      object: id,
      text: `has no room in ${name}, which holds ${capacity}, from ${facts.when(start)}`,
    }));
  }
}

/**
 * Objects where shares exceed `limit`: to the one that came last, or to one that has not started; what has started is a
 * fact. `because` tells the latest other share of those that are in the way.
 */
function judgeSum(
  facts: Facts,
  shares: readonly Share[],
  limit: number,
  no: Objections,
  code: RefusalCode,
  because: (other: Share) => { object: string; text: string },
): void {
  const sorted = shares
    .filter((share) => share.start < share.end)
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const isOurs = ({ task }: Share): boolean => task !== undefined && !facts.started.has(task);
  let holding: Share[] = [];
  for (const share of sorted) {
    const others = holding.filter((other) => other.end > share.start);
    holding = [...others, share];
    const sum = holding.reduce((total, one) => total + one.amount, 0);
    if (sum <= limit + CRUMB) continue;
    const told = isOurs(share) ? share : others.findLast(isOurs);
    if (told?.task === undefined) continue;
    const other =
      holding
        .filter((one) => one !== told)
        .sort((a, b) => a.end - b.end)
        .at(-1) ?? share;
    const { object, text } = because(other);
    no(told.task, code, object, text);
  }
}
