import { expect, test } from 'vitest';
import { Trace } from '#electron/solving/trace.ts';

test('a trace keeps the first and the last however many improvements there were', () => {
  const trace = new Trace();
  for (let k = 0; k <= 5000; k += 1) trace.improved(k, 5000 - k);
  expect(trace.points.length).toBeLessThanOrEqual(241);
  expect(trace.points[0]).toEqual({ elapsedMs: 0, objective: 5000 });
  expect(trace.points.at(-1)).toEqual({ elapsedMs: 5000, objective: 0 });
});

test('steps per second are those of the last second', () => {
  const trace = new Trace();
  expect(trace.perSecond(0, 0)).toBe(0);
  expect(trace.perSecond(500, 100)).toBe(200);
  expect(trace.perSecond(1500, 1100)).toBe(1000);
  expect(trace.perSecond(2000, 1100)).toBe(0);
});
