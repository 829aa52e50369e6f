import { assertNever } from '#shared/base/must.ts';
import type { NotKept, Outbound } from '#shared/domain/outbound.ts';
import type { PushAnswer } from '#electron/erp/connector.ts';
import { answerOf, inWords } from '#electron/erp/stored.ts';
import type { OdooClient } from './client.ts';
import { pushDowntime } from './push-downtime.ts';
import { pushMaintained, pushMaintenance } from './push-maintenance.ts';
import { pushPlanned } from './push-planned.ts';
import { pushProgress } from './push-progress.ts';
import { idOf, odooIdOf } from './scope.ts';

/**
 * Makes Odoo agree with a message. Every part looks first what stands there and writes only what differs, rows that it
 * makes carry a mark by which they are found again: a message that is repeated has no second effect.
 */
export const push = (open: () => Promise<OdooClient>, name: string, message: Outbound): Promise<PushAnswer> =>
  answerOf(
    open()
      .then((client) => pushed(client, name, message))
      .then((differences) =>
        differences.map((one) => inWords(one, WORDS, (word, value) => valueOf(name, word, value))),
      ),
  );

function pushed(client: OdooClient, name: string, message: Outbound): Promise<readonly NotKept[]> {
  switch (message.kind) {
    case 'planned':
      return odooIdOf(name, 'MR', message.order) === null
        ? pushPlanned(client, name, message)
        : pushMaintenance(client, name, message);
    case 'progress':
      return odooIdOf(name, 'MR', message.order) === null
        ? pushProgress(client, name, message)
        : pushMaintained(client, name, message);
    case 'downtime':
      return pushDowntime(client, name, message);
    default:
      return assertNever(message);
  }
}

/** What the fields that are told are called here. */
const WORDS: Readonly<Record<string, string>> = {
  workcenter_id: 'unit',
  date_start: 'start',
  date_planned_start: 'start',
  schedule_date: 'start',
  date_finished: 'end',
  date_planned_finished: 'end',
  date_end: 'end',
  schedule_end: 'end',
  duration_expected: 'minutes of work',
  qty_produced: 'quantity',
};

/** Times are UTC without zone, links ids. */
function valueOf(name: string, word: string | undefined, value: string): string {
  if (word === 'unit') return /^\d+$/.test(value) ? idOf({ name }, 'WC', Number(value)) : value;
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value) ? `${value.replace(' ', 'T')}Z` : value;
}
