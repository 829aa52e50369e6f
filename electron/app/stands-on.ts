import type { ExecutionEvent } from '#shared/domain/execution.ts';
import { nextProgress } from '#shared/flow/progress-from-events.ts';
import { unitStateAfter } from '#shared/flow/unit-state.ts';
import { eventsWithout } from './after-events.ts';
import { judgeReport } from './judge-report.ts';
import { stateNow } from './record-execution.ts';
import { BESIDE, unitAfter } from './unit-states.ts';
import type { Workspace } from './workspace.ts';

/** A report that came later and would not have been possible without another, and why in words. */
export interface Standing {
  readonly event: ExecutionEvent;
  readonly text: string;
}

/**
 * The first report since, of the same task or unit, that stands on this one: judged anew as if this one had never come it
 * would have been refused, or would have left its unit in another state. Null where nothing does.
 */
export function standsOn(workspace: Workspace, event: ExecutionEvent): Standing | null {
  const concerns = ({ task, unit }: ExecutionEvent): boolean =>
    unit === event.unit || (task !== undefined && task === event.task);
  const was = judgedAnew(workspace, workspace.events.filter(concerns), event.seq);
  const is = judgedAnew(workspace, eventsWithout(workspace, event).filter(concerns), event.seq);
  for (const [seq, now] of is) {
    const then = was.get(seq);
    const known = new Set(then?.refusals.map(({ code, object }) => `${code} ${object}`));
    const refusal = now.refusals.find(({ code, object }) => !known.has(`${code} ${object}`));
    if (refusal) return { event: now.event, text: refusal.text };
    if (now.state !== then?.state && !BESIDE.has(now.event.kind))
      return { event: now.event, text: 'It would have left its unit in another state.' };
  }
  return null;
}

type Judged = Pick<ExecutionEvent, 'state'> & {
  readonly event: ExecutionEvent;
  readonly refusals: ReturnType<typeof judgeReport>;
};

/** What would be said now to each of these reports that came after `since`, in the order they were recorded. */
function judgedAnew(
  workspace: Workspace,
  events: readonly ExecutionEvent[],
  since: number,
): ReadonlyMap<number, Judged> {
  const units = new Map(workspace.units);
  const progress = new Map(workspace.progress);
  for (const { unit, task } of events) {
    units.delete(unit);
    if (task) progress.delete(task);
  }
  const current: Workspace = { ...workspace, units, progress };
  const judged = new Map<number, Judged>();
  for (const event of events) {
    const refusals = event.seq > since ? judgeReport(current, event, event.at) : [];
    const state = unitStateAfter(event, stateNow(current, event));
    if (event.seq > since) judged.set(event.seq, { event, refusals, state });
    units.set(event.unit, unitAfter(units.get(event.unit), { ...event, state }));
    const next = nextProgress(event.task && progress.get(event.task), event);
    if (next) progress.set(next.task, next);
  }
  return judged;
}
