import { expect, test } from 'vitest';
import { onceFor } from '#shared/base/once-for.ts';
import { tokenBucket } from '#shared/base/token-bucket.ts';

test('so many pass at once, then one after the other as it fills again', () => {
  const take = tokenBucket(3, 2);
  expect([take(0), take(0), take(0)]).toEqual([0, 0, 0]);
  expect(take(0)).toBe(500);
  expect(take(500)).toBe(500);
  expect(take(1500)).toBe(0);
});

test('it never holds more than it holds, and a clock that jumps back gives nothing', () => {
  const take = tokenBucket(1, 10);
  expect(take(0)).toBe(0);
  expect(take(60_000)).toBe(0);
  expect(take(60_000)).toBe(100);
  expect(take(0)).toBe(200);
});

test('something is worked out once for every source', () => {
  let times = 0;
  const sizeOf = onceFor((list: readonly number[]) => ((times += 1), list.length));
  const list = [1, 2];
  expect([sizeOf(list), sizeOf(list), sizeOf([1]), times]).toEqual([2, 2, 1, 2]);
});
