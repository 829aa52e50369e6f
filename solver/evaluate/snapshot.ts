import type { Solution } from '#solver/problem/solution.ts';
import { objectiveOf } from './objective.ts';
import type { State } from './state.ts';

/** The state as it stands now, independent of what happens to it later. */
export const solutionOf = (state: State, rule: string): Solution => ({
  rule,
  objective: objectiveOf(state.problem, state),
  unit: state.unit.slice(),
  start: state.start.slice(),
  runStart: state.runStart.slice(),
  end: state.end.slice(),
  setup: state.setup.slice(),
  stints: state.stints.map((stints) => stints.slice()),
  tools: state.tools.map((tools) => tools.slice()),
  unplaced: [...state.unplaced.values()],
});
