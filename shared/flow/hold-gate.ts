import { onceFor } from '#shared/base/once-for.ts';
import type { TaskProgress } from '#shared/domain/execution.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import { type Answer, type Gate, against } from './gate.ts';
import { tasksById } from './lookups.ts';

export interface FailedTest {
  readonly task: Task;
  readonly found: NonNullable<TaskProgress['tested']>;
}

/** The gate is asked for every bar, and hardly any test has failed. */
const failedIn = onceFor((progress: ReadonlyMap<TaskId, TaskProgress>) =>
  [...progress.values()].flatMap(({ task, tested }) =>
    tested?.passed === false ? { task, found: tested } : [],
  ),
);

/** The tests that failed and were not passed since, of tasks that are in the plan. */
export const failedTests = (
  tasks: ReadonlyMap<TaskId, Task>,
  progress: ReadonlyMap<TaskId, TaskProgress>,
): FailedTest[] =>
  failedIn(progress).flatMap(({ task: id, found }) => {
    const task = tasks.get(id);
    return task ? { task, found } : [];
  });

/** Does it hold the whole batch of its order? One about a lot holds that lot. */
export const holdsBatch = ({ found }: FailedTest): boolean => found.lot === undefined;

/** What a failed test forbids: to make more of the batch and to move it. It may be tested again. */
export const isHeldBack = ({ domain }: Pick<Task, 'domain'>): boolean =>
  domain === 'production' || domain === 'inventory';

/** No test of the batch has failed and not been passed since. */
export function holdGate({ plan, task, progress, when }: Gate): Answer[] {
  if (!isHeldBack(task)) return [];
  return failedTests(tasksById(plan.tasks), progress)
    .filter((failed) => failed.task.order === task.order && holdsBatch(failed))
    .map((failed) =>
      against(
        'LOT_NOT_RELEASED',
        failed.task.id,
        `The batch is on hold: ${failedText(failed)} on ${when(failed.found.at)}.`,
      ),
    );
}

export const failedText = ({ task, found }: FailedTest): string =>
  `${task.name} failed${found.value === undefined ? '' : ` (${found.value})`}`;
