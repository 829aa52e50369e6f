import { assertNever } from '#shared/base/must.ts';
import type { NotKept, Outbound } from '#shared/domain/outbound.ts';
import type { PushAnswer } from '#electron/erp/connector.ts';
import { ErpFailure } from '#electron/erp/failure.ts';
import { answerOf } from '#electron/erp/stored.ts';
import type { TrytonClient } from './client.ts';
import { pushPlanned } from './push-planned.ts';
import { pushProgress } from './push-progress.ts';

/**
 * Makes Tryton agree with a message. Every part looks first what stands there and writes or presses only what differs: a
 * message that is repeated has no second effect.
 */
export const push = (
  open: () => Promise<TrytonClient>,
  name: string,
  message: Outbound,
): Promise<PushAnswer> => answerOf(open().then((client) => pushed(client, name, message)));

async function pushed(client: TrytonClient, name: string, message: Outbound): Promise<readonly NotKept[]> {
  switch (message.kind) {
    case 'planned':
      return pushPlanned(client, name, message);
    case 'progress':
      return pushProgress(client, name, message);
    case 'downtime':
      throw new ErpFailure('Tryton has no place for downtimes.', false);
    default:
      return assertNever(message);
  }
}
