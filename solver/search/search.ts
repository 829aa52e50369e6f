import { construct } from '#solver/construct/construct.ts';
import type { Priorities } from '#solver/construct/priorities.ts';
import { type Rule, RULES, atcs } from '#solver/construct/rules.ts';
import { NONE, type Problem } from '#solver/problem/problem.ts';
import { randomFrom } from '#solver/run/random.ts';
import { type Run, usedOf } from '#solver/run/run.ts';
import { wordsOf, writeWords } from './words.ts';

/**
 * A schedule always and at once: the dispatch rules, then the rules again with changed priorities (a search in the
 * space of priorities; Storer, Wu & Vaccari 1992). Offers what it finds to the incumbent; the first schedule is
 * finished in any case.
 */
export function searchPlan(problem: Problem, run: Run): void {
  const { incumbent } = run;
  const random = randomFrom(run.seed + 7919 * run.thread);
  const words = new Int32Array(wordsOf(problem));
  /** The rules are tried whatever the limit on steps. */
  const { iterations: steps = Infinity, ...rest } = run.limit;
  const isOver = (): boolean => incumbent.objective < Infinity && usedOf({ ...run, limit: rest }, 0) >= 1;
  const attempt = (rule: Rule, index: number, priorities: Priorities | null): boolean => {
    const solution = construct(problem, rule, priorities, isOver);
    return (
      solution !== null &&
      writeWords(problem, solution, index, words) &&
      incumbent.offer(solution.objective, words)
    );
  };
  for (const [k, rule] of RULES.entries()) if (k === 0 || !isOver()) attempt(rule, k, null);
  let base = neutral(problem);
  for (let iterations = 1; iterations <= steps && !isOver(); iterations += 1) {
    incumbent.count(iterations);
    const priorities = varied(base, random);
    if (attempt(atcs(40 ** random(), 0.05 * 60 ** random(), random()), NONE, priorities)) base = priorities;
  }
}

const neutral = (problem: Problem): Priorities => ({
  weight: new Float64Array(problem.orderCount).fill(1),
  due: new Int32Array(problem.orderCount),
});

/** The same priorities with a few orders made more or less urgent. */
function varied(base: Priorities, random: () => number): Priorities {
  const weight = base.weight.slice();
  const due = base.due.slice();
  const share = 0.02 + 0.2 * random();
  for (let o = 0; o < weight.length; o += 1) {
    if (random() >= share) continue;
    weight[o] = Math.min(64, Math.max(1 / 64, weight[o] * 4 ** (2 * random() - 1)));
    due[o] += Math.round((2 * random() - 1) * 86_400);
  }
  return { weight, due };
}
