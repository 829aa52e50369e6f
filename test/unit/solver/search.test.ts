import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkSchedule } from '#solver/check/check.ts';
import { objectiveOf } from '#solver/evaluate/objective.ts';
import { Score } from '#solver/evaluate/score.ts';
import type { State } from '#solver/evaluate/state.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { type Problem, NONE } from '#solver/problem/problem.ts';
import { scheduleFromSolution } from '#solver/problem/solution.ts';
import { Incumbent } from '#solver/run/incumbent.ts';
import { randomFrom } from '#solver/run/random.ts';
import type { Run } from '#solver/run/run.ts';
import { MOVES, searchPlan } from '#solver/search/search.ts';
import { startStates } from '#solver/search/start.ts';
import { Step } from '#solver/search/step.ts';
import { solutionFromWords, wordsOf } from '#solver/search/words.ts';
import { planOf, shop } from './random-shop.ts';

const runOf = (problem: Problem, iterations: number, seed = 1): Run => ({
  seed,
  thread: 0,
  threads: 1,
  limit: { iterations },
  incumbent: Incumbent.allocate(wordsOf(problem), 0),
  elapsed: () => 0,
});

function searched(problem: Problem, iterations: number, seed: number): Int32Array {
  const run = runOf(problem, iterations, seed);
  searchPlan(problem, run);
  const words = new Int32Array(run.incumbent.words);
  run.incumbent.read(words);
  return words;
}

/** Temperatures. */
const NOTHING_PAYS = -Infinity;
const EVERYTHING_PAYS = 1e6;

/** Everything that a step may change, in words of its own. */
const picture = (state: State): unknown => ({
  places: Array.from(state.unit, (unit, task) =>
    unit === NONE
      ? null
      : [
          unit,
          state.start[task],
          state.runStart[task],
          state.end[task],
          state.setup[task],
          state.stints.read(task, []),
          state.tools.read(task, []),
        ],
  ),
  blocks: [...state.busy, ...state.engaged].map((blocks) =>
    blocks
      .tasks()
      .map((task, k) => `${blocks.startAt(k)}-${blocks.endAt(k)} ${task}`)
      .sort(),
  ),
});

test('the checker accepts what the search makes of random plants', () => {
  fc.assert(
    fc.property(shop, fc.nat(1000), (shop, seed) => {
      const plan = planOf(shop);
      const problem = problemFromPlan(plan);
      const solution = solutionFromWords(problem, searched(problem, 300, seed));
      expect(checkSchedule(plan, scheduleFromSolution(problem, solution))).toEqual([]);
    }),
    { numRuns: 60, seed: 20_261_125 },
  );
}, 120_000);

test('a step that does not pay leaves no trace, and what a step changes is what the objective says', () => {
  fc.assert(
    fc.property(shop, fc.nat(1000), (shop, seed) => {
      const problem = problemFromPlan(planOf(shop));
      const [state] = startStates(problem, runOf(problem, 0), 1);
      if (!state) throw new Error('There is no first schedule.');
      const score = new Score(state);
      const step = new Step(state, score, randomFrom(seed));
      for (let k = 0; k < 30; k += 1) {
        const move = MOVES[k % MOVES.length] ?? MOVES[0];
        const before = picture(state);
        const total = score.total;
        step.run(move, NOTHING_PAYS);
        expect(picture(state)).toEqual(before);
        expect(score.total).toBe(total);
        step.run(move, EVERYTHING_PAYS);
        expect(score.total).toBeCloseTo(objectiveOf(problem, state), 6);
      }
    }),
    { numRuns: 30, seed: 20_261_125 },
  );
}, 120_000);

test('the same problem, seed and iterations give the same schedule', () => {
  const plan = planOf(fc.sample(shop, { numRuns: 1, seed: 11 })[0] as Parameters<typeof planOf>[0]);
  const once = searched(problemFromPlan(plan), 500, 3);
  const again = searched(problemFromPlan(plan), 500, 3);
  expect(again).toEqual(once);
});
