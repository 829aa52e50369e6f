import { z } from 'zod';
import { MINUTE, Seconds } from '#shared/time/instant.ts';
import { EquipmentId } from './equipment.ts';

const common = {
  name: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'Small letters, digits and dashes, such as “broker”.'),
  /** Off until somebody switches it on. */
  isOn: z.boolean().default(false),
  /** Empty: nobody is named to the other side. */
  user: z.string().max(200).default(''),
};

/** A broker over which lines get their job orders and report (MQTT v5). */
export const MqttLink = z.object({
  ...common,
  kind: z.literal('mqtt'),
  /** Scheme, host and port. The station speaks with this host alone. */
  address: z
    .string()
    .regex(/^mqtts?:\/\/[^\s/?#@]+$/, 'Scheme, host and port only, such as mqtts://broker.example.com:8883.'),
  /** What all topics begin with; one station has it to itself. */
  root: z
    .string()
    .regex(/^[\w-]+(\/[\w-]+)*$/, 'Letters, digits, dashes and slashes, such as plant/hall-2.')
    .default('shiftwright'),
  /** Lines that are reached over it; empty: every line. */
  units: z.array(EquipmentId).default([]),
  /** What a line was told so long ago, and not again since, it may no longer act upon. */
  expiresAfter: Seconds.min(10 * MINUTE).default(12 * 3600),
});
export type MqttLink = z.infer<typeof MqttLink>;

/** A connection to lines besides their pages. Its secret lies elsewhere. */
export const LineLink = z.discriminatedUnion('kind', [MqttLink]);
export type LineLink = z.infer<typeof LineLink>;
