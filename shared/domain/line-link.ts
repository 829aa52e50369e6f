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

/** What the desk may tell a machine of a job (JobOrderCommand of ISA-95); Start permits, the machine begins by itself. */
export const JobCommand = z.enum(['Start', 'Pause', 'Resume', 'Stop', 'Abort']);
export type JobCommand = z.infer<typeof JobCommand>;

/** One machine with OPC UA job control (OPC 10031-4). */
export const OpcuaLink = z.object({
  ...common,
  kind: z.literal('opcua'),
  /** Scheme, host, port and path. The station speaks with this server alone. */
  address: z
    .string()
    .regex(/^opc\.tcp:\/\/[^\s/?#@]+(\/[^\s?#@]*)?$/, 'Such as opc.tcp://press-3.example.com:4840.'),
  /** The line whose machine it is. */
  units: z.array(EquipmentId).length(1),
  /** Node id of its ISA95JobOrderReceiver; empty: the only one it has. */
  receiver: z.string().max(200).default(''),
  /** Without it everybody on the network may read and change what is said, the password as well. */
  security: z.enum(['SignAndEncrypt', 'None']).default('SignAndEncrypt'),
});
export type OpcuaLink = z.infer<typeof OpcuaLink>;

/** A connection to lines besides their pages. Its secret lies elsewhere. */
export const LineLink = z.discriminatedUnion('kind', [MqttLink, OpcuaLink]);
export type LineLink = z.infer<typeof LineLink>;
