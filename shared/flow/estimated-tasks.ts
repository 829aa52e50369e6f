import type { Task, TaskId } from '#shared/domain/task.ts';
import type { Seconds } from '#shared/time/instant.ts';

/** The tasks, each running as long as the planner estimates it, whichever of its units it is on. */
export const estimatedTasks = (
  tasks: readonly Task[],
  estimates: ReadonlyMap<TaskId, Seconds>,
): readonly Task[] =>
  estimates.size === 0
    ? tasks
    : tasks.map((task) => {
        const run = estimates.get(task.id);
        return run === undefined ? task : { ...task, modes: task.modes.map((mode) => lasting(mode, run)) };
      });

function lasting(mode: Task['modes'][number], run: Seconds): Task['modes'][number] {
  const { fixed } = mode;
  return fixed === undefined ? { ...mode, run } : { ...mode, run, fixed: Math.min(fixed, run) };
}
