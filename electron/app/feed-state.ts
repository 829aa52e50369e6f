import type { Exchange, FeedAge } from '#shared/contract/views.ts';
import { isRead } from '#shared/domain/feed-of.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { Station } from './station.ts';

/** What a station knows of a connection while it runs; after a restart it asks again before it says anything. */
export interface FeedState {
  /** When it was last pulled whole or in changes without failure. */
  pulled: Instant | null;
  /** When it was last tried. */
  tried: Instant | null;
  /** Where the next pull goes on; kept in the record too whenever a pull changed something. */
  cursor: string | null;
  failure: string | null;
  /** Why it is told nothing at the moment. */
  silence: string | null;
  exchanges: readonly Exchange[];
}

const KEPT_EXCHANGES = 50;

export function stateOf(station: Station, feed: string): FeedState {
  let state = station.feeds.get(feed);
  if (!state)
    station.feeds.set(
      feed,
      (state = { pulled: null, tried: null, cursor: null, failure: null, silence: null, exchanges: [] }),
    );
  return state;
}

/** Does something with the ERP and keeps how it went. Rethrows. */
export async function exchange<Value>(
  station: Station,
  feed: string,
  what: string,
  work: () => Promise<Value>,
  say: (value: Value) => { readonly ok: boolean; readonly text: string },
): Promise<Value> {
  const state = stateOf(station, feed);
  const begun = Date.now();
  const keep = (told: { readonly ok: boolean; readonly text: string }): void => {
    const entry = { at: station.now, what, millis: Date.now() - begun, ...told };
    const [last, ...before] = state.exchanges;
    // The same again, such as a pull that found nothing, pushes out nothing that somebody may look for.
    const others = last && isSame(last, entry) ? before : state.exchanges;
    state.exchanges = [entry, ...others].slice(0, KEPT_EXCHANGES);
  };
  try {
    const value = await work();
    keep(say(value));
    return value;
  } catch (error) {
    keep({ ok: false, text: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

const isSame = (a: Exchange, b: Exchange): boolean => a.what === b.what && a.ok === b.ok && a.text === b.text;

/** How old everything is that comes from a connection which is read. */
export const feedAges = (station: Station): FeedAge[] =>
  station.workspace.feeds
    .filter(isRead)
    .map(({ name, staleAfter }) => ({ name, staleAfter, pulled: stateOf(station, name).pulled }));
