import { groupBy } from '#shared/base/group.ts';
import { type FamilyId, setupLookup } from '#shared/domain/changeover.ts';
import type { RefusalCode } from '#shared/domain/refusal.ts';
import { isShared } from '#shared/domain/equipment.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Interval } from '#shared/time/interval.ts';
import { type Facts, type Objections, isSharedUnit } from './facts.ts';

/** Something or somebody held by one task for a while. */
interface Hold extends Interval {
  readonly task: TaskId;
  readonly code: RefusalCode;
}

/** Rules 1 and 5: a work unit that is not shared carries, and an instrument serves, one task at a time. */
export function holdsEquipmentAlone(facts: Facts, no: Objections): void {
  const holds = facts.schedule.assignments.flatMap(({ task, unit, start, end, instruments }) => [
    ...(isSharedUnit(facts, unit)
      ? []
      : [{ on: unit, hold: { task, start, end, code: 'UNIT_BUSY' as const } }]),
    ...instruments
      .filter((id) => id !== unit)
      .map((on) => ({ on, hold: { task, start, end, code: 'NO_INSTRUMENT_FREE' as const } })),
  ]);
  for (const [id, rows] of groupBy(holds, ({ on }) => on)) {
    judgeClashes(
      facts,
      id,
      rows.map(({ hold }) => hold),
      no,
    );
  }
}

/** Of two that clash the later is told, or the one that has not started; what has started on both sides is a fact. */
function judgeClashes(facts: Facts, what: string, holds: Hold[], no: Objections): void {
  const sorted = holds
    .filter((hold) => hold.start < hold.end)
    .sort((a, b) => a.start - b.start || a.end - b.end);
  let latest: Hold | undefined;
  for (const hold of sorted) {
    if (latest && hold.start < latest.end) {
      const told = facts.started.has(hold.task) ? latest : hold;
      const other = told === hold ? latest : hold;
      if (!facts.started.has(told.task)) {
        no(
          told.task,
          told.code,
          other.task,
          `${what} is taken by ${other.task} until ${facts.when(other.end)}`,
        );
      }
    }
    if (!latest || hold.end > latest.end) latest = hold;
  }
}

/** Rule 3: the setup of every task is what the matrix asks after the family before it on the unit, or what its mode says. */
export function setsUpAsAsked(facts: Facts, no: Objections): void {
  const matrices = new Map(facts.plan.plant.setupMatrices.map((matrix) => [matrix.id, setupLookup(matrix)]));
  for (const [unit, places] of groupBy(facts.schedule.assignments, (place) => place.unit)) {
    const equipment = facts.equipment.get(unit);
    // Where several tasks run side by side there is no family before; a batch is set up for as one.
    const isParallel = equipment !== undefined && isShared(equipment) && equipment.batching !== true;
    const lookup = isParallel ? undefined : equipment?.setupMatrix && matrices.get(equipment.setupMatrix);
    let family: FamilyId | undefined = equipment?.setupState;
    let before: Assignment | undefined;
    let left = family;
    for (const place of places.sort((a, b) => a.start - b.start || a.end - b.end)) {
      const task = facts.tasks.get(place.task);
      if (!task) continue;
      const isSameBatch = equipment?.batching === true && before?.start === place.start;
      if (!isSameBatch) family = left;
      before = place;
      const asked = lookup
        ? lookup(family, task.family)
        : (task.modes.find((mode) => mode.unit === unit)?.setup ?? 0);
      if (place.setup !== asked && !facts.started.has(task.id)) {
        const change = lookup ? ` from ${family ?? 'an unknown state'} to ${task.family ?? 'none'}` : '';
        no(task.id, 'WRONG_SETUP', unit, `has ${place.setup} s of setup${change}, ${asked} s are asked`);
      }
      left = task.family ?? family;
    }
  }
}
