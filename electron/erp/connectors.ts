import type { Feed } from '#shared/domain/feed.ts';
import type { Outbound } from '#shared/domain/outbound.ts';
import type { Connector } from './connector.ts';
import { odooConnector } from './odoo/connector.ts';
import { trytonConnector } from './tryton/connector.ts';

type Open = (feed: Feed, secret: string, clock: () => number) => Connector;

const KINDS: Record<Feed['kind'], Open> = {
  odoo: ({ name, address, database, user }, secret, clock) =>
    odooConnector(name, { address, database, user, secret }, clock),
  tryton: ({ name, address, database, user }, secret, clock) =>
    trytonConnector(name, { address, database, user, secret }, clock),
};

/** What an ERP of a kind has a place for: it is told nothing else. */
const HEARS: Record<Feed['kind'], readonly Outbound['kind'][]> = {
  odoo: ['planned', 'progress', 'downtime'],
  tryton: ['planned', 'progress'],
};

export const hears = ({ kind }: Feed, message: Outbound): boolean => HEARS[kind].includes(message.kind);

/** The connector for a connection. `clock` counts milliseconds. */
export const connectorOf: Open = (feed, secret, clock) => KINDS[feed.kind](feed, secret, clock);
