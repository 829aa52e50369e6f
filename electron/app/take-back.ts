import type { Writer } from '#electron/store/store.ts';
import type { Caller, CommandRefusal } from '#shared/contract/calls.ts';
import type { Case } from '#shared/domain/case.ts';
import type { ExecutionEvent, ExecutionReport } from '#shared/domain/execution.ts';
import type { LotActual } from '#shared/domain/line-result.ts';
import type { LotId } from '#shared/domain/material.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';
import { withoutEvent } from './after-events.ts';
import { boardChange } from './board-view.ts';
import { causesIn } from './case-causes.ts';
import { nameOf, when } from './edit-draft.ts';
import { startGates } from './judge-report.ts';
import { joinAtLine } from './join-at-line.ts';
import { changeCase, withCase } from './reconcile-cases.ts';
import type { Done, Station } from './station.ts';
import { tellWithdrawal } from './tell-erp.ts';
import type { Workspace } from './workspace.ts';

/** Who takes a report back, and from where. */
export interface TakingBack extends Pick<ExecutionEvent, 'id' | 'at' | 'person' | 'reason' | 'desk'> {
  readonly by: string;
}

type Place = 'at the line' | 'at the desk';

/** The workspace as if the report had never come, and the cases that stand and fall with it. */
export interface Without {
  readonly workspace: Workspace;
  /** Those whose cause goes with it. */
  readonly gone: readonly Case[];
  /** Closed ones whose cause it had ended. */
  readonly back: readonly Case[];
}

export function withoutReport(before: Workspace, event: ExecutionEvent, now: Instant): Without {
  const workspace = withoutEvent(before, event, now);
  const [was, is] = [causesIn(before), causesIn(workspace)];
  const gone = before.cases.filter(({ key, state }) => state !== 'closed' && was.has(key) && !is.has(key));
  const back = [...is.keys()].flatMap((key) => {
    if (was.has(key) || before.cases.some((one) => one.key === key && one.state !== 'closed')) return [];
    return before.cases.findLast((one) => one.key === key) ?? [];
  });
  return { workspace, gone, back };
}

/**
 * Records that a report is taken back, with everything that follows from it: cases, what a split put into the drafts, what
 * ERPs are told. Whether it may be has been judged. Part of a running command.
 */
export async function takeBack(
  station: Station,
  write: Writer,
  before: Workspace,
  event: ExecutionEvent,
  { workspace: without, gone, back }: Without,
  { by, ...how }: TakingBack,
): Promise<TakenBack> {
  const { unit, task } = event;
  const lots = lotsNamed(before, event);
  const withdrawal = await write.addEvent({
    kind: 'withdrawn',
    withdraws: event.id,
    unit,
    ...(task && { task }),
    ...how,
    ...(lots.length > 0 && { lots }),
    recorded: station.now,
    origin: 'line',
    state: without.units.get(unit)?.state ?? 'NO_ORDER',
    deviations: [],
  });
  await logWithdrawal(write, event, { ...how, withdraws: event.id, unit });
  const place: Place = how.desk ? 'at the desk' : 'at the line';
  let after: Workspace = { ...without, withdrawals: [...before.withdrawals, withdrawal] };
  const joined = event.kind === 'splitOff' ? await joinAtLine(station, write, after, event) : null;
  if (joined) after = joined.workspace;
  for (const one of gone) after = withCase(after, await closeCase(write, one, by, place, station.now));
  for (const one of back) after = withCase(after, await reopenCase(write, one, place));
  after = { ...after, revision: await write.revision() };
  await tellWithdrawal(write, before, after, event);
  const touched = [...(task ? [task] : []), ...(joined?.touched ?? [])];
  return { seq: withdrawal.seq, workspace: after, touched };
}

/** What taking a report back leaves behind: its number, the workspace after it, and the tasks that it touched. */
export interface TakenBack {
  readonly seq: number;
  readonly workspace: Workspace;
  readonly touched: readonly TaskId[];
}

/** As the end of a command. */
export const takenBack = ({ seq, workspace, touched }: TakenBack): Done<{ seq: number }> => ({
  detail: { seq },
  workspace,
  facts: (was, is) => [boardChange(was, is, touched), { kind: 'cases.changed', opened: [] }],
});

/** None of each lot that the report, or whoever put it right, said was taken: an ERP may have been told of it. */
function lotsNamed({ events }: Workspace, { id, kind, lots = [], correction }: ExecutionEvent): LotActual[] {
  if (kind === 'staged') return [];
  const right = events.flatMap((one) => (one.corrects === id ? (one.correction?.lots ?? []) : []));
  const named = [...lots, ...(correction?.lots ?? []), ...right].map(({ lot }): LotId => lot);
  return [...new Set(named)].map((lot) => ({ lot, quantity: 0 }));
}

/** A start elsewhere that passed its gates by what was reported, and would not pass them without it. */
export function startedSince(before: Workspace, without: Workspace, event: ExecutionEvent): CommandRefusal[] {
  for (const start of before.events) {
    if (start.seq <= event.seq || (start.kind !== 'started' && start.kind !== 'setupStarted')) continue;
    const task = start.task && before.tasks.get(start.task);
    if (!task) continue;
    const gates = startGates(without, task, start, start.at).refusals;
    if (gates.length === 0) continue;
    const known = new Set(startGates(before, task, start, start.at).refusals.map(({ text }) => text));
    const gate = gates.find(({ text }) => !known.has(text));
    if (!gate) continue;
    const text = `${nameOf(before, start.unit)} has begun since (${when(before, start.at)}) and counts on it. ${gate.text}`;
    return [no('REPORTED_SINCE', start.unit, text)];
  }
  return [];
}

export const isDecision = ({ kind }: NonNullable<Case['outcome']>): boolean =>
  kind === 'repaired' || kind === 'waits';

export function closeCase(write: Writer, one: Case, by: string, place: Place, now: Instant): Promise<Case> {
  const text = `Withdrawn by ${by} ${place}.`;
  const outcome = { kind: 'withdrawn', text, reason: text, by, at: now, until: null } as const;
  return changeCase(write, one, { state: 'closed', outcome }, text);
}

/** As it stood before the report closed it. */
export function reopenCase(write: Writer, one: Case, place: Place): Promise<Case> {
  const isDecided = one.outcome !== null && isDecision(one.outcome);
  const change = isDecided
    ? ({ state: 'decided', outcome: one.outcome } as const)
    : ({ state: 'open', outcome: null } as const);
  return changeCase(write, one, change, `What had closed it was taken back ${place}.`);
}

export const logWithdrawal = (
  write: Writer,
  event: ExecutionEvent | null,
  { withdraws = '', unit, task, reason }: Pick<ExecutionReport, 'withdraws' | 'unit' | 'task' | 'reason'>,
): Promise<void> => {
  const about = event?.task ?? task;
  return write.log({
    entity: about ? 'task' : 'unit',
    entityId: about ?? unit,
    field: 'execution',
    old: event && { kind: event.kind, unit, at: event.at, report: withdraws },
    new: { kind: 'withdrawn', unit, report: withdraws },
    reason: reason ?? null,
  });
};

export const nameIn = ({ by, user }: Caller): string => by?.userName ?? user;

export const no = (code: string, object: string, text: string): CommandRefusal => ({ code, object, text });
