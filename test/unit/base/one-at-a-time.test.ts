import { expect, test } from 'vitest';
import { oneAtATime } from '#shared/base/one-at-a-time.ts';

test('one run at a time; all who ask meanwhile wait for one more, which begins after they asked', async () => {
  const ends: (() => void)[] = [];
  const ask = oneAtATime(() => new Promise((resolve) => ends.push(resolve)));
  const [first, second, third] = [ask(), ask(), ask()];
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await first;
  await Promise.resolve();
  expect(ends).toHaveLength(2);
  ends[1]?.();
  await Promise.all([second, third]);
  expect(ends).toHaveLength(2);
});

test('a run that fails is told to whoever asked for it, and the next one runs', async () => {
  let runs = 0;
  const ask = oneAtATime(async () => {
    runs += 1;
    if (runs === 1) throw new Error('away');
  });
  const [first, second] = [ask(), ask()];
  await expect(first).rejects.toThrow('away');
  await second;
  expect(runs).toBe(2);
});
