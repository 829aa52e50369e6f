import { copyOf } from '#solver/problem/places.ts';
import type { Solution } from '#solver/problem/solution.ts';
import { objectiveOf } from './objective.ts';
import type { State } from './state.ts';

/** The state as it stands now, independent of what happens to it later. */
export const solutionOf = (state: State, rule: string): Solution => ({
  rule,
  objective: objectiveOf(state.problem, state),
  ...copyOf(state, state.problem.taskCount),
  unplaced: [...state.unplaced.values()],
});
