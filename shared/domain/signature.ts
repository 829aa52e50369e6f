import { z } from 'zod';
import { UserId } from './user.ts';

/** What somebody stands for with name and password: a record exactly as it was then (S6, ES-04). */
export const Signature = z.object({
  seq: z.int().positive(),
  /** The record: `version 3`, `queue M1 r2`, `event …`. */
  entity: z.string(),
  entityId: z.string(),
  /** SHA-256 of its canonical form. */
  sha256: z.string().length(64),
  user: UserId,
  /** The name as it was then (ES-11). */
  name: z.string(),
  /** UTC with milliseconds, and the zone of the plant in which it is shown (TS-02). */
  at: z.iso.datetime({ precision: 3 }),
  zone: z.string(),
  /** As text: the list it was chosen from may change (ES-08). */
  meaning: z.string(),
});
export type Signature = z.infer<typeof Signature>;

/** What a reader sees: `changed` when the record is not what was signed, `forged` when the signature is not what the ledger recorded. */
export type SignatureState = 'valid' | 'changed' | 'forged';
