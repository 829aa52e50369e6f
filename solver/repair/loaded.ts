import type { Plan } from '#shared/domain/plan.ts';
import type { Assignment, Schedule } from '#shared/domain/schedule.ts';
import { placeOfAssignment } from '#solver/evaluate/load.ts';
import { type State, isPlaced, newState, put, takeOut, withProblem } from '#solver/evaluate/state.ts';
import { problemFollowing } from '#solver/problem/following.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';

/** A schedule on its compiled plan. */
export interface Loaded {
  readonly state: State;
  /** What stands in the state, by task. */
  readonly assignments: ReadonlyMap<number, Assignment>;
}

export const load = (plan: Plan, schedule: Schedule): Loaded =>
  filled(newState(problemFromPlan(plan)), new Map(), schedule);

/** What followed: only what changed is compiled and moved. Takes over the state of `before`, which ends there. */
export function reload(before: Loaded, plan: Plan, schedule: Schedule): Loaded {
  const problem = problemFollowing(before.state.problem, plan);
  if (problem.taskOf !== before.state.problem.taskOf) return filled(newState(problem), new Map(), schedule);
  return filled(withProblem(before.state, problem), before.assignments, schedule);
}

/** Puts every task where the schedule has it, or where the line reported it; `known` stands already. */
function filled(state: State, known: Loaded['assignments'], schedule: Schedule): Loaded {
  const { problem } = state;
  const assignments = new Map<number, Assignment>();
  for (const assignment of schedule.assignments) {
    const task = problem.taskOf.get(assignment.task);
    if (task === undefined) continue;
    const given = problem.given[task];
    assignments.set(task, given?.kind === 'started' ? given.assignment : assignment);
  }
  for (const [task, old] of known) {
    if (assignments.get(task) !== old && isPlaced(state, task)) takeOut(state, task);
  }
  for (const [task, assignment] of assignments) {
    if (known.get(task) === assignment) continue;
    const place = placeOfAssignment(problem, assignment);
    if (place) put(state, task, place);
  }
  return { state, assignments };
}
