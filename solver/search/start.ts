import { constructByUrgency, type UrgencyRule } from '#solver/construct/by-urgency.ts';
import { construct } from '#solver/construct/construct.ts';
import { type FlowRule, constructByFlow } from '#solver/construct/flow.ts';
import { RULES } from '#solver/construct/rules.ts';
import { objectiveOf } from '#solver/evaluate/objective.ts';
import { type State, newState } from '#solver/evaluate/state.ts';
import { NONE, type Problem } from '#solver/problem/problem.ts';
import { randomFrom } from '#solver/run/random.ts';
import { type Run, usedOf } from '#solver/run/run.ts';
import { readWords, wordsOf, writeWords } from './words.ts';

/** Share of the time that is left which first schedules may take. */
const SHARE = 0.1;
/** Up to so many tasks the rules cost nothing. */
const FEW_TASKS = 150;
/** From so many tasks on another first schedule is worth more than what the search could do in its time. */
const HUGE_PLAN = 50_000;
const SHARE_OF_HUGE = 0.6;
const MOST_ROLL_OUTS = 40;
/** From so many tasks on orders one after the other are far behind dispatch. */
const MANY_TASKS = 1_000;
/** K1 and K2 of ATCS, the most robust first. */
const SCALES = [
  [8, 1],
  [4, 1],
  [8, 2],
  [4, 0.5],
  [16, 2],
  [2, 0.5],
  [4, 2],
  [16, 1],
  [2, 1],
] as const;
const FLOWS: readonly FlowRule[] = [
  [0.02, 0.1],
  [0.003, 0.0005],
].flatMap((waitShares) =>
  SCALES.flatMap(([k1, k2]) => waitShares.map((waitShare) => ({ k1, k2, waitShare }))),
);
const URGENCIES: readonly UrgencyRule[] = [0, 1, 2].flatMap((weightShift) =>
  [0.003, 0.0005, 0.1].map((waitShare) => ({ weightShift, waitShare })),
);

interface Start {
  readonly state: State;
  readonly objective: number;
}

/**
 * A schedule always and at once, then others: tasks in the order of ATCS over a grid of its parameters, or orders by
 * urgency, each task where it costs least, and the dispatch rules. Every thread makes the first, the rest is shared out
 * between them. Returns up to `most` different ones of this thread, the best first; the first is finished in any case.
 */
export function startStates(problem: Problem, run: Run, most: number): State[] {
  const { incumbent, thread, threads } = run;
  const { iterations: _, ...limit } = run.limit;
  const isHuge = problem.taskCount >= HUGE_PLAN;
  const share = isHuge ? SHARE_OF_HUGE : SHARE;
  const used = (): number => usedOf({ ...run, limit }, 0);
  const until = limit.seconds === undefined ? 1 : used() + share * (1 - used());
  const isOver = (): boolean => used() >= until;
  const words = new Int32Array(wordsOf(problem));
  let starts: Start[] = [];
  const add = (state: State | null, rule: number): void => {
    if (!state) return;
    const objective = objectiveOf(problem, state);
    if (starts.some((other) => other.objective === objective)) return;
    if (writeWords(problem, state, rule, words)) incumbent.offer(objective, words);
    starts = [...starts, { state, objective }].sort((a, b) => a.objective - b.objective).slice(0, most);
  };
  /** Tunes the rule of a huge plan by what comes of it: a step from the best parameters so far, kept where it pays. */
  const rollOut = (first: FlowRule): void => {
    const random = randomFrom(run.seed + 7919 * thread);
    const step = (): number => 4 ** (2 * random() - 1);
    let [best] = starts;
    let rule = first;
    for (let k = 0; k < MOST_ROLL_OUTS && !isOver(); k += 1) {
      const tried = {
        k1: rule.k1 * step(),
        k2: rule.k2 * step(),
        waitShare: Math.min(1, rule.waitShare * step() ** 2),
      };
      add(constructByFlow(problem, tried, isOver), NONE);
      incumbent.count(k + 1);
      if (starts[0] !== best) rule = tried;
      best = starts[0];
    }
  };
  const isMine = (k: number): boolean => k % threads === thread && !isOver();

  for (const [k, rule] of FLOWS.entries()) {
    if (k === 0)
      add(
        constructByFlow(problem, rule, () => false),
        NONE,
      );
    else if (isHuge) break;
    else if (isMine(k)) add(constructByFlow(problem, rule, isOver), NONE);
  }
  if (isHuge) rollOut(FLOWS[0]);
  for (const [k, rule] of URGENCIES.entries()) {
    if (problem.taskCount < MANY_TASKS && isMine(k)) add(constructByUrgency(problem, rule, isOver), NONE);
  }
  // Where something found no place, or little is to be placed, the rules' way of trying may do better.
  for (const [k, rule] of RULES.entries()) {
    if (!isMine(k) || (problem.taskCount > FEW_TASKS && !starts[0].state.unit.includes(NONE))) continue;
    const solution = construct(problem, rule, null, isOver);
    if (!solution || !writeWords(problem, solution, k, words)) continue;
    const state = newState(problem);
    readWords(state, words);
    add(state, k);
  }
  return starts.map(({ state }) => state);
}
