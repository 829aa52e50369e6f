import type { Outbound } from './outbound.ts';

/** What a message tells the state of: the latest about it is what counts. Apart from the schema, which the window does without. */
export const subjectOf = (message: Outbound): string =>
  message.kind === 'downtime' ? `down ${message.id}` : `${message.kind} ${message.order}\n${message.step}`;
