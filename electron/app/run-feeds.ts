import { isDeepStrictEqual } from 'node:util';
import type { Connector } from '#electron/erp/connector.ts';
import { connectorOf } from '#electron/erp/connectors.ts';
import { assertNever } from '#shared/base/must.ts';
import type { Feed } from '#shared/domain/feed.ts';
import type { Outbound } from '#shared/domain/outbound.ts';
import { exchange, stateOf } from './feed-state.ts';
import { aboutOf } from './feed-views.ts';
import { type PullReport, pullFeed } from './pull-feed.ts';
import { type Sender, openSender } from './send-outbox.ts';
import type { Station } from './station.ts';
import type { Workspace } from './workspace.ts';

export interface RunningFeeds {
  /** Pulls everything from a connection now, rather than what changed when its time comes. */
  readonly reconcile: (name: string) => Promise<PullReport>;
  /** Resolves when what has begun is done. */
  readonly stop: () => Promise<void>;
}

/** The outbox is looked at so often, in milliseconds, when nothing says when. */
const LOOK = 1000;

interface Line {
  readonly feed: Feed;
  /** A new password makes a new line. */
  readonly secret: string;
  readonly connector: Connector;
  readonly sender: Sender;
}

/** Keeps the connections of a station going: each is pulled at its pace and told what waits for it, until it is stopped. */
export function runFeeds(station: Station): RunningFeeds {
  const lines = new Map<string, Line>();
  const stopping = new AbortController();
  const { signal } = stopping;

  const lineOf = async (feed: Feed): Promise<Line> => {
    const secret = await station.secrets.get(feed.name);
    if (secret === null)
      throw new Error(`No password is kept for the connection “${feed.name}”.\nMaybe enter it again.`);
    const known = lines.get(feed.name);
    if (known?.secret === secret && isDeepStrictEqual(known.feed, feed)) return known;
    const connector = connectorOf(feed, secret, station.clock);
    const told: Pick<Connector, 'push'> = {
      push: (message) =>
        exchange(
          station,
          feed.name,
          said(station.workspace, message),
          () => connector.push(message),
          (answer) => ({
            ok: answer.kind === 'kept',
            text: answer.kind === 'kept' ? 'Kept.' : 'reason' in answer ? answer.reason : 'Not kept as told.',
          }),
        ),
    };
    const line = { feed, secret, connector, sender: openSender(station, feed.name, told) };
    lines.set(feed.name, line);
    return line;
  };
  const pull = async (feed: Feed, all: boolean): Promise<PullReport> => {
    const { connector } = await lineOf(feed);
    return pullFeed(station, feed, connector, { all });
  };

  const pulling = loop(signal, async () => {
    for (const feed of station.workspace.feeds) {
      const { pulled, tried } = stateOf(station, feed.name);
      const since = Math.max(pulled ?? 0, tried ?? 0);
      if (station.now - since < feed.every) continue;
      stateOf(station, feed.name).tried = station.now;
      await pull(feed, false).catch((error: unknown) => {
        stateOf(station, feed.name).failure = error instanceof Error ? error.message : String(error);
      });
    }
    return LOOK;
  });
  const sending = loop(signal, async () => {
    let soonest = LOOK;
    for (const feed of station.workspace.feeds.filter(({ tells }) => tells)) {
      const line = await lineOf(feed).catch(() => null); // the pull says so
      const wait = await line?.sender.step();
      soonest = Math.min(soonest, wait ?? LOOK);
    }
    return soonest;
  });
  return {
    reconcile: (name) => {
      const feed = station.workspace.feeds.find((one) => one.name === name);
      return feed ? pull(feed, true) : Promise.reject(new Error(`There is no connection “${name}”.`));
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([pulling, sending]);
    },
  };
}

/** Works, waits as long as the work says, and works again. A failure of the work itself is no reason to stop. */
async function loop(signal: AbortSignal, work: () => Promise<number>): Promise<void> {
  while (!signal.aborted) {
    const wait = await work().catch(() => LOOK);
    if (wait > 0) await pause(Math.min(wait, LOOK), signal);
  }
}

const pause = (millis: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(done, millis);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });

function said(workspace: Workspace, message: Outbound): string {
  const about = aboutOf(workspace, message);
  switch (message.kind) {
    case 'planned':
      return `tell the place of ${about}`;
    case 'progress':
      return `tell that ${about} is ${message.state}`;
    case 'downtime':
      return `tell that ${about} ${message.end === undefined ? 'is down' : 'was down'}`;
    default:
      return assertNever(message);
  }
}
