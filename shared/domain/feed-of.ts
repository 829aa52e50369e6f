import type { Feed } from './feed.ts';

/** Which connection an id of the plant belongs to, if any. */
export const feedOf = <Known extends Pick<Feed, 'name'>>(
  feeds: readonly Known[],
  id: string,
): Known | undefined => feeds.find((feed) => id.startsWith(`${feed.name}:`));
