import { createHmac, timingSafeEqual } from 'node:crypto';
import { appendFile, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Store } from '#electron/store/store.ts';
import { canonicalJson } from '#shared/domain/ledger.ts';
import { isoFromInstant } from '#shared/time/instant.ts';
import type { Station } from './station.ts';

/** How far the ledger was at a time, signed with a key that is not in the database. */
const Anchor = z.object({ seq: z.int().positive(), hash: z.string(), at: z.string(), mac: z.string() });
type Anchor = z.infer<typeof Anchor>;

/** Beside the database, one line each; a plant that copies it elsewhere, or links it there, has it where nobody can reach both. */
export const ANCHORS = 'anchors.jsonl';

type Kept = Pick<Station, 'store' | 'dataDir' | 'lineKey'>;

/** Notes how far the ledger is, where that is further than the last time (HC-03). */
export async function anchorHead(station: Station): Promise<void> {
  const { store, dataDir, lineKey, now } = station;
  const [head] = (await store.read.ledger({ limit: 1 })).entries;
  const text = await textIn(dataDir);
  const whole = wholeLines(text);
  const last = anchorsFrom(whole).at(-1);
  if (!head || (last && last !== 'unreadable' && last.seq === head.seq)) return;
  const anchor = { seq: head.seq, hash: head.hash, at: isoFromInstant(now) };
  const line = `${JSON.stringify({ ...anchor, mac: macOf(anchor, lineKey) })}\n`;
  const path = join(dataDir, ANCHORS);
  if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole));
  await appendFile(path, line, { mode: 0o600 });
}

/**
 * What of the anchors speaks against the ledger, in words: it ends before one of them, or is another one. A chain alone
 * cannot tell that its end was cut off, or that all of it was written anew.
 */
export async function anchorProblem({ store, dataDir, lineKey }: Kept): Promise<string | null> {
  const anchors = anchorsFrom(wholeLines(await textIn(dataDir)));
  const [head] = (await store.read.ledger({ limit: 1 })).entries;
  for (const [index, anchor] of anchors.entries()) {
    if (anchor === 'unreadable' || !isSigned(anchor, lineKey))
      return `Line ${index + 1} of ${ANCHORS} is not what the station wrote.`;
    const { seq, at, hash } = anchor;
    if (!head || head.seq < seq)
      return `The ledger ends with entry ${head?.seq ?? 0}, but had ${seq} at ${at}: its head is older than its anchor.`;
    if ((await hashOf(store, seq)) !== hash)
      return `Entry ${seq} of the ledger is not the one that was anchored at ${at}.`;
  }
  return null;
}

async function hashOf(store: Store, seq: number): Promise<string | undefined> {
  const { entries } = await store.read.ledger({ limit: 1, before: seq + 1 });
  return entries[0]?.seq === seq ? entries[0].hash : undefined;
}

const textIn = (dataDir: string): Promise<string> =>
  readFile(join(dataDir, ANCHORS), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });

/** A last line without its end was being written when the power failed: it is no anchor yet, and no sign of anything. */
const wholeLines = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1);

const anchorsFrom = (lines: string): (Anchor | 'unreadable')[] =>
  lines.split('\n').flatMap((line) => (line === '' ? [] : anchorFrom(line)));

function anchorFrom(line: string): Anchor | 'unreadable' {
  try {
    return Anchor.parse(JSON.parse(line));
  } catch {
    return 'unreadable';
  }
}

const macOf = (anchor: Omit<Anchor, 'mac'>, key: string): string =>
  createHmac('sha256', key)
    .update(`anchor\n${canonicalJson(anchor)}`)
    .digest('hex');

function isSigned({ mac, ...anchor }: Anchor, key: string): boolean {
  const [said, right] = [Buffer.from(mac), Buffer.from(macOf(anchor, key))];
  return said.length === right.length && timingSafeEqual(said, right);
}
