import { type EquipmentId, isInstrument } from '#shared/domain/equipment.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import type { Task } from '#shared/domain/task.ts';
import { type TestSpecId, isValidOver, latestResult } from '#shared/domain/test-result.ts';
import { overlaps } from '#shared/time/interval.ts';
import type { Facts, Objection } from './facts.ts';

/** Rule 5: one instrument of the class for every need, and a renewal takes what it renews. */
export function hasItsInstruments(facts: Facts, task: Task, place: Assignment, no: Objection): void {
  const { renews } = task;
  if (renews && renews.equipment !== place.unit && !place.instruments.includes(renews.equipment)) {
    no('NO_INSTRUMENT_FREE', renews.equipment, `renews ${renews.equipment} without taking it`);
  }
  const free = place.instruments.filter((id) => id !== renews?.equipment);
  if (
    new Set(place.instruments).size < place.instruments.length ||
    !canServe(facts, task.instruments, free)
  ) {
    const asked = task.instruments.map((need) => need.class).join(', ');
    no(
      'NO_INSTRUMENT_FREE',
      asked,
      `needs one instrument each of ${asked}, has ${free.join(', ') || 'none'}`,
    );
  }
  for (const id of place.instruments) {
    const down = facts.downs.get(id)?.find((span) => overlaps(span, place));
    if (down) no('MAINT_BLOCKED', id, `${id} is down from ${facts.when(down.start)}`);
  }
}

/** Can each need have an instrument of its own? */
function canServe(facts: Facts, needs: Task['instruments'], instruments: readonly EquipmentId[]): boolean {
  const need = needs.at(0);
  if (!need) return true;
  return instruments.some((id) => {
    const instrument = facts.equipment.get(id);
    return (
      instrument !== undefined &&
      isInstrument(instrument) &&
      instrument.classes.includes(need.class) &&
      canServe(
        facts,
        needs.slice(1),
        instruments.filter((other) => other !== id),
      )
    );
  });
}

/** Rule 5: every test of the unit and its instruments is valid beyond the end, but for the one it renews. */
export function usesValidEquipment(facts: Facts, task: Task, place: Assignment, no: Objection): void {
  for (const id of [place.unit, ...place.instruments]) {
    for (const test of facts.equipment.get(id)?.tests ?? []) {
      if (task.renews?.equipment !== id || task.renews.test !== test) judgeTest(facts, id, test, place, no);
    }
  }
}

function judgeTest(facts: Facts, id: EquipmentId, test: TestSpecId, place: Assignment, no: Objection): void {
  const latest = latestResult(facts.resultsOf(id, test), place.start);
  if (latest && isValidOver(latest, place)) return;
  const renewed = facts
    .renewalsOf(id, test)
    .some(({ task, end, until }) => task !== place.task && end <= place.start && until > place.end);
  if (renewed) return;
  if (!latest) no('CAL_UNKNOWN', id, `${id} has no result of ${test}`);
  else if (!latest.passed) no('CAL_FAILED', id, `${id} failed ${test} on ${facts.when(latest.evaluated)}`);
  else
    no(
      'CAL_EXPIRED',
      id,
      `${test} of ${id} expires ${facts.when(latest.expires ?? place.end)}, before the end`,
    );
}
