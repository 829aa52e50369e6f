import type { Assignment, Schedule } from '#shared/domain/schedule.ts';
import { isPlaced } from '#solver/evaluate/state.ts';
import { assignmentOf } from '#solver/problem/solution.ts';
import type { Journal } from './journal.ts';
import type { Settled } from './settled.ts';

/** The schedule with what the repair touched where it is now; everything else stays the same objects. */
export function scheduleAfter(
  { state, restaffed }: Settled,
  journals: readonly Journal[],
  before: Schedule,
): Schedule {
  const { problem } = state;
  const touched = new Set([...journals.flatMap((journal) => [...journal.before.keys()]), ...restaffed]);
  const next = (task: number): Assignment[] =>
    isPlaced(state, task) ? [assignmentOf(problem, state, task)] : [];
  const known = new Set<number>();
  const assignments = before.assignments.flatMap((old) => {
    const task = problem.taskOf.get(old.task);
    if (task === undefined) return [];
    known.add(task);
    const given = problem.given[task];
    if (given?.kind === 'started') return [given.assignment];
    return touched.has(task) ? next(task) : [old];
  });
  for (const task of touched) if (!known.has(task)) assignments.push(...next(task));
  const placed = new Set(assignments.map(({ task }) => task));
  const dropped = journals
    .flatMap((journal) => [...journal.unplaced])
    .map(([task, refusal]) => ({
      task: problem.plan.tasks[task].id,
      ...refusal,
    }));
  return {
    assignments,
    unplaced: [...before.unplaced.filter(({ task }) => !placed.has(task)), ...dropped],
  };
}
