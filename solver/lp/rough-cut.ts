import { earliestTimes } from '#solver/bound/earliest.ts';
import type { Problem } from '#solver/problem/problem.ts';
import { type Demand, type Job, demandOnPeople, demandOnUnits } from './pools.ts';
import { type Work, shortage } from './shortage.ts';

/** What resources that work for each other can do and what is asked of them, in seconds per bucket of time. */
export interface RoughCut {
  /** Indices of equipment; none where it is about the people with a qualification. */
  readonly units: readonly number[];
  readonly qualification: number | undefined;
  /** Bucket k is [`edges[k]`, `edges[k + 1]`), seconds after the origin. */
  readonly edges: readonly number[];
  readonly capacity: Float64Array;
  /** Work that the due dates of its orders ask for by the end of the bucket. */
  readonly due: Float64Array;
  /** How much of `due` no schedule can do in time. */
  readonly short: Float64Array;
}

/** Rows of the linear program; with more its solver is slow and not to be relied on, so buckets are joined. */
const MOST_ROWS = 500;

/**
 * Where the plant is short before anything is put in sequence (rough-cut capacity planning). Every task takes its
 * shortest run, without setup, in pieces, anywhere from the earliest that its order allows to the latest that its due
 * date leaves, so what is short here is late in every schedule. `edges`: the buckets, ascending seconds after the origin.
 */
export function roughCut(problem: Problem, edges: readonly number[]): RoughCut[] {
  const earliest = earliestTimes(problem);
  return [demandOnUnits(problem, earliest), demandOnPeople(problem, earliest)].flatMap((demand) =>
    components(demand).map((part) => cut(part, edges)),
  );
}

function cut({ pools, jobs }: Demand, edges: readonly number[]): RoughCut {
  const works = worksOf(jobs, edges);
  const buckets = edges.length - 1;
  if (works.length + pools.length * buckets > MOST_ROWS && buckets > 1) {
    if (pools.length > 1) return cut(asOnePool({ pools, jobs }), edges);
    const wider = edges.filter((_, k) => k % 2 === 0 || k === buckets);
    return cut({ pools, jobs }, wider);
  }
  const capacity = pools.map(({ given }) =>
    Float64Array.from({ length: buckets }, (_, k) => Math.max(0, given(edges[k + 1]) - given(edges[k]))),
  );
  const missing = shortage(capacity, works);
  const due = new Float64Array(buckets);
  const short = new Float64Array(buckets);
  for (const [k, { last, seconds }] of works.entries()) {
    due[last] += seconds;
    short[last] += missing[k];
  }
  const all = capacity.reduce((sum, pool) => sum.map((seconds, k) => seconds + pool[k]));
  const units = pools.flatMap((pool) => pool.units);
  return { units, qualification: pools[0].qualification, edges, capacity: all, due, short };
}

/** Everybody may do everything: still nothing that a schedule could beat, and far smaller. */
const asOnePool = ({ pools, jobs }: Demand): Demand => ({
  pools: [
    {
      units: pools.flatMap(({ units }) => units),
      qualification: undefined,
      given: (until) => pools.reduce((sum, { given }) => sum + given(until), 0),
    },
  ],
  jobs: jobs.map((job) => ({ ...job, pools: [0] })),
});

/** Jobs of the same pools and buckets as one. What is wanted after the last bucket is nobody's concern here. */
function worksOf(jobs: readonly Job[], edges: readonly number[]): Work[] {
  const bucketOf = (at: number): number => edges.findLastIndex((edge) => edge <= at);
  const works = new Map<string, Work>();
  for (const { pools, seconds, from, until } of jobs) {
    const first = Math.max(0, bucketOf(from));
    const last = Math.max(first, bucketOf(until - 1));
    if (last > edges.length - 2) continue;
    const key = `${pools.join()} ${first} ${last}`;
    const sum = (works.get(key)?.seconds ?? 0) + seconds;
    works.set(key, { pools, first, last, seconds: sum });
  }
  return [...works.values()];
}

/** The demand in parts that have no pool in common. */
function components({ pools, jobs }: Demand): Demand[] {
  const root = pools.map((_, k) => k);
  const find = (pool: number): number => (root[pool] === pool ? pool : find(root[pool]));
  for (const job of jobs) {
    for (const pool of job.pools) root[find(pool)] = find(job.pools[0]);
  }
  const parts = Map.groupBy(jobs, (job) => find(job.pools[0]));
  return [...parts.values()].map((part) => {
    const members = [...new Set(part.flatMap((job) => job.pools))];
    return {
      pools: members.map((member) => pools[member]),
      jobs: part.map((job) => ({ ...job, pools: job.pools.map((pool) => members.indexOf(pool)) })),
    };
  });
}
