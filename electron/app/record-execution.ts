import type { z } from 'zod';
import type { Writer } from '#electron/store/store.ts';
import type { Caller, CommandRefusal, Outcome } from '#shared/contract/calls.ts';
import type { ExecutionEvent, ExecutionReport, LineReport, TaskProgress } from '#shared/domain/execution.ts';
import { OVERRIDABLE } from '#shared/domain/refusal.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { nextProgress } from '#shared/flow/progress-from-events.ts';
import { unitStateAfter } from '#shared/flow/unit-state.ts';
import { type Instant, MINUTE } from '#shared/time/instant.ts';
import { nameOf, when } from './edit-draft.ts';
import { judgeStartByAge } from './facts-age.ts';
import { judgeReport } from './judge-report.ts';
import { proofOf } from './prove-calibration.ts';
import { type Signer, sign } from './sign.ts';
import { partFor, splitAtLine } from './split-at-line.ts';
import { Refused, type Station } from './station.ts';
import { tellEvent } from './tell-erp.ts';
import { type UnitNow, unitAfter } from './unit-states.ts';
import { withEvents } from './after-events.ts';
import type { Workspace } from './workspace.ts';

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
    const isStart = report.kind === 'started' || report.kind === 'setupStarted';
    const { refusals: gates, passed } = isStart
      ? judgeStartByAge(station, workspace, report, at)
      : { refusals: judgeReport(workspace, report, at), passed: [] };
    const [refusal] = [
      ...untimely(workspace, report, last, station.now),
      ...unnamed(workspace, report),
      ...(override ? gates.filter(({ code }) => !OVERRIDABLE.has(code)) : gates),
    ];
    if (refusal) throw refusedReport(report, refusal);
    if (override && gates.length === 0)
      throw new Refused('NOTHING_TO_OVERRIDE', report.unit, 'Nothing is against it.');
    const entered = await enterReport(station, write, workspace, {
      ...report,
      at,
      recorded: station.now,
      origin: 'line',
      state: unitStateAfter(report, stateNow(workspace, report)),
      deviations: gates,
      ...(passed.length > 0 && { passed }),
      ...proofOf(workspace, report, at),
      ...(await partFor(write, workspace, report)),
      ...(override && {
        override: { user: override.signer.user, name: override.signer.name, reason: override.reason },
      }),
    });
    const { event } = entered;
    if (override) await sign(station, write, override.signer, { entity: 'event', entityId: event.id });
    const split = await splitAtLine(station, write, entered.workspace, event);
    if (split) return { ...split, detail: { seq: event.seq } };
    return {
      detail: { seq: event.seq },
      workspace: entered.workspace,
      reported: report.task ? [report.task] : [],
    };
  });
}

/** Enters a report that was judged, with its entry of the ledger and what ERPs are told. Part of a running command. */
export async function enterReport(
  station: Station,
  write: Writer,
  workspace: Workspace,
  judged: Omit<ExecutionEvent, 'seq'>,
): Promise<{ readonly event: ExecutionEvent; readonly workspace: Workspace }> {
  const event = await write.addEvent(judged);
  const { task, unit, kind, at, override, deviations } = event;
  await write.log({
    entity: task ? 'task' : 'unit',
    entityId: task ?? unit,
    field: 'execution',
    old: null,
    new: {
      kind,
      unit,
      at,
      good: event.good ?? null,
      scrap: event.scrap ?? null,
      ...detailsOf(event),
      ...(override && { against: deviations.map(({ code }) => code) }),
    },
    reason: override?.reason ?? event.reason ?? null,
  });
  const recorded = withEvents(workspace, [event], station.now, await write.revision());
  await tellEvent(write, recorded, event);
  return { event, workspace: recorded };
}

/** What else was reported, as an entry of the ledger says it. */
function detailsOf(event: ExecutionEvent): Record<string, Json> {
  const { lots, place, sample, result, calibration, proof, impact, rest, part, correction, corrects } = event;
  const said = { lots, place, sample, result, calibration, proof, impact, rest, part, correction, corrects };
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

/** Whether somebody is qualified can only be judged of somebody: of who starts, and of who answers for a result. Nor is a count put right by nobody. */
function unnamed(workspace: Workspace, { kind, unit, task, person }: ExecutionReport): CommandRefusal[] {
  const answers = kind === 'tested' || kind === 'calibrated';
  const starts = kind === 'started' || kind === 'setupStarted';
  if (kind === 'quantityCorrected' && person === undefined)
    return [{ code: 'PERSON_MISSING', object: unit, text: 'Say who you are first, then correct the count.' }];
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
    const found = judgeReport(current, report, at);
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

/** What the unit and the task it is busy with were doing; a downtime names no task, but stops one. */
export function stateNow(
  workspace: Pick<Workspace, 'units' | 'progress'>,
  report: Pick<ExecutionReport, 'task' | 'unit'>,
): { task: TaskProgress | undefined; unit: UnitNow | undefined } {
  const unit = workspace.units.get(report.unit);
  const task = report.task ?? unit?.task;
  return { task: task ? workspace.progress.get(task) : undefined, unit };
}
