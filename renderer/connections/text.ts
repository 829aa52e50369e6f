import type { DifferenceView, ToldMessage } from '#shared/contract/views.ts';
import type { FeedKind, MappedField, MessageFeed } from '#shared/domain/feed.ts';

export const connectionsText = {
  title: 'Connections',
  add: 'Connect an ERP',
  none: 'No ERP is connected',
  noneHint:
    'Connect Odoo or Tryton to read orders and stock, and to tell it what is planned and what became of it. Files can always be imported.',
  edit: 'Change …',
  reconcile: 'Reconcile now',
  reconciling: 'Reading everything …',
  remove: 'Disconnect',
  removed: (name: string) => `“${name}” is disconnected`,
  removedHint: 'What came from it stays in the plant.',
  pulledAt: (moment: string) => `Read ${moment}`,
  never: 'Not read yet',
  stale: 'Stale: what it says is not certain any more',
  noSecret: 'No password is kept for it. Enter it again.',
  tells: 'Told what is planned and done',
  tellsNot: 'Only read',
  onlyTold: 'Told what is planned and done; what it has to say comes as files or messages',
  accept: 'To accept',
  acceptNone: 'Nothing waits: what the ERP has changed is in the plan.',
  acceptAll: 'Accept all',
  acceptOne: (name: string) => `Accept ${name}`,
  acceptShort: 'Accept',
  changes: {
    added: 'New order',
    changed: 'Changed',
    cancelled: 'Closed or cancelled',
  } satisfies Record<DifferenceView['change'], string>,
  fieldChange: (field: string, before: string, after: string) =>
    `${field}: here ${before}, in the ERP ${after}`,
  effect: 'Show the effect',
  effectOf: (name: string) => `Show the effect of ${name}`,
  trying: 'Trying it on the schedule …',
  giveUp: 'Cancel',
  effectPromise: (end: string | null, due: string) =>
    end === null
      ? `Promised for ${due}, but not all of it finds a place.`
      : `Ends ${end}, promised for ${due}.`,
  effectMoved: (moved: number) =>
    moved === 0 ? 'Nothing else has to move.' : `${moved} ${moved === 1 ? 'task moves' : 'tasks move'}:`,
  effectMove: (name: string, before: string, after: string) => `${name}: from ${before} to ${after}`,
  effectMore: (count: number) => `and ${count} more`,
  effectPlaced: (count: number) => `${count} new ${count === 1 ? 'task finds' : 'tasks find'} a place.`,
  effectUnplaced: (count: number) =>
    `${count} ${count === 1 ? 'task has' : 'tasks have'} no place near the present schedule: solving may find one.`,
  effectLate: (before: number, after: number) => `Late orders: ${before} now, ${after} then.`,
  effectLateNow: (names: string) => `Would be late: ${names}`,
  effectOnTimeNow: (names: string) => `Would be on time again: ${names}`,
  messages: 'Told to the ERP',
  noMessages: 'Nothing has been told yet. Publish the plan, or let a line report.',
  counts: (waiting: number, notKept: number, refused: number) =>
    `${waiting} waiting, ${notKept} not kept as told, ${refused} refused`,
  number: 'No.',
  made: 'Made',
  what: 'What',
  outcome: 'Outcome',
  waiting: 'Waiting',
  kept: 'Kept',
  over: (field: string, stood: string) => `${field} had been changed there to ${stood}`,
  notKept: (field: string, sent: string, kept: string) => `${field}: told ${sent}, stands at ${kept}`,
  again: 'Send again',
  againFor: (number: number) => `Send again: message ${number}`,
  drop: 'Drop',
  dropFor: (number: number) => `Drop message ${number}: it stays as the ERP has it`,
  dropped: (reason: string) => `Dropped. ${reason}`,
  decide: 'Decide',
  messageTitle: (number: number, feed: string) => `Message ${number} to ${feed}`,
  madeAt: (moment: string) => `Made ${moment}`,
  settledAt: (moment: string) => `Answered ${moment}`,
  asTold: 'As it was told',
  replaced: 'Something newer has been told of the same: it is not told again.',
  exchanges: 'Last exchanges',
  noExchanges: 'Nothing has been exchanged since the station was started.',
  when: 'When',
  took: 'Took',
  name: 'Name',
  nameHint: 'All its records carry it. Small letters, such as “odoo” or “tryton”.',
  nameHintOfMessages: 'Small letters, such as “messages”.',
  kind: 'Kind',
  kinds: { odoo: 'Odoo', tryton: 'Tryton', messages: 'Files or messages' } satisfies Record<FeedKind, string>,
  kindHint: {
    odoo: 'Version 14 or newer, with its app Manufacturing.',
    tryton:
      'With its module production_work, and a user of its groups Production and Stock. Run times are estimated, and yours to correct.',
    messages:
      'Told of the orders that came as files or messages. To read, post to this station or use the inbox; columns are mapped under Imports.',
  } satisfies Record<FeedKind, string>,
  address: 'Address',
  addressHint: 'Scheme, host and port. The station speaks with this host alone.',
  to: 'Post to, or lay into',
  toHint: 'An address such as https://erp.example.com/in, or the full path of a folder.',
  form: 'Form',
  forms: { b2mml7: 'B2MML V7', b2mml6: 'B2MML V6', csv: 'CSV' } satisfies Record<MessageFeed['form'], string>,
  key: 'Key',
  keyHint: 'Sent as Bearer. Empty where the receiver wants none.',
  database: 'Database',
  user: 'User',
  secret: 'Password or API key',
  secretKept: 'Leave empty to keep the one that is stored.',
  secretHint: 'It is stored on this station, and never shown again.',
  every: 'Read every (seconds)',
  staleAfter: 'Stale after (minutes)',
  tellsField: 'Tell it what is planned and done',
  rules: 'What touches planned work',
  rule: {
    added: 'New orders',
    quantity: 'Quantities',
    due: 'Due dates',
    work: 'Operations and times',
    cancelled: 'Cancellations',
    told: 'Changes of what it was told',
  },
  fields: 'Fields of its orders',
  fieldsHint: 'Test the connection to choose from the fields that it has.',
  mapped: {
    due: 'Due date',
    release: 'Not before',
    weight: 'Weight',
    name: 'Order number',
  } satisfies Record<MappedField, string>,
  ownField: 'Its own',
  fieldNamed: (label: string, name: string) => `${label} (${name})`,
  ask: 'Waits for me',
  atOnce: 'Goes in at once',
  toldAgain: 'Told again at once',
  test: 'Test connection',
  testing: 'Asking …',
  tested: (product: string, api: string, orders: number | null) =>
    orders === null
      ? `${product} goes to ${api}.`
      : `${product} answers over ${api} with ${orders} ${orders === 1 ? 'order' : 'orders'} to plan.`,
  without: (what: string) => `It does not show ${what}; planning goes on without.`,
  save: 'Save',
  addTitle: 'Connect an ERP',
  editTitle: (name: string) => `Connection “${name}”`,
} as const;

/** What a message tells, in words. */
export function messageText(
  { message, about, unitName }: ToldMessage,
  moment: (at: number) => string,
): string {
  switch (message.kind) {
    case 'planned':
      return `${about} on ${unitName}, ${moment(message.start)} to ${moment(message.end)}`;
    case 'progress':
      return `${about} ${message.state}, good ${message.good}, scrap ${message.scrap}, rework ${message.rework}`;
    case 'downtime':
      return `${about} down from ${moment(message.start)}${message.end === undefined ? '' : ` to ${moment(message.end)}`}: ${message.reason}`;
  }
}
