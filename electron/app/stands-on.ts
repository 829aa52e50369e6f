import type { ExecutionEvent } from '#shared/domain/execution.ts';
import { nextProgress } from '#shared/flow/progress-from-events.ts';
import { unitStateAfter } from '#shared/flow/unit-state.ts';
import { judgeReport } from './judge-report.ts';
import { stateNow } from './record-execution.ts';
import { BESIDE, unitAfter } from './unit-states.ts';
import type { Workspace } from './workspace.ts';

/** A report that would not have been possible if another had gone or stayed, and why in words. */
export interface Standing {
  readonly event: ExecutionEvent;
  readonly text: string;
}

/**
 * The first report that does not go with these events standing, of those from the first of `reports` on and of their tasks
 * and units: judged anew it would be refused, or would leave its unit in another state, and neither was so before. Null
 * where nothing does. What stands again is judged as when it came.
 */
export function standsAgainst(
  workspace: Workspace,
  events: readonly ExecutionEvent[],
  reports: readonly ExecutionEvent[],
): Standing | null {
  const units = new Set(reports.map(({ unit }) => unit));
  const tasks = new Set(reports.map(({ task }) => task));
  const concerns = ({ task, unit }: ExecutionEvent): boolean =>
    units.has(unit) || (task !== undefined && tasks.has(task));
  const since = Math.min(...reports.map(({ seq }) => seq));
  const was = judgedAnew(workspace, workspace.events.filter(concerns), since);
  const is = judgedAnew(workspace, events.filter(concerns), since);
  for (const [seq, now] of is) {
    const then = was.get(seq) ?? { refusals: now.event.deviations, state: now.event.state };
    const known = new Set(then.refusals.map(({ code, object }) => `${code} ${object}`));
    const refusal = now.refusals.find(({ code, object }) => !known.has(`${code} ${object}`));
    if (refusal) return { event: now.event, text: refusal.text };
    if (now.state !== then.state && !BESIDE.has(now.event.kind))
      return { event: now.event, text: 'It would have left its unit in another state.' };
  }
  return null;
}

type Judged = Pick<ExecutionEvent, 'state'> & {
  readonly event: ExecutionEvent;
  readonly refusals: ReturnType<typeof judgeReport>;
};

/** What would be said now to each of these reports from `since` on, in the order they were recorded. */
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
    const refusals = event.seq >= since ? judgeReport(current, event, event.at) : [];
    const state = unitStateAfter(event, stateNow(current, event));
    if (event.seq >= since) judged.set(event.seq, { event, refusals, state });
    units.set(event.unit, unitAfter(units.get(event.unit), { ...event, state }));
    const next = nextProgress(event.task && progress.get(event.task), event);
    if (next) progress.set(next.task, next);
  }
  return judged;
}
