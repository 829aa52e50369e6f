import type { Dependency } from '#shared/contract/views.ts';
import { type Relation, bindsEnd } from '#shared/domain/relation.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import type { Task } from '#shared/domain/task.ts';
import type { Seconds } from '#shared/time/instant.ts';
import type { Workspace } from './workspace.ts';

/** The relations of a task to what comes before and after it, as far as both have a place. */
export function dependenciesOf({ plan, assignments }: Workspace, task: Task): Dependency[] {
  const found: Dependency[] = [];
  const note = (after: Task, link: Task['after'][number]): void => {
    const before = assignments.get(link.task);
    const place = assignments.get(after.id);
    if (!before || !place) return;
    found.push({
      from: link.task,
      to: after.id,
      minLag: link.minLag,
      maxLag: link.maxLag ?? null,
      slack: slackOf(link, before, place),
    });
  };
  for (const link of task.after) note(task, link);
  for (const other of plan.tasks) {
    for (const link of other.after) if (link.task === task.id) note(other, link);
  }
  return found;
}

/** Seconds left before the relation would be violated, negative when it is. The first transfer batch is taken as its share of the run's length. */
export function slackOf(link: Relation, before: Assignment, place: Assignment): Seconds {
  const at = bindsEnd(link) ? place.end : place.runStart;
  const share = link.transfer ?? (link.from === 'end' ? 1 : 0);
  const since = before.runStart + Math.ceil((before.end - before.runStart) * share);
  const early = at - since - link.minLag;
  return link.maxLag === undefined ? early : Math.min(early, since + link.maxLag - at);
}
