import { construct } from '#solver/construct/construct.ts';
import { type FlowRule, constructByFlow } from '#solver/construct/flow.ts';
import { RULES } from '#solver/construct/rules.ts';
import { objectiveOf } from '#solver/evaluate/objective.ts';
import { type State, newState } from '#solver/evaluate/state.ts';
import { NONE, type Problem } from '#solver/problem/problem.ts';
import { type Run, usedOf } from '#solver/run/run.ts';
import { readWords, wordsOf, writeWords } from './words.ts';

/** Share of the time that first schedules may take. */
const SHARE = 0.1;
/** Up to so many tasks the rules cost nothing. */
const FEW_TASKS = 150;
/** The most robust first. */
const GRID: readonly FlowRule[] = [8, 4, 16, 2].flatMap((k1) =>
  [1, 0.5, 2].flatMap((k2) => [0.003, 0.0005].map((waitShare) => ({ k1, k2, waitShare }))),
);

/**
 * A schedule always and at once, then better ones: tasks in the order of ATCS over a grid of its parameters, each where
 * it costs least, and the dispatch rules. Every thread makes the first, the rest is shared out between them. Returns the
 * state of the best that this thread knows; the first schedule is finished in any case.
 */
export function startState(problem: Problem, run: Run): State {
  const { incumbent, thread, threads } = run;
  const { iterations: _, ...limit } = run.limit;
  const isOver = (): boolean => usedOf({ ...run, limit }, 0) >= (limit.seconds === undefined ? 1 : SHARE);
  const words = new Int32Array(wordsOf(problem));
  let best: State | null = null;
  let lowest = Infinity;
  for (const [k, rule] of GRID.entries()) {
    if (k > 0 && (k % threads !== thread || isOver())) continue;
    const state = constructByFlow(problem, rule, k === 0 ? () => false : isOver);
    if (!state) continue;
    const objective = objectiveOf(problem, state);
    if (objective >= lowest) continue;
    best = state;
    lowest = objective;
    if (writeWords(problem, state, NONE, words)) incumbent.offer(objective, words);
  }
  // Where something found no place, or little is to be placed, the rules' way of trying may do better.
  for (const [k, rule] of RULES.entries()) {
    if (k % threads !== thread || isOver()) continue;
    if (problem.taskCount > FEW_TASKS && best?.unit.includes(NONE) === false) break;
    const solution = construct(problem, rule, null, isOver);
    if (!solution || solution.objective >= lowest || !writeWords(problem, solution, k, words)) continue;
    incumbent.offer(solution.objective, words);
    best = newState(problem);
    readWords(best, words);
    lowest = solution.objective;
  }
  if (best) return best;
  throw new Error('There is no first schedule.\nMaybe the first rule was not allowed to finish.');
}
