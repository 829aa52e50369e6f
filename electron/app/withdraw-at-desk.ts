import type { Writer } from '#electron/store/store.ts';
import { must } from '#shared/base/must.ts';
import { onlyFor, putRightBy } from '#shared/contract/access.ts';
import type { Ask, Caller, CommandRefusal, Outcome } from '#shared/contract/calls.ts';
import type { ExecutionEvent } from '#shared/domain/execution.ts';
import { standingWithdrawals } from '#shared/flow/standing-events.ts';
import { eventsWith, eventsWithout } from './after-events.ts';
import { nameOf, when } from './edit-draft.ts';
import { plannedSince } from './join-at-line.ts';
import { refusedReport } from './record-execution.ts';
import { draftsOf } from './split-at-line.ts';
import { standsAgainst } from './stands-on.ts';
import { Refused, type Station } from './station.ts';
import { type TakenBack, nameIn, no, standAgain, startedSince, takeBack, takenBack } from './take-back.ts';
import { type Workspace, hasAccounts } from './workspace.ts';

/**
 * Takes back at the desk what a line reported, however long ago, as its line itself would have within seconds: a second
 * event that names the first, and everything follows as if the first had never come. What stands on it stands in the way, or
 * goes with it where it is of the same task: from the last report back, all or nothing.
 *
 * What the desk did is taken back in the same way: a report stands again, with what was taken back together with it, from
 * the first on; a count says what it said before it was put right. Each is judged anew, and the record keeps every step.
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
    const asked =
      event.kind === 'withdrawn'
        ? await takenWith(write, event)
        : [...(withLater ? reportedLater(workspace, event) : []), event];
    const steps: Step[] = [];
    for (const one of asked) steps.push(await stepBack(write, workspace, one, caller));
    mayBe(workspace, steps);
    const by = nameIn(caller);
    let after: TakenBack = { seq: 0, workspace, touched: [] };
    for (const [index, { report, again, names }] of steps.entries()) {
      const how = {
        id: `desk ${caller.key}${index === 0 ? '' : ` ${index}`}`,
        at: station.now,
        reason,
        by,
        desk: { user: caller.user, name: by },
        names,
      };
      const done = await (again
        ? standAgain(station, write, after.workspace, report, again, how)
        : takeBack(station, write, after.workspace, report, how));
      after = { ...done, touched: [...after.touched, ...done.touched] };
    }
    for (const { report } of steps) may(report, startedSince(workspace, after.workspace, report));
    return takenBack(after);
  });
}

/** One event that is taken back: what is about to go, or to stand again. */
interface Step {
  readonly report: ExecutionEvent;
  /** Of a report that stands again: it, and what had been put right of it. Null where it goes. */
  readonly again: readonly ExecutionEvent[] | null;
  /** The last of those that took it back or undid that, or else itself. */
  readonly names: string;
}

/** What taking an event back does: a report or what was put right of it goes; of a withdrawal, its report stands again. */
async function stepBack(
  write: Writer,
  workspace: Workspace,
  event: ExecutionEvent,
  caller: Caller,
): Promise<Step> {
  const trail = await trailOf(write, event);
  const names = trail.at(-1)?.id ?? event.id;
  // Every second withdrawal of it lets it stand.
  if (trail.length % 2 === 1) {
    const text =
      event.kind === 'withdrawn' ? 'This was undone already.' : 'This has been taken back already.';
    throw refused(event, no('NOTHING_CHANGED', event.id, text));
  }
  const report = await reportBehind(write, event);
  may(report, [...mayNot(workspace, report, caller), ...cannotBe(report)]);
  if (workspace.events.some(({ id }) => id === report.id)) {
    may(report, await plannedSince(write, workspace, report));
    return { report, again: null, names };
  }
  may(report, [...tookItself(workspace, event), ...(await partTaken(write, workspace, report))]);
  return { report, again: [report, ...(await putRightOf(write, report))], names };
}

/** Whether all of it together goes with what was reported since. */
function mayBe(workspace: Workspace, steps: readonly Step[]): void {
  const again = steps.flatMap((step) => step.again ?? []);
  const gone = steps.flatMap((step) => (step.again ? [] : step.report));
  const events = gone.reduce<readonly ExecutionEvent[]>(
    (left, report) => eventsWithout({ events: left }, report),
    eventsWith(workspace, again),
  );
  const reports = steps.map(({ report }) => report);
  const found = standsAgainst(workspace, events, reports);
  const [first] = reports;
  if (!found || !first) return;
  const { unit, at, id } = found.event;
  if (again.some((one) => one.id === id))
    throw refused(first, no('REPORTED_SINCE', unit, `It cannot stand again: ${found.text}`));
  const text = `What ${nameOf(workspace, unit)} reported since (${when(workspace, at)}) ${gone.length > 0 ? 'stands on it' : 'does not go with it'}: ${found.text} Take that back first.`;
  throw refused(first, no('REPORTED_SINCE', unit, text));
}

function may(report: ExecutionEvent, [refusal]: readonly CommandRefusal[]): void {
  if (refusal) throw refused(report, refusal);
}

const refused = (event: ExecutionEvent, refusal: CommandRefusal): Refused =>
  refusedReport({ ...event, kind: 'withdrawn', person: undefined }, refusal);

/** What was reported of the same task since, the last first; what the desk put right goes with its report. */
const reportedLater = ({ events }: Workspace, { task, seq }: ExecutionEvent): ExecutionEvent[] =>
  events
    .filter((one) => task !== undefined && one.task === task && one.seq > seq && one.corrects === undefined)
    .toReversed();

/** Who took it back, who undid that, and so on. */
async function trailOf(write: Writer, { id }: ExecutionEvent): Promise<ExecutionEvent[]> {
  const trail: ExecutionEvent[] = [];
  for (let next = await write.withdrawal(id); next; next = await write.withdrawal(next.id)) trail.push(next);
  return trail;
}

/** What a withdrawal, or the undoing of one, is about. */
async function reportBehind(write: Writer, event: ExecutionEvent): Promise<ExecutionEvent> {
  let behind = event;
  while (behind.withdraws !== undefined)
    behind = must(await write.event(behind.withdraws), `The report ${behind.withdraws}`);
  return behind;
}

/** What one command took back of a task and nobody has undone since, by the report that came first. */
async function takenWith(write: Writer, event: ExecutionEvent): Promise<ExecutionEvent[]> {
  const recorded = event.task === undefined ? [event] : await write.eventsOf(event.task);
  const standing = standingWithdrawals(recorded);
  const command = ({ id }: ExecutionEvent): string => id.replace(/ \d+$/, '');
  const together = [...standing.values()].filter((one) => command(one) === command(event));
  if (!together.some(({ id }) => id === event.id)) return [event];
  const behind = await Promise.all(
    together.map(async (one) => ({ one, seq: (await reportBehind(write, one)).seq })),
  );
  return behind.sort((a, b) => a.seq - b.seq).map(({ one }) => one);
}

/** What was put right of a report, as far as that was not taken back. */
async function putRightOf(write: Writer, { id, task }: ExecutionEvent): Promise<ExecutionEvent[]> {
  if (task === undefined) return [];
  const recorded = await write.eventsOf(task);
  const gone = standingWithdrawals(recorded);
  return recorded.filter((one) => one.corrects === id && one.correction && !gone.has(one.id));
}

function tookItself({ events }: Workspace, { unit, desk, corrects }: ExecutionEvent): CommandRefusal[] {
  if (!desk) return [no('WRONG_REPORT', unit, 'Its line took this back itself, and reports it anew.')];
  const isGone = corrects !== undefined && !events.some(({ id }) => id === corrects);
  return isGone ? [no('WRONG_REPORT', corrects, 'This report was taken back.')] : [];
}

/** A rest that is given back again is the part that it was: nobody may have used its name since, in any scenario. */
async function partTaken(
  write: Writer,
  workspace: Workspace,
  { part, unit }: ExecutionEvent,
): Promise<CommandRefusal[]> {
  if (part === undefined) return [];
  const drafts = [workspace.draft, ...(await draftsOf(write, workspace)).map(({ draft }) => draft)];
  if (!drafts.some((draft) => draft.has(part))) return [];
  return [
    no('PLANNED_SINCE', unit, `There is another part ${part} by now. The line gives the rest back anew.`),
  ];
}

/** Somebody with several roles does it as the one whose it is; what is not theirs is refused with their roles as they are. */
async function asWhoMay(station: Station, id: string, caller: Caller): Promise<Caller> {
  let event = await station.store.read.event(id);
  while (event?.withdraws !== undefined) event = await station.store.read.event(event.withdraws);
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
  if (origin === 'log')
    return [
      no('WRONG_REPORT', id, 'This came with a log of what happened elsewhere: it is put right there.'),
    ];
  return kind === 'splitOff' && part === undefined
    ? [no('WRONG_REPORT', id, 'This split is of an older version. Join the parts on the board instead.')]
    : [];
};
