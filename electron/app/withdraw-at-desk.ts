import type { Writer } from '#electron/store/store.ts';
import { onlyFor, putRightBy } from '#shared/contract/access.ts';
import type { Ask, Caller, CommandRefusal, Outcome } from '#shared/contract/calls.ts';
import type { ExecutionEvent } from '#shared/domain/execution.ts';
import { nameOf, when } from './edit-draft.ts';
import { plannedSince } from './join-at-line.ts';
import { refusedReport } from './record-execution.ts';
import { standsOn } from './stands-on.ts';
import { Refused, type Station } from './station.ts';
import {
  type TakenBack,
  type Without,
  nameIn,
  no,
  startedSince,
  takeBack,
  takenBack,
  withoutReport,
} from './take-back.ts';
import { type Workspace, hasAccounts } from './workspace.ts';

/**
 * Takes back at the desk what a line reported, however long ago, as its line itself would have within seconds: a second
 * event that names the first, and everything follows as if the first had never come. What stands on it stands in the way, or
 * goes with it where it is of the same task: from the last report back, all or nothing.
 */
export async function withdrawAtDesk(
  station: Station,
  { report: id, withLater = false, reason }: Ask<'report.withdraw'>,
  caller: Caller,
): Promise<Outcome<{ seq: number }>> {
  const as = await asWhoMay(station, id, caller);
  return station.command(as, 'execution.withdrawn', async (write, workspace) => {
    const event = await write.event(id);
    if (!event) throw new Refused('REPORT_UNKNOWN', id, 'Nothing was recorded under this report.');
    if (await write.withdrawal(id))
      throw refused(event, no('NOTHING_CHANGED', id, 'This has been taken back already.'));
    const by = nameIn(caller);
    const later = withLater ? reportedLater(workspace, event) : [];
    let after: TakenBack = { seq: 0, workspace, touched: [] };
    for (const [index, one] of [...later, event].entries()) {
      const without = await mayGo(station, write, after.workspace, one, caller);
      const taken = await takeBack(station, write, after.workspace, one, without, {
        id: `desk ${caller.key}${index === 0 ? '' : ` ${index}`}`,
        at: station.now,
        reason,
        by,
        desk: { user: caller.user, name: by },
      });
      after = { ...taken, touched: [...after.touched, ...taken.touched] };
    }
    return takenBack(after);
  });
}

const refused = (event: ExecutionEvent, refusal: CommandRefusal): Refused =>
  refusedReport({ ...event, kind: 'withdrawn', person: undefined }, refusal);

/** What was reported of the same task since, the last first; what the desk put right goes with its report. */
const reportedLater = ({ events }: Workspace, { task, seq }: ExecutionEvent): ExecutionEvent[] =>
  events
    .filter((one) => task !== undefined && one.task === task && one.seq > seq && one.corrects === undefined)
    .toReversed();

/** How things stand without the report; throws what speaks against taking it back. */
async function mayGo(
  station: Station,
  write: Writer,
  workspace: Workspace,
  event: ExecutionEvent,
  caller: Caller,
): Promise<Without> {
  const refuse = ([refusal]: readonly CommandRefusal[]): void => {
    if (refusal) throw refused(event, refusal);
  };
  refuse([
    ...mayNot(workspace, event, caller),
    ...cannotBe(event),
    ...(await plannedSince(write, workspace, event)),
  ]);
  refuse(stoodOn(workspace, event));
  const without = withoutReport(workspace, event, station.now);
  refuse(startedSince(workspace, without.workspace, event));
  return without;
}

/** Somebody with several roles does it as the one whose it is; what is not theirs is refused with their roles as they are. */
async function asWhoMay(station: Station, id: string, caller: Caller): Promise<Caller> {
  const event = await station.store.read.event(id);
  const roles = rolesOf(station.workspace, caller);
  const role = event && roles?.find((one) => putRightBy(event.kind).includes(one));
  return role ? { ...caller, by: { ...caller.by, role } } : caller;
}

/** Null where there are no accounts, and everything is the local user's. */
const rolesOf = (workspace: Workspace, { user }: Caller) =>
  hasAccounts(workspace) ? (workspace.users.get(user)?.roles ?? []) : null;

/** Why whoever asks may not put this report right: what was found is not the planning's to change. */
export function mayNot(workspace: Workspace, { id, kind }: ExecutionEvent, caller: Caller): CommandRefusal[] {
  const roles = rolesOf(workspace, caller);
  const who = putRightBy(kind);
  return roles === null || roles.some((role) => who.includes(role))
    ? []
    : [no('NOT_ALLOWED', id, onlyFor(who, roles))];
}

/** Why it is nobody’s to take back at the desk. */
export const cannotBe = ({ id, kind, origin, part }: ExecutionEvent): CommandRefusal[] => {
  if (kind === 'withdrawn')
    return [no('WRONG_REPORT', id, 'What took a report back is not taken back itself.')];
  if (origin === 'log')
    return [
      no('WRONG_REPORT', id, 'This came with a log of what happened elsewhere: it is put right there.'),
    ];
  return kind === 'splitOff' && part === undefined
    ? [no('WRONG_REPORT', id, 'This split is of an older version. Join the parts on the board instead.')]
    : [];
};

function stoodOn(workspace: Workspace, event: ExecutionEvent): CommandRefusal[] {
  const later = standsOn(workspace, event);
  if (!later) return [];
  const { unit, at } = later.event;
  const text = `What ${nameOf(workspace, unit)} reported since (${when(workspace, at)}) stands on it: ${later.text} Take that back first.`;
  return [no('REPORTED_SINCE', unit, text)];
}
