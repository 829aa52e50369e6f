import { type State, isPlaced, takeOut } from '#solver/evaluate/state.ts';
import { taskName } from '#solver/problem/reason.ts';

/**
 * A commitment or pin whose predecessor found no place cannot stay either. Facts stay facts. The blocks after it on its
 * unit keep their setups only where it changed nothing, so whatever depends on it goes too.
 */
export function dropOrphans(state: State): void {
  const { problem } = state;
  for (const task of problem.topological) {
    if (!isPlaced(state, task) || problem.given[task]?.kind === 'started') continue;
    for (let r = problem.predFrom[task]; r < problem.predFrom[task + 1]; r += 1) {
      const pred = problem.predTask[r];
      if (isPlaced(state, pred)) continue;
      takeOut(state, task);
      state.unplaced.set(task, {
        task: problem.plan.tasks[task].id,
        code: 'PREDECESSOR_NOT_FINISHED',
        object: taskName(problem, pred),
        text: `${taskName(problem, pred)}, which comes before it, has no place`,
      });
      break;
    }
  }
}
