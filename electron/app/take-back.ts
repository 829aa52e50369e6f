import type { Writer } from '#electron/store/store.ts';
import type { Caller, CommandRefusal } from '#shared/contract/calls.ts';
import type { Case } from '#shared/domain/case.ts';
import type { ExecutionEvent, ExecutionReport } from '#shared/domain/execution.ts';
import type { LotActual } from '#shared/domain/line-result.ts';
import type { LotId } from '#shared/domain/material.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';
import { withEventsAgain, withoutEvent } from './after-events.ts';
import { boardChange } from './board-view.ts';
import { causesIn } from './case-causes.ts';
import { nameOf, when } from './edit-draft.ts';
import { startGates } from './judge-report.ts';
import { joinAtLine } from './join-at-line.ts';
import { changeCase, withCase } from './reconcile-cases.ts';
import { splitAtLine } from './split-at-line.ts';
import type { Done, Station } from './station.ts';
import { tellEvent, tellWithdrawal } from './tell-erp.ts';
import type { Workspace } from './workspace.ts';

/** Who takes a report back, and from where. */
export interface TakingBack extends Pick<ExecutionEvent, 'id' | 'at' | 'person' | 'reason' | 'desk'> {
  readonly by: string;
  /** The event that is taken back; the report itself where nothing is said. */
  readonly names?: string;
}

type Place = 'at the line' | 'at the desk';

/** The workspace after a report went or came again, and the cases that follow. */
export interface Otherwise {
  readonly workspace: Workspace;
  /** Those whose cause is gone with it. */
  readonly gone: readonly Case[];
  /** Closed ones whose cause is there again. */
  readonly back: readonly Case[];
}

/** As if the report had never come. */
export const withoutReport = (before: Workspace, event: ExecutionEvent, now: Instant): Otherwise =>
  otherwise(before, withoutEvent(before, event, now));

function otherwise(before: Workspace, workspace: Workspace): Otherwise {
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
  { by, ...how }: TakingBack,
  without = withoutReport(before, event, station.now),
): Promise<TakenBack> {
  const { place, withdrawal, workspace } = await withdrawn(station, write, before, event, without, how);
  const { unit, task } = event;
  await logWithdrawal(write, event, { unit, task, reason: how.reason, withdraws: event.id });
  const joined = event.kind === 'splitOff' ? await joinAtLine(station, write, workspace, event) : null;
  let after = joined?.workspace ?? workspace;
  for (const one of without.gone)
    after = withCase(after, await closeCase(write, one, by, place, station.now));
  for (const one of without.back)
    after = withCase(after, await reopenCase(write, one, `What had closed it was taken back ${place}.`));
  after = { ...after, revision: await write.revision() };
  await tellWithdrawal(write, before, after, event);
  return { seq: withdrawal.seq, workspace: after, touched: touchedBy(event, joined) };
}

/**
 * Records that a report stands again, with what had been put right of it (`back`) and everything that follows. Whether it
 * may be has been judged. Part of a running command.
 */
export async function standAgain(
  station: Station,
  write: Writer,
  before: Workspace,
  event: ExecutionEvent,
  back: readonly ExecutionEvent[],
  { by, ...how }: TakingBack,
): Promise<TakenBack> {
  const again = otherwise(before, withEventsAgain(before, back, station.now));
  const { place, withdrawal, workspace } = await withdrawn(station, write, before, event, again, how);
  const { task, unit, at, kind } = event;
  await write.log({
    entity: task ? 'task' : 'unit',
    entityId: task ?? unit,
    field: 'execution',
    old: { kind: 'withdrawn', unit, report: event.id },
    new: { kind: 'reinstated', unit, report: event.id, said: kind, at },
    reason: how.reason ?? null,
  });
  const split = await splitAtLine(station, write, workspace, event);
  let after = split?.workspace ?? workspace;
  for (const one of again.back)
    after = withCase(after, await reopenCase(write, one, `What it says stands again, by ${by} ${place}.`));
  after = { ...after, revision: await write.revision() };
  await tellEvent(write, after, event);
  return {
    seq: withdrawal.seq,
    workspace: after,
    touched: touchedBy(event, split && { touched: [split.detail.part] }),
  };
}

const touchedBy = (
  { task }: ExecutionEvent,
  drafted: { readonly touched: readonly TaskId[] } | null,
): TaskId[] => [...(task ? [task] : []), ...(drafted?.touched ?? [])];

/** The event that takes back a report, or the one that `names` another withdrawal of it. */
async function withdrawn(
  station: Station,
  write: Writer,
  before: Workspace,
  event: ExecutionEvent,
  { workspace }: Otherwise,
  { names = event.id, ...how }: Omit<TakingBack, 'by'>,
): Promise<{ readonly place: Place; readonly withdrawal: ExecutionEvent; readonly workspace: Workspace }> {
  const { unit, task, corrects } = event;
  const lots = lotsNamed(before, event);
  const withdrawal = await write.addEvent({
    kind: 'withdrawn',
    withdraws: names,
    unit,
    ...(task && { task }),
    ...(corrects !== undefined && { corrects }),
    ...how,
    ...(lots.length > 0 && { lots }),
    recorded: station.now,
    origin: 'line',
    state: workspace.units.get(unit)?.state ?? 'NO_ORDER',
    deviations: [],
  });
  const place: Place = how.desk ? 'at the desk' : 'at the line';
  const withdrawals = [...before.withdrawals, withdrawal];
  return { place, withdrawal, workspace: { ...workspace, withdrawals } };
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
  const stands = new Set(without.events.map(({ id }) => id));
  for (const start of before.events) {
    if (
      start.seq <= event.seq ||
      !stands.has(start.id) ||
      (start.kind !== 'started' && start.kind !== 'setupStarted')
    )
      continue;
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

/** As it stood before it was closed. */
export function reopenCase(write: Writer, one: Case, why: string): Promise<Case> {
  const isDecided = one.outcome !== null && isDecision(one.outcome);
  const change = isDecided
    ? ({ state: 'decided', outcome: one.outcome } as const)
    : ({ state: 'open', outcome: null } as const);
  return changeCase(write, one, change, why);
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
