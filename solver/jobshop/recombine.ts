import { type Individual, inTime } from './individual.ts';
import type { Schedule } from './schedule.ts';

/**
 * Loads a schedule between two others: each operation at its mean rank in time, `share` of the way from b to a. As
 * precedences agree with both orders they agree with the mean, and where both machines' sequences agree so does the
 * child's: it lies on a shortest path between its parents (path relinking for the job shop; Peng, Lü & Cheng 2015).
 */
export function recombine(
  schedule: Schedule,
  a: Individual,
  b: Individual,
  share: number,
  random: () => number,
): void {
  const operations = a.order.length;
  const [first, second] = [inTime(a, schedule.shop), inTime(b, schedule.shop)];
  const rank = new Float64Array(operations);
  const mode = new Int32Array(operations);
  for (let i = 0; i < operations; i += 1) {
    rank[first[i]] += share * i;
    rank[second[i]] += (1 - share) * i;
  }
  for (let o = 0; o < operations; o += 1) mode[o] = random() < share ? a.mode[o] : b.mode[o];
  // Equal ranks mean that the parents disagree on the two, so no precedence is between them.
  const order = first.toSorted((p, q) => rank[p] - rank[q]);
  schedule.load(mode, order);
}
