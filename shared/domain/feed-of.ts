import type { ErpFeed, Feed } from './feed.ts';

/** Which connection an id of the plant belongs to, if any. */
export const feedOf = <Known extends Pick<Feed, 'name'>>(
  feeds: readonly Known[],
  id: string,
): Known | undefined => feeds.find((feed) => id.startsWith(`${feed.name}:`));

/** Which connection that is read an order or a resource came from, if any. */
export const readFrom = (feeds: readonly Feed[], id: string): ErpFeed | undefined =>
  feedOf(feeds.filter(isRead), id);

/** Is it asked what it has, or only told? */
export const isRead = (feed: Feed): feed is ErpFeed => feed.kind !== 'messages';

export const isTold = (feed: Feed): boolean => !isRead(feed) || feed.tells;

/** Is this another ERP or receiver under the same name? Another user may be shown another company. */
export const isElsewhere = (before: Feed, now: Feed): boolean =>
  before.address !== now.address ||
  (isRead(before) && isRead(now) && (before.database !== now.database || before.user !== now.user));
