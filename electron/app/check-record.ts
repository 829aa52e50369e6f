import { randomUUID } from 'node:crypto';
import type { Store } from '#electron/store/store.ts';
import type { RecordCheck } from '#shared/contract/session.ts';
import type { Caller } from '#shared/contract/calls.ts';
import type { Fact } from '#shared/contract/facts.ts';
import { anchorProblem } from './anchors.ts';
import type { Station } from './station.ts';

/**
 * Checks the whole record: pages, chain, every row against its seal, and how far it was when it was anchored. What was found
 * stands in the ledger and is shown; where the record is not whole everybody is told, and nobody signs until a later check
 * finds it so (HC-04).
 */
export async function checkRecord(
  station: Station,
  why: 'start' | 'daily' | 'asked',
  caller: Pick<Caller, 'user' | 'origin' | 'by'>,
): Promise<RecordCheck> {
  const { entries, head, problem } = await verifyRecord(station);
  const ok = problem === null;
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
      return { detail: null, facts: () => [CHECKED, ...(ok ? [] : [alarm(problem)])] };
    },
  );
  // What is damaged may take no entry either: that it is damaged is told all the same.
  if (ok) await noted;
  else await noted.catch(() => [CHECKED, alarm(problem)].forEach((fact) => station.tell(fact)));
  return check;
}

/** The record by itself, and against what was noted of it elsewhere. */
export async function verifyRecord(station: Station): ReturnType<Store['verify']> {
  const found = await station.store.verify();
  const problem = found.problem ?? (await anchorProblem(station));
  return { ...found, ok: problem === null, problem };
}

const CHECKED: Fact = { kind: 'record.changed' };

const alarm = (problem: string): Fact =>
  ({
    kind: 'notice',
    level: 'error',
    text: `The record is damaged: ${problem} Nobody can sign until it is whole.`,
  }) as const;
