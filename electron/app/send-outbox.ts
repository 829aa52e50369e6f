import type { Connector, PushAnswer } from '#electron/erp/connector.ts';
import { ErpFailure } from '#electron/erp/failure.ts';
import { isRead } from '#shared/domain/feed-of.ts';
import type { FeedRule } from '#shared/domain/feed.ts';
import type { OutboxEntry, Settlement } from '#shared/domain/outbox.ts';
import { isoFromInstant } from '#shared/time/instant.ts';
import { changedOnBothSides } from './changed-there.ts';
import type { Station } from './station.ts';

export interface Patience {
  /** Milliseconds until the second try; doubled from try to try. */
  readonly first: number;
  readonly most: number;
  /** So many failures one after the other, of whatever message, and nothing is sent until a pause is over. */
  readonly breaksAfter: number;
  readonly breaksFor: number;
  /** A message that was tried so often while others went through is set aside. */
  readonly mostTries: number;
}

export const PATIENCE: Patience = {
  first: 1000,
  most: 300_000,
  breaksAfter: 5,
  breaksFor: 60_000,
  mostTries: 20,
};

export interface Sender {
  /** Sends the next message that may go; how many milliseconds until there may be another, null while nothing waits. */
  readonly step: () => Promise<number | null>;
  /** Why nothing is sent at the moment, or null. */
  readonly trouble: () => string | null;
}

/** What an answer settles for good. */
type Settled = Exclude<PushAnswer, { kind: 'later' | 'kept' }> | Extract<Settlement, { kind: 'kept' }>;

interface Failing {
  /** The message at the head of the lane. */
  readonly seq: number;
  readonly tries: number;
  /** By the station's clock. */
  readonly until: number;
}

/**
 * Empties the outbox of one connection. Messages of a lane go in their order and one at a time; one that fails holds up its
 * lane, one that the ERP refuses for good is set aside with its reason. What became of a message is written after the ERP
 * has answered: a crash in between sends it again, which has no second effect there (see Connector.push).
 */
export function openSender(
  station: Station,
  feed: string,
  connector: Pick<Connector, 'push' | 'look'>,
  patience: Patience = PATIENCE,
): Sender {
  const failing = new Map<string, Failing>();
  let inARow = 0;
  let pausedUntil = 0;
  let trouble: string | null = null;

  const step = async (): Promise<number | null> => {
    const now = station.clock();
    if (now < pausedUntil) return pausedUntil - now;
    const heldUp = [...failing].filter(([, { until }]) => until > now);
    const lanes = heldUp.map(([lane]) => lane);
    const [next] = await station.store.read.waiting(feed, 1, lanes);
    if (!next) return heldUp.length === 0 ? null : Math.min(...heldUp.map(([, { until }]) => until)) - now;
    const answer = await sent(next);
    const settlement = answer.kind === 'later' ? tryLater(next, answer.reason) : answer;
    if (settlement) {
      await settle(station, next, settlement);
      failing.delete(next.lane);
    }
    return 0;
  };

  /** What somebody has changed there meanwhile is written over only by the rule of the connection, and told. */
  const sent = async (next: OutboxEntry): Promise<PushAnswer | Settled> => {
    try {
      const { look } = connector;
      const over = look ? await changedOnBothSides(station.store.read, look, next) : [];
      if (over.length > 0 && ruleOf(station, feed) === 'ask') return { kind: 'notKept', differences: over };
      const answer = await connector.push(next.message, keyOf(next));
      return answer.kind === 'kept' && over.length > 0 ? { ...answer, over: [...over] } : answer;
    } catch (cause) {
      if (!(cause instanceof ErpFailure)) throw cause;
      return { kind: cause.again ? 'later' : 'refused', reason: cause.message };
    }
  };

  /** A message that alone does not go through is poison; while nothing goes through, the breaker opens. */
  const tryLater = ({ seq, lane }: OutboxEntry, reason: string): Settled | null => {
    const before = failing.get(lane);
    const tries = (before?.seq === seq ? before.tries : 0) + 1;
    inARow += 1;
    trouble = reason;
    const wait = Math.min(patience.most, patience.first * 2 ** Math.min(tries - 1, 20));
    failing.set(lane, { seq, tries, until: station.clock() + wait });
    if (inARow >= patience.breaksAfter) pausedUntil = station.clock() + patience.breaksFor;
    const othersGoThrough = inARow < tries;
    if (tries < patience.mostTries || !othersGoThrough) return null;
    return { kind: 'refused', reason: `Tried ${tries} times without an answer: ${reason}` };
  };

  return {
    trouble: () => trouble,
    step: async () => {
      const before = inARow;
      const wait = await step();
      if (wait === 0 && inARow === before) {
        inARow = 0;
        trouble = null;
      }
      return wait;
    },
  };
}

const ruleOf = ({ workspace }: Station, name: string): FeedRule => {
  const feed = workspace.feeds.find((one) => one.name === name);
  return feed && isRead(feed) ? feed.rules.told : 'ask';
};

/** By this the receiver of a message knows a second try of it. */
export const keyOf = ({ feed, seq, made }: OutboxEntry): string => `${feed} ${seq} ${isoFromInstant(made)}`;

/** Writes what became of a message, unless that has been decided while it was under way. */
async function settle(
  station: Station,
  { seq, feed, lane, message }: OutboxEntry,
  answer: Settled,
): Promise<void> {
  const settlement = asStored(answer);
  const caller = { user: feed, origin: 'station', key: `outbox ${seq} ${station.clock()}` } as const;
  await station.command(caller, 'outbox.settle', async (write) => {
    const now = await write.outboundBy(seq);
    const isOpen = now !== null && now.settlement === null;
    if (isOpen) await write.settleOutbound(seq, settlement);
    await write.log({
      entity: 'outbox',
      entityId: String(seq),
      field: message.kind,
      old: isOpen ? null : (now?.settlement?.kind ?? 'dropped'),
      new: isOpen ? { lane, ...settlement } : null,
      reason: isOpen ? (settlement.kind === 'refused' ? settlement.reason : null) : 'Answered too late.',
    });
    if (!isOpen) return { detail: null };
    // What needs somebody opens a case.
    return { detail: null, facts: () => [{ kind: 'feeds.changed' }] };
  });
}

const asStored = (settlement: Settled): Settlement =>
  settlement.kind === 'notKept'
    ? { kind: 'notKept', differences: [...settlement.differences] }
    : { ...settlement };
