import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Decoded } from '#electron/erp/decoded.ts';
import { tokenBucket } from '#shared/base/token-bucket.ts';
import type { B2mmlReader } from './decode.ts';
import { MAX_CHARACTERS } from './xml.ts';

/** What the ERP's door needs of the station. */
export interface MessageStation {
  /** A reader for one message that comes piece by piece. */
  readonly open: () => B2mmlReader;
  /** Takes in what was read. `taken` is false where nothing of it was; `text` is the answer that the sender wants. */
  readonly receive: (
    message: Decoded,
    sha256: string,
  ) => Promise<{ readonly taken: boolean; readonly text: string }>;
}

export const PATH = '/erp/b2mml';
const MAX_AT_ONCE = 4;
/** Messages at once and per second in the long run. */
const BURST = 200;
const PER_SECOND = 50;

/**
 * `POST /erp/b2mml`: one B2MML message as body, the key as `Authorization: Bearer …`. It is parsed while it comes, so that
 * neither its text nor a turn of the loop grows with it; one that breaks off has no effect. 200 with the answer that its
 * sender wants (204 where it wants none), 422 with the reasons where nothing of it could be taken.
 */
export function messageApi(station: MessageStation, key: string) {
  const bucket = tokenBucket(BURST, PER_SECOND);
  let open = 0;
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> => {
    if (url.pathname !== PATH) return false;
    const refusal = refusalOf(request, key);
    if (refusal) return refuse(response, refusal[0], refusal[1]);
    const wait = bucket(performance.now());
    if (wait > 0 || open >= MAX_AT_ONCE) {
      response.setHeader('Retry-After', Math.max(1, Math.ceil(wait / 1000)));
      return refuse(response, 503, 'Too many messages at once; the station is busy.');
    }
    open += 1;
    try {
      const reader = station.open();
      const message = await read(request, reader);
      if (!message) return refuse(response, 413, TOO_LONG);
      const { taken, text } = await station.receive(message, reader.sha256());
      answer(response, taken ? (text === '' ? 204 : 200) : 422, text);
      return true;
    } finally {
      open -= 1;
    }
  };
}

const TOO_LONG = `A message has at most ${MAX_CHARACTERS} bytes. Maybe split it.`;

function refusalOf(request: IncomingMessage, key: string): readonly [number, string] | null {
  const { authorization, 'content-type': type, 'content-length': length } = request.headers;
  if (request.method !== 'POST') return [405, 'Messages are posted.'];
  if (!isBearer(authorization, key))
    return [401, 'The key is missing or wrong: Authorization: Bearer <key>.'];
  const [media = '', ...parameters] = (type ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice(8);
  if (media !== 'application/xml' && media !== 'text/xml') return [415, 'Messages are application/xml.'];
  if (charset !== undefined && !/^"?utf-?8"?$/.test(charset)) return [415, 'Messages are UTF-8.'];
  return Number(length ?? 0) > MAX_CHARACTERS ? [413, TOO_LONG] : null;
}

function isBearer(authorization: string | undefined, key: string): boolean {
  const given = Buffer.from(/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '');
  const wanted = Buffer.from(key);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** What the body says, or null where it is too long. Throws where it breaks off. */
async function read(request: IncomingMessage, reader: B2mmlReader): Promise<Decoded | null> {
  // Bytes that are no UTF-8 become U+FFFD, which the reader refuses with its place.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let bytes = 0;
  // Left early, the request stays open for the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_CHARACTERS) return null;
    reader.write(decoder.decode(chunk, { stream: true }));
  }
  reader.write(decoder.decode());
  return reader.end();
}

/** What is left of the body is not read, so the connection ends with the answer. */
function refuse(response: ServerResponse, status: number, text: string): true {
  response.setHeader('Connection', 'close');
  response
    .writeHead(status, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
    })
    .end(text);
  return true;
}

function answer(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, {
      ...(text !== '' && { 'Content-Type': 'application/xml; charset=utf-8' }),
      ...(status !== 204 && { 'Content-Length': Buffer.byteLength(text) }),
      'Cache-Control': 'no-store',
    })
    .end(text);
}
