import { z } from 'zod';
import { Seconds } from '#shared/time/instant.ts';

/** What a change in the ERP does where it touches planned work: wait for the planner's word, or be dealt with at once. */
export const FeedRule = z.enum(['ask', 'atOnce']);
export type FeedRule = z.infer<typeof FeedRule>;

/** What of an order may stand in a field of the plant's own. */
export const MappedField = z.enum(['due', 'release', 'weight', 'name']);
export type MappedField = z.infer<typeof MappedField>;

const name = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'Small letters, digits and dashes, such as “odoo”.');

/** A connection to an ERP that is read and told. Its secret lies elsewhere. */
export const ErpFeed = z.object({
  /** All ids of its records begin with it. */
  name,
  kind: z.enum(['odoo', 'tryton']),
  /** Scheme, host and port. The station speaks with this host alone. */
  address: z
    .string()
    .regex(/^https?:\/\/[^\s/?#@]+$/, 'Scheme, host and port only, such as https://erp.example.com.'),
  database: z.string().min(1),
  user: z.string().min(1),
  /** Pause between two pulls. */
  every: Seconds.min(5).default(60),
  /** What is older says nothing certain any more. */
  staleAfter: Seconds.min(60).default(900),
  /** Is the ERP told places, progress and downtimes? */
  tells: z.boolean().default(true),
  rules: z
    .object({
      /** Orders that were not there before. */
      added: FeedRule.default('ask'),
      quantity: FeedRule.default('ask'),
      due: FeedRule.default('ask'),
      /** Steps, units and times. */
      work: FeedRule.default('ask'),
      cancelled: FeedRule.default('ask'),
      /** What is changed there of what it was told: a case, or told again at once, for places and reports are made here. */
      told: FeedRule.default('ask'),
    })
    .prefault({}),
  /** Fields of the ERP's orders that are read instead of its own. */
  fields: z.partialRecord(MappedField, z.string().regex(/^[A-Za-z_]\w{0,63}$/)).default({}),
});
export type ErpFeed = z.infer<typeof ErpFeed>;

/** Whoever is told of orders that came as files or messages. What it has to say comes by itself. */
export const MessageFeed = z.object({
  name,
  kind: z.literal('messages'),
  /** Where messages are posted, or the folder that they are laid into. */
  address: z
    .string()
    .regex(
      /^(https?:\/\/[^\s?#@]+|\/.*|[A-Za-z]:[\\/].*|\\\\.+)$/,
      'An address such as https://erp.example.com/in, or the full path of a folder.',
    ),
  form: z.enum(['b2mml7', 'b2mml6', 'csv']).default('b2mml7'),
});
export type MessageFeed = z.infer<typeof MessageFeed>;

/** A connection. */
export const Feed = z.discriminatedUnion('kind', [ErpFeed, MessageFeed]);
export type Feed = z.infer<typeof Feed>;
export type FeedKind = Feed['kind'];
