import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { Best } from '#electron/solving/messages.ts';
import { startSolve } from '#electron/solving/start-solve.ts';
import { type SolveLimits, type SolveResult, type SolveRun, supervise } from '#electron/solving/supervise.ts';
import type { SolveProgress } from '#shared/contract/views.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { randomPlan } from '#test/bench/random-plan.ts';

const BEST: Best = { schedule: { assignments: [], unplaced: [] }, rule: 'EDD' };
const LIMITS: SolveLimits = { milliseconds: 60_000, bytes: 2 ** 40 };

/** A worker that does as told; `send` gives its best so far. */
function faulty(code: string, limits = LIMITS): SolveRun {
  const stop = new SharedArrayBuffer(4);
  const worker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
     const send = () => parentPort.postMessage({ kind: 'best', best: ${JSON.stringify(BEST)} });
     const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
     ${code}`,
    { eval: true, workerData: { stop } },
  );
  return supervise(worker, stop, limits, {});
}

const ruleOf = (result: SolveResult): string => (result.kind === 'solved' ? result.rule : result.kind);

test('[R8] a crash before any schedule fails with its reason', async () => {
  const result = await faulty(`throw new Error('boom');`).done;
  expect(result).toEqual({ kind: 'failed', text: 'the solver failed: Error: boom' });
});

test('[R8] after a crash the best so far survives, and says so', async () => {
  const result = await faulty(`send(); setTimeout(() => { throw new Error('boom'); }, 50);`).done;
  expect(ruleOf(result)).toBe('EDD (the solver failed: Error: boom)');
});

test('[R8] a worker that ends by itself is noticed', async () => {
  const result = await faulty(`process.exit(3);`).done;
  expect(result).toEqual({ kind: 'failed', text: 'the solver ended by itself with code 3' });
});

test('[R8] a hanging worker is stopped, its best survives', async () => {
  const result = await faulty(`send(); for (;;) sleep(10);`, { ...LIMITS, milliseconds: 300 }).done;
  expect(ruleOf(result)).toMatch(/^EDD \(the solver did not answer/);
});

test('[R8] a worker that takes too much memory is stopped, its best survives', async () => {
  const greedy = `send(); const kept = []; for (let k = 0; k < 20; k++) { kept.push(new Uint8Array(32 << 20).fill(1)); sleep(50); } for (;;) sleep(10);`;
  const result = await faulty(greedy, { ...LIMITS, bytes: 128 * 2 ** 20 }).done;
  expect(ruleOf(result)).toMatch(/^EDD \(the solver took \d+ MB and was stopped\)$/);
});

test('[R8] cancel throws the best away, take keeps it, though the worker does not listen', async () => {
  const deaf = `send(); for (;;) sleep(10);`;
  const cancelled = faulty(deaf);
  const taken = faulty(deaf);
  await new Promise((resolve) => setTimeout(resolve, 150));
  cancelled.cancel();
  taken.take();
  expect(await cancelled.done).toEqual({ kind: 'cancelled' });
  expect(ruleOf(await taken.done)).toBe('EDD (taken before it was done)');
});

test('the real worker streams its progress and ends with a schedule that the checker accepts', async () => {
  const plan = randomPlan(12, 3);
  const seen: SolveProgress[] = [];
  const improved: Best[] = [];
  const run = startSolve(
    plan,
    { seconds: 0.5, seed: 1 },
    { progress: (progress) => seen.push(progress), improved: (best) => improved.push(best) },
  );
  const result = await run.done;
  if (result.kind !== 'solved') throw new Error(`The solver ${result.kind}.`);
  expect(checkSchedule(plan, result.schedule)).toEqual([]);
  expect(seen.at(-1)).toMatchObject({
    phase: 'done',
    figures: { unplaced: result.schedule.unplaced.length },
  });
  expect(improved.at(-1)?.rule).toBe(result.rule);
});

test('taking ends a long solve with the best so far', async () => {
  const first = Promise.withResolvers<void>();
  const run = startSolve(randomPlan(12, 3), { seconds: 600, seed: 1 }, { improved: () => first.resolve() });
  await first.promise;
  run.take();
  expect((await run.done).kind).toBe('solved');
});
