import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Plan } from '#shared/domain/plan.ts';
import { planBound } from '#solver/bound/plan-bound.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { solve } from '#solver/solve.ts';
import { shop } from '#test/factory/shop.ts';

const bestBound = (plan: Plan): number => [...planBound(problemFromPlan(plan))].at(-1) ?? NaN;

const objective = (plan: Plan, iterations: number): number =>
  solve(problemFromPlan(plan), { seed: 1, limit: { iterations }, now: () => 0 }).objective;

/** Orders in the factory's words: minutes, due minutes after 07:00, weight. */
type Job = readonly [run: number, due: number, weight: number];
const time = (minutes: number): string =>
  `${String(7 + Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const told = (jobs: readonly Job[], on: string): string =>
  jobs
    .map(([run, due, weight], k) => `${on} ${'ABCDEFGH'[k]}1:${run} due=${time(due)} weight=${weight}`)
    .join('\n');

function* permutations<Item>(items: readonly Item[]): Generator<Item[]> {
  if (items.length === 0) yield [];
  for (const [k, first] of items.entries()) {
    for (const rest of permutations([...items.slice(0, k), ...items.slice(k + 1)])) yield [first, ...rest];
  }
}

/** 10 × Σ wj·Tj of the best sequence on one machine, every one tried. */
function optimum(jobs: readonly Job[]): number {
  let best = Infinity;
  for (const sequence of permutations(jobs)) {
    let at = 0;
    let cost = 0;
    for (const [run, due, weight] of sequence) {
      at += run;
      cost += 10 * weight * Math.max(0, at - due);
    }
    best = Math.min(best, cost);
  }
  return best;
}

test('an order that cannot be on time alone costs what it cannot avoid', () => {
  expect(bestBound(shop('M1 A1:60 due=07:30 weight=2'))).toBe(10 * 2 * 30);
});

test('calendars and chains count: what must wait for the morning is late', () => {
  const plan = shop(`
    calendar day 08:00-16:00
    unit M1 open=day
    M1 A1:60 due=08:30
    M1 A2:60 due=08:30 after=A1`);
  expect(bestBound(plan)).toBe(10 * 90);
});

test('work that may not pause waits for somebody who is qualified and stays', () => {
  const plan = shop(`
    calendar late 10:00-18:00
    person anna open=late press
    person bert pack
    M1 A1:60 due=08:00 people=press`);
  expect(bestBound(plan)).toBe(10 * 180);
});

test('a family that nobody is set up for is set up for at least once', () => {
  const plan = shop(`
    matrix W same=0 other=30 F1>F2=10
    unit M1 matrix=W state=F1
    M1 A1:60 family=F2
    M1 B1:60 family=F2
    M1 C1:60 family=F1`);
  expect(bestBound(plan)).toBe(10);
});

test('two units that share no task change over for the same family each on its own', () => {
  const plan = shop(`
    matrix W same=0 other=30
    unit M1 matrix=W state=F1
    unit M2 matrix=W state=F1
    unit M3 matrix=W state=F1
    M1 A1:60 family=F2
    M2 B1:60 family=F2
    M2,M3 C1:60 family=F2`);
  expect(bestBound(plan)).toBe(60);
});

test('two orders that want one machine at the same time cost more than each alone', () => {
  const jobs: Job[] = [
    [60, 60, 1],
    [60, 60, 1],
  ];
  const bound = bestBound(shop(told(jobs, 'M1')));
  expect(bound).toBeGreaterThan(0);
  expect(bound).toBeLessThanOrEqual(optimum(jobs));
});

test('people are a capacity too: two machines with one operator are one machine', () => {
  const plan = shop(`
    person anna press
    M1 A1:60 due=08:00 people=press
    M2 B1:60 due=08:00 people=press`);
  expect(bestBound(plan)).toBeGreaterThan(0);
});

const job = fc.tuple(
  fc.integer({ min: 5, max: 90 }),
  fc.integer({ min: 0, max: 180 }),
  fc.constantFrom(1, 2, 5),
);

test('on one machine no sequence is cheaper than the bound', () => {
  fc.assert(
    fc.property(fc.array(job, { minLength: 1, maxLength: 6 }), (jobs) => {
      expect(bestBound(shop(told(jobs, 'M1')))).toBeLessThanOrEqual(optimum(jobs) + 1e-6);
    }),
    { numRuns: 60 },
  );
});

test('on two machines with chains no schedule that is found is cheaper than the bound', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(job, job), { minLength: 1, maxLength: 5 }), (orders) => {
      const plan = shop(
        orders
          .map(([[a, due, weight], [b]], k) => {
            const id = 'ABCDEFGH'[k];
            const order = `due=${time(due)} weight=${weight}`;
            return `M1,M2 ${id}1:${a} ${order}\nM2 ${id}2:${b} ${order} after=${id}1`;
          })
          .join('\n'),
      );
      expect(bestBound(plan)).toBeLessThanOrEqual(objective(plan, 20) + 1e-6);
    }),
    { numRuns: 40 },
  );
});
