import { expect, test } from 'vitest';
import { must } from '#shared/base/must.ts';
import { lowerBound, windowsOf } from '#solver/jobshop/bound.ts';
import { shopFromJobshop } from '#solver/instances/shop.ts';
import { TAILLARD_COUNT, bestKnownOf, taillard } from '#test/factory/taillard.ts';

const boundOf = (number: number): number => {
  const read = shopFromJobshop(taillard(number));
  if (!read.ok) throw new Error(read.reason);
  return lowerBound(read.value.shop, windowsOf(read.value.shop));
};

// A wrong seed or generator would hardly give these loads.
test('the job shops of Taillard are his: in every large one the busiest machine needs as long as the published optimum', () => {
  for (let number = 71; number <= TAILLARD_COUNT; number += 1)
    expect([number, boundOf(number)]).toEqual([number, bestKnownOf(number).makespan]);
});

test('a job of Taillard visits every machine once', () => {
  for (const number of [1, 35, 80]) {
    const { data } = taillard(number);
    const jobs = Map.groupBy(data, ({ job }) => job);
    for (const own of jobs.values()) {
      expect(new Set(own.map(({ machine }) => machine)).size).toBe(own.length);
      expect(own.every(({ duration }) => duration >= 1 && duration <= 99)).toBe(true);
    }
    expect(must(jobs.get(0), 'The first job').map(({ operation }) => operation)).toEqual([
      ...must(jobs.get(0), 'The first job').keys(),
    ]);
  }
});
