import { randomUUID } from 'node:crypto';
import { advise } from '#electron/solving/advise.ts';
import type { RepairPiece } from '#electron/solving/adviser-messages.ts';
import { groupBy, indexBy } from '#shared/base/group.ts';
import { DRAFT } from '#shared/domain/draft-scenario.ts';
import { isShared } from '#shared/domain/equipment.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Assignment, Schedule } from '#shared/domain/schedule.ts';
import { editBetween } from '#shared/edit/draft.ts';
import { type Instant, MINUTE } from '#shared/time/instant.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { differencesBetween } from './differences.ts';
import { draftWith, edited, logStarts, mustChange } from './edit-draft.ts';
import { repaired } from './offer-repairs.ts';
import { mustBeDecided } from './scenarios.ts';
import { Refused, type Station, mustBeCurrent } from './station.ts';
import { START_GRACE, type Workspace, planToRepair, withDraft } from './workspace.ts';

/** Less than this is left as it is: a plan that moves with every minute can be read by nobody. */
const OFF = 5 * MINUTE;

/**
 * Actual starts and ends move what follows them in the draft by themselves, where nothing has to be decided: every unit
 * keeps its tasks in their sequence, nobody is replaced, nothing loses its place and no order becomes late. Whatever
 * would take more than that stays as it is, to be seen and decided. Lines are told nothing: their sequence is the same.
 */
export async function retimeDraft(station: Station): Promise<void> {
  const { workspace, now } = station;
  const isBusy = workspace.scenario !== DRAFT || station.proposal !== null || station.solving !== null;
  if (isBusy || !isOff(workspace)) return;
  const plan = { ...onItsUnits(workspace), now };
  const since = now - START_GRACE;
  const advice = await advise({
    kind: 'repair',
    plan,
    schedule: workspace.schedule,
    since,
    change: { kind: 'reported' },
    aims: ['leastChange'],
  });
  const [least] = advice.kind === 'repairs' ? advice.repairs : [];
  if (!least) return;
  const schedule = repaired(workspace, least);
  if (!decidesNothing(least, workspace.schedule, schedule)) return;
  const caller = { user: 'service re-timing', origin: 'station', key: `retime ${randomUUID()}` } as const;
  await station.command(caller, 'draft.retime', async (write, current) => {
    // Whoever edited, solved or chose meanwhile goes first; what is still off is looked at again a minute later.
    mustBeCurrent(current, workspace.revision);
    mustBeDecided(station);
    const draft = draftWith(current, schedule);
    const edit = editBetween('Re-timed by what the lines reported', current.draft, draft);
    mustChange(edit);
    const after = withDraft(current, draft);
    // Reports change no revision: what came meanwhile may leave something to decide.
    const [wrong] = checkSchedule({ ...after.plan, now: since }, after.schedule);
    if (wrong) throw new Refused(wrong.code, wrong.object, wrong.text);
    mustDecideNothing(current, after);
    await write.pushEdit(edit, { undoable: false });
    await logStarts(write, edit);
    return edited(current, draft, edit, null, await write.revision(), await write.edits());
  });
}

/** The plan in which every task has only the unit on which it stands. */
export function onItsUnits(workspace: Workspace): Plan {
  const plan = planToRepair(workspace);
  const tasks = plan.tasks.map((task) => {
    const unit = workspace.assignments.get(task.id)?.unit;
    const modes = task.modes.filter((mode) => mode.unit === unit);
    return modes.length > 0 ? { ...task, modes } : task;
  });
  return { ...plan, tasks };
}

/** Whether something that has begun, or ended, stands in the way of what is to follow it. */
function isOff({ schedule, progress, tasks, equipment }: Workspace): boolean {
  const begun = indexBy(
    schedule.assignments.filter(({ task }) => hasStarted(progress.get(task))),
    ({ task }) => task,
  );
  const busyUntil = new Map<string, Instant>();
  for (const { unit, end } of begun.values()) busyUntil.set(unit, Math.max(end, busyUntil.get(unit) ?? 0));
  return schedule.assignments.some(({ task: id, unit, start, runStart }) => {
    if (begun.has(id)) return false;
    const machine = equipment.get(unit);
    if (machine && !isShared(machine) && start + OFF < (busyUntil.get(unit) ?? 0)) return true;
    return (tasks.get(id)?.after ?? []).some((link) => {
      const before = begun.get(link.task);
      const isBound = link.from === 'end' && link.to !== 'end' && link.transfer === undefined;
      return before !== undefined && isBound && runStart + OFF < before.end + link.minLag;
    });
  });
}

/** Times alone differ, and no promise is broken by it. */
const decidesNothing = ({ counts }: RepairPiece, before: Schedule, after: Schedule): boolean =>
  counts.moved > 0 &&
  counts.reassigned + counts.restaffed + counts.dropped + counts.lateNow === 0 &&
  sequencesOf(before) === sequencesOf(after);

/** The same over two workspaces, as the lines have reported by now. */
function mustDecideNothing(before: Workspace, after: Workspace): void {
  const { counts } = differencesBetween(before, before.assignments, after.assignments);
  const { reassigned, restaffed, dropped, lateNow } = counts;
  const isSilent = reassigned + restaffed + counts.new + dropped + lateNow === 0;
  if (!isSilent || sequencesOf(before.schedule) !== sequencesOf(after.schedule))
    throw new Refused('TO_BE_DECIDED', 'draft', 'What the lines reported meanwhile is to be decided.');
}

const sequencesOf = ({ assignments }: Schedule): string =>
  JSON.stringify(
    [...groupBy(assignments, ({ unit }) => unit)]
      .map(([unit, own]): [string, string[]] => [unit, own.sort(byStart).map(({ task }) => task)])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const byStart = (a: Assignment, b: Assignment): number => a.start - b.start || (a.task < b.task ? -1 : 1);
