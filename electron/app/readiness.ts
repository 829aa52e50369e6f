import { groupBy, indexBy } from '#shared/base/group.ts';
import { onceFor } from '#shared/base/once-for.ts';
import type { ReadinessGate } from '#shared/contract/views.ts';
import type { Plant } from '#shared/domain/plant.ts';
import type { RefusalCode } from '#shared/domain/refusal.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import type { Task } from '#shared/domain/task.ts';
import { calibrationGate } from '#shared/flow/equipment-gates.ts';
import type { Gate } from '#shared/flow/gate.ts';
import { materialGate } from '#shared/flow/material-gate.ts';
import { qualificationGate } from '#shared/flow/qualification-gate.ts';
import type { Workspace } from './workspace.ts';

const KINDS: Partial<Record<RefusalCode, ReadinessGate>> = {
  MATERIAL_MISSING: 'material',
  LOT_EXPIRED: 'material',
  LOT_NOT_RELEASED: 'quality',
  QUAL_MISSING: 'qualification',
  QUAL_EXPIRED: 'qualification',
  CAL_UNKNOWN: 'calibration',
  CAL_EXPIRED: 'calibration',
  CAL_FAILED: 'calibration',
  TOOL_MISSING: 'calibration',
};

/** What the gates of planning miss for a task at its place: the same gates that refuse a start, asked for every bar. */
export function missingFor(workspace: Workspace, task: Task, assignment: Assignment): ReadinessGate[] {
  const gate: Gate = {
    plan: { ...workspace.plan, plant: needed(workspace.plan.plant, task, assignment) },
    task,
    unit: assignment.unit,
    planned: assignment,
    person: null,
    progress: workspace.progress,
    moment: 'plan',
    interval: { start: assignment.start, end: assignment.end },
    when: String,
    nameOf: String,
  };
  const kinds = [...materialGate(gate), ...calibrationGate(gate), ...qualificationGate(gate)].flatMap(
    (answer) => (typeof answer === 'string' ? [] : (KINDS[answer.code] ?? [])),
  );
  return [...new Set(kinds)];
}

const lotsById = onceFor((lots: Plant['lots']) => indexBy(lots, (lot) => lot.id));
const equipmentById = onceFor((equipment: Plant['equipment']) => indexBy(equipment, (one) => one.id));
const resultsBySubject = onceFor((results: Plant['testResults']) =>
  groupBy(results, (result): string => result.subject),
);

/** The plant without what this task does not use: gates look through all of it, and there are ten thousand tasks. */
function needed(plant: Plant, task: Task, { unit, instruments, people }: Assignment): Plant {
  const lots = lotsById(plant.lots);
  const equipment = equipmentById(plant.equipment);
  const results = resultsBySubject(plant.testResults);
  const used = [...new Set([unit, ...instruments])];
  return {
    ...plant,
    lots: task.materials.flatMap((need) => need.lots.flatMap(({ lot }) => lots.get(lot) ?? [])),
    equipment: used.flatMap((id) => equipment.get(id) ?? []),
    testResults: [...new Set<string>([...used, ...people.map(({ person }) => person)])].flatMap(
      (subject) => results.get(subject) ?? [],
    ),
    people: [],
    testSpecs: [],
  };
}
