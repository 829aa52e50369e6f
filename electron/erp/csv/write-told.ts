import { type CsvValue, csvFrom } from '#shared/base/csv.ts';
import type { Outbound } from '#shared/domain/outbound.ts';
import { type Instant, isoFromInstant } from '#shared/time/instant.ts';

const COLUMNS = [
  'message',
  'kind',
  'order',
  'step',
  'unit',
  'start',
  'end',
  'state',
  'good',
  'scrap',
  'rework',
  'reason',
  'consumed',
] as const;

type Row = Readonly<Record<string, CsvValue>>;

/** One message as a CSV file of one row; every message has all the columns, so that files can be joined. Times are UTC. */
export function toldRow(message: Outbound, key: string): string {
  const row: Row = { message: key, kind: message.kind, unit: message.unit, ...cellsOf(message) };
  return csvFrom([Object.fromEntries(COLUMNS.map((column) => [column, row[column] ?? null]))]);
}

function cellsOf(message: Outbound): Row {
  switch (message.kind) {
    case 'planned':
      return {
        order: message.order,
        step: message.step,
        start: isoFromInstant(message.start),
        end: isoFromInstant(message.end),
        state: `version ${message.version}`,
      };
    case 'progress':
      return {
        order: message.order,
        step: message.step,
        start: timeOf(message.stretches[0]?.start),
        end: timeOf(message.completed),
        state: message.state,
        good: message.good,
        scrap: message.scrap,
        rework: message.rework,
        consumed: message.consumed?.map(({ lot, quantity }) => `${lot}=${quantity}`).join('|') ?? null,
      };
    case 'downtime':
      return {
        start: isoFromInstant(message.start),
        end: timeOf(message.end),
        state: message.end === undefined ? 'down' : 'up',
        reason: message.reason,
      };
  }
}

const timeOf = (at: Instant | undefined): string | null => (at === undefined ? null : isoFromInstant(at));
