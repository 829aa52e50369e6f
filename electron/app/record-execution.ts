import type { z } from 'zod';
import type { Writer } from '#electron/store/store.ts';
import type { Caller, CommandRefusal, Outcome } from '#shared/contract/calls.ts';
import { assertNever } from '#shared/base/must.ts';
import type {
  ExecutionEvent,
  ExecutionReport,
  LineReport,
  TaskProgress,
  WorkState,
} from '#shared/domain/execution.ts';
import { OVERRIDABLE, type Refusal, type RefusalCode } from '#shared/domain/refusal.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import { nextProgress } from '#shared/flow/progress-from-events.ts';
import { gatesOf } from '#shared/flow/gates.ts';
import { unitStateAfter } from '#shared/flow/unit-state.ts';
import { type Instant, MINUTE } from '#shared/time/instant.ts';
import { boardChange } from './board-view.ts';
import { label, nameOf, when } from './edit-draft.ts';
import { judgeConsumed, judgeResult } from './judge-results.ts';
import { proofOf } from './prove-calibration.ts';
import { dispatchedItem, recalledOn } from './queue-items.ts';
import { type Signer, sign } from './sign.ts';
import { judgeSplit, splitAtLine } from './split-at-line.ts';
import { Refused, type Station } from './station.ts';
import { tellEvent } from './tell-erp.ts';
import { type UnitNow, unitAfter } from './unit-states.ts';
import { type Workspace, withEvents } from './workspace.ts';

type Json = z.core.util.JSONType;

/** Clocks of line pages and the station may differ by so much. */
const CLOCK_SKEW = MINUTE;

/** A second person's word that a task may start against its gates. */
export interface Override {
  readonly signer: Signer;
  readonly reason: string;
}

/**
 * Records what a line does. It must be possible now: starting passes the gates, and the order of start, pause, resume
 * and completion is enforced. (A log tells what has already happened elsewhere: it is a fact and is kept, see
 * `recordLog`; whatever gate it would have failed is noted as its deviation.) A refused attempt stays in the ledger (AT-12).
 */
export function recordExecution(
  station: Station,
  report: ExecutionReport,
  caller: Caller,
  override?: Override,
): Promise<Outcome<{ seq: number }>> {
  return station.command(caller, `execution.${report.kind}`, async (write, workspace) => {
    const last = workspace.units.get(report.unit)?.since ?? -Infinity;
    const at = Math.max(last, Math.min(report.at ?? station.now, station.now));
    const gates = judge(workspace, report, at);
    const [refusal] = [
      ...untimely(workspace, report, last, station.now),
      ...unnamed(workspace, report),
      ...(override ? gates.filter(({ code }) => !OVERRIDABLE.has(code)) : gates),
    ];
    if (refusal) throw refusedReport(report, refusal);
    if (override && gates.length === 0)
      throw new Refused('NOTHING_TO_OVERRIDE', report.unit, 'Nothing is against it.');
    const event = await write.addEvent({
      ...report,
      at,
      recorded: station.now,
      origin: 'line',
      state: unitStateAfter(report, stateNow(workspace, report)),
      deviations: gates,
      ...proofOf(workspace, report, at),
      ...(override && {
        override: { user: override.signer.user, name: override.signer.name, reason: override.reason },
      }),
    });
    if (override) await sign(station, write, override.signer, { entity: 'event', entityId: event.id });
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
        ...detailsOf(event),
        ...(override && { against: gates.map(({ code }) => code) }),
      },
      reason: override?.reason ?? report.reason ?? null,
    });
    const revision = await write.revision();
    const recorded = withEvents(workspace, [event], station.now, revision);
    await tellEvent(write, recorded, event);
    const split = await splitAtLine(station, write, recorded, event);
    if (split) return { ...split, detail: { seq: event.seq } };
    return {
      detail: { seq: event.seq },
      workspace: recorded,
      facts: (before, after) => [boardChange(before, after, report.task ? [report.task] : [])],
    };
  });
}

/** What else was reported, as an entry of the ledger says it. */
function detailsOf(event: ExecutionEvent): Record<string, Json> {
  const { lots, place, sample, result, calibration, proof, impact, rest } = event;
  const said = { lots, place, sample, result, calibration, proof, impact, rest };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Record<
    string,
    Json
  >;
}

/**
 * Reports of a unit come in order: a clock that was set back cannot put one before the last, and one that says it
 * happened earlier, or later than now, is not believed.
 */
export function untimely(
  workspace: Workspace,
  { unit, at }: Pick<ExecutionReport, 'unit' | 'at'>,
  last: Instant,
  now: Instant,
): CommandRefusal[] {
  if (at === undefined) return [];
  if (at > now + CLOCK_SKEW) {
    const text = `${when(workspace, at)} has not come yet; it is ${when(workspace, now)}. Maybe the clock of the line is fast.`;
    return [{ code: 'TIME_AHEAD', object: unit, text }];
  }
  if (at < last - CLOCK_SKEW) {
    const text = `${nameOf(workspace, unit)} has reported something at ${when(workspace, last)}, later than ${when(workspace, at)}. Reports of a unit come in order.`;
    return [{ code: 'TIME_OUT_OF_ORDER', object: unit, text }];
  }
  return [];
}

/** Whether somebody is qualified can only be judged of somebody: of who starts, and of who answers for a result. */
function unnamed(workspace: Workspace, { kind, unit, task, person }: ExecutionReport): CommandRefusal[] {
  const answers = kind === 'tested' || kind === 'calibrated';
  const starts = kind === 'started' || kind === 'setupStarted';
  const needsPeople = task !== undefined && (workspace.tasks.get(task)?.people.length ?? 0) > 0;
  if (!(starts || answers) || !needsPeople || person !== undefined) return [];
  const text = `Say who you are first: this ${answers ? 'result' : 'task'} needs somebody qualified.`;
  return [{ code: 'PERSON_MISSING', object: unit, text }];
}

export function refusedReport(
  {
    kind,
    unit,
    task,
    person,
  }: Pick<LineReport, 'kind' | 'unit' | 'person'> & { readonly task?: TaskId | undefined },
  refusal: CommandRefusal,
): Refused {
  const refused = new Refused(refusal.code, refusal.object, refusal.text);
  refused.note = {
    entity: task ? 'task' : 'unit',
    entityId: task ?? unit,
    field: 'execution',
    old: null,
    new: { refused: kind, unit, person: person ?? null, code: refusal.code, object: refusal.object },
    reason: refusal.text,
  };
  return refused;
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
function judge(workspace: Workspace, report: ExecutionReport, at: Instant): Refusal[] {
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
    case 'sampleTaken':
    case 'tested':
    case 'calibrated':
    case 'staged':
      return judgeResult(workspace, { ...report, kind: report.kind }, at);
    case 'splitOff':
      return judgeSplit(workspace, report);
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
  return { refusals: [...refusals, ...gates.refusals], passed: gates.passed };
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

/** What the unit and the task it is busy with were doing; a downtime names no task, but stops one. */
function stateNow(
  workspace: Workspace,
  report: ExecutionReport,
): { task: TaskProgress | undefined; unit: UnitNow | undefined } {
  const unit = workspace.units.get(report.unit);
  const task = report.task ?? unit?.task;
  return { task: task ? workspace.progress.get(task) : undefined, unit };
}
