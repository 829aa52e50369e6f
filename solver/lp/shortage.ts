import lp, { type ModelDefinition, type SolveResult } from 'javascript-lp-solver';

/** Its types take it for CommonJS, which it is not. */
const solver = lp as unknown as { readonly Solve: (model: ModelDefinition) => SolveResult };

/** Work of one kind that any of its pools can do between its first and its last bucket. */
export interface Work {
  readonly pools: readonly number[];
  readonly first: number;
  readonly last: number;
  readonly seconds: number;
}

/** A second that is short later on weighs so much less per bucket: what is short shows where it cannot be put off. */
const LATER = 1e-4;
/** What rounding may break of a constraint, in seconds. */
const CRUMB = 1;

/**
 * The least work, in seconds per kind, that pools of capacity cannot do in time: a linear program over how much of each
 * kind each pool does in each bucket (rough-cut capacity planning; Vollmann, Berry & Whybark). `capacity[pool][bucket]`
 * in seconds. Throws where the solver's answer breaks a constraint: it is not taken at its word.
 */
export function shortage(capacity: readonly Float64Array[], works: readonly Work[]): Float64Array {
  const constraints: Record<string, { max: number } | { equal: number }> = {};
  const variables: Record<string, Record<string, number>> = {};
  for (const [pool, buckets] of capacity.entries()) {
    for (const [bucket, seconds] of buckets.entries()) constraints[`c${pool}.${bucket}`] = { max: seconds };
  }
  for (const [k, { pools, first, last, seconds }] of works.entries()) {
    constraints[`w${k}`] = { equal: seconds };
    variables[`short${k}`] = { [`w${k}`]: 1, cost: 1 - LATER * last };
    for (const pool of pools) {
      for (let bucket = first; bucket <= last; bucket += 1) {
        variables[`x${k}.${pool}.${bucket}`] = { [`w${k}`]: 1, [`c${pool}.${bucket}`]: 1 };
      }
    }
  }
  const answer = solver.Solve({ optimize: 'cost', opType: 'min', constraints, variables });
  const short = Float64Array.from(works, (_, k) => Number(answer[`short${k}`] ?? 0));
  verify(capacity, works, answer, short);
  return short;
}

function verify(
  capacity: readonly Float64Array[],
  works: readonly Work[],
  answer: Readonly<SolveResult>,
  short: Float64Array,
): void {
  const left = capacity.map((buckets) => buckets.slice());
  for (const [k, { pools, first, last, seconds }] of works.entries()) {
    let done = short[k];
    for (const pool of pools) {
      for (let bucket = first; bucket <= last; bucket += 1) {
        const part = Number(answer[`x${k}.${pool}.${bucket}`] ?? 0);
        done += part;
        left[pool][bucket] -= part;
      }
    }
    if (Math.abs(done - seconds) > CRUMB) throw broken(`${done} of ${seconds} s of work ${k}`);
  }
  for (const [pool, buckets] of left.entries()) {
    const bucket = buckets.findIndex((rest) => rest < -CRUMB);
    if (bucket !== -1) throw broken(`${-buckets[bucket]} s too much of pool ${pool} in bucket ${bucket}`);
  }
}

const broken = (what: string): Error =>
  new Error(`The linear program answered ${what}.\nMaybe it has more rows than its solver can carry.`);
