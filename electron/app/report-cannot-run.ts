import type { Caller, CommandRefusal, Outcome } from '#shared/contract/calls.ts';
import { OWNERS } from '#shared/domain/case.ts';
import { type CannotRun, hasStarted } from '#shared/domain/execution.ts';
import { label, nameOf, when } from './edit-draft.ts';
import { dispatchedItem } from './queue-items.ts';
import { changeCase, openCase, withCase } from './reconcile-cases.ts';
import { refusedReport, untimely } from './record-execution.ts';
import type { Station } from './station.ts';
import type { Workspace } from './workspace.ts';

/** A line cannot run what it was told: the desk gets a case at once. One id is one report, however often it is sent. */
export function reportCannotRun(
  station: Station,
  report: CannotRun,
  caller: Caller,
): Promise<Outcome<{ seq: number }>> {
  return station.command(caller, 'execution.cannotRun', async (write, workspace) => {
    const { unit, task, person, reason } = report;
    const last = workspace.units.get(unit)?.since ?? -Infinity;
    const [refusal] = [...untimely(workspace, report, last, station.now), ...cannotAsk(workspace, report)];
    if (refusal) throw refusedReport(report, refusal);
    let after = workspace;
    for (const one of workspace.cases) {
      if (one.asked?.task !== task || one.state !== 'decided') continue;
      const again = 'The line says again that it cannot run it.';
      after = withCase(after, await changeCase(write, one, { state: 'closed', outcome: one.outcome }, again));
    }
    const planned = workspace.tasks.get(task);
    const opened = await openCase(write, {
      key: `cannotRun ${report.id}`,
      kind: 'cannotRun',
      object: task,
      text: `${nameOf(workspace, unit)} cannot run ${planned ? label(planned) : task}: ${reason}`,
      opened: Math.min(report.at ?? station.now, station.now),
      owner: OWNERS.cannotRun,
      deadline: dispatchedItem(workspace, task)?.assignment.start ?? station.now,
      tasks: [task],
      asked: { unit, task, reason, ...(person && { person }) },
      state: 'open',
      outcome: null,
    });
    return {
      detail: { seq: opened.id },
      workspace: withCase(after, opened),
      facts: () => [{ kind: 'cases.changed', opened: [{ id: opened.id, text: opened.text }] }],
    };
  });
}

function cannotAsk(workspace: Workspace, { unit, task }: CannotRun): CommandRefusal[] {
  const item = dispatchedItem(workspace, task);
  const progress = workspace.progress.get(task);
  const no = (code: string, text: string): CommandRefusal[] => [{ code, object: task, text }];
  if (!item || item.assignment.unit !== unit)
    return no('NOT_DISPATCHED', `${task} is not on the list of ${nameOf(workspace, unit)} any more.`);
  if (hasStarted(progress))
    return no('TASK_STARTED', `${task} is in work or done already: pause it instead.`);
  const asked = workspace.cases.find((one) => one.asked?.task === task && one.state === 'open');
  return asked
    ? no('CASE_OPEN', `This is with the ${asked.owner} since ${when(workspace, asked.opened)}.`)
    : [];
}
