import type { Ask, Caller, Outcome } from '#shared/contract/calls.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import { DRAFT } from '#shared/domain/draft-scenario.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { type Draft, editBetween } from '#shared/edit/draft.ts';
import { mustChange, newWrong } from './edit-draft.ts';
import { branchIn, mustBeDecided, openedIn, replaced } from './scenarios.ts';
import { Refused, type Station, mustBeCurrent } from './station.ts';
import { type Workspace, withDraft } from './workspace.ts';

/**
 * The draft takes the places of a scenario, all of them or those of some tasks, as one edit that undo takes back. What has
 * started stays where the line has it. The scenario stays as it is, and the draft is open afterwards.
 */
export function promoteScenario(
  station: Station,
  ask: Ask<'scenario.promote'>,
  caller: Caller,
): Promise<Outcome<{ changed: number }>> {
  return station.command(caller, 'scenario.promote', async (write, workspace) => {
    mustBeCurrent(workspace, ask.expected);
    const { name, assumes } = branchIn(workspace, ask.scenario);
    if (workspace.scenario !== DRAFT) mustBeDecided(station);
    const before = withDraft({ ...workspace, scenario: DRAFT }, await write.draft(DRAFT));
    const next = promoted(before, await write.draft(ask.scenario), ask.tasks);
    const label = ask.tasks ? `Accept ${ask.tasks.length} changes of “${name}”` : `Promote “${name}”`;
    const edit = editBetween(label, before.draft, next);
    mustChange(edit);
    const wrong = newWrong(station, before, withDraft(before, next), edit);
    if (wrong) {
      const why = ask.tasks ? `This part of “${name}” does not work alone` : `“${name}” does not hold`;
      const needs = assumes === null ? '' : ` It assumes: ${assumes}.`;
      const way = ask.tasks
        ? ' Accept the tasks that belong together, or all.'
        : ' Open it and repair or solve it.';
      throw new Refused(wrong.code, wrong.object, `${why}: ${wrong.text}${needs}${way}`);
    }
    await write.pushEdit(edit, { undoable: true, scenario: DRAFT });
    if (workspace.scenario !== DRAFT) await write.switchScenario(DRAFT);
    await write.log({
      entity: 'scenario',
      entityId: name,
      field: 'promote',
      old: null,
      new: { changed: edit.changes.length, tasks: ask.tasks ?? null },
      reason: null,
    });
    return replaced(await openedIn(write, workspace), { changed: edit.changes.length });
  });
}

/** The draft with the scenario's places; pins come along. */
function promoted({ draft, progress }: Workspace, scenario: Draft, tasks?: readonly TaskId[]): Draft {
  const next = new Map(draft);
  for (const task of tasks ?? new Set([...draft.keys(), ...scenario.keys()])) {
    if (hasStarted(progress.get(task))) continue;
    const place = scenario.get(task);
    if (place) next.set(task, place);
    else next.delete(task);
  }
  return next;
}
