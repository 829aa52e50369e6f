import type { Assignment, Schedule, Stint, Unplaced } from '#shared/domain/schedule.ts';
import type { Problem } from './problem.ts';

/** A schedule as integers, seconds after the problem's origin. `unit` is NONE where a task has no place. */
export interface Solution {
  /** What made it, in words. */
  readonly rule: string;
  readonly objective: number;
  readonly unit: Int32Array;
  readonly start: Int32Array;
  readonly runStart: Int32Array;
  readonly end: Int32Array;
  readonly setup: Int32Array;
  /** Per task: need, person, start, end, need, person, … */
  readonly stints: readonly (readonly number[])[];
  /** Per task: the equipment it takes besides its unit. */
  readonly tools: readonly (readonly number[])[];
  readonly unplaced: readonly Unplaced[];
}

/** One task's place in the plant's words. */
export function assignmentOf(
  problem: Problem,
  solution: Omit<Solution, 'rule' | 'objective' | 'unplaced'>,
  task: number,
): Assignment {
  const { origin, plan, equipment } = problem;
  const people: Stint[] = [];
  const stints = solution.stints[task];
  for (let k = 0; k < stints.length; k += 4) {
    people.push({
      person: plan.plant.people[stints[k + 1]].id,
      need: stints[k],
      start: origin + stints[k + 2],
      end: origin + stints[k + 3],
    });
  }
  return {
    task: plan.tasks[task].id,
    unit: equipment[solution.unit[task]].id,
    start: origin + solution.start[task],
    runStart: origin + solution.runStart[task],
    end: origin + solution.end[task],
    setup: solution.setup[task],
    people,
    instruments: solution.tools[task].map((e) => equipment[e].id),
  };
}

/** The solution in the plant's words; a started task keeps its facts. */
export function scheduleFromSolution(problem: Problem, solution: Solution): Schedule {
  const assignments: Assignment[] = [];
  for (let task = 0; task < problem.taskCount; task += 1) {
    const given = problem.given[task];
    if (given?.kind === 'started') assignments.push(given.assignment);
    else if (solution.unit[task] >= 0) assignments.push(assignmentOf(problem, solution, task));
  }
  return { assignments, unplaced: [...solution.unplaced] };
}
