import type { Ask, CallName, Reply, calls } from '#shared/contract/calls.ts';
import type { Fact } from '#shared/contract/facts.ts';
import type { Message, Request } from '#shared/contract/wire.ts';
import type { Channel, ChannelEvents } from './channel.ts';

export type Connection = 'connecting' | 'open' | 'lost';

/** A call that the station could not answer, in its own words. */
export class StationError extends Error {
  override readonly name = 'StationError';
}

type CommandName = {
  [Name in CallName]: (typeof calls)[Name]['kind'] extends 'command' ? Name : never;
}[CallName];

/** Said again here, checked by the compiler: importing the contract's schemas would cost the first screen 40 kB. */
const COMMANDS: Record<CommandName, true> = {
  'plant.openDemo': true,
  'import.files': true,
  'mapping.save': true,
  'copy.note': true,
  'task.comment': true,
  'report.withdraw': true,
  'report.correct': true,
  'draft.move': true,
  'draft.keepAfter': true,
  'draft.unplace': true,
  'draft.split': true,
  'draft.remaining': true,
  'draft.join': true,
  'draft.pin': true,
  'draft.undo': true,
  'draft.redo': true,
  'solve.start': true,
  'solve.cancel': true,
  'solve.take': true,
  'proposal.accept': true,
  'repair.choose': true,
  'case.decide': true,
  'case.wait': true,
  'handover.record': true,
  'proposal.reject': true,
  'remedy.try': true,
  'scenario.branch': true,
  'scenario.open': true,
  'scenario.rename': true,
  'scenario.remove': true,
  'scenario.promote': true,
  'version.publish': true,
  'queue.dispatch': true,
  'queue.recall': true,
  'feed.save': true,
  'feed.remove': true,
  'job.command': true,
  'job.withdraw': true,
  'link.remove': true,
  'link.save': true,
  'outbox.resend': true,
  'outbox.drop': true,
  'difference.accept': true,
  'settings.freshness': true,
  'session.login': true,
  'session.unlock': true,
  'session.lock': true,
  'session.logout': true,
  'session.password': true,
  'user.add': true,
  'user.change': true,
  'user.password': true,
  'policy.save': true,
  'access.review': true,
  'ledger.review': true,
  'line.serve': true,
  'device.offer': true,
  'device.revoke': true,
  'badge.save': true,
};

export interface Client {
  /**
   * Asks the station. While the connection is lost the call waits and is sent again with the same key, so a command
   * takes effect once. Rejects with a `StationError` when the station cannot answer; a refusal is an ordinary reply.
   */
  readonly call: <Name extends CallName>(
    name: Name,
    ask: Ask<Name>,
    options?: { readonly key?: string },
  ) => Promise<Reply<Name>>;
  /** Hears every fact; returns how to stop. */
  readonly facts: (listener: (fact: Fact) => void) => () => void;
  readonly connection: () => Connection;
  /** Hears every change of `connection()`; returns how to stop. */
  readonly onConnection: (listener: (connection: Connection) => void) => () => void;
  /** Tries now instead of after the pause. */
  readonly retry: () => void;
}

export interface ClientOptions {
  readonly open: (events: ChannelEvents) => Channel;
  readonly newKey: () => string;
  /** Runs `work` after so many milliseconds; returns how to call it off. */
  readonly later: (work: () => void, millis: number) => () => void;
}

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5000;

interface Waiting {
  readonly request: Request;
  readonly resolve: (reply: unknown) => void;
  readonly reject: (error: Error) => void;
}

export function createClient({ open, newKey, later }: ClientOptions): Client {
  const waiting = new Map<number, Waiting>();
  const factListeners = new Set<(fact: Fact) => void>();
  const connectionListeners = new Set<(connection: Connection) => void>();
  let connection: Connection = 'connecting';
  let lastId = 0;
  let failures = 0;
  let callOff: (() => void) | null = null;
  let channel = connect();

  function turn(next: Connection): void {
    if (next === connection) return;
    connection = next;
    for (const listener of connectionListeners) listener(next);
  }

  function connect(): Channel {
    return open({
      opened() {
        failures = 0;
        callOff?.();
        turn('open');
        for (const { request } of waiting.values()) channel.send(request);
      },
      heard,
      broke() {
        turn('lost');
        callOff?.();
        callOff = later(reconnect, Math.min(FIRST_PAUSE * 2 ** failures, LONGEST_PAUSE));
        failures += 1;
      },
    });
  }

  function reconnect(): void {
    callOff?.();
    channel = connect();
  }

  function heard(message: Message): void {
    if ('fact' in message) {
      for (const listener of factListeners) listener(message.fact);
      return;
    }
    const call = waiting.get(message.id);
    if (!call) return;
    waiting.delete(message.id);
    if ('error' in message) call.reject(new StationError(message.error));
    else call.resolve(message.reply);
  }

  return {
    call: (name, ask, options) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        const key = options?.key ?? (Object.hasOwn(COMMANDS, name) ? newKey() : undefined);
        const request: Request = { id: lastId, call: name, ask, ...(key === undefined ? {} : { key }) };
        waiting.set(lastId, { request, resolve: resolve as (reply: unknown) => void, reject });
        if (connection === 'open') channel.send(request);
      }),
    facts(listener) {
      factListeners.add(listener);
      return () => factListeners.delete(listener);
    },
    connection: () => connection,
    onConnection(listener) {
      connectionListeners.add(listener);
      return () => connectionListeners.delete(listener);
    },
    retry() {
      if (connection === 'lost') reconnect();
    },
  };
}
