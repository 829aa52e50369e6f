import type { Writer } from '#electron/store/store.ts';
import type { Caller, CommandRefusal, Outcome } from '#shared/contract/calls.ts';
import { LIST_EXPIRES, UNDO_WITHIN } from '#shared/contract/line.ts';
import type { Case } from '#shared/domain/case.ts';
import type { ExecutionEvent, ExecutionReport } from '#shared/domain/execution.ts';
import type { Instant } from '#shared/time/instant.ts';
import { boardChange } from './board-view.ts';
import { causesIn } from './case-causes.ts';
import { nameOf, when } from './edit-draft.ts';
import { startGates } from './judge-report.ts';
import { changeCase, withCase } from './reconcile-cases.ts';
import { refusedReport, untimely } from './record-execution.ts';
import type { Done, Station } from './station.ts';
import { tellWithdrawal } from './tell-erp.ts';
import { BESIDE } from './unit-states.ts';
import { withoutEvent } from './after-events.ts';
import type { Workspace } from './workspace.ts';

type Told = Done<{ seq: number }>;

/**
 * Takes a report back that was a slip of the hand: a second event that names the first. Both stay in the record; everything
 * that follows from events reads as if the first had never come. It is judged here and not at the line, because the report
 * may have been sent without an answer: whoever said it takes it back, soon, and while nothing counts on it.
 */
export function withdrawReport(
  station: Station,
  report: ExecutionReport,
  caller: Caller,
): Promise<Outcome<{ seq: number }>> {
  return station.command(caller, 'execution.withdrawn', async (write, workspace): Promise<Told> => {
    const { withdraws: id, unit } = report;
    const refuse = (refusal: CommandRefusal): never => {
      throw refusedReport(report, refusal);
    };
    if (id === undefined) return refuse(no('WRONG_REPORT', unit, 'Say which report is taken back.'));
    const event = await write.event(id);
    const asked = event ? null : workspace.cases.find(({ key }) => key === `cannotRun ${id}`);
    const said = event ?? (asked?.asked && { unit: asked.asked.unit, at: asked.opened });
    if (!said) return refuse(no('REPORT_UNKNOWN', unit, 'Nothing was recorded that could be taken back.'));
    const at = Math.min(report.at ?? station.now, station.now);
    const [refusal] = [
      ...untimely(workspace, report, -Infinity, station.now),
      ...(said.unit === unit ? [] : [no('WRONG_UNIT', unit, `It was reported of ${said.unit}.`)]),
      ...(await saidByAnother(write, id, caller)),
    ];
    if (refusal) return refuse(refusal);
    const before = await write.withdrawal(id);
    if (before || asked?.outcome?.kind === 'withdrawn') {
      await logWithdrawal(write, report, event);
      return { detail: { seq: before?.seq ?? asked?.id ?? 0 } };
    }
    const [late] = tooLate(workspace, unit, said.at, at, station.now);
    if (late) return refuse(late);
    return event
      ? takeBack(station, write, workspace, { report, event, at, by: nameIn(caller), refuse })
      : takeBackCannotRun(station, write, workspace, { report, asked, by: nameIn(caller), refuse });
  });
}

type Refuse = (refusal: CommandRefusal) => never;

async function takeBack(
  station: Station,
  write: Writer,
  workspace: Workspace,
  ask: {
    readonly report: ExecutionReport;
    readonly event: ExecutionEvent;
    readonly at: Instant;
    readonly by: string;
    readonly refuse: Refuse;
  },
): Promise<Told> {
  const { report, event, at, by, refuse } = ask;
  const { unit, task } = event;
  const without = withoutEvent(workspace, event, station.now);
  const { gone, back } = casesOf(workspace, without);
  const [refusal] = [
    ...cannotBe(event),
    ...reportedSince(workspace, event),
    ...startedSince(workspace, without, event),
    ...gone.flatMap(decidedBy),
  ];
  if (refusal) return refuse(refusal);
  const withdrawal = await write.addEvent({
    id: report.id,
    kind: 'withdrawn',
    withdraws: event.id,
    unit,
    ...(task && { task }),
    ...(report.person && { person: report.person }),
    ...(report.reason && { reason: report.reason }),
    at,
    recorded: station.now,
    origin: 'line',
    state: without.units.get(unit)?.state ?? 'NO_ORDER',
    deviations: [],
  });
  await logWithdrawal(write, report, event);
  let after: Workspace = {
    ...without,
    withdrawals: [...workspace.withdrawals, withdrawal],
    revision: await write.revision(),
  };
  for (const one of gone) after = withCase(after, await closeCase(write, one, by, station.now));
  for (const one of back) after = withCase(after, await reopenCase(write, one));
  await tellWithdrawal(write, workspace, after, event);
  return {
    detail: { seq: withdrawal.seq },
    workspace: after,
    facts: (was, is) => [boardChange(was, is, task ? [task] : []), { kind: 'cases.changed', opened: [] }],
  };
}

/** What a line could not run after all: its case closes, and one that had been decided before stands again. */
async function takeBackCannotRun(
  station: Station,
  write: Writer,
  workspace: Workspace,
  ask: {
    readonly report: ExecutionReport;
    readonly asked: Case | null | undefined;
    readonly by: string;
    readonly refuse: Refuse;
  },
): Promise<Told> {
  const { report, asked: one, by, refuse } = ask;
  if (!one)
    return refuse(no('REPORT_UNKNOWN', report.unit, 'Nothing was recorded that could be taken back.'));
  const [decided] = decidedBy(one);
  if (decided) return refuse(decided);
  if (one.state === 'closed')
    return refuse(no('REPORTED_SINCE', one.object, one.outcome?.text ?? 'It is no longer open.'));
  await logWithdrawal(write, report, null);
  let after = withCase(workspace, await closeCase(write, one, by, station.now));
  const earlier = workspace.cases.findLast(
    ({ id, asked, state, outcome }) =>
      id < one.id && asked?.task === one.asked?.task && state === 'closed' && outcome && isDecision(outcome),
  );
  if (earlier) after = withCase(after, await reopenCase(write, earlier));
  return {
    detail: { seq: one.id },
    workspace: after,
    facts: () => [{ kind: 'cases.changed', opened: [] }],
  };
}

const nameIn = ({ by, user }: Caller): string => by?.userName ?? user;

/** Who said it, and at which screen or over which connection, stands in the ledger under the report's id. */
async function saidByAnother(write: Writer, id: string, { user, by }: Caller): Promise<CommandRefusal[]> {
  const { entries } = await write.ledger({ limit: 1, command: id });
  const [said] = entries;
  if (said?.origin === 'line' && said.userId === user && said.workstation === by?.workstation) return [];
  const who = said?.userName ?? said?.userId ?? 'somebody else';
  const text = `This was reported by ${who}${said?.workstation === undefined ? '' : ` at ${said.workstation}`}: only they can take it back, there.`;
  return [no('SAID_BY_ANOTHER', id, text)];
}

/** Taken back within seconds of being said; where the line was away in between, within the time for which it keeps reports. */
function tooLate(
  workspace: Workspace,
  unit: ExecutionReport['unit'],
  said: Instant,
  at: Instant,
  now: Instant,
): CommandRefusal[] {
  if (at - said <= UNDO_WITHIN && now - at <= LIST_EXPIRES) return [];
  const text = `${nameOf(workspace, unit)} reported this ${when(workspace, said)}; it can be taken back for ${UNDO_WITHIN} seconds. A wrong count can be put right under “Correct the count”.`;
  return [no('TOO_LATE', unit, text)];
}

/** A part that was split off is with the desk, in every scenario. */
const cannotBe = ({ kind, unit, origin }: ExecutionEvent): CommandRefusal[] =>
  kind === 'splitOff' || kind === 'withdrawn' || origin === 'log'
    ? [no('WRONG_REPORT', unit, 'This cannot be taken back at the line. The desk can put it right.')]
    : [];

/** What was said of its task since then, or of its unit where the report moved that, was said in the light of it. */
function reportedSince(workspace: Workspace, event: ExecutionEvent): CommandRefusal[] {
  const since = workspace.events.find(
    ({ seq, task, unit }) =>
      seq > event.seq &&
      ((task !== undefined && task === event.task) || (!BESIDE.has(event.kind) && unit === event.unit)),
  );
  if (!since) return [];
  const text = `${nameOf(workspace, since.unit)} has reported something since (${when(workspace, since.at)}). Take that back first, or put it right.`;
  return [no('REPORTED_SINCE', since.unit, text)];
}

/** A start elsewhere that passed its gates by what was reported, and would not pass them without it. */
function startedSince(before: Workspace, without: Workspace, event: ExecutionEvent): CommandRefusal[] {
  for (const start of before.events) {
    if (start.seq <= event.seq || (start.kind !== 'started' && start.kind !== 'setupStarted')) continue;
    const task = start.task && before.tasks.get(start.task);
    if (!task) continue;
    const known = new Set(startGates(before, task, start, start.at).refusals.map(({ text }) => text));
    const gate = startGates(without, task, start, start.at).refusals.find(({ text }) => !known.has(text));
    if (!gate) continue;
    const text = `${nameOf(before, start.unit)} has begun since (${when(before, start.at)}) and counts on it. ${gate.text}`;
    return [no('REPORTED_SINCE', start.unit, text)];
  }
  return [];
}

/** Cases that stand and fall with the report: those whose cause goes with it, and closed ones whose cause it had ended. */
function casesOf(before: Workspace, without: Workspace): { readonly gone: Case[]; readonly back: Case[] } {
  const [was, is] = [causesIn(before), causesIn(without)];
  const gone = before.cases.filter(({ key, state }) => state !== 'closed' && was.has(key) && !is.has(key));
  const back = [...is.keys()].flatMap((key) => {
    if (was.has(key) || before.cases.some((one) => one.key === key && one.state !== 'closed')) return [];
    return before.cases.findLast((one) => one.key === key) ?? [];
  });
  return { gone, back };
}

const isDecision = ({ kind }: NonNullable<Case['outcome']>): boolean =>
  kind === 'repaired' || kind === 'waits';

/** What somebody has decided is not pulled from under them. */
function decidedBy({ object, state, outcome }: Case): CommandRefusal[] {
  if (state !== 'decided' || !outcome) return [];
  const text = `${outcome.by} has decided already what is to be done: ${outcome.text} (${outcome.reason}). Speak with them.`;
  return [no('CASE_DECIDED', object, text)];
}

function closeCase(write: Writer, one: Case, by: string, now: Instant): Promise<Case> {
  const text = `Withdrawn by ${by} at the line.`;
  const outcome = { kind: 'withdrawn', text, reason: text, by, at: now, until: null } as const;
  return changeCase(write, one, { state: 'closed', outcome }, text);
}

/** As it stood before the report closed it. */
function reopenCase(write: Writer, one: Case): Promise<Case> {
  const isDecided = one.outcome !== null && isDecision(one.outcome);
  const change = isDecided
    ? ({ state: 'decided', outcome: one.outcome } as const)
    : ({ state: 'open', outcome: null } as const);
  return changeCase(write, one, change, 'What had closed it was taken back at the line.');
}

const logWithdrawal = (
  write: Writer,
  { withdraws = '', unit, task, reason }: ExecutionReport,
  event: ExecutionEvent | null,
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

const no = (code: string, object: string, text: string): CommandRefusal => ({ code, object, text });
