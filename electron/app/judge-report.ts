import { assertNever } from '#shared/base/must.ts';
import type { ExecutionReport, WorkState } from '#shared/domain/execution.ts';
import type { QueueItem } from '#shared/domain/queue.ts';
import type { Refusal, RefusalCode } from '#shared/domain/refusal.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import { gatesOf } from '#shared/flow/gates.ts';
import type { Instant } from '#shared/time/instant.ts';
import { label, nameOf, when } from './edit-draft.ts';
import { judgeCorrection } from './judge-correction.ts';
import { judgeConsumed, judgeResult } from './judge-results.ts';
import { dispatchedItem, recalledOn } from './queue-items.ts';
import { judgeSplit } from './split-at-line.ts';
import type { Workspace } from './workspace.ts';

/** Every reason against the report; empty when it may be recorded without remark. */
export function judgeReport(workspace: Workspace, report: ExecutionReport, at: Instant): Refusal[] {
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
      return judgeStart(workspace, report, at).refusals;
    case 'paused':
    case 'resumed':
      return judgeRunning(workspace, report);
    case 'quantityReported':
    case 'completed':
      return [...judgeRunning(workspace, report), ...judgeConsumed(workspace, report)];
    case 'quantityCorrected':
      return judgeCorrection(workspace, report, at);
    case 'sampleTaken':
    case 'tested':
    case 'calibrated':
    case 'staged':
      return judgeResult(workspace, { ...report, kind: report.kind }, at);
    case 'splitOff':
      return judgeSplit(workspace, report);
    case 'withdrawn':
      return [no('WRONG_REPORT', report.unit, 'What takes a report back is no fact about a task itself.')];
    default:
      return assertNever(report.kind);
  }
}

/** What speaks against starting the task now, and what was found in order. */
export function judgeStart(
  workspace: Workspace,
  report: Pick<ExecutionReport, 'kind' | 'unit' | 'task' | 'person'>,
  at: Instant,
): Gates {
  const task = report.task && workspace.tasks.get(report.task);
  if (!task) return { refusals: [notInPlan(report)], passed: [] };
  const unit = workspace.units.get(report.unit);
  const progress = workspace.progress.get(task.id);
  const refusals: Refusal[] = [];
  const item = dispatchedItem(workspace, task.id);
  const recalled = item ? null : recalledOn(workspace, report.unit, task.id);
  if (recalled)
    refusals.push(
      no(
        'RECALLED',
        task.id,
        `${label(task)} was recalled ${when(workspace, recalled.at)} by ${recalled.by}: ${recalled.reason}`,
      ),
    );
  else if (!item)
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
  const outdated = item && otherInstructions(task, item);
  if (outdated) refusals.push(no('WRONG_INSTRUCTIONS', task.id, outdated));
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
    refusals.push(
      no(
        'UNIT_BUSY',
        unit.task,
        `${nameOfTask(workspace, unit.task)} is still in work on ${nameOf(workspace, report.unit)}. Complete it first.`,
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
  const gates = startGates(workspace, task, report, at);
  // The gate says once more of the unit what its line has reported.
  const isKnown = ({ code, object }: Refusal): boolean =>
    refusals.some((known) => known.code === code && known.object === object);
  return {
    refusals: [...refusals, ...gates.refusals.filter((gate) => !isKnown(gate))],
    passed: [
      ...(task.instructions && item && !outdated
        ? [`Instructions ${task.instructions.routing}, version ${task.instructions.version}`]
        : []),
      ...gates.passed,
    ],
  };
}

/** What its line was told to work by is another version by now, in words; null where it is the same, or was never said. */
function otherInstructions(task: Task, { instructions: told }: QueueItem): string | null {
  const { instructions: holds } = task;
  if (!told || !holds || (told.routing === holds.routing && told.version === holds.version)) return null;
  return `${label(task)} was dispatched with ${told.routing} version ${told.version}; by now ${holds.routing} version ${holds.version} holds. The desk dispatches it anew.`;
}

interface Gates {
  readonly refusals: Refusal[];
  readonly passed: string[];
}

/** The gate function at the moment of a start: qualification, calibration, lots, predecessors. */
export function startGates(
  workspace: Workspace,
  task: Task,
  report: Pick<ExecutionReport, 'unit' | 'person' | 'kind'>,
  at: Instant,
): Gates {
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
  const id = report.task;
  const progress = id && workspace.progress.get(id);
  // What is in work is finished properly also when its order was cancelled meanwhile.
  if (!id || (!progress && !workspace.tasks.has(id))) return [notInPlan(report)];
  const who = nameOfTask(workspace, id);
  const kind: WorkState['kind'] = progress?.state.kind ?? 'waiting';
  const legal: Record<'paused' | 'resumed' | 'quantityReported' | 'completed', readonly WorkState['kind'][]> =
    {
      paused: ['setup', 'running'],
      resumed: ['suspended'],
      quantityReported: ['running', 'suspended'],
      completed: ['running', 'suspended'],
    };
  const refusals: Refusal[] = [];
  if (kind === 'completed') refusals.push(no('TASK_DONE', id, `${who} is already completed.`));
  else if (!legal[report.kind as keyof typeof legal].includes(kind)) {
    refusals.push(
      no(
        'TASK_NOT_RUNNING',
        id,
        `${who} is ${STATE_TEXT[kind]}, so it cannot be ${VERB_TEXT[report.kind as keyof typeof legal]}.`,
      ),
    );
  } else if (progress && progress.unit !== report.unit) {
    refusals.push(
      no(
        'WRONG_UNIT',
        report.unit,
        `${who} runs on ${nameOf(workspace, progress.unit)}, not on ${nameOf(workspace, report.unit)}.`,
      ),
    );
  }
  if (report.kind === 'paused' && !report.reason?.trim())
    refusals.push(no('REASON_MISSING', id, 'A pause needs its reason.'));
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

const notInPlan = ({ task, unit, kind }: Pick<ExecutionReport, 'task' | 'unit' | 'kind'>): Refusal =>
  task
    ? no(
        'NOT_SCHEDULED',
        task,
        `There is no task ${task} in the plan. Maybe its order was changed or cancelled.`,
      )
    : no('NOT_SCHEDULED', unit, `A report “${kind}” names its task.`);

function nameOfTask(workspace: Workspace, id: TaskId): string {
  const task = workspace.tasks.get(id);
  return task ? label(task) : id;
}

const no = (code: RefusalCode, object: string, text: string): Refusal => ({ code, object, text });
