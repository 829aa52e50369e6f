import { connectorOf } from '#electron/erp/connectors.ts';
import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { FeedTest, FeedTold } from '#shared/contract/views.ts';
import { isRead } from '#shared/domain/feed-of.ts';
import type { Feed } from '#shared/domain/feed.ts';
import { ADDRESS_CHANGED } from './secrets.ts';
import { Refused, type Station } from './station.ts';

/** Adds a connection to an ERP or changes it. Without a secret the one that is kept stays. */
export async function saveFeed(
  station: Station,
  { feed, secret }: { readonly feed: Feed; readonly secret?: string | undefined },
  caller: Caller,
): Promise<Outcome> {
  const needsOne = isRead(feed) || (await station.secrets.get(feed.name)) !== null;
  return station.command(caller, 'feed.save', async (write, workspace) => {
    const before = workspace.feeds.find(({ name }) => name === feed.name);
    if (before && before.kind !== feed.kind)
      throw new Refused(
        'KIND_FIXED',
        feed.name,
        'A connection stays of its kind: what came from it has ids of that kind. Disconnect it and make another.',
      );
    if (needsOne && secret === undefined && before?.address !== feed.address)
      throw new Refused(
        'SECRET_MISSING',
        feed.name,
        before ? ADDRESS_CHANGED : 'Enter the password or API key.',
      );
    if (secret !== undefined) await station.secrets.set(feed.name, secret);
    await write.saveFeed(feed);
    await write.log({
      entity: 'feed',
      entityId: feed.name,
      field: null,
      old: before ? { ...before } : null,
      new: { ...feed },
      reason: null,
    });
    return {
      detail: null,
      workspace: { ...workspace, feeds: await write.feeds() },
      facts: () => [{ kind: 'feeds.changed' }],
    };
  });
}

/** Forgets a connection and its secret. What came from it stays in the plant. */
export async function removeFeed(station: Station, name: string, caller: Caller): Promise<Outcome> {
  const outcome = await station.command(caller, 'feed.remove', async (write, workspace) => {
    if (!workspace.feeds.some((feed) => feed.name === name))
      throw new Refused('FEED_UNKNOWN', name, `There is no connection “${name}”.`);
    await write.removeFeed(name);
    await write.log({ entity: 'feed', entityId: name, field: null, old: name, new: null, reason: null });
    return {
      detail: null,
      workspace: { ...workspace, feeds: await write.feeds() },
      facts: () => [{ kind: 'feeds.changed' }],
    };
  });
  if (outcome.ok) await station.secrets.remove(name);
  return outcome;
}

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

/** Lets a message wait again that was refused or not kept as it was told; one that a later one has replaced never, or the ERP would go back in time. */
export function resendMessage(station: Station, seq: number, caller: Caller): Promise<Outcome> {
  return station.command(caller, 'outbox.resend', async (write) => {
    const latest = await write.latest(seq);
    if (!latest) throw new Refused('MESSAGE_UNKNOWN', String(seq), `There is no message ${seq}.`);
    if (latest.seq !== seq)
      throw new Refused(
        'MESSAGE_REPLACED',
        String(seq),
        `Message ${latest.seq} says something newer of the same. Send that one again.`,
      );
    await write.settleOutbound(seq, null);
    await write.log({
      entity: 'outbox',
      entityId: String(seq),
      field: 'resend',
      old: null,
      new: null,
      reason: null,
    });
    return { detail: null, facts: () => [{ kind: 'feeds.changed' }] };
  });
}
