import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { Writer } from '#electron/store/store.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Queue, ToldItem } from '#shared/domain/queue.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Version } from '#shared/domain/version.ts';
import { workUnitsOf } from './board-view.ts';
import { nameOf } from './edit-draft.ts';
import { factsAge } from './facts-age.ts';
import { changesTo, listsToTell, stillRecalled } from './planned-lists.ts';
import { itemsOf, unseenSince } from './queue-items.ts';
import { type SignAsk, type Signer, sign, signed } from './sign.ts';
import { type Done, Refused, type Station, type Work } from './station.ts';
import { type Workspace, withDraft } from './workspace.ts';

/** Tells the lines: each unit's part of the published version, where it differs from what it was told, as the next revision of its queue. */
export const dispatchQueues = (
  station: Station,
  ask: DispatchAsk & { readonly sign?: SignAsk | undefined },
  caller: Caller,
): Promise<Outcome<{ queues: number; items: number }>> =>
  signed(station, 'dispatch', ask.sign, caller, (signer) =>
    station.command(caller, 'queue.dispatch', dispatching(station, ask, caller, signer)),
  );

interface DispatchAsk {
  readonly units?: readonly EquipmentId[] | undefined;
  /** Needed where a line has not acknowledged what it was told last. */
  readonly reason?: string | undefined;
  /** What is told though it was recalled. */
  readonly again?: readonly TaskId[] | undefined;
  /** The version that was looked at; another one is not told unseen. */
  readonly version?: number | undefined;
}

export const dispatching =
  (
    station: Station,
    ask: DispatchAsk,
    caller: Caller,
    signer: Signer | null,
  ): Work<{ queues: number; items: number }> =>
  async (write, workspace) => {
    const { version } = workspace;
    if (!version)
      throw new Refused(
        'NOT_PUBLISHED',
        'version',
        'Nothing is published yet. Publish the plan first, then dispatch it.',
      );
    if (ask.version !== undefined && ask.version !== version.number)
      throw new Refused(
        'VERSION_STALE',
        `v${version.number}`,
        `Version ${version.number} was published meanwhile. Look at what it changes, then dispatch.`,
      );
    const queues = nextRevisions(station, workspace, version, ask, caller);
    if (queues.length === 0) {
      throw new Refused(
        'NOTHING_STALE',
        `v${version.number}`,
        `Every line has been told what version ${version.number} says.`,
      );
    }
    mustBeFresh(station, queues);
    return told(station, write, workspace, queues, signer);
  };

/** A revision for each line that is to do something else than it was told; those that are not get none. */
function nextRevisions(
  station: Station,
  workspace: Workspace,
  version: Version,
  ask: DispatchAsk,
  caller: Caller,
): Queue[] {
  const lists = listsToTell(workspace, version, station.now, new Set(ask.again));
  const units = ask.units
    ? withGivers(workspace, lists, ask.units)
    : workUnitsOf(workspace).map(({ id }) => id);
  const reason = ask.reason?.trim() ?? '';
  return [...units].flatMap((unit): Queue[] => {
    const before = workspace.queues.get(unit);
    const items = [...(lists.get(unit) ?? [])];
    const changes = changesTo(workspace, unit, items);
    if (changes.length === 0) return [];
    const supersedes = unseenSince(workspace, unit) === null ? null : (before?.revision ?? null);
    if (supersedes !== null && reason === '')
      throw new Refused(
        'REASON_MISSING',
        unit,
        `${nameOf(workspace, unit)} has not acknowledged revision ${supersedes} of its list. Say why another takes its place.`,
      );
    const note = {
      by: nameOfCaller(caller),
      reason: reason === '' ? reasonOf(version) : reason,
      supersedes,
      changes,
      recalled: stillRecalled(workspace, before, items),
    };
    const revision = (before?.revision ?? 0) + 1;
    return [{ unit, revision, version: version.number, dispatched: station.now, items, note }];
  });
}

/** As people know them; without accounts, the local user. */
export const nameOfCaller = ({ by, user }: Caller): string => by?.userName ?? user;

const reasonOf = ({ number, note }: Version): string =>
  note === '' ? `Version ${number}` : `Version ${number}: ${note}`;

/** Writes the next revisions, signed where somebody signs, with what they change and why. Part of a running command. */
export async function told(
  station: Station,
  write: Writer,
  workspace: Workspace,
  queues: readonly Queue[],
  signer: Signer | null,
): Promise<Done<{ queues: number; items: number }>> {
  for (const queue of queues) {
    const entityId = `${queue.unit} r${queue.revision}`;
    await write.addQueue(queue);
    if (signer) await sign(station, write, signer, { entity: 'queue', entityId });
    await write.log({
      entity: 'queue',
      entityId,
      field: 'items',
      old: workspace.queues.get(queue.unit)?.items.map((item) => item.task) ?? null,
      new: queue.items.map((item) => item.task),
      reason: queue.note?.reason ?? null,
    });
  }
  const all = new Map([...workspace.queues, ...queues.map((queue) => [queue.unit, queue] as const)]);
  const revision = await write.revision();
  return {
    detail: { queues: queues.length, items: queues.reduce((sum, queue) => sum + queue.items.length, 0) },
    workspace: withDraft({ ...workspace, queues: all, revision }, workspace.draft),
    facts: () => [
      { kind: 'queues.dispatched', units: queues.map((queue) => queue.unit) },
      { kind: 'board.replaced', revision },
    ],
  };
}

/** A line is told nothing that rests on lots, people and calibrations of which nobody has heard for too long. */
function mustBeFresh(station: Station, queues: readonly Queue[]): void {
  for (const order of new Set(queues.flatMap(({ items }) => items.map((item) => item.order)))) {
    const age = factsAge(station, order);
    if (typeof age !== 'string') throw new Refused(age.code, age.object, age.text);
  }
}

/** The lines asked for and those that hand a task over to one of them: no task is ever in two queues. */
export function withGivers(
  workspace: Workspace,
  lists: ReadonlyMap<EquipmentId, readonly ToldItem[]>,
  units: readonly EquipmentId[],
): Set<EquipmentId> {
  const before = itemsOf(workspace.queues);
  const all = new Set(units);
  // A set that grows while it is walked is walked to its end.
  for (const unit of all)
    for (const { task } of lists.get(unit) ?? []) all.add(before.get(task)?.unit ?? unit);
  return all;
}
