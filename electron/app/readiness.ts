import type { ReadinessGate } from '#shared/contract/views.ts';
import type { RefusalCode } from '#shared/domain/refusal.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import type { Task } from '#shared/domain/task.ts';
import { calibrationGate } from '#shared/flow/equipment-gates.ts';
import type { Gate } from '#shared/flow/gate.ts';
import { holdGate } from '#shared/flow/hold-gate.ts';
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
    plan: workspace.plan,
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
  const kinds = [
    ...materialGate(gate),
    ...holdGate(gate),
    ...calibrationGate(gate),
    ...qualificationGate(gate),
  ].flatMap((answer) => (typeof answer === 'string' ? [] : (KINDS[answer.code] ?? [])));
  return [...new Set(kinds)];
}
