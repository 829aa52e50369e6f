import { groupBy, indexBy } from '#shared/base/group.ts';
import { HOUR, type Instant, type Seconds } from '#shared/time/instant.ts';
import { type Row, linkIn, numberIn } from '#electron/erp/rows.ts';
import { changedAt, timeIn } from './scope.ts';

export const LEAD_TIME_FIELDS = ['product', 'bom', 'routing', 'lead_time', 'sequence'];
export const CYCLE_FIELDS = ['work', 'duration', 'create_date', 'write_date'];

/** What the past says about how long operations take. */
export interface Past {
  /** Cycles that are done. */
  readonly cycles: readonly Row[];
  /** Their works. */
  readonly works: readonly Row[];
  /** Their productions. */
  readonly orders: readonly Row[];
  readonly leadTimes: readonly Row[];
}

export interface RunTime {
  readonly fixed: Seconds;
  readonly perUnit: number;
  /** How it was estimated, in words. */
  readonly by: string;
}

/** So many past works of an operation are looked at, */
export const WINDOW = 100;
/** and so many of them, the latest, say how long it takes. */
const LATEST = 20;

/**
 * How long an operation takes, which Tryton does not know: as its past cycles on the same product did, or on any; else its
 * share of the product's lead time; else an hour. Only what was past when the order was made counts: an estimate that
 * moved with every finished cycle would be a change of planned work each time.
 */
export function runTimes(past: Past): (order: Row, work: Row, works: number) => RunTime {
  const works = indexBy(past.works, ({ id }) => id);
  const orders = indexBy(past.orders, ({ id }) => id);
  const known = [...groupBy(past.cycles, (cycle) => linkIn(cycle, 'work'))].flatMap(([id, cycles]) => {
    const work = works.get(id ?? 0);
    const order = orders.get((work && linkIn(work, 'production')) ?? 0);
    const quantity = order ? numberIn(order, 'quantity') : 0;
    return work && order && quantity > 0 ? { work, order, quantity, ...sumOf(cycles) } : [];
  });
  const byOperation = groupBy(
    known.sort((a, b) => b.at - a.at),
    ({ work }) => linkIn(work, 'operation'),
  );
  return (order, work, share) => {
    const made = timeIn(order, 'create_date') ?? 0;
    const known = byOperation.get(linkIn(work, 'operation')) ?? [];
    const before = known.filter(({ at }) => at < made).slice(0, WINDOW);
    const alike = before.filter((one) => linkIn(one.order, 'product') === linkIn(order, 'product'));
    const latest = (alike.length > 0 ? alike : before).slice(0, LATEST);
    if (latest.length > 0) {
      const sum = (of: (one: (typeof latest)[number]) => number) =>
        latest.reduce((total, one) => total + of(one), 0);
      return {
        fixed: 0,
        perUnit: sum(({ seconds }) => seconds) / sum(({ quantity }) => quantity),
        by: 'from its past cycles',
      };
    }
    const lead = leadTimeOf(order, past.leadTimes);
    return lead > 0
      ? { fixed: Math.round(lead / share), perUnit: 0, by: "as its share of the product's lead time" }
      : { fixed: HOUR, perUnit: 0, by: 'as an hour, for there are neither past cycles nor a lead time' };
  };
}

/** How long cycles took together, and when the last of them was over. */
const sumOf = (cycles: readonly Row[]): { seconds: Seconds; at: Instant } => ({
  seconds: cycles.reduce((sum, cycle) => sum + numberIn(cycle, 'duration'), 0),
  at: Math.max(...cycles.map(changedAt)),
});

/** The first line that fits, as Tryton takes it. */
function leadTimeOf(order: Row, lines: readonly Row[]): Seconds {
  const fits = (line: Row, field: string): boolean => {
    const asked = linkIn(line, field);
    return asked === undefined || asked === linkIn(order, field);
  };
  const line = lines
    .filter((one) => linkIn(one, 'product') === linkIn(order, 'product'))
    .toSorted((a, b) => numberIn(a, 'sequence') - numberIn(b, 'sequence') || a.id - b.id)
    .find((one) => fits(one, 'bom') && fits(one, 'routing'));
  return line ? numberIn(line, 'lead_time') : 0;
}
