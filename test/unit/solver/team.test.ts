import { expect, test } from 'vitest';
import { plantInstance } from '#test/factory/plant-instance.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { Score } from '#solver/evaluate/score.ts';
import type { State } from '#solver/evaluate/state.ts';
import { PlantInstance, planFromInstance } from '#solver/instances/plant.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { scheduleFromSolution } from '#solver/problem/solution.ts';
import { Incumbent } from '#solver/run/incumbent.ts';
import { randomFrom } from '#solver/run/random.ts';
import { MOVES } from '#solver/search/search.ts';
import { Slabs } from '#solver/search/slabs.ts';
import { startStates } from '#solver/search/start.ts';
import { Step } from '#solver/search/step.ts';
import { solutionFromWords, wordsOf } from '#solver/search/words.ts';

const stepOf = (state: State, seed: number): Step => new Step(state, new Score(state), randomFrom(seed));
const plan = planFromInstance(PlantInstance.parse(plantInstance(40, 10, 5)));

test('what two threads find on both sides of a cut fits together, round after round', () => {
  const problem = problemFromPlan(plan);
  const { buffer } = Incumbent.allocate(wordsOf(problem));
  let time = 0;
  const threads = [0, 1].map((thread) => {
    const run = {
      seed: 1,
      thread,
      threads: 2,
      limit: { seconds: 1e6 },
      incumbent: new Incumbent(buffer, thread),
      elapsed: () => (time += 1), // a clock that goes on, or a thread would wait for the other for ever
    };
    const [state] = startStates(problem, run, 1);
    if (!state) throw new Error('There is no first schedule.');
    const step = stepOf(state, thread);
    return { run, step, slabs: new Slabs(run, step), best: Infinity };
  });
  const objective = (): number => new Incumbent(buffer, -1).objective;
  const first = objective();
  time = 0; // the first schedules took some of it
  for (let round = 0; round < 12; round += 1) {
    for (const thread of threads) thread.best = thread.slabs.meet(thread.best);
    for (const { step } of threads)
      for (let k = 0; k < 300; k += 1) step.run(MOVES[k % MOVES.length] ?? MOVES[0], 0);
    // Both are better than the round's schedule by what they found themselves, and together by the sum of it.
    const found = threads.reduce((sum, { best, step }) => sum + best - step.score.total, 0);
    const before = objective();
    for (const { slabs } of threads) slabs.finish();
    expect(objective()).toBeCloseTo(before - found, 6);
    time = 500 * (round + 1);
  }
  expect(objective()).toBeLessThan(first);
  const words = new Int32Array(wordsOf(problem));
  new Incumbent(buffer, -1).read(words);
  const solution = solutionFromWords(problem, words);
  expect(solution.objective).toBeCloseTo(objective(), 6);
  expect(checkSchedule(plan, scheduleFromSolution(problem, solution))).toEqual([]);
}, 60_000);
