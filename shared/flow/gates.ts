import { zoneOf } from '#shared/domain/plant.ts';
import { type Refusal, RefusalCode } from '#shared/domain/refusal.ts';
import { formatLocal } from '#shared/time/format.ts';
import { calibrationGate, cleaningGate, maintenanceGate } from './equipment-gates.ts';
import type { Answer, Gate, GateQuestion } from './gate.ts';
import { holdGate } from './hold-gate.ts';
import { equipmentById } from './lookups.ts';
import { materialGate } from './material-gate.ts';
import { qualificationGate } from './qualification-gate.ts';
import { occupationGate, orderGate, predecessorGate } from './sequence-gates.ts';
import { stagingGate } from './staging-gate.ts';
import { toolGate } from './tool-gate.ts';
import { trainingGate } from './training-gate.ts';

const GATES: readonly ((gate: Gate) => Answer[])[] = [
  materialGate,
  holdGate,
  stagingGate,
  calibrationGate,
  toolGate,
  maintenanceGate,
  cleaningGate,
  qualificationGate,
  trainingGate,
  orderGate,
  occupationGate,
  predecessorGate,
];

const precedence = new Map(RefusalCode.options.map((code, index) => [code, index]));

/**
 * The one gate function for planning, dispatch and start (compliance sheet, section 3): what speaks against the task on
 * this unit over this interval, in the order of RefusalCode, and in words what was found in order. Validity is strict:
 * what expires with the end of the task is refused.
 */
export function gatesOf(question: GateQuestion): { refusals: Refusal[]; passed: string[] } {
  const zone = zoneOf(question.plan.plant);
  const equipment = equipmentById(question.plan.plant.equipment);
  const gate: Gate = {
    ...question,
    when: (at) => formatLocal(zone, at),
    nameOf: (id) => equipment.get(id)?.name ?? id,
  };
  const refusals: Refusal[] = [];
  const passed: string[] = [];
  for (const answer of GATES.flatMap((judge) => judge(gate))) {
    if (typeof answer === 'string') passed.push(answer);
    else refusals.push(answer);
  }
  refusals.sort((a, b) => (precedence.get(a.code) ?? 0) - (precedence.get(b.code) ?? 0));
  return { refusals, passed };
}
