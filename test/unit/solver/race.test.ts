import { expect, test } from 'vitest';
import { Race } from '#solver/search/race.ts';
import type { Step } from '#solver/search/step.ts';

/** All that a race knows of a step. */
const runner = (total: number): Step => ({ score: { total } }) as Step;

test('every schedule has its turn, and each round the better half goes on until one is left', () => {
  const field = [5, 3, 8, 1].map(runner);
  const race = new Race(field);
  const seen = new Map<Step, number>();
  for (let used = 0; used < 1; used += 0.001) {
    const step = race.turn(used);
    seen.set(step, (seen.get(step) ?? 0) + 1);
    // The slowest starter gains most: what counts is where it stands when the round ends.
    if (step === field[2]) step.score.total = 2;
  }
  expect(race.isOver).toBe(true);
  expect(race.turn(1)).toBe(field[3]);
  const turns = field.map((step) => seen.get(step) ?? 0);
  expect(Math.min(...turns)).toBeGreaterThan(0);
  expect(turns[2]).toBeGreaterThan(turns[0] ?? 0);
  expect(turns[2]).toBeGreaterThan(turns[1] ?? 0);
});

test('one schedule alone runs from start to end', () => {
  const only = runner(7);
  const race = new Race([only]);
  expect(race.isOver).toBe(true);
  expect([0, 0.2, 1].map((used) => race.turn(used))).toEqual([only, only, only]);
});
