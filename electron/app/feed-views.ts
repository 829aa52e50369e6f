import type { FeedView } from '#shared/contract/views.ts';
import { ageOf, stateOf } from './feed-state.ts';
import type { Station } from './station.ts';

/** So many of the last messages are shown. */
const MESSAGES = 100;

/** Every connection with its age, its outbox and its last exchanges. Its secret stays where it is. */
export function feedViews(station: Station): Promise<FeedView[]> {
  return Promise.all(
    station.workspace.feeds.map(async (feed) => {
      const { failure, exchanges } = stateOf(station, feed.name);
      const { entries, ...counts } = await station.store.read.outbox(feed.name, MESSAGES);
      const hasSecret = (await station.secrets.get(feed.name)) !== null;
      return { ...ageOf(station, feed), feed, hasSecret, failure, exchanges, messages: entries, ...counts };
    }),
  );
}
