import { isRead } from '#shared/domain/feed-of.ts';
import type { PullReport } from './pull-feed.ts';
import { type RunningFeed, runFeed } from './run-feed.ts';
import type { Station } from './station.ts';

export interface RunningFeeds {
  /** Pulls everything from a connection now, rather than what changed when its time comes. */
  readonly reconcile: (name: string) => Promise<PullReport>;
  /** Resolves when what has begun is done. */
  readonly stop: () => Promise<void>;
}

/** Keeps the connections of a station going, each by itself: a silent one holds up no other. */
export function runFeeds(station: Station): RunningFeeds {
  const running = new Map<string, RunningFeed>();
  const ending = new Set<Promise<void>>();
  let isStopping = false;

  /** Begins with connections that are new. One ends by itself when its connection is removed. */
  const follow = (): void => {
    if (isStopping) return;
    for (const { name } of station.workspace.feeds) {
      if (running.has(name)) continue;
      const feed = runFeed(station, name);
      running.set(name, feed);
      const ended = feed.ended.finally(() => {
        running.delete(name);
        ending.delete(ended);
        follow(); // one of the same name may have come meanwhile
      });
      ending.add(ended);
    }
  };
  follow();
  const unhear = station.onFact(({ kind }) => {
    if (kind === 'feeds.changed') follow();
  });
  return {
    reconcile: async (name) => {
      const isKnown = station.workspace.feeds.some((feed) => feed.name === name && isRead(feed));
      const feed = isKnown ? running.get(name) : undefined;
      if (!feed) throw new Error(`There is no connection “${name}”.`);
      return feed.reconcile();
    },
    stop: async () => {
      isStopping = true;
      unhear();
      for (const feed of running.values()) feed.stop();
      await Promise.all(ending);
    },
  };
}
