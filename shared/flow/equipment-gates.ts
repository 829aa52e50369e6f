import { type Equipment, type EquipmentId, downUntil, isInstrument } from '#shared/domain/equipment.ts';
import { type FamilyId, setupLookup } from '#shared/domain/changeover.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import { type TestSpecId, isValidOver, latestResult } from '#shared/domain/test-result.ts';
import { formatSpan } from '#shared/time/format.ts';
import { overlaps } from '#shared/time/interval.ts';
import { type Answer, type Gate, against } from './gate.ts';
import { equipmentById, renewalsIn, resultsOf, tasksById } from './lookups.ts';

/** Every test of the unit and of the instruments is valid beyond the end, by a result or by a renewal that is done. */
export function calibrationGate(gate: Gate): Answer[] {
  const { plan, task } = gate;
  const own = [equipmentById(plan.plant.equipment).get(gate.unit), ...instrumentsOf(gate)];
  const used = own.filter((equipment) => equipment !== undefined);
  const missing = task.instruments.length - (used.length - 1);
  return [
    ...used.flatMap((equipment) =>
      equipment.tests
        .filter((test) => task.renews?.equipment !== equipment.id || task.renews.test !== test)
        .map((test) => testGate(gate, equipment, test)),
    ),
    ...(missing > 0
      ? [
          against(
            'TOOL_MISSING',
            task.id,
            `No instrument of class ${task.instruments.at(-1)?.class ?? ''} is planned.`,
          ),
        ]
      : []),
  ];
}

/** The instruments of the plan; without one, for every need one of the class, those first that pass. */
function instrumentsOf(gate: Gate): Equipment[] {
  const { plan, task, planned } = gate;
  if (planned) {
    const known = equipmentById(plan.plant.equipment);
    return planned.instruments.flatMap((id) => known.get(id) ?? []).filter(isInstrument);
  }
  const chosen: Equipment[] = [];
  for (const need of task.instruments) {
    const free = plan.plant.equipment.filter(
      (equipment) =>
        isInstrument(equipment) && equipment.classes.includes(need.class) && !chosen.includes(equipment),
    );
    const fit = free.find((equipment) =>
      equipment.tests.every((test) => typeof testGate(gate, equipment, test) === 'string'),
    );
    const one = fit ?? free[0];
    if (one) chosen.push(one);
  }
  return chosen;
}

function testGate(gate: Gate, equipment: Equipment, test: TestSpecId): Answer {
  const { plan, interval, when } = gate;
  const name = plan.plant.testSpecs.find((spec) => spec.id === test)?.name ?? test;
  const results = resultsOf(plan.plant.testResults).get(`${equipment.id}\n${test}`) ?? [];
  const latest = latestResult(results, interval.start);
  if (latest && isValidOver(latest, interval)) {
    return `${equipment.name}: ${name} valid${latest.expires === undefined ? '' : ` until ${when(latest.expires)}`}`;
  }
  const renewed = renewedUntil(gate, equipment.id, test);
  if (renewed > interval.end) return `${equipment.name}: ${name} renewed, valid until ${when(renewed)}`;
  if (!latest) return against('CAL_UNKNOWN', equipment.id, `${equipment.name}: no ${name} is on record.`);
  if (!latest.passed) {
    return against(
      'CAL_FAILED',
      equipment.id,
      `${equipment.name} failed ${name} on ${when(latest.evaluated)}.`,
    );
  }
  const expires = latest.expires ?? interval.end;
  const verb = expires <= interval.start ? 'expired' : 'expires before the end, on';
  return against('CAL_EXPIRED', equipment.id, `${equipment.name}: ${name} ${verb} ${when(expires)}.`);
}

/** Until when a renewal that was completed before the start makes the test valid; -Infinity without one. */
function renewedUntil({ plan, progress, interval }: Gate, equipment: EquipmentId, test: TestSpecId): number {
  let until = -Infinity;
  for (const { id, renews } of renewalsIn(plan.tasks)) {
    if (renews?.equipment !== equipment || renews.test !== test) continue;
    const done = progress.get(id)?.actualEnd;
    if (done !== undefined && done <= interval.start) until = Math.max(until, done + renews.validFor);
  }
  return until;
}

/** Neither the unit nor an instrument is down: looking ahead over the whole interval, otherwise at the start. */
export function maintenanceGate(gate: Gate): Answer[] {
  const { plan, unit, planned, moment, task, interval, when, nameOf } = gate;
  const looksAhead = moment === 'plan' && task.crossBreak === 'none';
  const span = looksAhead ? interval : { start: interval.start, end: interval.start + 1 };
  const used = new Set([unit, ...(planned?.instruments ?? [])]);
  const found = plan.plant.downtimes.find(
    (entry) =>
      used.has(entry.equipment) &&
      overlaps(span, {
        start: entry.start,
        end: entry.end ?? Math.max(downUntil(entry, plan.now), span.end),
      }),
  );
  if (!found) return [`${nameOf(unit)} is up`];
  const until = found.end === undefined ? ', end unknown' : ` until ${when(found.end)}`;
  const text = `${nameOf(found.equipment)} is down since ${when(found.start)}${until}: ${found.reason}.`;
  return [against('MAINT_BLOCKED', found.equipment, text)];
}

/**
 * A listed cleaning between the last family on the unit and this one has been reported as setup before the run starts, and
 * the unit has not stood for longer since than it stays clean.
 */
export function cleaningGate(gate: Gate): Answer[] {
  const { plan, task, unit, progress, moment, nameOf } = gate;
  const equipment = equipmentById(plan.plant.equipment).get(unit);
  const matrix = plan.plant.setupMatrices.find((one) => one.id === equipment?.setupMatrix);
  if (moment !== 'start' || !matrix || task.family === undefined) return [];
  const from = lastFamilyOn(plan, unit, progress, task.id) ?? equipment?.setupState;
  const listed = matrix.entries.find((entry) => entry.from === from && entry.to === task.family);
  if (!listed?.cleaning) return [];
  const state = progress.get(task.id)?.state;
  const lasts = setupLookup(matrix)(from, task.family);
  if (state?.kind === 'setup') return cleanSince(gate, state.since + lasts, listed.cleanFor);
  const text = `${nameOf(unit)} must be cleaned from ${listed.from} to ${listed.to} (${formatSpan(lasts)}): start the setup first.`;
  return [against('NOT_CLEAN', unit, text)];
}

/** Nobody says when a cleaning was over: it is counted from when it took as long as it is planned to. */
function cleanSince(
  { unit, interval, nameOf, when }: Gate,
  cleaned: number,
  cleanFor: number | undefined,
): Answer[] {
  if (cleanFor === undefined) return [];
  const until = cleaned + cleanFor;
  if (interval.start <= until) return [`${nameOf(unit)} is clean until ${when(until)}`];
  const text = `${nameOf(unit)} was cleaned by ${when(cleaned)} and stays so for ${formatSpan(cleanFor)}. Clean it again: pause the setup and resume it.`;
  return [against('CLEAN_HOLD_EXPIRED', unit, text)];
}

/** The family of what began last on the unit, one task apart; undefined where nothing with a family has. */
export function lastFamilyOn(
  plan: Gate['plan'],
  unit: EquipmentId,
  progress: Gate['progress'],
  but?: string,
): FamilyId | undefined {
  let family: FamilyId | undefined;
  let last = -Infinity;
  const tasks = tasksById(plan.tasks);
  for (const own of progress.values()) {
    const task = own.unit === unit && own.task !== but && hasStarted(own) ? tasks.get(own.task) : undefined;
    if (task?.family === undefined) continue;
    const at = own.actualStart ?? -Infinity;
    if (at < last) continue;
    last = at;
    family = task.family;
  }
  return family;
}
