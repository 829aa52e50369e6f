import type { ExecutionReport, WorkState } from '#shared/domain/execution.ts';
import type { LotActual } from '#shared/domain/line-result.ts';
import type { MaterialId } from '#shared/domain/material.ts';
import type { OperationsType } from '#shared/domain/operations.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Task } from '#shared/domain/task.ts';
import { against as no } from '#shared/flow/gate.ts';
import { lotsById } from '#shared/flow/lookups.ts';
import { qualificationGate } from '#shared/flow/qualification-gate.ts';
import { rounded } from '#shared/flow/material-gate.ts';
import { stagingOf } from '#shared/flow/staging-gate.ts';
import { formatLocal } from '#shared/time/format.ts';
import type { Instant } from '#shared/time/instant.ts';
import { label, nameOf } from './edit-draft.ts';
import { renewalOf } from './prove-calibration.ts';
import { dispatchedItem } from './queue-items.ts';
import type { Workspace } from './workspace.ts';

export type ResultKind = Extract<ExecutionReport['kind'], 'sampleTaken' | 'tested' | 'calibrated' | 'staged'>;

const DOMAINS: Readonly<Record<Exclude<ResultKind, 'calibrated'>, readonly [OperationsType, string]>> = {
  sampleTaken: ['quality', 'Only of a quality task a sample is taken'],
  tested: ['quality', 'Only a quality task has a test result'],
  staged: ['inventory', 'Only an inventory task stages anything'],
};

/** A result may come again: the last one counts. A sample is taken before the test has ended. */
const LEGAL: Readonly<Record<ResultKind, readonly WorkState['kind'][]>> = {
  sampleTaken: ['waiting', 'setup', 'running', 'suspended'],
  tested: ['running', 'suspended', 'completed'],
  calibrated: ['running', 'suspended', 'completed'],
  staged: ['running', 'suspended', 'completed'],
};

/** Every reason against what a lab, a technician or the warehouse reports: of the right task, at its unit, and whole. */
export function judgeResult(
  workspace: Workspace,
  report: ExecutionReport & { readonly kind: ResultKind },
  at: Instant,
): Refusal[] {
  const { kind, unit, task: id } = report;
  const task = id && workspace.tasks.get(id);
  const progress = id && workspace.progress.get(id);
  const renews = renewalOf(workspace, id);
  if (!id || (!task && !(progress && renews)))
    return [
      no(
        'NOT_SCHEDULED',
        id ?? unit,
        id
          ? `There is no task ${id} in the plan. Maybe its order was changed or cancelled.`
          : `A report “${kind}” names its task.`,
      ),
    ];
  const who = task ? label(task) : id;
  if (kind === 'calibrated' ? !renews : task?.domain !== DOMAINS[kind][0]) {
    const why = kind === 'calibrated' ? 'Only a calibration has a calibration result' : DOMAINS[kind][1];
    return [no('WRONG_REPORT', id, `${why}; ${who} is ${task?.domain ?? 'none'}.`)];
  }
  const state = progress?.state.kind ?? 'waiting';
  if (!LEGAL[kind].includes(state))
    return [
      state === 'completed'
        ? no('TASK_DONE', id, `${who} is already completed.`)
        : no('TASK_NOT_RUNNING', id, `${who} is not running: start it first.`),
    ];
  const on = state === 'waiting' ? dispatchedItem(workspace, id)?.assignment.unit : progress?.unit;
  if (on === undefined) return [no('NOT_DISPATCHED', id, `${who} has not been dispatched to any line.`)];
  if (on !== unit)
    return [
      no('WRONG_UNIT', unit, `${who} is on ${nameOf(workspace, on)}, not on ${nameOf(workspace, unit)}.`),
    ];
  return [...unqualified(workspace, report, task, at), ...contentOf(workspace, report, task)];
}

/** Who answers for a result holds a qualification of its task, at that moment. */
function unqualified(
  { plan, progress, equipment }: Workspace,
  { kind, unit, person }: ExecutionReport,
  task: Task | undefined,
  at: Instant,
): Refusal[] {
  if (!task || person === undefined || (kind !== 'tested' && kind !== 'calibrated')) return [];
  return qualificationGate({
    plan,
    task,
    unit,
    planned: null,
    person,
    progress,
    moment: 'plan',
    interval: { start: at, end: at + 1 },
    when: (moment) => formatLocal(zoneOf(plan.plant), moment),
    nameOf: (id) => equipment.get(id)?.name ?? id,
  }).filter((answer) => typeof answer !== 'string');
}

/** What a report of its kind has to say. */
function contentOf(
  workspace: Workspace,
  { kind, unit, task: about, result, calibration, lots = [], place }: ExecutionReport,
  task: Task | undefined,
): Refusal[] {
  const id = about ?? unit;
  if (kind === 'tested') {
    if (!result) return [no('RESULT_MISSING', id, 'Say whether the test was passed or failed.')];
    const { lot } = result;
    return lot === undefined || lotsById(workspace.plan.plant.lots).has(lot)
      ? []
      : [no('WRONG_LOT', lot, `There is no lot ${lot}. Maybe the ERP has not told of it yet.`)];
  }
  if (kind === 'calibrated')
    return calibration
      ? []
      : [no('RESULT_MISSING', id, 'Say how the instrument was found and left, and the certificate.')];
  if (kind !== 'staged' || !task) return [];
  if (lots.length === 0) return [no('BAD_QUANTITY', id, 'Say which lots were staged, and how much of each.')];
  if (place === undefined) return [no('RESULT_MISSING', id, 'Say where it was staged.')];
  return lotsAgainst(workspace, task, lots, [task]);
}

/** What speaks against the lots that a line says it consumed: of a material that it takes, by itself or staged for it. */
export function judgeConsumed(
  workspace: Workspace,
  { task: id, lots = [] }: Pick<ExecutionReport, 'task' | 'lots'>,
): Refusal[] {
  const task = id && workspace.tasks.get(id);
  if (lots.length === 0) return [];
  return lotsAgainst(workspace, task, lots, task ? [task, ...stagingOf(workspace.plan, task)] : []);
}

/** Of a task that has left the plan nobody knows what it takes: then a lot only has to exist. */
function lotsAgainst(
  workspace: Workspace,
  task: Task | undefined,
  lots: readonly LotActual[],
  taking: readonly Task[],
): Refusal[] {
  const known = lotsById(workspace.plan.plant.lots);
  const wanted = new Set<MaterialId>(
    taking.flatMap(({ materials }) => materials.map((need) => need.material)),
  );
  const seen = new Set<string>();
  return lots.flatMap(({ lot: id, quantity }) => {
    const lot = known.get(id);
    if (!lot) return no('WRONG_LOT', id, `There is no lot ${id}. Maybe it was typed wrongly.`);
    if (seen.has(id)) return no('WRONG_LOT', id, `Lot ${id} is named twice: say its quantity once.`);
    seen.add(id);
    if (task && !wanted.has(lot.material))
      return no('WRONG_LOT', id, `Lot ${id} is ${lot.material}, which ${label(task)} does not take.`);
    if (quantity > lot.quantity + 1e-6)
      return no('BAD_QUANTITY', id, `Lot ${id} has ${rounded(lot.quantity)}, not ${rounded(quantity)}.`);
    return [];
  });
}
