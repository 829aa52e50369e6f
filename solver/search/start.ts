import { constructByUrgency, type UrgencyRule } from '#solver/construct/by-urgency.ts';
import { construct } from '#solver/construct/construct.ts';
import { type FlowRule, constructByFlow } from '#solver/construct/flow.ts';
import { RULES } from '#solver/construct/rules.ts';
import { urgeAfter } from '#solver/construct/squeaky-wheel.ts';
import { objectiveOf } from '#solver/evaluate/objective.ts';
import { type State, newState } from '#solver/evaluate/state.ts';
import { NONE, type Problem } from '#solver/problem/problem.ts';
import { randomFrom } from '#solver/run/random.ts';
import { type Run, usedOf } from '#solver/run/run.ts';
import { readWords, wordsOf, writeWords } from './words.ts';

/** Share of the time that is left which first schedules may take; on a large plan more, until the wheel has turned often enough. */
const SHARE = 0.2;
const MOST_SHARE = 0.6;
const ENOUGH_TURNS = 30;
/** Up to so many tasks the rules cost nothing. */
const FEW_TASKS = 150;
/** Turns of the squeaky wheel where no clock ends it, and on a smaller plan at all. */
const TURNS = 40;
const TURNS_OF_SMALLER = 16;
/** From so many tasks on orders one after the other are far behind dispatch. */
const MANY_TASKS = 1_000;
/** ATCS as it is robust where setups count, for one thread after the other. */
const FIRSTS = [
  { k1: 8, k2: 1, waitShare: 0.1 },
  { k1: 4, k2: 1, waitShare: 0.02 },
] as const;
/** The wheel looks so far around the best so far, in e-folds. */
const AROUND = 0.4;
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
  const used = (): number => usedOf({ ...run, limit }, 0);
  const begun = used();
  const isLarge = problem.taskCount >= MANY_TASKS;
  const isTimed = limit.seconds !== undefined;
  const hasUsed = (share: number): boolean => used() >= (isTimed ? begun + share * (1 - begun) : 1);
  const isOver = (): boolean => hasUsed(SHARE);
  const words = new Int32Array(wordsOf(problem));
  let starts: Start[] = [];
  const add = (state: State | null, rule: number): void => {
    if (!state) return;
    const objective = objectiveOf(problem, state);
    if (starts.some((other) => other.objective === objective)) return;
    if (writeWords(problem, state, rule, words)) incumbent.offer(objective, words);
    starts = [...starts, { state, objective }].sort((a, b) => a.objective - b.objective).slice(0, most);
  };
  /** Each schedule says which orders are more urgent in the next; the rule changes a little, and is kept where it pays. */
  const turnTheWheel = (): void => {
    const random = randomFrom(run.seed + 7919 * thread);
    const nearly = (value: number, folds: number): number => value * Math.exp(folds * (2 * random() - 1));
    const turns = !isLarge ? TURNS_OF_SMALLER : isTimed ? Infinity : TURNS;
    let rule: Omit<FlowRule, 'urge'> = FIRSTS[thread % FIRSTS.length];
    let tried = rule;
    let urge: Float64Array = new Float64Array(problem.orderCount).fill(1);
    for (let turn = 0; turn < turns; turn += 1) {
      const [best] = starts;
      const share = isLarge && turn < ENOUGH_TURNS ? MOST_SHARE : SHARE;
      const state = constructByFlow(problem, { ...tried, urge }, () => turn > 0 && hasUsed(share));
      if (!state) break;
      add(state, NONE);
      if (isLarge) incumbent.count(turn + 1);
      if (starts[0] !== best) rule = tried;
      urge = urgeAfter(state, urge);
      tried = {
        k1: nearly(rule.k1, AROUND),
        k2: nearly(rule.k2, AROUND),
        waitShare: Math.min(1, nearly(rule.waitShare, 2 * AROUND)),
      };
    }
  };
  const isMine = (k: number): boolean => k % threads === thread && !isOver();

  turnTheWheel();
  for (const [k, rule] of URGENCIES.entries()) {
    if (!isLarge && isMine(k)) add(constructByUrgency(problem, rule, isOver), NONE);
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
