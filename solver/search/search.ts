import { Score } from '#solver/evaluate/score.ts';
import { NONE, type Problem } from '#solver/problem/problem.ts';
import { randomFrom } from '#solver/run/random.ts';
import { type Run, usedOf } from '#solver/run/run.ts';
import { Islands } from './islands.ts';
import { Race } from './race.ts';
import { shiftLeft, shiftRight } from './shift.ts';
import { criticalChain } from './moves/critical-chain.ts';
import { lateOrder } from './moves/late-order.ts';
import type { Move } from './moves/move.ts';
import { segment, segmentAndFollowers } from './moves/segment.ts';
import { strings } from './moves/strings.ts';
import { startStates } from './start.ts';
import { Step } from './step.ts';
import { wordsOf, writeWords } from './words.ts';

/**
 * Drawn with equal chances. A mix that adapts to what moves gained (Ropke & Pisinger 2006) did no better.
 */
export const MOVES: readonly [Move, ...Move[]] = [
  lateOrder,
  lateOrder,
  lateOrder,
  strings,
  strings,
  strings,
  criticalChain,
  criticalChain,
  segment,
  segmentAndFollowers,
];
/** First and last temperature, in shares of what one decision weighs. */
const HOT = 1;
const COLD = 0.05;
/** From so many tasks on time is too short for more than one first schedule. */
const MANY_TASKS = 1_000;
/** First schedules that a smaller plan goes on from. */
const FIELD = 8;
/** Steps per task between two times that everything moves to one side, by turns. */
const SHIFT = 1;
/** Steps between two looks at the clock. */
const LOOK = 32;

/**
 * Large neighbourhood search (Shaw 1998) under simulated annealing (Kirkpatrick, Gelatt & Vecchi 1983; with ruin and
 * recreate Schrimpf et al. 2000): from the best first schedules on, every step takes a few tasks out and puts them back
 * where they cost least, and what makes it worse is kept ever less often. Offers what it finds to the incumbent.
 */
export function searchPlan(problem: Problem, run: Run): void {
  const { incumbent } = run;
  const random = randomFrom(run.seed + 7919 * run.thread);
  /** What the process has used of its limit before the search begins counts for nobody's share of it. */
  const begun = usedOf(run, 0);
  const field = problem.taskCount < MANY_TASKS ? FIELD : 1;
  const race = new Race(
    startStates(problem, run, field).map((state) => new Step(state, new Score(state), random)),
  );
  const words = new Int32Array(wordsOf(problem));
  /** Writing a solution down takes time in proportion to its tasks. */
  const every = Math.max(1, problem.taskCount >> 6);
  const between = Math.max(LOOK, problem.taskCount * SHIFT);
  let step = race.turn(0);
  const islands = new Islands(run);
  let best = step.score.total;
  let temperature = 0;
  for (let iterations = 0; ; iterations += 1) {
    if (iterations % LOOK === 0) {
      const spent = usedOf(run, iterations);
      incumbent.count(iterations);
      if (spent >= 1) break;
      const used = (spent - begun) / (1 - begun);
      temperature = weightOf(problem, best) * HOT * (COLD / HOT) ** used;
      step = race.turn(used);
      if (race.isOver && islands.meet(used, best, step)) best = step.score.total;
    }
    if (iterations % between === between - 1) {
      if (step.isRight) shiftLeft(step, incumbent);
      else shiftRight(step, incumbent);
    }
    step.run(MOVES[Math.floor(random() * MOVES.length)], temperature);
    if (step.score.total < best && iterations % every === 0) offer();
  }
  if (step.score.total < best) offer();

  function offer(): void {
    if (step.isRight) shiftLeft(step, incumbent);
    if (incumbent.isStopped) return; // whoever stops it waits for an answer
    best = step.score.total;
    if (writeWords(problem, step.state, NONE, words)) incumbent.offer(best, words);
  }
}

/** About what one decision weighs, in points: a setup, and a part of what an order costs. */
function weightOf({ meanSetup, matrixOf, orderCount, plan }: Problem, objective: number): number {
  let setups = 0;
  let units = 0;
  for (let e = 0; e < meanSetup.length; e += 1) {
    if (matrixOf[e] === NONE) continue;
    setups += meanSetup[e];
    units += 1;
  }
  return (plan.weights.setup * setups) / Math.max(1, units) / 60 + (0.1 * objective) / orderCount;
}
