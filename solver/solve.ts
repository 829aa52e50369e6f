import type { Problem } from '#solver/problem/problem.ts';
import type { Solution } from '#solver/problem/solution.ts';
import { Incumbent } from '#solver/run/incumbent.ts';
import type { Limit } from '#solver/run/run.ts';
import { searchPlan } from '#solver/search/search.ts';
import { solutionFromWords, wordsOf } from '#solver/search/words.ts';

/**
 * The best schedule that one thread finds within the limit, on the caller's time: first schedules always, and without a
 * limit nothing else. `now` are milliseconds of any clock that only goes forward.
 */
export function solve(
  problem: Problem,
  { seed, limit, now }: { readonly seed: number; readonly limit: Limit; readonly now: () => number },
): Solution {
  const incumbent = Incumbent.allocate(wordsOf(problem), 0);
  const began = now();
  const isBounded = limit.seconds !== undefined || limit.iterations !== undefined;
  searchPlan(problem, {
    seed,
    thread: 0,
    threads: 1,
    limit: isBounded ? limit : { ...limit, iterations: 0 },
    incumbent,
    elapsed: () => now() - began,
  });
  const words = new Int32Array(incumbent.words);
  incumbent.read(words);
  return solutionFromWords(problem, words);
}
