import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { PATIENCE, type Patience } from '#electron/solving/patience.ts';
import { type Progress, type SolveOptions, type SolveRun, solve } from '#electron/solving/solve.ts';
import type { Fault, Tiny } from './tiny-engine.ts';

/** Odd numbers of an odd count: no signs make them zero, so that a search never ends by itself. */
const NUMBERS = Array.from({ length: 31 }, (_, k) => 2 * ((k * 7919) % 1009) + 1);
const PATIENT: Patience = { ...PATIENCE, growth: 2 ** 40, stopping: 100 };

interface Asked extends Partial<SolveOptions> {
  readonly fault?: Fault;
  readonly faulty?: readonly number[];
  readonly once?: boolean;
  readonly numbers?: readonly number[];
}

/** Solves a tiny problem on two threads for 0.3 s, unless asked otherwise. */
function tiny(asked: Asked = {}): SolveRun & { readonly seen: Progress[] } {
  const { fault = 'none', faulty = [0, 1], once = true, numbers = NUMBERS, ...options } = asked;
  const input: Tiny = { numbers, fault, faulty, once };
  const seen: Progress[] = [];
  const run = solve(
    { engine: new URL('./tiny-engine.ts', import.meta.url), input },
    { limit: { seconds: 0.3 }, seed: 1, threads: 2, patience: PATIENT, ...options },
    { progress: (progress) => seen.push(progress), wantsFigures: true },
  );
  return { ...run, seen };
}

const valueOf = (found: readonly unknown[] | null): number => {
  const [signs] = found as readonly [readonly number[]];
  return Math.abs(NUMBERS.reduce((sum, n, k) => sum + n * (signs[k] ?? 0), 0));
};

/** Resolves when the solve has a first solution. */
const first = async ({ seen }: { seen: Progress[] }): Promise<void> => {
  while ((seen.at(-1)?.objective ?? null) === null) await pause(5);
};

test('a solve ends at its time with its best, in pieces, judged', async () => {
  const { ended, found, trouble, progress, firstAt, bestAt } = await tiny().done;
  expect({ ended, trouble }).toEqual({ ended: 'limit', trouble: null });
  expect(valueOf(found)).toBe(progress.objective);
  expect(found?.at(-1)).toEqual({ isJudged: true });
  expect(firstAt).toBeGreaterThan(0);
  expect(bestAt).toBeGreaterThanOrEqual(firstAt ?? Infinity);
});

test('progress is told no more than five times a second, with figures and the best over time', async () => {
  const run = tiny({ limit: { seconds: 60 } });
  while (run.seen.length < 4 || !run.seen.at(-1)?.figures) await pause(5);
  run.take();
  await run.done;
  const times = run.seen.map(({ elapsedMs }) => elapsedMs);
  expect(Math.min(...times.slice(1).map((time, k) => time - (times[k] ?? 0)))).toBeGreaterThan(190);
  const last = run.seen.at(-1);
  expect(last).toMatchObject({ phase: 'flips', lowerBound: null, gap: null });
  expect(last?.figures).toMatchObject({ positive: expect.any(Number) as number });
  expect(last?.iterations).toBeGreaterThan(0);
  expect(last?.points.at(-1)?.objective).toBe(last?.objective);
  const values = last?.points.map(({ objective }) => objective) ?? [];
  expect(values).toEqual(values.toSorted((a, b) => b - a));
});

test('a target ends it before its time', async () => {
  const { ended, progress } = await tiny({ limit: { seconds: 60, target: 5000 } }).done;
  expect(ended).toBe('limit');
  expect(progress.objective).toBeLessThanOrEqual(5000);
});

test('with an iteration limit the same seed and threads give the same solution, whatever the clock does', async () => {
  const options = { limit: { iterations: 300 }, threads: 3 };
  const [a, b, other] = await Promise.all([
    tiny(options).done,
    tiny(options).done,
    tiny({ ...options, seed: 2 }).done,
  ]);
  expect(a.found).toEqual(b.found);
  expect(a.progress.iterations).toBe(900);
  expect(other.found).not.toEqual(a.found);
});

test('a problem that cannot be solved is told in words', async () => {
  const { ended, found, trouble } = await tiny({ numbers: [] }).done;
  expect({ ended, found, trouble }).toEqual({
    ended: 'refused',
    found: null,
    trouble: 'there are no numbers to share out',
  });
});

test('input that can be sent to no thread is told in words', async () => {
  const engine = new URL('./tiny-engine.ts', import.meta.url);
  const run = solve({ engine, input: { numbers: () => 1 } }, { limit: { seconds: 1 }, seed: 1 }, {});
  const { ended, trouble } = await run.done;
  expect(ended).toBe('failed');
  expect(trouble).toMatch(/^the solver could not start: .*could not be cloned/);
});

test.each([
  ['throw', 'the solver failed: Error: boom'],
  ['exit', 'the solver ended by itself with code 3'],
] as const)('[R8] a thread that dies (%s) is replaced, and the solve goes on', async (fault, text) => {
  const run = tiny({ fault, faulty: [0], threads: 1, limit: { iterations: 300 } });
  const { ended, found, trouble, progress } = await run.done;
  expect({ ended, trouble }).toEqual({ ended: 'limit', trouble: text });
  expect(valueOf(found)).toBe(progress.objective);
  expect(progress.iterations).toBe(300);
});

test('[R8] where every thread dies again and again that is told, with the best so far', async () => {
  const { ended, found, trouble, progress } = await tiny({
    fault: 'throw',
    once: false,
    limit: { seconds: 60 },
  }).done;
  expect({ ended, trouble }).toEqual({ ended: 'failed', trouble: 'the solver failed: Error: boom' });
  expect(valueOf(found)).toBe(progress.objective);
});

test('[R8] one good thread is enough', async () => {
  const { ended, trouble } = await tiny({
    fault: 'throw',
    faulty: [0],
    once: false,
    limit: { iterations: 300 },
  }).done;
  expect({ ended, trouble }).toEqual({ ended: 'limit', trouble: 'the solver failed: Error: boom' });
});

test('[R8] a thread that hangs is replaced, and the solve goes on', async () => {
  const run = tiny({
    fault: 'silent',
    faulty: [0],
    threads: 1,
    limit: { iterations: 300 },
    patience: { ...PATIENT, silence: 1500 },
  });
  const { ended, trouble, progress } = await run.done;
  expect(ended).toBe('limit');
  expect(trouble).toMatch(/^the solver did not answer for [\d.]+ s$/);
  expect(progress.iterations).toBe(300);
});

test('[R8] hanging before there is any schedule ends with the reason', async () => {
  const { ended, found, trouble } = await tiny({
    fault: 'endless first',
    patience: { ...PATIENT, silence: 100, losses: 0 },
  }).done;
  expect({ ended, found }).toEqual({ ended: 'failed', found: null });
  expect(trouble).toMatch(/did not answer/);
});

test('[R8] the thread that takes too much memory is replaced, the other goes on', async () => {
  const run = tiny({
    fault: 'greedy',
    faulty: [1],
    once: false,
    limit: { iterations: 300 },
    patience: { ...PATIENT, growth: 400 * 2 ** 20, losses: 0 },
  });
  const { ended, found, trouble, progress } = await run.done;
  expect(ended).toBe('limit');
  expect(trouble).toMatch(/^the solver took \d+ MB and was stopped$/);
  expect(valueOf(found)).toBe(progress.objective);
});

test('[R8] threads that do not stop at the limit are left behind, the best is told by a fresh one', async () => {
  const run = tiny({ fault: 'deaf', once: false, limit: { iterations: 300, seconds: 0.5 } });
  const { ended, found, trouble, progress } = await run.done;
  expect(ended).toBe('failed');
  expect(trouble).toBe('the solver did not stop when it was told to');
  expect(valueOf(found)).toBe(progress.objective);
});

test.each(['cancel', 'take'] as const)(
  '[R8] %s brings the best so far though no thread listens',
  async (how) => {
    const run = tiny({ fault: 'deaf', once: false, limit: { seconds: 60 } });
    await first(run);
    run[how]();
    const { ended, found, progress } = await run.done;
    expect(ended).toBe(how === 'cancel' ? 'cancelled' : 'taken');
    expect(valueOf(found)).toBe(progress.objective);
    expect(found?.at(-1)).toEqual({ isJudged: how === 'take' });
  },
);

test('cancel before there is anything brings nothing; take waits for the first', async () => {
  const [cancelled, taken] = [tiny({ limit: { seconds: 60 } }), tiny({ limit: { seconds: 60 } })];
  cancelled.cancel();
  taken.take();
  expect(await cancelled.done).toMatchObject({ ended: 'cancelled', found: null, firstAt: null });
  expect((await taken.done).found).not.toBeNull();
});
