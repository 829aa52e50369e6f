import { z } from 'zod';

/** The newest backup that the station has kept, and when it was made (ISO 8601); null where there is none. */
const Backup = z.object({ file: z.string(), at: z.string() }).nullable();
export type Backup = z.infer<typeof Backup>;

/** What main tells the station's process. A `window` message carries the port of that window. */
export const ToStation = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('window') }),
  z.object({ kind: z.literal('backup'), file: z.string().min(1) }),
  z.object({ kind: z.literal('close') }),
  /** What a secret was sealed or opened to; null where that could not be done. */
  z.object({ kind: z.literal('keychain'), id: z.int(), text: z.string().nullable() }),
]);
export type ToStation = z.infer<typeof ToStation>;

/** What the station's process tells main. */
export const FromStation = z.discriminatedUnion('kind', [
  /** The record is open; `inbox` is the drop folder, `lineUrl` where the line pages are served; `trouble`: only to look at. */
  z.object({
    kind: z.literal('ready'),
    inbox: z.string(),
    lineUrl: z.url(),
    trouble: z.string().nullable(),
    backup: Backup,
  }),
  /** The record cannot be opened; the process ends after it, and starting it again would not help. */
  z.object({ kind: z.literal('failed'), text: z.string(), backup: Backup }),
  z.object({ kind: z.literal('backup'), ok: z.boolean(), text: z.string() }),
  /** Seals a secret with the keychain, or opens a sealed one (base64). */
  z.object({
    kind: z.literal('keychain'),
    id: z.int(),
    what: z.enum(['seal', 'open']),
    text: z.string(),
  }),
]);
export type FromStation = z.infer<typeof FromStation>;
