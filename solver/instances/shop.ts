import { ok, refused, type Result } from '#shared/base/result.ts';
import type { Place } from '#solver/jobshop/places.ts';
import { type Mode, type Shop, shopFrom } from '#solver/jobshop/shop.ts';
import { index, list, readAs, record, text } from './form.ts';

/** A job shop out of a file: `name` and the file's own numbers beside the shop in integers. */
export interface ShopInstance {
  readonly name: string;
  readonly shop: Shop;
  /** Of each operation of the shop: its number in the solution's file. */
  readonly operations: readonly number[];
  /** Of each machine of the shop: its number in the file. */
  readonly machines: readonly number[];
}

/** The job shop format of the ScheduleOpt collection: rows in the order of their jobs, which are chains. */
const jobshopFile = record({
  instance: text,
  data: list(record({ job: index, operation: index, machine: index, duration: index }), 1),
});

/** The flexible format of the ScheduleOpt collection: one row per option; the precedences form any acyclic graph. */
const flexibleFile = record({
  instance: text,
  operations: list(record({ operation: index, option: index, machine: index, duration: index }), 1),
  precedences: list(record({ before: index, after: index })),
});

/** In the solution an operation is known by the number of its row. */
export function shopFromJobshop(json: unknown): Result<ShopInstance, string> {
  const read = readAs(jobshopFile, json);
  if (!read.ok) return read;
  const { instance, data } = read.value;
  const last = new Map<number, { operation: number; row: number }>();
  const precedences: [number, number][] = [];
  for (const [row, { job, operation }] of data.entries()) {
    const before = last.get(job);
    if (before) {
      if (operation <= before.operation) {
        return refused(
          `data[${row}].operation: ${operation} of job ${job} comes after ${before.operation}.\nMaybe the rows are not in the order of the jobs.`,
        );
      }
      precedences.push([before.row, row]);
    }
    last.set(job, { operation, row });
  }
  return instanceFrom(
    instance,
    data.map((row, operation) => ({ ...row, operation })),
    precedences,
    'data',
  );
}

export function shopFromFlexible(json: unknown): Result<ShopInstance, string> {
  const read = readAs(flexibleFile, json);
  if (!read.ok) return read;
  const { instance, operations, precedences } = read.value;
  const known = new Set(operations.map(({ operation }) => operation));
  for (const [row, precedence] of precedences.entries()) {
    for (const side of ['before', 'after'] as const) {
      if (!known.has(precedence[side])) {
        return refused(`precedences[${row}].${side}: there is no operation ${precedence[side]}.`);
      }
    }
  }
  return instanceFrom(
    instance,
    operations,
    precedences.map(({ before, after }) => [before, after]),
    'operations',
  );
}

/** What the judges of the public sets read. */
export interface ShopSolution {
  readonly operations: readonly {
    readonly operation: number;
    readonly machine: number;
    readonly start: number;
  }[];
}

export const shopSolution = (instance: ShopInstance, places: readonly Place[]): ShopSolution => ({
  operations: places.map(({ machine, start }, o) => ({
    operation: instance.operations[o],
    machine: instance.machines[machine],
    start,
  })),
});

function instanceFrom(
  name: string,
  rows: readonly { operation: number; machine: number; duration: number }[],
  precedences: readonly (readonly [number, number])[],
  place: string,
): Result<ShopInstance, string> {
  const longest = rows.reduce((sum, { duration }) => sum + duration, 0);
  if (longest >= 2 ** 31) {
    return refused(`${place}: all durations together (${longest}) are more than ${2 ** 31 - 1}.`);
  }
  const operations = sortedNumbers(rows.map(({ operation }) => operation));
  const machines = sortedNumbers(rows.map(({ machine }) => machine));
  const operationOf = new Map(operations.map((number, o) => [number, o]));
  const machineOf = new Map(machines.map((number, m) => [number, m]));
  const modes: Mode[][] = operations.map(() => []);
  for (const { operation, machine, duration } of rows) {
    modes[operationOf.get(operation) ?? 0].push({ machine: machineOf.get(machine) ?? 0, duration });
  }
  const pairs = precedences.map(
    ([before, after]) => [operationOf.get(before) ?? 0, operationOf.get(after) ?? 0] as const,
  );
  const shop = shopFrom(modes, pairs, machines.length);
  if (shop === null) return refused(`precedences: the ${pairs.length} pairs run in a circle.`);
  return ok({ name, shop, operations, machines });
}

const sortedNumbers = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);
