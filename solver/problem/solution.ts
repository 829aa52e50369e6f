import type { Assignment, Schedule, Stint, Unplaced } from '#shared/domain/schedule.ts';
import type { Places } from './places.ts';
import type { Problem } from './problem.ts';

/** A schedule as integers, seconds after the problem's origin. */
export interface Solution extends Places {
  /** What made it, in words. */
  readonly rule: string;
  readonly objective: number;
  readonly unplaced: readonly Unplaced[];
}

/** One task's place in the plant's words. */
export function assignmentOf(problem: Problem, places: Places, task: number): Assignment {
  const { origin, plan, equipment } = problem;
  const people: Stint[] = [];
  const stints = places.stints.read(task, []);
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
    unit: equipment[places.unit[task]].id,
    start: origin + places.start[task],
    runStart: origin + places.runStart[task],
    end: origin + places.end[task],
    setup: places.setup[task],
    people,
    instruments: places.tools.read(task, []).map((e) => equipment[e].id),
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
