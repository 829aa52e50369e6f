import type { ExecutionEvent, ExecutionReport } from '#shared/domain/execution.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import { type TestSpecId, latestResult } from '#shared/domain/test-result.ts';
import { resultsOf } from '#shared/flow/lookups.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import { dispatchedItem } from './queue-items.ts';
import type { Workspace } from './workspace.ts';

/** Which test of which equipment the task renews, also when its result was reported before: then it has left the plan. */
export function renewalOf(
  { tasks, events, plant }: Workspace,
  task: TaskId | undefined,
): Task['renews'] | undefined {
  const planned = task && tasks.get(task)?.renews;
  if (planned) return planned;
  const told = events.findLast((event) => event.task === task && event.proof !== undefined);
  if (!told?.proof) return undefined;
  const { equipment, test, expires } = told.proof;
  const spec = plant.testSpecs.find(({ id }) => id === test);
  const validFor: Seconds | undefined =
    spec?.validFor ?? (expires === undefined ? undefined : expires - told.at);
  return validFor === undefined ? undefined : { equipment, test, validFor };
}

/** What a reported calibration proves, with the next due date by its interval, and what a bad instrument may have spoilt. */
export function proofOf(
  workspace: Workspace,
  { task, calibration }: ExecutionReport,
  at: Instant,
): Pick<ExecutionEvent, 'proof' | 'impact'> {
  const renews = calibration && renewalOf(workspace, task);
  if (!renews) return {};
  const { equipment, test, validFor } = renews;
  const isGood = calibration.asLeft === 'passed';
  return {
    proof: { equipment, test, ...(isGood && { expires: at + validFor }) },
    ...(calibration.asFound === 'failed' && { impact: measuredSince(workspace, equipment, test, at, task) }),
  };
}

/** Tasks that used it since it was good last, by when they began (CAL-05). */
function measuredSince(
  workspace: Workspace,
  equipment: EquipmentId,
  test: TestSpecId,
  at: Instant,
  but: TaskId | undefined,
): TaskId[] {
  const results = resultsOf(workspace.plan.plant.testResults).get(`${equipment}\n${test}`) ?? [];
  const good = latestResult(
    results.filter(({ passed }) => passed),
    at,
  );
  const since = good?.evaluated ?? -Infinity;
  return [...workspace.progress.values()]
    .filter(({ task, unit, actualStart, actualEnd = at }) => {
      if (task === but || actualStart === undefined || actualEnd < since || actualStart > at) return false;
      const planned =
        dispatchedItem(workspace, task)?.assignment ?? workspace.draft.get(task)?.assignment ?? null;
      return unit === equipment || planned?.instruments.includes(equipment);
    })
    .toSorted((a, b) => (a.actualStart ?? 0) - (b.actualStart ?? 0))
    .map(({ task }) => task);
}
