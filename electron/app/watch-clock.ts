import { randomUUID } from 'node:crypto';
import { formatSpan } from '#shared/time/format.ts';
import type { Station } from './station.ts';

/** A clock may be off by so many milliseconds between two looks: more was no drift. */
const JUMP = 5000;

/**
 * Holds the station's clock against one that nobody can set (TS-03). What jumped is told and stands in the ledger, whose
 * entries keep their order all the same. `steady` gives milliseconds from any origin.
 */
export function watchClock(
  station: Station,
  user: string,
  steady: () => number = () => performance.now(),
): { readonly look: () => Promise<void> } {
  let before = { clock: station.clock(), steady: steady() };
  return {
    look: async () => {
      const now = { clock: station.clock(), steady: steady() };
      const expected = before.clock + (now.steady - before.steady);
      before = now;
      const jump = Math.round((now.clock - expected) / 1000);
      if (Math.abs(now.clock - expected) <= JUMP) return;
      const text = `The clock of this machine went ${jump < 0 ? 'back' : 'forward'} by ${formatSpan(Math.abs(jump))}. ${jump < 0 ? 'Maybe it was set.' : 'Maybe it was set, or the machine slept.'} Entries keep their order.`;
      await station.command(
        { user, origin: 'station', key: `clock ${randomUUID()}` },
        'clock.jumped',
        async (write) => {
          await write.log({
            entity: 'station',
            entityId: 'clock',
            field: null,
            old: new Date(Math.round(expected)).toISOString(),
            new: new Date(now.clock).toISOString(),
            reason: text,
          });
          return { detail: null, facts: () => [{ kind: 'notice', level: 'warn', text }] };
        },
      );
    },
  };
}
