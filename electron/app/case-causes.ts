import { onceFor } from '#shared/base/once-for.ts';
import type { Asked, Case, Cause } from '#shared/domain/case.ts';
import { causesFromRecord } from '#shared/flow/causes/causes-from-record.ts';
import { situationOf } from '#shared/flow/causes/situation.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import { dispatchedItem } from './queue-items.ts';
import type { Workspace } from './workspace.ts';

/** Everything that speaks against what is published, by key: what the record says, and what lines cannot run. */
export const causesIn = onceFor((workspace: Workspace): ReadonlyMap<string, Cause> => {
  const { plan, version, tasks, progress, events, cases } = workspace;
  const found = version ? causesFromRecord(situationOf(plan, version, tasks, progress, events)) : [];
  const asked = cases.flatMap((one) =>
    one.asked && one.state !== 'closed' ? causeFromLine(workspace, one, one.asked) : [],
  );
  return new Map([...found, ...asked].map((cause) => [cause.key, cause]));
});

/** A task that its line cannot run, until it is in work somewhere or nobody plans it any more. */
function causeFromLine(workspace: Workspace, one: Case, { task }: Asked): Cause[] {
  if (!workspace.tasks.has(task) || hasStarted(workspace.progress.get(task))) return [];
  const { key, kind, object, text } = one;
  const deadline = dispatchedItem(workspace, task)?.assignment.start ?? one.deadline;
  return [{ key, kind, object, text, tasks: [task], deadline, free: null }];
}
