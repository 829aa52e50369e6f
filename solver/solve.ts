import { must } from '#shared/base/must.ts';
import { construct } from '#solver/construct/construct.ts';
import type { Priorities } from '#solver/construct/priorities.ts';
import { type Rule, RULES, atcs } from '#solver/construct/rules.ts';
import type { Problem } from '#solver/problem/problem.ts';
import type { Solution } from '#solver/problem/solution.ts';
import { randomFrom } from '#solver/run/random.ts';

export interface SolveOptions {
  readonly seed: number;
  /** Stops after so many schedules beyond the rules; the same plan, seed and limit give the same schedule. */
  readonly iterations?: number;
  /** Stops after so many seconds of `now`; the first rule always finishes. */
  readonly seconds?: number;
  /** Milliseconds of any clock that only goes forward. */
  readonly now: () => number;
}

export interface Observer {
  /** What is being tried. */
  readonly phase: (name: string) => void;
  readonly improved: (solution: Solution, objective: number) => void;
  readonly cancelled: () => boolean;
}

/**
 * A schedule always and at once: the dispatch rules, then the rules again with changed priorities, the best kept
 * (a search in the space of priorities; Storer, Wu & Vaccari 1992). Stops at the limit, or when `cancelled` says so
 * with the best so far; a first schedule is finished in any case.
 */
export function solve(problem: Problem, options: SolveOptions, observer: Observer): Solution {
  const { now } = options;
  const start = now();
  const isOver = (): boolean =>
    observer.cancelled() || (options.seconds !== undefined && now() - start >= options.seconds * 1000);
  const random = randomFrom(options.seed);
  const [first, ...others] = RULES;
  observer.phase(first.name);
  let best = must(
    construct(problem, first, null, () => false),
    'The first schedule',
  );
  observer.improved(best, best.objective);
  const attempt = (rule: Rule, priorities: Priorities | null): boolean => {
    observer.phase(rule.name);
    const solution = construct(problem, rule, priorities, isOver);
    if (!solution || solution.objective >= best.objective) return false;
    best = solution;
    observer.improved(best, best.objective);
    return true;
  };
  for (const rule of others) if (!isOver()) attempt(rule, null);
  const iterations = options.iterations ?? (options.seconds === undefined ? 0 : Infinity);
  let base = neutral(problem);
  for (let k = 0; k < iterations && !isOver(); k += 1) {
    const priorities = varied(base, random);
    const rule = atcs(40 ** random(), 0.05 * 60 ** random(), random());
    if (attempt({ ...rule, name: 'ATCS, varied' }, priorities)) base = priorities;
  }
  return best;
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
