import { assertNever } from '#shared/base/must.ts';
import type { NotKept, Outbound } from '#shared/domain/outbound.ts';
import type { PushAnswer } from '#electron/erp/connector.ts';
import { ErpFailure } from '#electron/erp/failure.ts';
import { answerOf, inWords } from '#electron/erp/stored.ts';
import type { TrytonClient } from './client.ts';
import { pushPlanned } from './push-planned.ts';
import { pushProgress } from './push-progress.ts';
import { idOf } from './scope.ts';

/**
 * Makes Tryton agree with a message. Every part looks first what stands there and writes or presses only what differs: a
 * message that is repeated has no second effect.
 */
export const push = (
  open: () => Promise<TrytonClient>,
  name: string,
  message: Outbound,
): Promise<PushAnswer> =>
  answerOf(
    open()
      .then((client) => pushed(client, name, message))
      .then((differences) =>
        differences.map((one) => inWords(one, WORDS, (word, value) => valueOf(name, word, value))),
      ),
  );

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

/** What the fields that are told are called here. */
const WORDS: Readonly<Record<string, string>> = {
  work_center: 'unit',
  planned_start_date: 'start',
  planned_date: 'end',
  duration: 'seconds of work',
};

const valueOf = (name: string, word: string | undefined, value: string): string =>
  word === 'unit' && /^\d+$/.test(value) ? idOf({ name }, 'WC', Number(value)) : value;
