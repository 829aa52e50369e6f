import { planBound } from '#solver/bound/plan-bound.ts';
import type { Problem } from '#solver/problem/problem.ts';
import type { Run } from '#solver/run/run.ts';
import { searchPlan } from '#solver/search/search.ts';

/** What the last thread may spend on proving at most, as a share of the time. */
const PROVING = 0.02;

/** The search; of several threads the last first proves what no schedule can beat, while the others look for one. */
export function searchWithBounds(problem: Problem, run: Run): void {
  if (run.threads > 1 && run.thread === run.threads - 1) prove(problem, run);
  searchPlan(problem, run);
}

function prove(problem: Problem, { incumbent, elapsed, limit, trying }: Run): void {
  const until = elapsed() + PROVING * (limit.seconds ?? Infinity) * 1000;
  trying?.('proving a bound');
  for (const bound of planBound(problem)) {
    incumbent.prove(bound);
    if (elapsed() >= until || incumbent.isStopped) break;
  }
  trying?.('improving');
}
