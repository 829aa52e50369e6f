import type { Writer } from '#electron/store/store.ts';
import type { Caller, Outcome } from '#shared/contract/calls.ts';
import { assertNever } from '#shared/base/must.ts';
import type { ExecutionEvent, ExecutionReport, TaskProgress, WorkState } from '#shared/domain/execution.ts';
import type { Refusal, RefusalCode } from '#shared/domain/refusal.ts';
import type { Task } from '#shared/domain/task.ts';
import { nextProgress } from '#shared/flow/progress-from-events.ts';
import { gatesOf } from '#shared/flow/gates.ts';
import { unitStateAfter } from '#shared/flow/unit-state.ts';
import type { Instant } from '#shared/time/instant.ts';
import { boardChange } from './board-view.ts';
import { dispatchedItem } from './dispatch-queues.ts';
import { label, nameOf, taskIn, when } from './edit-draft.ts';
import { Refused, type Station } from './station.ts';
import { type UnitNow, unitAfter } from './unit-states.ts';
import { type Workspace, withEvents } from './workspace.ts';

/**
 * Records what a line does. It must be possible now: starting passes the gates, and the order of start, pause, resume
 * and completion is enforced. (A log tells what has already happened elsewhere: it is a fact and is kept, see
 * `recordLog`; whatever gate it would have failed is noted as its deviation.)
 */
export function recordExecution(
  station: Station,
  report: ExecutionReport,
  caller: Caller,
): Promise<Outcome<{ seq: number }>> {
  return station.command(caller, `execution.${report.kind}`, async (write, workspace) => {
    const at = report.at ?? station.now;
    const [refusal] = judge(workspace, report, at);
    if (refusal) throw new Refused(refusal.code, refusal.object, refusal.text);
    const event = await write.addEvent({
      ...report,
      at,
      recorded: station.now,
      origin: 'line',
      state: unitStateAfter(report, stateNow(workspace, report)),
      deviations: [],
    });
    await write.log({
      entity: report.task ? 'task' : 'unit',
      entityId: report.task ?? report.unit,
      field: 'execution',
      old: null,
      new: {
        kind: report.kind,
        unit: report.unit,
        at,
        good: report.good ?? null,
        scrap: report.scrap ?? null,
      },
      reason: report.reason ?? null,
    });
    const revision = await write.revision();
    return {
      detail: { seq: event.seq },
      workspace: withEvents(workspace, [event], station.now, revision),
      facts: (before, after) => [boardChange(before, after, report.task ? [report.task] : [])],
    };
  });
}

/** Records what a log tells, in the order given; a report that is already recorded is left out. Part of a running command. */
export async function recordLog(
  write: Writer,
  workspace: Workspace,
  reports: readonly ExecutionReport[],
  now: Instant,
): Promise<{ readonly events: readonly ExecutionEvent[]; readonly deviations: number }> {
  const events: ExecutionEvent[] = [];
  const units = new Map(workspace.units);
  const progress = new Map(workspace.progress);
  const current: Workspace = { ...workspace, units, progress };
  let deviations = 0;
  for (const report of reports) {
    if (await write.event(report.id)) continue;
    const at = report.at ?? now;
    const found = judge(current, report, at);
    deviations += found.length;
    const state = unitStateAfter(report, stateNow(current, report));
    const event = await write.addEvent({
      ...report,
      at,
      recorded: now,
      origin: 'log',
      state,
      deviations: found,
    });
    events.push(event);
    units.set(event.unit, unitAfter(units.get(event.unit), event));
    const next = event.task && nextProgress(progress.get(event.task), event);
    if (next) progress.set(next.task, next);
  }
  return { events, deviations };
}

/** Every reason against the report; empty when it may be recorded without remark. */
export function judge(workspace: Workspace, report: ExecutionReport, at: Instant): Refusal[] {
  const unit = workspace.units.get(report.unit);
  switch (report.kind) {
    case 'downtimeStarted':
      return unit?.down
        ? [
            no(
              'MAINT_BLOCKED',
              report.unit,
              `${nameOf(workspace, report.unit)} is already down since ${when(workspace, unit.down.since)}.`,
            ),
          ]
        : [];
    case 'downtimeEnded':
      return unit?.down
        ? []
        : [no('TASK_NOT_RUNNING', report.unit, `${nameOf(workspace, report.unit)} is not down.`)];
    case 'setupStarted':
    case 'started':
      return judgeStart(workspace, report, at, unit);
    case 'paused':
    case 'resumed':
    case 'quantityReported':
    case 'completed':
      return judgeRunning(workspace, report);
    default:
      return assertNever(report.kind);
  }
}

function judgeStart(
  workspace: Workspace,
  report: ExecutionReport,
  at: Instant,
  unit: UnitNow | undefined,
): Refusal[] {
  const task = taskOf(workspace, report);
  const progress = workspace.progress.get(task.id);
  const refusals: Refusal[] = [];
  const item = dispatchedItem(workspace, task.id);
  if (!item)
    refusals.push(no('NOT_DISPATCHED', task.id, `${label(task)} has not been dispatched to any line.`));
  else if (item.assignment.unit !== report.unit) {
    refusals.push(
      no(
        'WRONG_UNIT',
        report.unit,
        `${label(task)} was dispatched to ${nameOf(workspace, item.assignment.unit)}, not to ${nameOf(workspace, report.unit)}.`,
      ),
    );
  }
  if (progress?.state.kind === 'completed')
    refusals.push(
      no(
        'TASK_DONE',
        task.id,
        `${label(task)} is already completed (${when(workspace, progress.state.at)}).`,
      ),
    );
  if (progress?.state.kind === 'running')
    refusals.push(
      no(
        'TASK_STARTED',
        task.id,
        `${label(task)} is already running since ${when(workspace, progress.state.since)}.`,
      ),
    );
  if (progress?.state.kind === 'suspended')
    refusals.push(
      no('TASK_STARTED', task.id, `${label(task)} is paused (${progress.state.reason}): resume it.`),
    );
  if (progress?.state.kind === 'setup' && report.kind === 'setupStarted')
    refusals.push(no('TASK_STARTED', task.id, `The setup of ${label(task)} has already begun.`));
  if (unit?.task && unit.task !== task.id) {
    const other = workspace.tasks.get(unit.task);
    refusals.push(
      no(
        'UNIT_BUSY',
        unit.task,
        `${other ? label(other) : unit.task} is still in work on ${nameOf(workspace, report.unit)}. Complete it first.`,
      ),
    );
  }
  if (unit?.down)
    refusals.push(
      no(
        'MAINT_BLOCKED',
        report.unit,
        `${nameOf(workspace, report.unit)} is down since ${when(workspace, unit.down.since)} (${unit.down.reason}).`,
      ),
    );
  return [...refusals, ...startGates(workspace, task, report, at).refusals];
}

/** The gate function at the moment of a start: qualification, calibration, lots, predecessors. */
export function startGates(
  workspace: Workspace,
  task: Task,
  report: Pick<ExecutionReport, 'unit' | 'person' | 'kind'>,
  at: Instant,
) {
  const planned = dispatchedItem(workspace, task.id)?.assignment ?? workspace.assignments.get(task.id);
  const length = planned ? planned.end - planned.start : (task.modes[0]?.run ?? 0);
  return gatesOf({
    plan: workspace.plan,
    task,
    unit: report.unit,
    planned: planned ?? null,
    person: report.person ?? null,
    progress: workspace.progress,
    moment: report.kind === 'setupStarted' ? 'setup' : 'start',
    interval: { start: at, end: at + length },
  });
}

function judgeRunning(workspace: Workspace, report: ExecutionReport): Refusal[] {
  const task = taskOf(workspace, report);
  const progress = workspace.progress.get(task.id);
  const kind: WorkState['kind'] = progress?.state.kind ?? 'waiting';
  const legal: Record<'paused' | 'resumed' | 'quantityReported' | 'completed', readonly WorkState['kind'][]> =
    {
      paused: ['setup', 'running'],
      resumed: ['suspended'],
      quantityReported: ['running', 'suspended'],
      completed: ['running', 'suspended'],
    };
  const refusals: Refusal[] = [];
  if (kind === 'completed') refusals.push(no('TASK_DONE', task.id, `${label(task)} is already completed.`));
  else if (!legal[report.kind as keyof typeof legal].includes(kind)) {
    refusals.push(
      no(
        'TASK_NOT_RUNNING',
        task.id,
        `${label(task)} is ${STATE_TEXT[kind]}, so it cannot be ${VERB_TEXT[report.kind as keyof typeof legal]}.`,
      ),
    );
  } else if (progress && progress.unit !== report.unit) {
    refusals.push(
      no(
        'WRONG_UNIT',
        report.unit,
        `${label(task)} runs on ${nameOf(workspace, progress.unit)}, not on ${nameOf(workspace, report.unit)}.`,
      ),
    );
  }
  if (report.kind === 'paused' && !report.reason?.trim())
    refusals.push(no('REASON_MISSING', task.id, 'A pause needs its reason.'));
  return refusals;
}

const STATE_TEXT: Record<WorkState['kind'], string> = {
  waiting: 'not started',
  setup: 'in setup',
  running: 'running',
  suspended: 'paused',
  completed: 'completed',
};
const VERB_TEXT = {
  paused: 'paused',
  resumed: 'resumed',
  quantityReported: 'reported on',
  completed: 'completed',
} as const;

function taskOf(workspace: Workspace, report: ExecutionReport): Task {
  if (!report.task)
    throw new Refused('TASK_UNKNOWN', report.unit, `A report “${report.kind}” names its task.`);
  return taskIn(workspace, report.task);
}

const no = (code: RefusalCode, object: string, text: string): Refusal => ({ code, object, text });

function stateNow(
  workspace: Workspace,
  report: ExecutionReport,
): { task: TaskProgress | undefined; unit: UnitNow | undefined } {
  return { task: report.task && workspace.progress.get(report.task), unit: workspace.units.get(report.unit) };
}
