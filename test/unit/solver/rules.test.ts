import { describe, expect, test } from 'vitest';
import {
  type Waiting,
  atc,
  atcs,
  atcsParameters,
  criticalRatio,
  edd,
  logAtc,
} from '#solver/construct/rules.ts';

/** Scheduling-terms sheet, vector S2: t = 10, p̄ = 13/3, s̄ = 2. */
const waiting = (run: number, due: number, weight: number, setup: number): Waiting => ({
  run,
  due,
  weight,
  setup,
  tail: 0,
  at: 10,
  meanRun: 13 / 3,
  meanSetup: 2,
});
const jobs = { J1: waiting(4, 18, 1, 1), J2: waiting(6, 17, 2, 5), J3: waiting(3, 30, 3, 0) };

describe('[S2] dispatch rules on the vector of the terms sheet', () => {
  test('ATC with K = 2', () => {
    const index = (job: Waiting): number => Math.exp(logAtc(job, 2));
    expect(index(jobs.J1)).toBeCloseTo(0.1576, 4);
    expect(index(jobs.J2)).toBeCloseTo(0.297, 4);
    expect(index(jobs.J3)).toBeCloseTo(0.1406, 4);
  });

  test('ATCS with K1 = 2, K2 = 0.5', () => {
    const index = (job: Waiting): number => Math.exp(atcs(2, 0.5).index(job));
    expect(index(jobs.J1)).toBeCloseTo(0.058, 4);
    expect(index(jobs.J2)).toBeCloseTo(0.002, 4);
    expect(index(jobs.J3)).toBeCloseTo(0.1406, 4);
  });

  test.each([
    [edd, 'J2'],
    [atc(2), 'J2'],
    [atcs(2, 0.5), 'J3'],
  ])('$name chooses as the sheet says', (rule, chosen) => {
    const best = Object.entries(jobs).sort(([, a], [, b]) => rule.index(b) - rule.index(a))[0];
    expect(best?.[0]).toBe(chosen);
  });

  test('a run of no time goes first', () => {
    expect(logAtc({ ...jobs.J1, run: 0 }, 2)).toBe(Infinity);
  });

  test('without setups among the waiting ATCS is ATC', () => {
    const job = { ...jobs.J1, meanSetup: 0 };
    expect(atcs(2, 0.5).index(job)).toBe(atc(2).index(job));
  });
});

describe('[S3] starting values for K1 and K2', () => {
  const shop = { meanRun: 10, meanSetup: 2, firstDue: 30, lastDue: 90, meanDue: 60, makespan: 120 };

  test('range 0.5', () => {
    const { k1, k2 } = atcsParameters(shop);
    expect(k1).toBeCloseTo(5, 4);
    expect(k2).toBeCloseTo(0.559, 4);
  });

  test('range 0.8', () => {
    expect(atcsParameters({ ...shop, firstDue: 0, lastDue: 96 }).k1).toBeCloseTo(4.4, 4);
  });

  test('due dates beyond the makespan leave K2 at its floor', () => {
    expect(atcsParameters({ ...shop, meanDue: 200 }).k2).toBe(0.1);
  });
});

describe('[S4] critical ratio', () => {
  const job = (due: number): Waiting => ({ ...jobs.J1, run: 3, tail: 5, due, at: 10 });

  test('2.5 ahead, −0.25 past due; the smaller goes first', () => {
    expect(-criticalRatio.index(job(30))).toBeCloseTo(2.5, 4);
    expect(-criticalRatio.index(job(8))).toBeCloseTo(-0.25, 4);
    expect(criticalRatio.index(job(8))).toBeGreaterThan(criticalRatio.index(job(30)));
  });
});
