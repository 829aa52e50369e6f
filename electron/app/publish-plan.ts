import type { Caller, Outcome } from '#shared/contract/calls.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import { crewOf } from '#shared/domain/schedule.ts';
import type { Begun, Version } from '#shared/domain/version.ts';
import { figuresFromSchedule } from '#shared/flow/figures-from-schedule.ts';
import { DAY, type Instant } from '#shared/time/instant.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { movedSincePublished, promisedPlaces, restaffedSincePublished } from './board-view.ts';
import { mustBeDraft } from './scenarios.ts';
import { type SignAsk, type Signer, sign, signed } from './sign.ts';
import { Refused, type Station, type Work, mustBeCurrent } from './station.ts';
import { tellPlaces } from './tell-erp.ts';
import { START_GRACE, type Workspace, partsIn } from './workspace.ts';

/** Freezes the draft as the next version: immutable, with one ledger entry for every task that stands elsewhere, or is for others, than before (RC-03). */
export const publishPlan = (
  station: Station,
  ask: PublishAsk & { readonly sign?: SignAsk | undefined },
  caller: Caller,
): Promise<Outcome<{ number: number; changed: number }>> =>
  signed(station, 'publish', ask.sign, caller, (signer) =>
    station.command(caller, 'version.publish', publishing(station, ask, caller.user, signer)),
  );

interface PublishAsk {
  readonly note: string;
  readonly expected: number;
}

export const publishing =
  (
    station: Station,
    ask: PublishAsk,
    publisher: string,
    signer: Signer | null,
  ): Work<{ number: number; changed: number }> =>
  async (write, workspace) => {
    mustBeCurrent(workspace, ask.expected);
    mustBeDraft(workspace);
    if (workspace.schedule.assignments.length === 0) {
      throw new Refused(
        'NOTHING_TO_PUBLISH',
        'draft',
        'Nothing is scheduled yet. Solve first, or drag tasks onto the board.',
      );
    }
    const violations = checkSchedule(
      { ...workspace.plan, now: station.now - START_GRACE },
      workspace.schedule,
    );
    const first = violations[0];
    if (first) {
      throw new Refused(
        first.code,
        first.object,
        `The schedule cannot be carried out as it stands (${violations.length} ${violations.length === 1 ? 'problem' : 'problems'}, first: ${first.text}) Move the task or solve again.`,
      );
    }
    const moved = movedSincePublished(workspace);
    const restaffed = restaffedSincePublished(workspace);
    if (workspace.version && moved.length + restaffed.length === 0) {
      throw new Refused(
        'NOTHING_CHANGED',
        `v${workspace.version.number}`,
        `Nothing has changed since version ${workspace.version.number}.`,
      );
    }
    const version: Version = {
      number: (workspace.version?.number ?? 0) + 1,
      published: station.now,
      publisher,
      note: ask.note,
      schedule: workspace.schedule,
      begun: begunIn(workspace, station.now),
      parts: partsIn(workspace.draft),
      figures: figuresFromSchedule(workspace.plan, workspace.schedule),
    };
    await write.addVersion(version);
    if (signer) await sign(station, write, signer, { entity: 'version', entityId: String(version.number) });
    await tellPlaces(write, workspace, version);
    const before = new Map(
      workspace.version?.schedule.assignments.map((assignment) => [assignment.task, assignment]),
    );
    for (const task of moved) {
      const [old, now] = [before.get(task), workspace.assignments.get(task)];
      await write.log({
        entity: 'task',
        entityId: task,
        field: 'published place',
        old: old ? { unit: old.unit, start: old.start, end: old.end } : null,
        new: now ? { unit: now.unit, start: now.start, end: now.end } : null,
        reason: ask.note || null,
      });
    }
    for (const task of restaffed) {
      const [old, now] = [before.get(task), workspace.assignments.get(task)];
      await write.log({
        entity: 'task',
        entityId: task,
        field: 'published people',
        old: old ? crewOf(old) : null,
        new: now ? crewOf(now) : null,
        reason: ask.note || null,
      });
    }
    const revision = await write.revision();
    return {
      detail: { number: version.number, changed: moved.length + restaffed.length },
      workspace: { ...workspace, version, revision },
      facts: () => [
        { kind: 'version.published', number: version.number },
        { kind: 'board.replaced', revision },
      ],
    };
  };

/** No handover, board or export counts starts that are longer ago. */
const COUNTED = 31 * DAY;

/** A start is held against what was published when it was made, however often the plan is published afterwards. */
function begunIn(workspace: Workspace, now: Instant): Begun[] {
  const promised = promisedPlaces(workspace);
  return [...workspace.progress.values()].flatMap((own) => {
    if (!hasStarted(own) || (own.actualStart ?? 0) < now - COUNTED) return [];
    return { task: own.task, place: promised.get(own.task) ?? null };
  });
}
