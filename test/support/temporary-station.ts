import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Running, openStation } from '#electron/station/running.ts';
import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { Fact, FactKind } from '#shared/contract/facts.ts';

/** A real station on a database of its own, with a clock that stands still until the story sets it: a slow machine is no later in it. */
export interface TemporaryStation extends Running {
  readonly data: string;
  readonly facts: readonly Fact[];
  /** Milliseconds since 1970, as the station sees it from now on. */
  readonly setClock: (millis: number) => void;
  readonly next: <Kind extends FactKind>(kind: Kind) => Promise<Extract<Fact, { kind: Kind }>>;
  /** Closes it and opens the same database anew, as after a restart. */
  readonly reopened: () => Promise<TemporaryStation>;
  readonly remove: () => Promise<void>;
}

export async function temporaryStation(at: string, data?: string): Promise<TemporaryStation> {
  const dir = data ?? (await mkdtemp(join(tmpdir(), 'shiftwright-')));
  let now = Date.parse(at);
  const running = await openStation({ data: dir, clock: () => now });
  const facts: Fact[] = [];
  running.station.onFact((fact) => facts.push(fact));
  return {
    ...running,
    data: dir,
    facts,
    setClock: (millis) => void (now = millis),
    next: (kind) =>
      new Promise((resolve) => {
        const stop = running.station.onFact((fact) => {
          if (fact.kind !== kind) return;
          stop();
          resolve(fact as Extract<Fact, { kind: typeof kind }>);
        });
      }),
    reopened: async () => {
      await running.close();
      return temporaryStation(new Date(now).toISOString(), dir);
    },
    remove: async () => {
      await running.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A planner at the window, with a fresh key for every intention. */
export const planner = (): Caller => ({ user: 'planner', origin: 'window', key: `test ${randomUUID()}` });

/** The detail of a command that had to be accepted. */
export function done<Detail>(outcome: Outcome<Detail>): Detail {
  if (!outcome.ok)
    throw new Error(`${outcome.refusal.code} ${outcome.refusal.object}: ${outcome.refusal.text}`);
  return outcome.detail;
}
