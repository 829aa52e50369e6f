import type { Acknowledgement } from '#electron/lines/lines.ts';
import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { JobReceipt } from '#shared/domain/job-receipt.ts';
import type { Queue, QueueItem } from '#shared/domain/queue.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { openItems } from './queue-items.ts';
import { hasSeen, seenFacts, withSeen } from './see-list.ts';
import { Refused, type Station } from './station.ts';
import type { Workspace } from './workspace.ts';

/** Records that a line has a job of its queue. Only what it was told last counts: an older revision is something else. */
export function acknowledgeJob(
  station: Station,
  { task, unit, revision }: Acknowledgement,
  caller: Caller,
): Promise<Outcome<{ seq: number }>> {
  return station.command(caller, 'job.acknowledge', async (write, workspace) => {
    const queue = workspace.queues.get(unit);
    if (queue?.revision !== revision)
      throw new Refused(
        'REVISION_STALE',
        unit,
        queue
          ? `${unit} was told revision ${queue.revision} of its queue meanwhile. Acknowledge the job as it stands there.`
          : `${unit} was never told anything.`,
      );
    if (!queue.items.some((item) => item.task === task))
      throw new Refused('NOT_DISPATCHED', task, `${task} is not in revision ${revision} of ${unit}.`);
    const receipt: JobReceipt = { task, unit, revision, at: station.now };
    await write.saveReceipt(receipt);
    await write.log({
      entity: 'queue',
      entityId: `${unit} r${revision}`,
      field: 'acknowledged',
      old: null,
      new: task,
      reason: null,
    });
    const received = { ...workspace, receipts: new Map([...workspace.receipts, [task, receipt]]) };
    const isLast = openJobs(received, queue).length === 0 && !hasSeen(workspace, { unit, revision });
    const { at } = receipt;
    // A line that has every job of a revision has the revision.
    const after = isLast
      ? await withSeen(write, received, { unit, revision, at, recorded: at, by: caller.user })
      : received;
    return {
      detail: { seq: revision },
      workspace: after,
      facts: isLast ? seenFacts : () => [{ kind: 'links.changed' }],
    };
  });
}

/** Takes back that a line has a job: it has given it back, or somebody has looked and says so. It is then told of it anew. */
export function withdrawJob(
  station: Station,
  { task, reason }: { readonly task: TaskId; readonly reason: string },
  caller: Caller,
): Promise<Outcome<{ seq: number }>> {
  return station.command(caller, 'job.withdraw', async (write, workspace) => {
    const receipt = workspace.receipts.get(task);
    if (!receipt) throw new Refused('NOT_DISPATCHED', task, `No line has acknowledged ${task}.`);
    await write.removeReceipt(task);
    await write.log({
      entity: 'queue',
      entityId: `${receipt.unit} r${receipt.revision}`,
      field: 'acknowledged',
      old: task,
      new: null,
      reason,
    });
    const receipts = new Map(workspace.receipts);
    receipts.delete(task);
    return {
      detail: { seq: receipt.revision },
      workspace: { ...workspace, receipts },
      facts: () => [{ kind: 'links.changed' }],
    };
  });
}

export function isAcknowledged(
  { receipts }: Pick<Workspace, 'receipts'>,
  { task, unit, revision }: Acknowledgement,
): boolean {
  const receipt = receipts.get(task);
  return receipt?.unit === unit && receipt.revision === revision;
}

/** How many open jobs of a line are not known to it yet; null where no connection reaches it and nobody could say. */
export function unacknowledged(workspace: Workspace, unit: JobReceipt['unit']): number | null {
  const queue = workspace.queues.get(unit);
  if (!queue || !workspace.links.some((link) => reaches(link, unit))) return null;
  return openJobs(workspace, queue).length;
}

const openJobs = (workspace: Workspace, queue: Queue): QueueItem[] =>
  openItems(workspace, queue).filter(({ task }) => !isAcknowledged(workspace, { ...queue, task }));

/** Does the connection tell this line anything? */
export const reaches = (link: Workspace['links'][number], unit: JobReceipt['unit']): boolean =>
  link.isOn && (link.units.length === 0 || link.units.includes(unit));
