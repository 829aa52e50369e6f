import { access, constants, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connector, Probe, PushAnswer } from '#electron/erp/connector.ts';
import { nothingDecoded } from '#electron/erp/decoded.ts';
import { ErpFailure } from '#electron/erp/failure.ts';
import { type Said, postText } from '#electron/erp/post.ts';
import { type Instant, instantFromMillis } from '#shared/time/instant.ts';
import { openB2mml } from '#electron/erp/b2mml/decode.ts';
import { toldMessage } from '#electron/erp/b2mml/write-told.ts';
import { toldRow } from '#electron/erp/csv/write-told.ts';
import type { MessageFeed } from '#shared/domain/feed.ts';
import type { Outbound } from '#shared/domain/outbound.ts';

export interface MessageAccess {
  /** Where messages are posted, or the folder that they are laid into. */
  readonly to: string;
  readonly form: MessageFeed['form'];
  /** The receiver's key, sent as Bearer; empty where it wants none. */
  readonly secret: string;
}

interface Form {
  readonly name: string;
  readonly type: string;
  readonly ending: string;
  readonly text: (message: Outbound, key: string, now: Instant) => string;
}

const b2mml = (version: '6' | '7'): Form => ({
  name: `B2MML V${version}`,
  type: 'application/xml',
  ending: '.xml',
  text: (message, bodId, now) => toldMessage(message, { version, bodId, now }),
});

const FORMS: Readonly<Record<MessageFeed['form'], Form>> = {
  b2mml7: b2mml('7'),
  b2mml6: b2mml('6'),
  csv: { name: 'CSV', type: 'text/csv', ending: '.csv', text: toldRow },
};

/** A path of Windows can be read as an address, too: `C:` would be its scheme. */
const isPosted = (to: string): boolean => URL.canParse(to) && /^https?:$/.test(new URL(to).protocol);

/**
 * Whoever takes messages, by POST or from a folder. What it has to say comes by itself, as messages of its own, so there is
 * nothing to pull. A message that goes out again after an unknown end has the same key (BODID), by which it is known.
 */
export const messageConnector = (access: MessageAccess, clock: () => number): Connector => ({
  probe: () => probe(access),
  pullSnapshot: async () => ({ decoded: nothingDecoded('nothing'), there: {}, cursor: '' }),
  pullChanges: async () => ({ decoded: nothingDecoded('nothing'), there: {}, cursor: '' }),
  push: async (message, key) => {
    const now = instantFromMillis(clock());
    const { to, form } = access;
    const text = FORMS[form].text(message, key, now);
    try {
      return isPosted(to)
        ? await postTo(access, text)
        : await layInto(to, `${fileOf(key)}${FORMS[form].ending}`, text);
    } catch (cause) {
      if (!(cause instanceof ErpFailure)) throw cause;
      return { kind: cause.again ? 'later' : 'refused', reason: cause.message };
    }
  },
});

const probe = async ({ to, form }: MessageAccess): Promise<Probe> => {
  if (!isPosted(to)) await mustBeWritable(to);
  return {
    product: FORMS[form].name,
    api: isPosted(to) ? `POST ${new URL(to).pathname}` : to,
    orders: null,
    without: [],
    fields: [],
  };
};

/**
 * Codes that say nothing about the message, so that the same one may be taken later: no login (401, 403, 407), nobody there
 * who takes such messages (404, 405, 406, 410, 415: the receiver is down behind its proxy, or address or form are wrong),
 * too early, too much or too busy (408, 425, 429). One that is answered so while others go through is set aside in the end.
 */
const NOBODY = new Set([404, 405, 406, 410, 415]);
const LATER = new Set([401, 403, 407, 408, 425, 429]);
const MOST_WORDS = 300;

async function postTo({ to, form, secret }: MessageAccess, text: string): Promise<PushAnswer> {
  const said = await postText(new URL(to), text, {
    'Content-Type': `${FORMS[form].type}; charset=utf-8`,
    ...(secret !== '' && { Authorization: `Bearer ${secret}` }),
  });
  return answerOf(said, new URL(to).pathname);
}

/** What the receiver says of it: a rejection in B2MML counts whatever the code is, else the code does. */
function answerOf({ ok, status, text, host }: Said, path: string): PushAnswer {
  const reader = openB2mml('answer', { zone: 'UTC' });
  reader.write(text);
  const { reply } = reader.end();
  if (reply?.code === 'Rejected')
    return { kind: 'refused', reason: reply.reasons.join(' ') || `${host} rejected it without a reason.` };
  if (ok) return { kind: 'kept' };
  if (NOBODY.has(status))
    return {
      kind: 'later',
      reason: `${host} answered ${status}: nobody takes it at ${path}.\nMaybe the receiver is down behind a proxy, or the address or the form is wrong.`,
    };
  if (status >= 500 || LATER.has(status)) return { kind: 'later', reason: `${host} answered ${status}.` };
  const words = text
    .replaceAll(/<[^>]*>|\s+/g, ' ')
    .trim()
    .slice(0, MOST_WORDS);
  return { kind: 'refused', reason: `${host} answered ${status}${words === '' ? '.' : `: ${words}`}` };
}

const fileOf = (key: string): string => key.replaceAll(/[^\w-]+/g, '-');

/** Whoever looks into the folder sees a message whole or not at all; the same one again has the same name. */
async function layInto(folder: string, name: string, text: string): Promise<PushAnswer> {
  await mustBeWritable(folder);
  const file = join(folder, name);
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
