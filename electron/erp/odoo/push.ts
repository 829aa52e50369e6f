import { assertNever } from '#shared/base/must.ts';
import type { NotKept, Outbound } from '#shared/domain/outbound.ts';
import type { PushAnswer } from '#electron/erp/connector.ts';
import { answerOf } from '#electron/erp/stored.ts';
import type { OdooClient } from './client.ts';
import { pushDowntime } from './push-downtime.ts';
import { pushMaintained, pushMaintenance } from './push-maintenance.ts';
import { pushPlanned } from './push-planned.ts';
import { pushProgress } from './push-progress.ts';
import { odooIdOf } from './scope.ts';

/**
 * Makes Odoo agree with a message. Every part looks first what stands there and writes only what differs, rows that it
 * makes carry a mark by which they are found again: a message that is repeated has no second effect.
 */
export const push = (open: () => Promise<OdooClient>, name: string, message: Outbound): Promise<PushAnswer> =>
  answerOf(open().then((client) => pushed(client, name, message)));

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
