import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { solvePlan } from '#electron/solving/solve-plan.ts';
import type { SolveProgress } from '#shared/contract/views.ts';
import { figuresFromSchedule } from '#shared/flow/figures-from-schedule.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { randomPlan } from '#test/bench/random-plan.ts';

test('a plan comes back as a schedule that the checker accepts, its progress with figures', async () => {
  const plan = randomPlan(12, 3);
  const seen: SolveProgress[] = [];
  const { take, done } = solvePlan(
    plan,
    { limit: { seconds: 60 }, seed: 1, threads: 2 },
    { progress: (progress) => seen.push(progress) },
  );
  while (!seen.at(-1)?.figures) await pause(5);
  take();
  const { ended, best, trouble } = await done;
  expect({ ended, trouble, violations: best?.violations }).toEqual({
    ended: 'taken',
    trouble: null,
    violations: [],
  });
  if (!best) throw new Error('The solver found nothing.');
  expect(checkSchedule(plan, best.schedule)).toEqual([]);
  expect(seen.at(-1)?.figures?.orders).toBe(figuresFromSchedule(plan, best.schedule).orders);
});

test('a plan of more tasks than one piece holds arrives whole and in order', async () => {
  const plan = randomPlan(80, 1);
  const { best } = await solvePlan(plan, { limit: { iterations: 1 }, seed: 1, threads: 1 }, {}).done;
  const placed = best?.schedule.assignments.map(({ task }) => task) ?? [];
  const unplaced = new Set(best?.schedule.unplaced.map(({ task }) => task));
  expect(placed.length).toBeGreaterThan(500);
  expect(placed).toEqual(plan.tasks.map(({ id }) => id).filter((id) => !unplaced.has(id)));
});

test('of several threads one proves a bound, and the gap is what lies between', async () => {
  const options = { limit: { iterations: 20 }, seed: 1, threads: 2 };
  const { progress, best } = await solvePlan(randomPlan(12, 3), options, {}).done;
  const { objective, lowerBound, gap } = progress;
  if (objective === null || lowerBound === null) throw new Error(`Nothing was proven: ${lowerBound}.`);
  expect(best).not.toBeNull();
  expect(lowerBound).toBeLessThanOrEqual(objective);
  expect(gap).toBeCloseTo((objective - lowerBound) / objective, 9);
});
