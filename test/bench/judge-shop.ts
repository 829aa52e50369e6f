/** The public formats as far as a judge needs them. */
interface ShopFile {
  readonly data?: readonly { job: number; operation: number; machine: number; duration: number }[];
  readonly operations?: readonly { operation: number; machine: number; duration: number }[];
  readonly precedences?: readonly { before: number; after: number }[];
}
interface Placed {
  readonly operation: number;
  readonly machine: number;
  readonly start: number;
}

/**
 * The makespan of a solution of a job shop or a flexible one. Reads the two files only and shares no code with the
 * solver; throws with what is broken.
 */
export function judgeShop(json: unknown, solution: unknown): number {
  const file = json as ShopFile;
  const { operations: placed } = solution as { operations: readonly Placed[] };
  const options = new Map<number, Map<number, number>>();
  const before: [number, number][] = [];
  if (file.data) {
    for (const [row, { job, machine, duration }] of file.data.entries()) {
      options.set(row, new Map([[machine, duration]]));
      if (file.data[row - 1]?.job === job) before.push([row - 1, row]);
    }
  } else {
    for (const { operation, machine, duration } of file.operations ?? [])
      options.set(operation, (options.get(operation) ?? new Map<number, number>()).set(machine, duration));
    for (const one of file.precedences ?? []) before.push([one.before, one.after]);
  }
  const spans = new Map<number, { machine: number; start: number; end: number }>();
  for (const { operation, machine, start } of placed) {
    const duration = options.get(operation)?.get(machine);
    if (duration === undefined) throw new Error(`operation ${operation} may not run on machine ${machine}`);
    if (spans.has(operation)) throw new Error(`operation ${operation} stands twice`);
    if (!Number.isInteger(start) || start < 0) throw new Error(`operation ${operation} starts at ${start}`);
    spans.set(operation, { machine, start, end: start + duration });
  }
  if (spans.size !== options.size) throw new Error(`${spans.size} operations placed of ${options.size}`);
  for (const [first, second] of before)
    if ((spans.get(first)?.end ?? Infinity) > (spans.get(second)?.start ?? -Infinity))
      throw new Error(`operation ${second} starts before ${first} has ended`);
  mustNotOverlap([...spans].map(([name, span]) => ({ name, on: String(span.machine), ...span })));
  return Math.max(0, ...[...spans.values()].map(({ end }) => end));
}

export interface Span {
  readonly name: number;
  readonly on: string;
  readonly start: number;
  readonly end: number;
}

/** Nothing stands on one thing at the same time as something else; throws with the first two that do. */
export function mustNotOverlap(spans: readonly Span[]): void {
  const sorted = spans
    .filter(({ start, end }) => start < end)
    .toSorted((a, b) => a.on.localeCompare(b.on) || a.start - b.start || a.end - b.end);
  for (const [k, span] of sorted.entries()) {
    const next = sorted[k + 1];
    if (next?.on === span.on && next.start < span.end)
      throw new Error(`${span.name} and ${next.name} overlap on ${span.on}`);
  }
}
