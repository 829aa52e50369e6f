import { expect, test } from 'vitest';
import { brokenPairs, displacement, type Individual } from '#solver/jobshop/individual.ts';
import { Population } from '#solver/jobshop/population.ts';

/** Ten operations of which `others` stand three places later than usual. */
const individual = (makespan: number, others: number): Individual => ({
  makespan,
  mode: new Int32Array(10),
  order: Int32Array.from({ length: 10 }, (_, k) => k),
  end: new Int32Array(10),
  previous: new Int32Array(10),
  place: Int32Array.from({ length: 10 }, (_, k) => (k < others ? k + 3 : k)),
});

/** The two that a population with room for two holds after all three were added. */
function heldOf(apart: number, makespans: readonly [number, number, number]): number[] {
  const population = new Population(displacement, 2, () => 0);
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
  const population = new Population(displacement, 2, () => 0);
  population.add(individual(100, 0), 0.5);
  expect(population.parents()).toBeNull();
  population.add(individual(100, 0), 0.5);
  expect(population.parents(), 'the same again is none more').toBeNull();
});

test('neighbours that change places break every pair but move an operation by one place, what stands elsewhere by more', () => {
  const withPlaces = (places: number[]): Individual => {
    const previous = places.map((place) => (place === 0 ? 10 : places.indexOf(place - 1)));
    return {
      ...individual(100, 0),
      place: Int32Array.from(places),
      previous: Int32Array.from(previous),
    };
  };
  const usual = withPlaces([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const neighbours = withPlaces([1, 0, 3, 2, 5, 4, 7, 6, 9, 8]);
  const halves = withPlaces([5, 6, 7, 8, 9, 0, 1, 2, 3, 4]);
  expect([brokenPairs(usual, neighbours), displacement(usual, neighbours)]).toEqual([1, 1]);
  expect([brokenPairs(usual, halves), displacement(usual, halves)]).toEqual([0.2, 5]);
});
