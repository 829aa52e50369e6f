import type { ErpFeed, Feed } from './feed.ts';

/** Which connection an id of the plant belongs to, if any. */
export const feedOf = <Known extends Pick<Feed, 'name'>>(
  feeds: readonly Known[],
  id: string,
): Known | undefined => feeds.find((feed) => id.startsWith(`${feed.name}:`));

/** Is it asked what it has, or only told? */
export const isRead = (feed: Feed): feed is ErpFeed => feed.kind !== 'messages';

export const isTold = (feed: Feed): boolean => !isRead(feed) || feed.tells;
