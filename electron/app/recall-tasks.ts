import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import type { Queue, QueueItem } from '#shared/domain/queue.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { queueChanges } from '#shared/flow/queue-changes.ts';
import { nameOfCaller, told } from './dispatch-queues.ts';
import { label, nameOf, when } from './edit-draft.ts';
import { numbered, stillRecalled } from './planned-lists.ts';
import { openItems, unseenSince } from './queue-items.ts';
import { type SignAsk, signed } from './sign.ts';
import { Refused, type Station } from './station.ts';
import type { Workspace } from './workspace.ts';

export interface RecallAsk {
  /** From which lists, as of which revision; without tasks, all that have not begun. */
  readonly lists: readonly {
    readonly unit: EquipmentId;
    readonly revision: number;
    readonly tasks?: readonly TaskId[] | undefined;
  }[];
  readonly reason: string;
}

/**
 * Takes tasks back from their lines: each list's next revision is without them and says why. They stay off that line
 * until they are dispatched to it again by name, or to another. What has begun is not taken back.
 */
export const recallTasks = (
  station: Station,
  ask: RecallAsk & { readonly sign?: SignAsk | undefined },
  caller: Caller,
): Promise<Outcome<{ recalled: number }>> =>
  signed(station, 'dispatch', ask.sign, caller, (signer) =>
    station.command(caller, 'queue.recall', async (write, workspace) => {
      const queues = ask.lists.map((list) => withoutTasks(workspace, list, ask.reason, station.now, caller));
      const done = await told(
        station,
        write,
        workspace,
        queues.map(({ queue }) => queue),
        signer,
      );
      return { ...done, detail: { recalled: queues.reduce((sum, { recalled }) => sum + recalled, 0) } };
    }),
  );

function withoutTasks(
  workspace: Workspace,
  { unit, revision, tasks }: RecallAsk['lists'][number],
  reason: string,
  now: number,
  caller: Caller,
): { readonly queue: Queue; readonly recalled: number } {
  const queue = workspace.queues.get(unit);
  if (!queue)
    throw new Refused('NOT_DISPATCHED', unit, `${nameOf(workspace, unit)} was never told anything.`);
  if (queue.revision !== revision)
    throw new Refused(
      'REVISION_STALE',
      unit,
      `${nameOf(workspace, unit)} was told revision ${queue.revision} of its list meanwhile. Look at it, then recall.`,
    );
  const open = openItems(workspace, queue);
  const back = new Set(tasks ?? open.map(({ task }) => task).filter((task) => !begun(workspace, task)));
  for (const task of back) mustBeRecallable(workspace, unit, open, task);
  if (back.size === 0)
    throw new Refused(
      'NOTHING_TO_RECALL',
      unit,
      `Nothing is left on the list of ${nameOf(workspace, unit)} that has not begun.`,
    );
  const items = numbered(open.filter(({ task }) => !back.has(task)));
  const by = nameOfCaller(caller);
  const recalled = open
    .filter(({ task }) => back.has(task))
    .map(({ task, name }) => {
      const known = workspace.tasks.get(task);
      return { task, name: known ? label(known) : name, reason, by, at: now };
    });
  const note = {
    by,
    reason,
    supersedes: unseenSince(workspace, unit) === null ? null : revision,
    changes: queueChanges(open, items),
    recalled: [...stillRecalled(workspace, queue, items), ...recalled],
  };
  return {
    queue: { unit, revision: revision + 1, version: queue.version, dispatched: now, items, note },
    recalled: back.size,
  };
}

const begun = ({ progress }: Workspace, task: TaskId): boolean => hasStarted(progress.get(task));

function mustBeRecallable(
  workspace: Workspace,
  unit: EquipmentId,
  open: readonly QueueItem[],
  id: TaskId,
): void {
  const task = workspace.tasks.get(id);
  const name = task ? label(task) : id;
  const progress = workspace.progress.get(id);
  if (progress && hasStarted(progress)) {
    const since = progress.actualStart === undefined ? '' : ` ${when(workspace, progress.actualStart)}`;
    throw new Refused(
      'TASK_STARTED',
      id,
      `${name} began on ${nameOf(workspace, progress.unit)}${since}: what has begun is not recalled. Have it paused or completed there.`,
    );
  }
  if (!open.some((item) => item.task === id))
    throw new Refused('NOT_DISPATCHED', id, `${name} is not on the list of ${nameOf(workspace, unit)}.`);
}
