import { parentPort, workerData } from 'node:worker_threads';
import type { Figures } from '#shared/domain/schedule.ts';
import { must } from '#shared/base/must.ts';
import { figuresFromSchedule } from '#shared/flow/figures-from-schedule.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { type Solution, scheduleFromSolution } from '#solver/problem/solution.ts';
import { solve } from '#solver/solve.ts';
import type { Best, SolveMessage, SolveTask } from './messages.ts';

/** Nobody reads faster. */
const SAY_EVERY_MS = 200;
/** A whole schedule is worth sending less often than a number. */
const SEND_BEST_EVERY_MS = 1000;

const port = must(parentPort, 'The port of the solver worker');
const { plan, seconds, seed, stop } = workerData as SolveTask;
const stopFlag = new Int32Array(stop);
const say = (message: SolveMessage): void => port.postMessage(message);

const began = performance.now();
const problem = problemFromPlan(plan);
let phase = '';
let tried = 0;
let figures: Figures | null = null;
let objective: number | null = null;
let waiting: Solution | null = null;
let said = -Infinity;
let sent = -Infinity;

const bestOf = (solution: Solution): Best => ({
  schedule: scheduleFromSolution(problem, solution),
  rule: solution.rule,
});

function report(): void {
  const now = performance.now();
  if (now - said < SAY_EVERY_MS) return;
  said = now;
  if (waiting && now - sent >= SEND_BEST_EVERY_MS) {
    sent = now;
    const best = bestOf(waiting);
    waiting = null;
    figures = figuresFromSchedule(plan, best.schedule);
    say({ kind: 'best', best });
  }
  say({
    kind: 'progress',
    progress: { elapsedMs: now - began, iterations: tried, phase, figures, objective },
  });
}

const solution = solve(
  problem,
  { seed, seconds, now: () => performance.now() },
  {
    phase: (name) => {
      phase = name;
      tried += 1;
      report();
    },
    improved: (solution, value) => {
      waiting = solution;
      objective = value;
      report();
    },
    cancelled: () => Atomics.load(stopFlag, 0) !== 0,
  },
);
const best = bestOf(solution);
figures = figuresFromSchedule(plan, best.schedule);
objective = solution.objective;
say({
  kind: 'progress',
  progress: { elapsedMs: performance.now() - began, iterations: tried, phase: 'done', figures, objective },
});
say({ kind: 'done', best });
