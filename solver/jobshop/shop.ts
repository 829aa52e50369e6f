/**
 * A job shop in integers: operations 0 … n - 1, each done in one of its modes (a machine and how long it takes there),
 * machines that do one operation at a time, and precedences that form any acyclic graph. The objective is the makespan
 * (Jm || Cmax, FJm | prec | Cmax; Pinedo 2016). Slices are CSR: those of operation o are from[o] … from[o + 1] - 1.
 */
export interface Shop {
  readonly operations: number;
  readonly machines: number;
  readonly modeFrom: Int32Array;
  readonly modeMachine: Int32Array;
  readonly modeDuration: Int32Array;
  readonly beforeFrom: Int32Array;
  /** Direct predecessors. */
  readonly before: Int32Array;
  readonly afterFrom: Int32Array;
  /** Direct successors. */
  readonly after: Int32Array;
  /** Every operation before its successors. */
  readonly order: Int32Array;
}

export interface Mode {
  readonly machine: number;
  readonly duration: number;
}

/**
 * `modes` of each operation, at least one; `precedences` as pairs [before, after]; null where these run in a circle.
 */
export function shopFrom(
  modes: readonly (readonly Mode[])[],
  precedences: readonly (readonly [before: number, after: number])[],
  machines: number,
): Shop | null {
  const operations = modes.length;
  const modeFrom = new Int32Array(operations + 1);
  for (let o = 0; o < operations; o += 1) modeFrom[o + 1] = modeFrom[o] + modes[o].length;
  const [beforeFrom, before] = slices(
    operations,
    precedences.map(([before, after]) => [after, before]),
  );
  const [afterFrom, after] = slices(operations, precedences);
  const order = topologicalOrder(beforeFrom, afterFrom, after);
  if (order === null) return null;
  return {
    operations,
    machines,
    modeFrom,
    modeMachine: Int32Array.from(modes.flatMap((some) => some.map(({ machine }) => machine))),
    modeDuration: Int32Array.from(modes.flatMap((some) => some.map(({ duration }) => duration))),
    beforeFrom,
    before,
    afterFrom,
    after,
    order,
  };
}

/** Pairs [key, value] as CSR by key. */
function slices(
  keys: number,
  pairs: readonly (readonly [number, number])[],
): [from: Int32Array, values: Int32Array] {
  const from = new Int32Array(keys + 1);
  for (const [key] of pairs) from[key + 1] += 1;
  for (let k = 0; k < keys; k += 1) from[k + 1] += from[k];
  const next = from.slice();
  const values = new Int32Array(pairs.length);
  for (const [key, value] of pairs) {
    values[next[key]] = value;
    next[key] += 1;
  }
  return [from, values];
}

/** Kahn's order; null where there is a circle. */
function topologicalOrder(
  beforeFrom: Int32Array,
  afterFrom: Int32Array,
  after: Int32Array,
): Int32Array | null {
  const operations = beforeFrom.length - 1;
  const waitsFor = new Int32Array(operations);
  const order = new Int32Array(operations);
  let known = 0;
  for (let o = 0; o < operations; o += 1) {
    waitsFor[o] = beforeFrom[o + 1] - beforeFrom[o];
    if (waitsFor[o] === 0) {
      order[known] = o;
      known += 1;
    }
  }
  for (let i = 0; i < known; i += 1) {
    const o = order[i];
    for (let k = afterFrom[o]; k < afterFrom[o + 1]; k += 1) {
      waitsFor[after[k]] -= 1;
      if (waitsFor[after[k]] === 0) {
        order[known] = after[k];
        known += 1;
      }
    }
  }
  return known === operations ? order : null;
}

export const isFlexible = ({ operations, modeFrom }: Shop): boolean => modeFrom[operations] > operations;

/** Of each operation the number of its job: what precedences tie together, directly or not. */
export function jobsOf({ operations, beforeFrom, before, order }: Shop): Int32Array {
  const job = Int32Array.from({ length: operations }, (_, o) => o);
  const root = (o: number): number => {
    let at = o;
    while (job[at] !== at) at = job[at];
    return at;
  };
  for (const o of order) {
    for (let k = beforeFrom[o]; k < beforeFrom[o + 1]; k += 1) job[root(o)] = root(before[k]);
  }
  return job.map((_, o) => root(o));
}
