import type { Problem } from '#solver/problem/problem.ts';
import { flow } from './terms/flow.ts';
import { late } from './terms/late.ts';
import { makespan } from './terms/makespan.ts';
import { overtime } from './terms/overtime.ts';
import { preference } from './terms/preference.ts';
import { setup } from './terms/setup.ts';
import { stability } from './terms/stability.ts';
import { tardiness } from './terms/tardiness.ts';
import { type Term, type Timing, orderEnds } from './terms/term.ts';

export const TERMS: readonly Term[] = [
  tardiness,
  setup,
  late,
  makespan,
  flow,
  overtime,
  preference,
  stability,
];

/** The planner's weights on all terms: smaller is better. */
export function objectiveOf(problem: Problem, timing: Timing): number {
  const { weights } = problem.plan;
  const { unit, start, end, setup } = timing;
  const timed = { unit, start, end, setup, orderEnd: orderEnds(problem, timing) };
  let sum = 0;
  for (const term of TERMS) {
    const weight = weights[term.weight];
    if (weight > 0) sum += weight * term.penalty(problem, timed);
  }
  return sum;
}
