import type { Ask, Caller, Outcome } from '#shared/contract/calls.ts';
import { boardChange } from './board-view.ts';
import { taskIn } from './edit-draft.ts';
import type { Station } from './station.ts';

/** Adds what somebody has to say about a task; nothing about the plan changes, so it is made against no revision. */
export function commentTask(
  station: Station,
  { task, text }: Ask<'task.comment'>,
  caller: Caller,
): Promise<Outcome> {
  return station.command(caller, 'task.comment', async (write, workspace) => {
    taskIn(workspace, task);
    const comment = await write.addComment({ task, author: caller.user, at: station.now, text });
    await write.log({
      entity: 'task',
      entityId: task,
      field: 'comment',
      old: null,
      new: text,
      reason: null,
    });
    const after = { ...workspace, comments: [...workspace.comments, comment] };
    return { detail: null, workspace: after, facts: (before) => [boardChange(before, after, [task])] };
  });
}
