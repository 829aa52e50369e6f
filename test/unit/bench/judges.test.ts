import { expect, test } from 'vitest';
import { judgePlant } from '#test/bench/judge-plant.ts';
import { judgeShop } from '#test/bench/judge-shop.ts';

const jobshop = {
  data: [
    { job: 0, operation: 0, machine: 0, duration: 3 },
    { job: 0, operation: 1, machine: 1, duration: 2 },
    { job: 1, operation: 0, machine: 1, duration: 4 },
  ],
};
type Spot = readonly [operation: number, machine: number, start: number];
const places = (...list: readonly Spot[]) => ({
  operations: list.map(([operation, machine, start]) => ({ operation, machine, start })),
});

test('a job shop is judged by machines, durations, chains and overlap', () => {
  const good = places([0, 0, 0], [1, 1, 4], [2, 1, 0]);
  expect(judgeShop(jobshop, good)).toBe(6);
  const complaint = (...list: readonly Spot[]): string => {
    try {
      return `makespan ${judgeShop(jobshop, places(...list))}`;
    } catch (error) {
      return (error as Error).message;
    }
  };
  expect(complaint([0, 0, 0], [1, 1, 3], [2, 1, 0])).toBe('2 and 1 overlap on 1');
  expect(complaint([0, 0, 0], [1, 1, 2], [2, 1, 4])).toBe('operation 1 starts before 0 has ended');
  expect(complaint([0, 1, 0], [1, 1, 3], [2, 1, 9])).toBe('operation 0 may not run on machine 1');
  expect(complaint([0, 0, 0], [1, 1, 4])).toBe('2 operations placed of 3');
  expect(complaint([0, 0, 0], [0, 0, 9], [1, 1, 4], [2, 1, 0])).toBe('operation 0 stands twice');
  expect(complaint([0, 0, 0], [1, 1, 4.5], [2, 1, 0])).toBe('operation 1 starts at 4.5');
});

test('a flexible job shop is judged by its options and precedences', () => {
  const file = {
    operations: [
      { operation: 0, machine: 0, duration: 3 },
      { operation: 0, machine: 1, duration: 5 },
      { operation: 1, machine: 0, duration: 2 },
    ],
    precedences: [{ before: 0, after: 1 }],
  };
  expect(judgeShop(file, places([0, 1, 0], [1, 0, 5]))).toBe(7);
  expect(() => judgeShop(file, places([0, 1, 0], [1, 0, 4]))).toThrow('starts before 0 has ended');
});

const plant = {
  objective: { tardiness: 10, setup: 1 },
  units: [{ id: 'press', group: 'press', initialFamily: 0, open: [[0, 10_000]] }],
  setup: {
    press: [
      [0, 600],
      [300, 0],
    ],
  },
  people: [
    { id: 'ann', shifts: [[0, 8000]], qualifications: [{ name: 'press', validUntil: 9000 }] },
    { id: 'bob', shifts: [[0, 10_000]], qualifications: [{ name: 'press', validUntil: 1000 }] },
  ],
  instruments: [{ id: 'scale', class: 'balance', calibratedUntil: 9500 }],
  orders: [
    { id: 0, release: 0, due: 1000, weight: 2 },
    { id: 1, release: 100, due: 9000, weight: 1 },
  ],
  operations: [
    {
      id: 0,
      order: 0,
      family: 1,
      qualification: 'press',
      instrument: null,
      alternatives: [{ unit: 'press', duration: 1000 }],
    },
    {
      id: 1,
      order: 1,
      family: 0,
      qualification: null,
      instrument: 'balance',
      alternatives: [{ unit: 'press', duration: 500 }],
    },
  ],
  precedences: [{ before: 0, after: 1, minLag: 60 }],
};
const first = {
  operation: 0,
  unit: 'press',
  start: 0,
  runStart: 600,
  end: 1600,
  person: 'ann',
  instrument: null,
};
const second = {
  operation: 1,
  unit: 'press',
  start: 1600,
  runStart: 1900,
  end: 2400,
  person: null,
  instrument: 'scale',
};

test('a plant is judged by weighted tardiness and setup, in minutes', () => {
  const solution = { operations: [first, second] };
  expect(judgePlant(plant, solution)).toBeCloseTo((10 * 2 * 600 + 900) / 60, 9);
});

test.each([
  ['runs 900 instead of 1000', { ...first, end: 1500 }, second],
  ['is set up for 500 instead of 600', { ...first, start: 100 }, second],
  ['overlap on press', first, { ...second, start: 1500, runStart: 1800, end: 2300 }],
  ['operation 1 runs before 0 has ended', first, { ...second, start: 1300, runStart: 1600, end: 2100 }],
  ['has nobody qualified in bob', { ...first, person: 'bob' }, second],
  [
    'is outside a shift of ann',
    { ...first, start: 7000, runStart: 7600, end: 8600 },
    { ...second, start: 8700, runStart: 9000, end: 9500 },
  ],
  ['has no calibrated instrument in scale', first, { ...second, start: 9200, runStart: 9500, end: 10_000 }],
  ['is outside the open time of press', first, { ...second, start: 9400, runStart: 9700, end: 10_200 }],
  ['has no calibrated instrument in null', first, { ...second, instrument: null }],
])('a plant that breaks a rule is refused: %s', (text, one, other) => {
  expect(() => judgePlant(plant, { operations: [one, other] })).toThrow(text);
});

test('every operation of a plant stands once', () => {
  expect(() => judgePlant(plant, { operations: [first] })).toThrow('1 operations placed of 2');
  expect(() => judgePlant(plant, { operations: [first, second, second] })).toThrow('stands twice');
});
