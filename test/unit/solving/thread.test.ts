import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { monotonic } from '#electron/solving/clock.ts';
import { workersEnded } from '#electron/solving/reserve.ts';
import { pack } from '#electron/solving/parcel.ts';
import { type SolverThread, openThread } from '#electron/solving/thread.ts';
import { Incumbent } from '#solver/run/incumbent.ts';
import type { Fault, Tiny } from './tiny-engine.ts';

const stopped = vi.spyOn(Worker.prototype, 'terminate');
const emit = vi.spyOn(Worker.prototype, 'emit');
beforeEach(() => {
  stopped.mockClear();
  emit.mockClear();
});
afterEach(workersEnded);

/** With what codes threads have ended. */
const codes = (): unknown[] => emit.mock.calls.flatMap(([name, code]) => (name === 'exit' ? [code] : []));

/** All that were started. */
const workers = (): Worker[] =>
  emit.mock.calls.flatMap(([name], k) => (name === 'online' ? (emit.mock.contexts[k] as Worker) : []));

/** A thread with a problem that no search ever ends. */
async function threadWith(fault: Fault): Promise<SolverThread> {
  const input: Tiny = { numbers: [1, 2, 4, 8, 16, 32, 64], fault, faulty: [0, 1], once: false };
  const engine = new URL('./tiny-engine.ts', import.meta.url).href;
  return openThread({ engine, input: await pack(input), began: monotonic() });
}

/** Has it search for ever; resolves once it has found something. */
async function searching(thread: SolverThread, best = Incumbent.allocate(7), index = 0): Promise<Incumbent> {
  thread.search({ best: best.buffer, seed: 1, thread: index, threads: 2, limit: { seconds: 600 } });
  while (best.iterationsOf(index) < 60) await new Promise((resolve) => setTimeout(resolve, 5));
  return best;
}

test('[R8] a thread that has nothing to do waits for the next problem, and goes by itself when nobody needs it any more', async () => {
  const thread = await threadWith('none');
  await thread.end();
  expect(codes()).toEqual([]);
  const next = await threadWith('none');
  const best = await searching(next);
  expect(best.objective).toBeLessThan(Infinity);
  expect(workers()).toHaveLength(1);
  await next.end();
  await workersEnded();
  expect(codes()).toEqual([0]);
  expect(stopped).not.toHaveBeenCalled();
});

test('[R8] a thread that searches stops searching and waits, while another with the same best goes on', async () => {
  const [first, second] = [await threadWith('none'), await threadWith('none')];
  const best = await searching(first);
  await searching(second, best, 1);
  await first.end();
  expect(codes()).toEqual([]);
  expect(best.isStopped).toBe(false);
  const tried = best.iterationsOf(1);
  while (best.iterationsOf(1) === tried) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(second.isSearching).toBe(true);
  await second.end();
  expect(stopped).not.toHaveBeenCalled();
});

test('[R8] a thread that dies while it waits is not asked again', async () => {
  const thread = await threadWith('none');
  await thread.end();
  const [waiting] = workers();
  await waiting?.terminate();
  const next = await threadWith('none');
  expect((await searching(next)).objective).toBeLessThan(Infinity);
  expect(workers()).toHaveLength(2);
  await next.end();
});

test('[R8] a thread that never answers is stopped after a while', async () => {
  const thread = await threadWith('deaf');
  await searching(thread);
  await thread.end(50);
  expect(codes()).toEqual([1]);
  expect(stopped).toHaveBeenCalledOnce();
});
