import type { Writer } from '#electron/store/store.ts';
import type { Fact } from '#shared/contract/facts.ts';
import type { ExecutionEvent, ExecutionReport } from '#shared/domain/execution.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Part, TaskId } from '#shared/domain/task.ts';
import type { ScenarioId } from '#shared/domain/scenario.ts';
import { type Draft, editBetween } from '#shared/edit/draft.ts';
import { against as no } from '#shared/flow/gate.ts';
import { label, nameOf } from './edit-draft.ts';
import { dispatchedItem } from './queue-items.ts';
import { freeId, splitOff, waiting, whyNotSplit } from './split-task.ts';
import type { Done, Station } from './station.ts';
import type { Workspace } from './workspace.ts';

/** What speaks against giving back the rest of a task: it must be at this unit, and something of it must be left on both sides. */
export function judgeSplit(workspace: Workspace, { task: id, unit, rest }: ExecutionReport): Refusal[] {
  const task = id && workspace.tasks.get(id);
  if (!id || !task)
    return [
      no('NOT_SCHEDULED', id ?? unit, 'What is split must be a task of the plan. Maybe its order is gone.'),
    ];
  const item = dispatchedItem(workspace, id);
  const on = workspace.progress.get(id)?.unit ?? item?.assignment.unit;
  if (on !== unit || !item) {
    const text = `${label(task)} is not on the list of ${nameOf(workspace, unit)}.`;
    return [no(on === undefined ? 'NOT_DISPATCHED' : 'WRONG_UNIT', id, text)];
  }
  if (rest === undefined) return [no('BAD_QUANTITY', id, 'Say how much the line gives back.')];
  const flaw = whyNotSplit(workspace, task, rest);
  return flaw ? [flaw] : [];
}

/** The part that what the line gives back will be: an id that is free in every scenario. */
export async function partFor(
  write: Writer,
  workspace: Workspace,
  { kind, task }: Pick<ExecutionReport, 'kind' | 'task'>,
): Promise<{ part?: TaskId }> {
  if (kind !== 'splitOff' || task === undefined) return {};
  const others = await draftsOf(write, workspace);
  const taken = new Set(others.flatMap(({ draft }) => [...draft.keys()]));
  return { part: freeId(workspace, workspace.draft.get(task)?.part?.of ?? task, taken) };
}

/** The drafts of those scenarios that are not open. */
export const draftsOf = (
  write: Writer,
  { scenarios, scenario: open }: Workspace,
): Promise<{ scenario: ScenarioId; draft: Draft }[]> =>
  Promise.all(
    scenarios
      .filter(({ id }) => id !== open)
      .map(async ({ id }) => ({ scenario: id, draft: await write.draft(id) })),
  );

/**
 * The rest that a line gives back, split off as the desk does it, so that the desk can plan it elsewhere. Where a scenario
 * is open the part is in the draft as well, and in every other scenario, without a place there. Part of a running command.
 */
export async function splitAtLine(
  station: Station,
  write: Writer,
  workspace: Workspace,
  { task: id, unit, rest, part }: ExecutionEvent,
): Promise<Done<{ part: TaskId }> | null> {
  const task = id && workspace.tasks.get(id);
  if (!task || rest === undefined || part === undefined) return null;
  const done = await splitOff(station, write, workspace, { task, quantity: rest, part, isFact: true });
  for (const { scenario, draft } of await draftsOf(write, workspace)) {
    const own = draft.get(task.id);
    const of = own?.part?.of ?? task.id;
    const next = new Map(draft);
    if (own?.part) {
      // The line splits what it was told; where a scenario cut it smaller than that, nothing is left to give back.
      if (own.part.quantity <= rest) continue;
      next.set(task.id, { ...own, part: { of, quantity: own.part.quantity - rest } });
    }
    const given: Part = { of, quantity: rest };
    const why: Refusal = no('NOT_SCHEDULED', task.id, `Split off ${label(task)} at its line.`);
    next.set(part, waiting(part, given, why));
    await write.pushEdit(editBetween('Split at the line', draft, next), { undoable: false, scenario });
  }
  const news: Fact = {
    kind: 'notice',
    level: 'info',
    text: `${nameOf(workspace, unit)} gives back ${rest} ${task.uom} of ${label(task)}: ${part} is to be planned.`,
  };
  return { ...done, facts: (before, after) => [...(done.facts?.(before, after) ?? []), news] };
}
