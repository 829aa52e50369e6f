import { connectorOf } from '#electron/erp/connectors.ts';
import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { Fact } from '#shared/contract/facts.ts';
import type { FeedTest, FeedTold } from '#shared/contract/views.ts';
import { isElsewhere, isRead, isTold } from '#shared/domain/feed-of.ts';
import type { Feed } from '#shared/domain/feed.ts';
import { ADDRESS_CHANGED } from './secrets.ts';
import { Refused, type Station } from './station.ts';
import { tellAll } from './tell-erp.ts';

/**
 * Adds a connection to an ERP or changes it. Without a secret the one that is kept stays. Whoever begins to be told hears
 * what is planned and how far it is by now; what still waited for somebody else at this name is dropped.
 */
export async function saveFeed(
  station: Station,
  { feed, secret }: { readonly feed: Feed; readonly secret?: string | undefined },
  caller: Caller,
): Promise<Outcome> {
  const needsOne = isRead(feed) || (await station.secrets.get(feed.name)) !== null;
  return station.command(caller, 'feed.save', async (write, workspace) => {
    const before = workspace.feeds.find(({ name }) => name === feed.name);
    const former = workspace.formerFeeds.find(({ name }) => name === feed.name);
    if ((before ?? former ?? feed).kind !== feed.kind)
      throw new Refused(
        'KIND_FIXED',
        feed.name,
        'A connection stays of its kind: what came from it has ids of that kind. Make another under another name.',
      );
    if (!isAddress(feed))
      throw new Refused('ADDRESS_WRONG', feed.address, `“${feed.address}” is no address that can be called.`);
    if (needsOne && secret === undefined && before?.address !== feed.address)
      throw new Refused(
        'SECRET_MISSING',
        feed.name,
        before ? ADDRESS_CHANGED : 'Enter the password or API key.',
      );
    if (secret !== undefined) await station.secrets.set(feed.name, secret);
    const isAnother = !before || isElsewhere(before, feed);
    const dropped =
      before && (isAnother || !isTold(feed))
        ? await write.dropWaiting(
            feed.name,
            isAnother ? `It was meant for ${before.address}.` : 'It is told nothing any more.',
          )
        : 0;
    await write.saveFeed(feed, isAnother);
    const after = { ...workspace, feeds: await write.feeds(), formerFeeds: await write.formerFeeds() };
    // An ERP that is another one has to be read before: what its ids mean there nobody knows yet.
    const begins = isRead(feed) ? !isAnother && isTold(feed) && !isTold(before) : isAnother;
    if (begins) await tellAll(write, after, feed);
    await write.log({
      entity: 'feed',
      entityId: feed.name,
      field: null,
      old: before ? { ...before } : null,
      new: { ...feed, ...(dropped > 0 && { dropped }) },
      reason: null,
    });
    return {
      detail: null,
      workspace: after,
      facts: () => {
        if (isAnother) station.feeds.delete(feed.name);
        return [{ kind: 'feeds.changed' }, ...droppedOf(feed.name, dropped)];
      },
    };
  });
}

/** Forgets a connection, its secret and what waits for it. What came from it stays in the plant. */
export async function removeFeed(station: Station, name: string, caller: Caller): Promise<Outcome> {
  const outcome = await station.command(caller, 'feed.remove', async (write, workspace) => {
    if (!workspace.feeds.some((feed) => feed.name === name))
      throw new Refused('FEED_UNKNOWN', name, `There is no connection “${name}”.`);
    const dropped = await write.dropWaiting(name, 'It was disconnected.');
    await write.removeFeed(name);
    await write.log({
      entity: 'feed',
      entityId: name,
      field: null,
      old: name,
      new: dropped > 0 ? { dropped } : null,
      reason: null,
    });
    return {
      detail: null,
      workspace: { ...workspace, feeds: await write.feeds(), formerFeeds: await write.formerFeeds() },
      facts: () => {
        station.feeds.delete(name);
        return [{ kind: 'feeds.changed' }, ...droppedOf(name, dropped)];
      },
    };
  });
  if (outcome.ok) await station.secrets.remove(name);
  return outcome;
}

/** What was not told and is not told any more, nobody should believe to be on its way. */
const droppedOf = (feed: string, count: number): Fact[] =>
  count === 0
    ? []
    : [
        {
          kind: 'notice',
          level: 'warn',
          text: `${feed}: ${count} ${count === 1 ? 'message that waited was' : 'messages that waited were'} dropped.`,
        },
      ];

/** Can what is posted or asked there be sent at all? A folder shows itself when it is tried. */
const isAddress = ({ address }: Feed): boolean => !/^https?:/i.test(address) || URL.canParse(address);

/** Asks what answers there, with the secret given or the one that is kept for this address. */
export async function testFeed(
  station: Station,
  { feed, secret }: { readonly feed: Feed; readonly secret?: string | undefined },
): Promise<FeedTest> {
  const kept = station.workspace.feeds.find(
    ({ name, address }) => name === feed.name && address === feed.address,
  );
  const own = secret ?? (kept ? await station.secrets.get(feed.name) : null);
  if (own === null && isRead(feed)) return { ok: false, text: 'Enter the password or API key first.' };
  try {
    return { ok: true, ...(await connectorOf(feed, own ?? '', station.clock).probe()) };
  } catch (error) {
    return { ok: false, text: error instanceof Error ? error.message : String(error) };
  }
}

/** Pulls everything from a connection now. */
export async function reconcileFeed(station: Station, name: string): Promise<FeedTold> {
  if (!station.runningFeeds)
    return { ok: false, text: 'The connections are not running. Maybe the station does not serve.' };
  try {
    const { changed, waiting, refused } = await station.runningFeeds.reconcile(name);
    return { ok: true, text: `${changed} changed at once, ${waiting} to accept, ${refused} refused.` };
  } catch (error) {
    return { ok: false, text: error instanceof Error ? error.message : String(error) };
  }
}
