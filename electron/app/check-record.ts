import { randomUUID } from 'node:crypto';
import type { RecordCheck } from '#shared/contract/session.ts';
import type { Caller } from '#shared/contract/calls.ts';
import type { Fact } from '#shared/contract/facts.ts';
import type { Station } from './station.ts';

/**
 * Checks the whole record: pages, chain, and every row against its seal. What was found stands in the ledger and is shown;
 * where the record is not whole everybody is told, and nobody signs until a later check finds it so (HC-04).
 */
export async function checkRecord(
  station: Station,
  why: 'start' | 'daily' | 'asked',
  caller: Pick<Caller, 'user' | 'origin' | 'by'>,
): Promise<RecordCheck> {
  const { ok, entries, head, problem } = await station.store.verify();
  const check = { ok, entries, head, problem, at: station.now };
  station.record = check;
  const noted = station.command(
    { ...caller, key: `verify ${randomUUID()}` },
    'ledger.verify',
    async (write) => {
      await write.log({
        entity: 'ledger',
        entityId: 'verification',
        field: null,
        old: null,
        new: { why, ok, entries, head, problem },
        reason: null,
      });
      return { detail: null, facts: () => [CHECKED, ...(ok ? [] : [alarm(problem ?? '')])] };
    },
  );
  // What is damaged may take no entry either: that it is damaged is told all the same.
  if (ok) await noted;
  else await noted.catch(() => [CHECKED, alarm(problem ?? '')].forEach((fact) => station.tell(fact)));
  return check;
}

const CHECKED: Fact = { kind: 'record.changed' };

const alarm = (problem: string): Fact =>
  ({
    kind: 'notice',
    level: 'error',
    text: `The record is damaged: ${problem} Nobody can sign until it is whole.`,
  }) as const;
