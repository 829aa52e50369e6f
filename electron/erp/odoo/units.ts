import type { Instant } from '#shared/time/instant.ts';
import { type Row, linkIn, numberIn, textIn } from '#electron/erp/rows.ts';
import { type Scope, keep } from '#electron/erp/scope.ts';
import { OWN_MARK } from './mark.ts';
import { idOf, timeIn } from './scope.ts';

export const CENTRE_FIELDS = [
  'name',
  'code',
  'alternative_workcenter_ids',
  'time_start',
  'time_stop',
  'time_efficiency',
  'capacity',
  'default_capacity',
  'resource_calendar_id',
  'resource_id',
  'company_id',
  'write_date',
];
export const CAPACITY_FIELDS = [
  'workcenter_id',
  'product_id',
  'product_uom_id',
  'capacity',
  'time_start',
  'time_stop',
  'write_date',
];
export const LOSS_FIELDS = [
  'workcenter_id',
  'workorder_id',
  'loss_id',
  'loss_type',
  'date_start',
  'date_end',
  'description',
  'write_date',
];

/** Work centres are the work units; the companies that they belong to are the sites. */
export function decodeUnits(scope: Scope, centres: readonly Row[], companies: readonly Row[]): void {
  const siteOf = (id: number) => `${scope.name}:company${id}`;
  for (const company of companies) {
    keep(
      scope,
      'equipment',
      { model: 'res.company', id: company.id },
      { id: siteOf(company.id), name: textIn(company, 'name') ?? '', level: 'Site', classes: [], tests: [] },
    );
  }
  for (const centre of centres) {
    const [calendar, company] = [linkIn(centre, 'resource_calendar_id'), linkIn(centre, 'company_id')];
    keep(
      scope,
      'equipment',
      { model: 'mrp.workcenter', id: centre.id },
      {
        id: idOf(scope, 'WC', centre.id),
        name: textIn(centre, 'name') ?? '',
        level: 'WorkCell',
        classes: [],
        tests: [],
        ...(calendar !== undefined && { calendar: idOf(scope, 'C', calendar) }),
        ...(company !== undefined && { parent: siteOf(company) }),
      },
    );
  }
}

/** Is a time log a loss that stopped the work centre, rather than work on an order? */
const isStop = (row: Row): boolean =>
  linkIn(row, 'workorder_id') === undefined &&
  ['availability', 'quality'].includes(textIn(row, 'loss_type') ?? '') &&
  !(textIn(row, 'description') ?? '').startsWith(OWN_MARK);

/** Productivity losses and the leaves of single work centres are downtimes; what was told from here is left out. */
export function decodeDowntimes(
  scope: Scope,
  logs: readonly Row[],
  reasons: ReadonlyMap<number, string>,
  leaves: readonly Row[],
  centres: readonly Row[],
): void {
  for (const log of logs.filter(isStop)) {
    const centre = linkIn(log, 'workcenter_id');
    const start = timeIn(log, 'date_start');
    if (centre === undefined || start === undefined) continue;
    keep(
      scope,
      'downtimes',
      { model: 'mrp.workcenter.productivity', id: log.id },
      {
        id: idOf(scope, 'DT', log.id),
        equipment: idOf(scope, 'WC', centre),
        start,
        ...endOf(timeIn(log, 'date_end'), start),
        reason: textIn(log, 'description') ?? reasons.get(linkIn(log, 'loss_id') ?? 0) ?? '',
        planned: false,
      },
    );
  }
  const byResource = new Map(centres.map((centre) => [linkIn(centre, 'resource_id'), centre.id]));
  for (const leave of leaves) {
    const centre = byResource.get(linkIn(leave, 'resource_id'));
    const start = timeIn(leave, 'date_from');
    if (linkIn(leave, 'resource_id') === undefined || textIn(leave, 'time_type') === 'other') continue;
    if (centre === undefined || start === undefined) continue;
    keep(
      scope,
      'downtimes',
      { model: 'resource.calendar.leaves', id: leave.id },
      {
        id: idOf(scope, 'LV', leave.id),
        equipment: idOf(scope, 'WC', centre),
        start,
        ...endOf(timeIn(leave, 'date_to'), start),
        reason: textIn(leave, 'name') ?? 'Leave',
        planned: true,
      },
    );
  }
}

const endOf = (end: Instant | undefined, start: Instant) =>
  end === undefined ? {} : { end: Math.max(start, end) };

/** What a work centre needs around an operation, and how much of a product it makes in one cycle. */
export interface CentreTimes {
  /** Minutes. */
  readonly setup: number;
  readonly cleanup: number;
  /** 1 is as planned, 2 is twice as fast. */
  readonly efficiency: number;
  readonly capacity: number;
}

/** The times of a work centre for a product: its own line of the capacity table, that of any product, or the standard. */
export function centreTimes(
  centre: Row,
  capacities: readonly Row[],
  product: number | undefined,
): CentreTimes {
  const own = capacities.filter((row) => linkIn(row, 'workcenter_id') === centre.id);
  const line =
    own.find((row) => product !== undefined && linkIn(row, 'product_id') === product) ??
    own.find((row) => linkIn(row, 'product_id') === undefined);
  const standard = numberIn(centre, 'default_capacity') || numberIn(centre, 'capacity') || 1;
  return {
    setup: numberIn(line ?? centre, 'time_start'),
    cleanup: numberIn(line ?? centre, 'time_stop'),
    efficiency: (numberIn(centre, 'time_efficiency') || 100) / 100,
    capacity: (line && numberIn(line, 'capacity')) || standard,
  };
}
