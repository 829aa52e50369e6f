import type { Given, Problem } from '#solver/problem/problem.ts';
import type { Place } from './state.ts';

/** An assignment as a place; undefined where the plant no longer knows its unit. */
export function placeOfAssignment(problem: Problem, assignment: Given['assignment']): Place | undefined {
  const { origin, equipmentOf, personOf } = problem;
  const unit = equipmentOf.get(assignment.unit);
  if (unit === undefined) return undefined;
  return {
    unit,
    start: assignment.start - origin,
    runStart: assignment.runStart - origin,
    end: assignment.end - origin,
    setup: assignment.setup,
    stints: assignment.people.flatMap((stint) => {
      const person = personOf.get(stint.person);
      return person === undefined ? [] : [stint.need, person, stint.start - origin, stint.end - origin];
    }),
    tools: assignment.instruments.flatMap((id) => equipmentOf.get(id) ?? []),
  };
}
