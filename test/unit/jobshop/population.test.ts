import { expect, test } from 'vitest';
import type { Individual } from '#solver/jobshop/individual.ts';
import { Population } from '#solver/jobshop/population.ts';

/** Ten operations of which `others` follow another one than usual. */
const individual = (makespan: number, others: number): Individual => ({
  makespan,
  mode: new Int32Array(10),
  order: Int32Array.from({ length: 10 }, (_, k) => k),
  end: new Int32Array(10),
  previous: Int32Array.from({ length: 10 }, (_, k) => (k < others ? 11 : k)),
});

/** The two that a population with room for two holds after all three were added. */
function heldOf(apart: number, makespans: readonly [number, number, number]): number[] {
  const population = new Population(2, () => 0);
  const others = [0, 9, 1];
  for (const [k, makespan] of makespans.entries())
    population.add(individual(makespan, others[k] ?? 0), apart);
  return (population.parents() ?? []).map(({ makespan }) => makespan).toSorted((a, b) => a - b);
}

test('while schedules are to be kept apart, the longer one of two that are alike goes, be it shorter than another', () => {
  expect(heldOf(0.5, [100, 120, 99])).toEqual([99, 120]);
  expect(heldOf(0.5, [100, 120, 101])).toEqual([100, 120]);
});

test('at the end the longest goes, whatever it is like', () => {
  expect(heldOf(0, [100, 120, 99])).toEqual([99, 100]);
  expect(heldOf(0, [100, 120, 130])).toEqual([100, 120]);
});

test('nobody breeds before there are as many as it takes', () => {
  const population = new Population(2, () => 0);
  population.add(individual(100, 0), 0.5);
  expect(population.parents()).toBeNull();
  population.add(individual(100, 0), 0.5);
  expect(population.parents(), 'the same again is none more').toBeNull();
});
