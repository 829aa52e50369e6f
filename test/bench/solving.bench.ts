/**
 * What a solve costs the thread that asks for it: how much it works in one turn at most, and how soon cancel is answered.
 * `npm run bench -- solving`
 */
import { setTimeout as pause } from 'node:timers/promises';
import { solvePlan } from '#electron/solving/solve-plan.ts';
import { randomPlan } from './random-plan.ts';

const ROUNDS = 5;

interface Felt {
  /** CPU time of the longest turn of the event loop. */
  readonly longest: number;
  readonly first: number;
  readonly cancelled: number;
}

/** Lets a solve run until it has figures and a second more, then cancels it; all in milliseconds. */
async function feel(plan: ReturnType<typeof randomPlan>, seed: number): Promise<Felt> {
  const state = { longest: 0, isOver: false, hasFigures: false };
  const turns = (async () => {
    let last = process.threadCpuUsage();
    while (!state.isOver) {
      await new Promise(setImmediate);
      const now = process.threadCpuUsage();
      state.longest = Math.max(state.longest, (now.user + now.system - last.user - last.system) / 1000);
      last = now;
    }
  })();
  const { cancel, done } = solvePlan(
    plan,
    { limit: { seconds: 600 }, seed },
    { progress: ({ figures }) => (state.hasFigures ||= figures !== null) },
  );
  while (!state.hasFigures) await pause(5);
  await pause(1000);
  const from = performance.now();
  cancel();
  const { best, firstAt } = await done;
  const cancelled = performance.now() - from;
  state.isOver = true;
  await turns;
  if (!best || firstAt === null) throw new Error('The solve was cancelled before it had anything.');
  return { longest: state.longest, first: firstAt, cancelled };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const rows = [];
for (const orders of [115, 1140]) {
  const plan = randomPlan(orders, 1);
  const felt: Felt[] = [];
  for (let round = 0; round < ROUNDS; round += 1) felt.push(await feel(plan, round));
  const cancels = felt.map(({ cancelled }) => cancelled);
  rows.push({
    tasks: plan.tasks.length,
    'first schedule ms': Math.round(median(felt.map(({ first }) => first))),
    'cancel ms, median': Math.round(median(cancels)),
    'cancel ms, most (goal 100)': Math.round(Math.max(...cancels)),
    'longest turn ms of CPU, median (goal 16)': Math.round(median(felt.map(({ longest }) => longest))),
  });
}
console.table(rows);
