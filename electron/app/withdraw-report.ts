import type { Writer } from '#electron/store/store.ts';
import type { Caller, CommandRefusal, Outcome } from '#shared/contract/calls.ts';
import { LIST_EXPIRES, UNDO_WITHIN } from '#shared/contract/line.ts';
import type { Case } from '#shared/domain/case.ts';
import type { ExecutionEvent, ExecutionReport } from '#shared/domain/execution.ts';
import type { Instant } from '#shared/time/instant.ts';
import { nameOf, when } from './edit-draft.ts';
import { plannedSince } from './join-at-line.ts';
import { withCase } from './reconcile-cases.ts';
import { refusedReport, untimely } from './record-execution.ts';
import type { Done, Station } from './station.ts';
import {
  closeCase,
  isDecision,
  logWithdrawal,
  nameIn,
  no,
  reopenCase,
  startedSince,
  takeBack,
  takenBack,
  withoutReport,
} from './take-back.ts';
import { BESIDE } from './unit-states.ts';
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
    if (before && workspace.events.some((one) => one.id === id))
      return refuse(no('REPORTED_SINCE', unit, 'This was taken back, and the desk has let it stand again.'));
    if (before || asked?.outcome?.kind === 'withdrawn') {
      await logWithdrawal(write, event, report);
      return { detail: { seq: before?.seq ?? asked?.id ?? 0 } };
    }
    const [late] = tooLate(workspace, unit, said.at, at, station.now);
    if (late) return refuse(late);
    const by = nameIn(caller);
    if (!event) return takeBackCannotRun(station, write, workspace, { report, asked, by, refuse });
    const without = withoutReport(workspace, event, station.now);
    const [counted] = [
      ...cannotBe(event),
      ...reportedSince(workspace, event),
      ...startedSince(workspace, without.workspace, event),
      ...without.gone.flatMap(decidedBy),
      ...(await plannedSince(write, workspace, event)),
    ];
    if (counted) return refuse(counted);
    const { person, reason } = report;
    const how = { id: report.id, ...(person && { person }), ...(reason && { reason }), at, by };
    return takenBack(await takeBack(station, write, workspace, event, how, without));
  });
}

type Refuse = (refusal: CommandRefusal) => never;

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
  await logWithdrawal(write, null, report);
  let after = withCase(workspace, await closeCase(write, one, by, 'at the line', station.now));
  const earlier = workspace.cases.findLast(
    ({ id, asked, state, outcome }) =>
      id < one.id && asked?.task === one.asked?.task && state === 'closed' && outcome && isDecision(outcome),
  );
  if (earlier)
    after = withCase(
      after,
      await reopenCase(write, earlier, 'What had closed it was taken back at the line.'),
    );
  return {
    detail: { seq: one.id },
    workspace: after,
    facts: () => [{ kind: 'cases.changed', opened: [] }],
  };
}

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

/** A withdrawal stands, what came with a log did not come from here, and of an old split nobody knows which part it made. */
const cannotBe = ({ kind, unit, origin, part }: ExecutionEvent): CommandRefusal[] =>
  kind === 'withdrawn' || origin === 'log' || (kind === 'splitOff' && part === undefined)
    ? [no('WRONG_REPORT', unit, 'This cannot be taken back at the line. The desk can put it right.')]
    : [];

/** What somebody has decided is not pulled from under them. */
function decidedBy({ object, state, outcome }: Case): CommandRefusal[] {
  if (state !== 'decided' || !outcome) return [];
  const text = `${outcome.by} has decided already what is to be done: ${outcome.text} (${outcome.reason}). Speak with them.`;
  return [no('CASE_DECIDED', object, text)];
}

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
