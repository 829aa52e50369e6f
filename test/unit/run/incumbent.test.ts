import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { Incumbent, MOST_THREADS } from '#solver/run/incumbent.ts';

const INCUMBENT = new URL('../../../solver/run/incumbent.ts', import.meta.url).href;

/** A thread that opens the incumbent of `buffer` as `thread` and runs `code`. */
function thread(code: string, buffer: SharedArrayBuffer, index: number): Worker {
  return new Worker(
    `const { workerData, parentPort } = require('node:worker_threads');
     import(${JSON.stringify(INCUMBENT)}).then(({ Incumbent }) => {
       const incumbent = new Incumbent(workerData.buffer, workerData.index);
       ${code}
     });`,
    { eval: true, workerData: { buffer, index } },
  );
}
const ended = (worker: Worker): Promise<number> => new Promise((resolve) => worker.on('exit', resolve));

test('only what is better is taken over, and dated', () => {
  let now = 10;
  const { buffer } = Incumbent.allocate(2);
  const incumbent = new Incumbent(buffer, 0, () => now);
  expect(incumbent).toMatchObject({ objective: Infinity, version: 0, firstAt: Infinity, foundAt: Infinity });
  const into = Int32Array.of(7, 7);
  expect(incumbent.read(into)).toBe(Infinity);
  expect([...into]).toEqual([7, 7]);
  expect(incumbent.offer(5, Int32Array.of(1, 2))).toBe(true);
  now = 20;
  expect(incumbent.offer(5, Int32Array.of(3, 4))).toBe(false);
  expect(incumbent.offer(Number.NaN, Int32Array.of(3, 4))).toBe(false);
  expect(incumbent.offer(4, Int32Array.of(5, 6))).toBe(true);
  expect(incumbent.read(into)).toBe(4);
  expect([...into]).toEqual([5, 6]);
  expect(incumbent).toMatchObject({ objective: 4, version: 2, firstAt: 10, foundAt: 20 });
});

test('a solution of the wrong size is refused, and nobody is locked out by it', () => {
  const incumbent = Incumbent.allocate(2, 0);
  expect(() => incumbent.offer(1, new Int32Array(3))).toThrow(
    'A solution of 3 words was offered where there is room for 2.',
  );
  expect(incumbent.offer(1, new Int32Array(2))).toBe(true);
});

test('the largest proven bound stays; what each thread tried is summed, beyond 2³¹ too', () => {
  const { buffer } = Incumbent.allocate(0);
  const threads = [new Incumbent(buffer, 0), new Incumbent(buffer, 1)] as const;
  threads[0].prove(3);
  threads[1].prove(2);
  threads[0].count(2 ** 31);
  threads[1].count(5);
  threads[1].count(6);
  expect(threads[0]).toMatchObject({ bound: 3, iterations: 2 ** 31 + 6 });
  expect(threads[0].iterationsOf(1)).toBe(6);
});

test('one thread is told to end and the others go on; who takes its place may search, unless all were told', () => {
  const { buffer } = Incumbent.allocate(0);
  const [first, last] = [new Incumbent(buffer, 0), new Incumbent(buffer, MOST_THREADS - 1)];
  last.dismiss(MOST_THREADS - 1);
  expect([first.isStopped, last.isStopped]).toEqual([false, true]);
  last.forgive(MOST_THREADS - 1);
  expect(last.isStopped).toBe(false);
  first.stop();
  first.forgive(0);
  expect([first.isStopped, last.isStopped, new Incumbent(buffer, -1).isStopped]).toEqual([true, true, true]);
});

test('two threads race: every solution that is read is whole and belongs to its objective', async () => {
  const WORDS = 4096;
  const ROUNDS = 1500;
  const best = Incumbent.allocate(WORDS);
  // Objectives fall by one; every word of a solution is its objective.
  const race = `const words = new Int32Array(${WORDS});
     while (incumbent.version < ${ROUNDS}) {
       const objective = Math.min(1e9, incumbent.objective) - 1;
       incumbent.offer(objective, words.fill(objective));
     }`;
  const workers = [thread(race, best.buffer, 0), thread(race, best.buffer, 1)];
  const over = Promise.all(workers.map(ended));
  let reads = 0;
  const words = new Int32Array(WORDS);
  while (best.version < ROUNDS) {
    await new Promise(setImmediate);
    const objective = best.read(words);
    if (objective === Infinity) continue;
    reads += 1;
    if (!words.every((word) => word === objective)) throw new Error(`torn at ${objective}`);
  }
  expect(await over).toEqual([0, 0]);
  expect(reads).toBeGreaterThan(0);
  expect(best.objective).toBe(best.read(words));
});

test('a writer killed at any moment leaves the best whole, and once forgiven locks nobody out', async () => {
  const WORDS = 200_000; // nearly all of its time goes into copying
  for (let round = 0; round < 6; round += 1) {
    const best = Incumbent.allocate(WORDS);
    const worker = thread(
      `const words = new Int32Array(${WORDS});
       for (let k = -1; ; k -= 1) incumbent.offer(k, words.fill(k));`,
      best.buffer,
      0,
    );
    const over = ended(worker);
    while (best.version < 3 + round) await new Promise((resolve) => setTimeout(resolve, 1));
    await worker.terminate();
    await over;
    const words = new Int32Array(WORDS);
    const objective = best.read(words); // before it is forgiven: whoever reads waits for nobody
    expect(words.every((word) => word === objective)).toBe(true);
    best.forgive(0);
    const other = new Incumbent(best.buffer, 1);
    expect(other.offer(objective - 1, words.fill(objective - 1))).toBe(true);
  }
});

test('what is found later is never dated before the first, whatever a thread reads off the clock', () => {
  const early = Incumbent.allocate(1, 0, () => 10);
  const late = new Incumbent(early.buffer, 1, () => 7);
  early.offer(5, Int32Array.of(1));
  late.offer(4, Int32Array.of(2));
  expect([early.firstAt, early.foundAt]).toEqual([10, 10]);
});
