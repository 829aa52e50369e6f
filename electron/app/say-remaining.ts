import { advise } from '#electron/solving/advise.ts';
import type { Ask, Caller, Outcome } from '#shared/contract/calls.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Remaining } from '#shared/domain/remaining.ts';
import type { Task } from '#shared/domain/task.ts';
import { type Draft, editBetween } from '#shared/edit/draft.ts';
import { openTimesOf } from '#shared/flow/open-times.ts';
import { workedUntil } from '#shared/flow/progress-from-events.ts';
import { formatSpan } from '#shared/time/format.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import { NOWHERE, draftWith, edited, label, logStarts, mustChange, newWrong, taskIn } from './edit-draft.ts';
import { repaired } from './offer-repairs.ts';
import { onItsUnits } from './retime-draft.ts';
import { Refused, type Station, mustBeCurrent } from './station.ts';
import { START_GRACE, type Workspace, withDraft } from './workspace.ts';

/**
 * The planner says how long a begun task still runs, or takes back what was said. What follows it is timed anew in the
 * same edit: later where it has to, each on its unit and in its sequence; what cannot be stays, and is shown as it is.
 */
export async function sayRemaining(
  station: Station,
  ask: Ask<'draft.remaining'>,
  caller: Caller,
): Promise<Outcome<{ moved: number }>> {
  const { workspace, now } = station;
  const timed = workspace.tasks.has(ask.task)
    ? await timedAnew(workspace, said(workspace, ask, now), now)
    : null;
  return station.command(caller, 'draft.remaining', async (write, current) => {
    mustBeCurrent(current, ask.expected);
    const task = taskIn(current, ask.task);
    const flaw = ask.remaining === null ? null : whyNotSaid(current, task);
    if (flaw) throw new Refused(flaw.code, flaw.object, flaw.text);
    const run = ask.remaining === null ? null : formatSpan(ask.remaining);
    const text =
      run === null ? `What is left of ${label(task)} as its line says` : `${label(task)} has ${run} left`;
    // Reports change no revision: what came meanwhile may stand in the way of what was timed anew.
    const alone = said(current, ask, now);
    const isSound =
      timed !== null &&
      !newWrong(station, current, withDraft(current, timed), editBetween(text, current.draft, timed));
    const next = isSound ? timed : alone;
    const edit = editBetween(text, current.draft, next);
    mustChange(edit);
    await write.pushEdit(edit, { undoable: true });
    await write.log({
      entity: 'task',
      entityId: task.id,
      field: 'remaining',
      old: current.draft.get(task.id)?.remaining?.run ?? null,
      new: ask.remaining,
      reason: ask.reason ?? null,
    });
    const others = edit.changes.filter((change) => change.task !== task.id);
    await logStarts(write, { ...edit, changes: others });
    const detail = { moved: others.length };
    return edited(current, next, edit, detail, await write.revision(), await write.edits());
  });
}

/** Why nobody can say what is left of the task; null where it can be said. */
export function whyNotSaid({ progress }: Workspace, task: Task): Refusal | null {
  const own = progress.get(task.id);
  const no = (text: string): Refusal => ({ code: 'WRONG_DURATION', object: task.id, text });
  if (own?.state.kind === 'completed') return no(`${label(task)} is completed: nothing is left of it.`);
  if (own?.actualRunStart === undefined)
    return no(`${label(task)} does not run yet: how long it takes is planned, or estimated.`);
  return null;
}

/** The draft with what was said of the task. */
function said(
  workspace: Workspace,
  { task: id, remaining, reason }: Ask<'draft.remaining'>,
  now: Instant,
): Draft {
  const task = workspace.tasks.get(id);
  const progress = workspace.progress.get(id);
  const { remaining: _old, ...place } = workspace.draft.get(id) ?? NOWHERE;
  if (remaining === null || !task || !progress) return new Map(workspace.draft).set(id, place);
  const value: Remaining = {
    at: now,
    run: remaining,
    closed: task.crossBreak === 'pause' ? closedFor(workspace, progress.unit, now, remaining) : 0,
    worked: workedUntil(progress, now),
    ...(reason !== undefined && { reason }),
  };
  return new Map(workspace.draft).set(id, { ...place, remaining: value });
}

/** Seconds for which a unit is closed until it has been open for so long from then on; beyond the horizon it is open. */
function closedFor({ plan }: Workspace, unit: EquipmentId, from: Instant, run: Seconds): Seconds {
  let left = run;
  let at = from;
  let closed = 0;
  for (const open of openTimesOf(plan).get(unit) ?? []) {
    if (open.end <= at) continue;
    closed += Math.max(0, open.start - at);
    at = Math.max(at, open.start);
    if (open.end - at >= left) return closed;
    left -= open.end - at;
    at = open.end;
  }
  return closed;
}

/** The draft in which what follows stands where it can then; as it is where there is no such schedule. */
async function timedAnew(workspace: Workspace, draft: Draft, now: Instant): Promise<Draft> {
  const trial = withDraft(workspace, draft);
  const advice = await advise({
    kind: 'repair',
    plan: { ...onItsUnits(trial), now },
    schedule: trial.schedule,
    since: now - START_GRACE,
    change: { kind: 'reported' },
    aims: ['leastChange'],
  });
  const [least] = advice.kind === 'repairs' ? advice.repairs : [];
  if (!least || least.counts.dropped > 0) return draft;
  return draftWith(trial, repaired(trial, least));
}
