import type { Feed } from '#shared/domain/feed.ts';
import type { Outbound } from '#shared/domain/outbound.ts';
import type { Connector } from './connector.ts';
import { messageConnector } from './messages/connector.ts';
import { odooConnector } from './odoo/connector.ts';
import { trytonConnector } from './tryton/connector.ts';

/** What a connector has a place for: it is told nothing else. */
export function hears(feed: Feed, message: Outbound): boolean {
  switch (feed.kind) {
    case 'odoo':
    case 'messages':
      return true;
    case 'tryton':
      return message.kind !== 'downtime';
  }
}

/** The connector for a connection. `clock` counts milliseconds. */
export function connectorOf(feed: Feed, secret: string, clock: () => number): Connector {
  switch (feed.kind) {
    case 'odoo':
      return odooConnector(feed.name, { ...feed, secret }, clock, feed.fields);
    case 'tryton':
      return trytonConnector(feed.name, { ...feed, secret }, clock, feed.fields);
    case 'messages':
      return messageConnector({ to: feed.address, form: feed.form, secret }, clock);
  }
}
