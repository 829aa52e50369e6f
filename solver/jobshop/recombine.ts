import { type Individual, inTime } from './individual.ts';
import type { Schedule } from './schedule.ts';
import { isFlexible, jobsOf, type Shop } from './shop.ts';

/** Draws, for one child, how much of each operation's rank in time is that of the first parent; the rest is the second's. */
export type Shares = () => Float64Array;

/**
 * Where operations choose their machines, or precedences tie nearly all of them, every one is about half way between its
 * parents (path relinking; Peng, Lü & Cheng 2015). Else every job as a whole is where one parent has it (after the job-based
 * order crossover of Ono, Yamamura & Kobayashi 1996): tabu search makes such children as short, but they stay farther from
 * both parents.
 */
export function sharesOf(shop: Shop, random: () => number): Shares {
  const { operations } = shop;
  const jobs = jobsOf(shop);
  const hasFew = new Set(jobs).size < 3;
  if (isFlexible(shop) || hasFew) return () => new Float64Array(operations).fill(0.3 + 0.4 * random());
  return () => {
    const ofJob = Float64Array.from({ length: operations }, () => (random() < 0.5 ? 0 : 1));
    return Float64Array.from(jobs, (job) => ofJob[job]);
  };
}

/**
 * Loads a schedule between two others: each operation at the mean of its ranks in time by its share. Operations that
 * precedences tie have one share, so the mean agrees with these as both orders do; where both machines' sequences agree
 * and shares are equal so does the child's.
 */
export function recombine(
  schedule: Schedule,
  a: Individual,
  b: Individual,
  shares: Float64Array,
  random: () => number,
): void {
  const operations = a.order.length;
  const [first, second] = [inTime(a, schedule.shop), inTime(b, schedule.shop)];
  const rank = new Float64Array(operations);
  const mode = new Int32Array(operations);
  for (let i = 0; i < operations; i += 1) {
    rank[first[i]] += shares[first[i]] * i;
    rank[second[i]] += (1 - shares[second[i]]) * i;
  }
  for (let o = 0; o < operations; o += 1) mode[o] = random() < shares[o] ? a.mode[o] : b.mode[o];
  // Equal ranks mean that no precedence is between the two.
  const order = first.toSorted((p, q) => rank[p] - rank[q]);
  schedule.load(mode, order);
}
