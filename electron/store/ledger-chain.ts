import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { type LedgerEntry, canonicalJson } from '#shared/domain/ledger.ts';

type Json = z.core.util.JSONType;

/** What comes before the first entry. */
export const GENESIS = '0'.repeat(64);

export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/** HC-01: SHA-256 of the previous hash in lower-case hex, a line feed and the canonical JSON of the entry without both hashes. */
export const entryHash = (previous: string, entry: object): string =>
  sha256(`${previous}\n${canonicalJson(entry as Json)}`);

export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** Why `entry` cannot follow `head`, or null when it does. */
export function chainProblem(head: ChainHead, entry: LedgerEntry): string | null {
  const { previous, hash, ...body } = entry;
  const at = `Entry ${head.seq + 1} of the ledger`;
  if (body.seq !== head.seq + 1)
    return `${at} is missing: entry ${body.seq} stands in its place. Maybe it was deleted.`;
  if (previous !== head.hash)
    return `${at} does not follow the entry before it. Maybe one of the two was replaced or inserted.`;
  if (entryHash(previous, body) !== hash)
    return `${at} (${body.action} ${body.entity} ${body.entityId}) is not what was recorded. Maybe it was altered.`;
  return null;
}

/** Fingerprint of a row that is written once; it stands in the ledger entry that recorded it. */
export const rowHash = (row: Readonly<Record<string, string | number | null | Uint8Array>>): string =>
  sha256(
    canonicalJson(
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => [
          column,
          value instanceof Uint8Array ? sha256(value) : value,
        ]),
      ),
    ),
  );
