import type { Writer } from '#electron/store/store.ts';
import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { Fact } from '#shared/contract/facts.ts';
import type { ListSeen } from '#shared/domain/execution.ts';
import type { ListReceipt } from '#shared/domain/list-receipt.ts';
import { boardChange } from './board-view.ts';
import { nameOf } from './edit-draft.ts';
import { Refused, type Station, refusable } from './station.ts';
import { type Workspace, hasAccounts, withDraft } from './workspace.ts';

type Seen = Pick<ListReceipt, 'unit' | 'revision'>;

export const hasSeen = ({ seen }: Pick<Workspace, 'seen'>, { unit, revision }: Seen): boolean =>
  seen.get(unit)?.receipt.revision === revision;

/**
 * Records that a line has seen a revision of its list. It stands for that revision alone: a line that was away may say so
 * when a newer one is out, which then still is to be seen.
 */
export async function seeList(
  station: Station,
  { unit, revision, at }: Seen & Pick<ListSeen, 'at'>,
  caller: Caller,
): Promise<Outcome<{ seq: number }>> {
  const { workspace } = station;
  if (hasSeen(workspace, { unit, revision }))
    return { ok: true, revision: workspace.revision, detail: { seq: revision } };
  return station.command(caller, 'queue.acknowledge', async (write, workspace) => {
    const queue = workspace.queues.get(unit);
    if (!queue || revision > queue.revision)
      throw new Refused(
        'REVISION_UNKNOWN',
        unit,
        queue
          ? `${nameOf(workspace, unit)} was told ${queue.revision} revisions of its list, no revision ${revision}.`
          : `${nameOf(workspace, unit)} was never told anything.`,
      );
    const seen = { unit, revision, at: Math.min(at ?? station.now, station.now), by: caller.user };
    const after = await withSeen(write, workspace, { ...seen, recorded: station.now });
    return {
      detail: { seq: revision },
      workspace: after,
      facts: seenFacts,
    };
  });
}

/** The same from a line page: where there are accounts, somebody who identified says it. */
export const reportListSeen = (
  station: Station,
  report: ListSeen,
  caller: Caller,
): Promise<Outcome<{ seq: number }>> =>
  refusable(async () => {
    if (hasAccounts(station.workspace) && report.person === undefined)
      throw new Refused('PERSON_MISSING', report.unit, 'Say who you are first, then acknowledge the list.');
    return seeList(station, report, caller);
  });

/** What a line prepares now is held where it is, and one list less is unseen. */
export const seenFacts = (before: Workspace, after: Workspace): Fact[] => {
  const held = [...after.commitments].filter(([task, by]) => before.commitments.get(task) !== by);
  return [
    boardChange(
      before,
      after,
      held.map(([task]) => task),
    ),
    { kind: 'links.changed' },
  ];
};

/** Keeps that a line has seen a revision, once; a repeat only stands in the ledger. Part of a running command. */
export async function withSeen(
  write: Writer,
  workspace: Workspace,
  receipt: ListReceipt,
): Promise<Workspace> {
  const { unit, revision } = receipt;
  await write.log({
    entity: 'queue',
    entityId: `${unit} r${revision}`,
    field: 'acknowledged',
    old: null,
    new: { by: receipt.by, at: receipt.at },
    reason: null,
  });
  const known = await write.listReceipts(unit);
  if (known.some((one) => one.revision === revision)) return workspace;
  const latest = workspace.queues.get(unit);
  const [queue] =
    latest?.revision === revision
      ? [latest]
      : (await write.revisions(unit, (latest?.revision ?? revision) - revision + 1)).slice(-1);
  if (!queue) return workspace;
  await write.addListReceipt({ ...receipt, at: Math.max(receipt.at, queue.dispatched) });
  if ((workspace.seen.get(unit)?.receipt.revision ?? 0) > revision) return workspace;
  return withDraft(
    { ...workspace, seen: new Map(workspace.seen).set(unit, { receipt, queue }) },
    workspace.draft,
  );
}
