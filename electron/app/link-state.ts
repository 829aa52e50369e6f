import { isDeepStrictEqual } from 'node:util';
import type { LinkNow, Told } from '#electron/lines/lines.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { Station } from './station.ts';

/** What a station knows of a connection to lines while it runs. */
export interface LinkState extends LinkNow {
  /** When it last came up or broke. */
  readonly since: Instant;
  /** The newest first. */
  readonly exchanges: readonly (Told & { readonly at: Instant })[];
}

const KEPT = 50;

const nowOf = ({ isConnected, failure, differences }: LinkState): LinkNow => ({
  isConnected,
  failure,
  differences,
});

export const linkStateOf = (station: Station, name: string): LinkState =>
  station.links.get(name) ?? {
    isConnected: false,
    failure: null,
    differences: [],
    since: station.now,
    exchanges: [],
  };

export function noteLink(station: Station, name: string, now: LinkNow): void {
  const before = station.links.get(name);
  if (before && isDeepStrictEqual(nowOf(before), now)) return;
  const since = before?.isConnected === now.isConnected ? before.since : station.now;
  station.links.set(name, { ...linkStateOf(station, name), ...now, since });
  station.tell({ kind: 'links.changed' });
}

export function noteTold(station: Station, name: string, told: Told): void {
  const state = linkStateOf(station, name);
  const exchanges = [{ ...told, at: station.now }, ...state.exchanges].slice(0, KEPT);
  station.links.set(name, { ...state, exchanges });
}
