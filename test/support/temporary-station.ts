import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Running, openStation } from '#electron/station/running.ts';
import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { Fact, FactKind } from '#shared/contract/facts.ts';

/** A real station on a database of its own, with a clock that the story sets. */
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

/** With a clock that goes on from there, or that stands still until it is set: a slow machine is no later in it. */
export async function temporaryStation(
  at: string,
  { data, stands = false }: { data?: string; stands?: boolean } = {},
): Promise<TemporaryStation> {
  const dir = data ?? (await mkdtemp(join(tmpdir(), 'shiftwright-')));
  const machine = stands ? () => 0 : Date.now;
  let offset = Date.parse(at) - machine();
  const running = await openStation({ data: dir, clock: () => machine() + offset });
  const facts: Fact[] = [];
  running.station.onFact((fact) => facts.push(fact));
  return {
    ...running,
    data: dir,
    facts,
    setClock: (millis) => void (offset = millis - machine()),
    next: (kind) =>
      new Promise((resolve) => {
        const stop = running.station.onFact((fact) => {
          if (fact.kind !== kind) return;
          stop();
          resolve(fact as Extract<Fact, { kind: typeof kind }>);
        });
      }),
    reopened: async () => {
      const now = running.station.clock();
      await running.close();
      return temporaryStation(new Date(now).toISOString(), { data: dir, stands });
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

/** `done`, or what speaks against it: its code and text. */
export async function answerOf(outcome: Promise<Outcome>): Promise<string> {
  const answer = await outcome;
  return answer.ok ? 'done' : `${answer.refusal.code}: ${answer.refusal.text}`;
}
