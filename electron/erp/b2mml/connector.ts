import { access, constants, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connector, Probe, PushAnswer } from '#electron/erp/connector.ts';
import { nothingDecoded } from '#electron/erp/decoded.ts';
import { ErpFailure } from '#electron/erp/failure.ts';
import { type Said, postText } from '#electron/erp/post.ts';
import { instantFromMillis } from '#shared/time/instant.ts';
import { openB2mml } from './decode.ts';
import { toldMessage, type TellVersion } from './write-told.ts';

export interface MessageAccess {
  /** Where messages are posted, or the folder that they are laid into. */
  readonly to: string;
  readonly version: TellVersion;
  /** The receiver's key, sent as Bearer; empty where it wants none. */
  readonly secret: string;
}

export const isPosted = (to: string): boolean => /^https?:/.test(to);

/**
 * Whoever takes B2MML: by POST, or from a folder. What it has to say comes by itself, as messages of its own, so there is
 * nothing to pull. A message that goes out again after an unknown end has the same BODID, by which the receiver knows it.
 */
export const b2mmlConnector = (access: MessageAccess, clock: () => number): Connector => ({
  probe: () => probe(access),
  pullSnapshot: async () => ({ decoded: nothingDecoded('nothing'), there: {}, cursor: '' }),
  pullChanges: async () => ({ decoded: nothingDecoded('nothing'), there: {}, cursor: '' }),
  push: async (message, key) => {
    const now = instantFromMillis(clock());
    const text = toldMessage(message, { version: access.version, bodId: key, now });
    try {
      return isPosted(access.to) ? await postTo(access, text) : await layInto(access.to, key, text);
    } catch (cause) {
      if (!(cause instanceof ErpFailure)) throw cause;
      return { kind: cause.again ? 'later' : 'refused', reason: cause.message };
    }
  },
});

const probe = async ({ to, version }: MessageAccess): Promise<Probe> => {
  if (!isPosted(to)) await mustBeWritable(to);
  return {
    product: `B2MML V${version}`,
    api: isPosted(to) ? `POST ${new URL(to).pathname}` : to,
    orders: null,
    without: version === '6' ? ['downtimes'] : [],
  };
};

/** Codes that say that the same message may be taken later: no login, too early, too much, too busy. */
const LATER = new Set([401, 403, 407, 408, 425, 429]);
const MOST_WORDS = 300;

async function postTo({ to, secret }: MessageAccess, text: string): Promise<PushAnswer> {
  const said = await postText(new URL(to), text, {
    'Content-Type': 'application/xml; charset=utf-8',
    ...(secret !== '' && { Authorization: `Bearer ${secret}` }),
  });
  if (said.status >= 500 || LATER.has(said.status))
    return { kind: 'later', reason: `${said.host} answered ${said.status}.` };
  return whyNot(said) ?? { kind: 'kept' };
}

/** Why the receiver does not take it, by its answer: a rejection in B2MML, or another code than 2xx. */
function whyNot({ ok, status, text, host }: Said): PushAnswer | null {
  const reader = openB2mml('answer', { zone: 'UTC' });
  reader.write(text);
  const { reply } = reader.end();
  if (reply?.code === 'Rejected')
    return { kind: 'refused', reason: reply.reasons.join(' ') || `${host} rejected it without a reason.` };
  if (ok) return null;
  const words = text
    .replaceAll(/<[^>]*>|\s+/g, ' ')
    .trim()
    .slice(0, MOST_WORDS);
  return { kind: 'refused', reason: `${host} answered ${status}${words === '' ? '.' : `: ${words}`}` };
}

/** Whoever looks into the folder sees a message whole or not at all; the same one again has the same name. */
async function layInto(folder: string, key: string, text: string): Promise<PushAnswer> {
  await mustBeWritable(folder);
  const file = join(folder, `${key.replaceAll(/[^\w-]+/g, '-')}.xml`);
  try {
    await writeFile(`${file}.tmp`, text);
    await rename(`${file}.tmp`, file);
  } catch (cause) {
    throw new ErpFailure(`${file} cannot be written: ${wordsOf(cause)}.`, true);
  }
  return { kind: 'kept' };
}

async function mustBeWritable(folder: string): Promise<void> {
  try {
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new ErpFailure(`Nothing can be written into ${folder}: ${wordsOf(cause)}.`, true);
  }
}

const wordsOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
