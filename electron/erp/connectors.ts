import type { Feed } from '#shared/domain/feed.ts';
import type { Connector } from './connector.ts';
import { odooConnector } from './odoo/connector.ts';

type Open = (feed: Feed, secret: string, clock: () => number) => Connector;

const KINDS: Record<Feed['kind'], Open> = {
  odoo: ({ name, address, database, user }, secret, clock) =>
    odooConnector(name, { address, database, user, secret }, clock),
};

/** The connector for a connection. `clock` counts milliseconds. */
export const connectorOf: Open = (feed, secret, clock) => KINDS[feed.kind](feed, secret, clock);
