import { isDeepStrictEqual } from 'node:util';
import type { Connector } from '#electron/erp/connector.ts';
import { connectorOf } from '#electron/erp/connectors.ts';
import { pause } from '#electron/erp/pause.ts';
import { assertNever } from '#shared/base/must.ts';
import { isRead, isTold } from '#shared/domain/feed-of.ts';
import type { ErpFeed, Feed } from '#shared/domain/feed.ts';
import type { Outbound } from '#shared/domain/outbound.ts';
import { exchange, stateOf } from './feed-state.ts';
import { type PullReport, pullFeed } from './pull-feed.ts';
import { type Sender, openSender } from './send-outbox.ts';
import type { Station } from './station.ts';
import { aboutOf } from './told-words.ts';
import type { Workspace } from './workspace.ts';

export interface RunningFeed {
  /** Pulls everything, as soon as what is under way is done; whoever asks before that gets the same. */
  readonly reconcile: () => Promise<PullReport>;
  readonly stop: () => void;
  /** Resolves when it has stopped, or when its connection has been removed. */
  readonly ended: Promise<void>;
}

/** The connection is looked at so often, in milliseconds, when nothing says when. */
const LOOK = 1000;

/** What speaks with a connection as it is. Another form of it, or another password, makes another. */
interface Line {
  readonly feed: Feed;
  readonly secret: string | null;
  readonly connector: Connector;
  readonly sender: Sender;
}

/** Keeps one connection going in one loop, so that never two pulls or two sendings of it meet: it is pulled at its pace and told what waits for it. */
export function runFeed(station: Station, name: string): RunningFeed {
  const stopping = new AbortController();
  const { signal } = stopping;
  let wake = (): void => {};
  let asked: Asked | null = null;
  let line: Line | null = null;

  /** One turn; how many milliseconds until the next, null when the connection is no more. */
  const turn = async (): Promise<number | null> => {
    // A password goes with the address that it was entered for.
    const { feed, secret } = await station.between(async () => ({
      feed: feedNow(station, name),
      secret: await station.secrets.get(name),
    }));
    if (!feed) return null;
    const isNew = !line || line.secret !== secret || !isDeepStrictEqual(line.feed, feed);
    if (!line || isNew) line = lineOf(station, feed, secret);
    if (isRead(feed)) {
      const { pulled, tried } = stateOf(station, name);
      const isDue = station.now - Math.max(pulled ?? 0, tried ?? 0) >= feed.every;
      const taken = asked;
      asked = null;
      if (taken || isDue || isNew) await pull(station, feed, line, taken);
      // What its ids mean nobody knows before it has been read.
      if ((await station.store.read.feedCursor(name)) === null) return LOOK;
    }
    if (!isTold(feed)) return LOOK;
    const state = stateOf(station, name);
    const wait = await line.sender.step();
    state.silence = line.sender.trouble();
    return wait ?? LOOK;
  };

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const wait = await turn().catch(() => LOOK); // a failure of the work is no reason to stop
      if (wait === null) break;
      if (wait > 0 && !asked) await pause(Math.min(wait, LOOK), signal, (now) => (wake = now));
    }
    asked?.fail(new Error(`The connection “${name}” is not running any more.`));
  };
  return {
    reconcile: () => {
      asked ??= askedNow();
      wake();
      return asked.report;
    },
    stop: () => stopping.abort(),
    ended: run(),
  };
}

/** Somebody waits for a pull of everything. */
interface Asked {
  readonly report: Promise<PullReport>;
  readonly give: (report: PullReport) => void;
  readonly fail: (why: unknown) => void;
}

function askedNow(): Asked {
  const { promise, resolve, reject } = Promise.withResolvers<PullReport>();
  return { report: promise, give: resolve, fail: reject };
}

async function pull(station: Station, feed: ErpFeed, line: Line, asked: Asked | null): Promise<void> {
  const state = stateOf(station, feed.name);
  state.tried = station.now;
  try {
    if (line.secret === null)
      throw new Error(`No password is kept for the connection “${feed.name}”.\nMaybe enter it again.`);
    const report = await pullFeed(station, feed, line.connector, { all: asked !== null });
    asked?.give(report);
  } catch (error) {
    state.failure = error instanceof Error ? error.message : String(error);
    asked?.fail(error);
  }
}

const feedNow = ({ workspace }: Station, name: string): Feed | undefined =>
  workspace.feeds.find((feed) => feed.name === name);

function lineOf(station: Station, feed: Feed, secret: string | null): Line {
  const connector = connectorOf(feed, secret ?? '', station.clock);
  const told: Pick<Connector, 'push' | 'look'> = {
    ...(connector.look && { look: connector.look }),
    push: async (message, key) => {
      const now = await station.between(async () => feedNow(station, feed.name));
      if (!isDeepStrictEqual(now, feed))
        throw new Error(`The connection “${feed.name}” was changed: this message may be meant for another.`);
      return exchange(
        station,
        feed.name,
        said(station.workspace, message),
        () => connector.push(message, key),
        (answer) => ({
          ok: answer.kind === 'kept',
          text: answer.kind === 'kept' ? 'Kept.' : 'reason' in answer ? answer.reason : 'Not kept as told.',
        }),
      );
    },
  };
  return { feed, secret, connector, sender: openSender(station, feed.name, told) };
}

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
