import type { Plan } from '#shared/domain/plan.ts';
import type { Assignment, Schedule, Unplaced } from '#shared/domain/schedule.ts';
import { figuresFromSchedule } from '#shared/flow/figures-from-schedule.ts';
import { type Violation, checkSchedule } from '#solver/check/check.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { scheduleFromSolution } from '#solver/problem/solution.ts';
import { solutionFromWords, wordsOf } from '#solver/search/words.ts';
import { searchWithBounds } from './bounded-search.ts';
import type { Engine } from './engine.ts';

/** A schedule on its way to another thread: its assignments in slices, then the rest. */
export type PlanPiece =
  | { readonly kind: 'assignments'; readonly assignments: readonly Assignment[] }
  | {
      readonly kind: 'rest';
      readonly unplaced: readonly Unplaced[];
      /** What made it, in words. */
      readonly rule: string;
      /** What the checker says; null where it was not asked. */
      readonly violations: readonly Violation[] | null;
    };

const SLICE = 1000;

/** The plant's whole problem. */
export function open(plan: Plan): Engine {
  const problem = problemFromPlan(plan);
  const decode = (words: Int32Array): { rule: string; schedule: Schedule } => {
    const solution = solutionFromWords(problem, words);
    return { rule: solution.rule, schedule: scheduleFromSolution(problem, solution) };
  };
  return {
    words: wordsOf(problem),
    search: (run) => searchWithBounds(problem, run),
    figures: (words) => figuresFromSchedule(plan, decode(words).schedule),
    *answer(words, isJudged): Generator<PlanPiece> {
      const { rule, schedule } = decode(words);
      const { assignments, unplaced } = schedule;
      for (let k = 0; k < assignments.length; k += SLICE)
        yield { kind: 'assignments', assignments: assignments.slice(k, k + SLICE) };
      const violations = isJudged ? checkSchedule(plan, schedule) : null;
      yield { kind: 'rest', unplaced, rule, violations };
    },
  };
}
