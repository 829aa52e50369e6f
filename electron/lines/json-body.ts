import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';

const MAX_BODY = 64 * 1024;

/** The body of a request, parsed; null when it is none, which has then been answered. */
export async function jsonBody<Value>(
  request: IncomingMessage,
  response: ServerResponse,
  schema: z.ZodType<Value>,
  what: string,
): Promise<Value | null> {
  const refuse = (status: number, error: string): null => {
    sendJson(response, status, { error });
    return null;
  };
  if (request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== 'application/json')
    return refuse(415, 'Only JSON is taken here.');
  const body = await bodyOf(request);
  if (body === null) {
    response.setHeader('Connection', 'close');
    return refuse(413, `A ${what} is at most ${MAX_BODY} bytes.`);
  }
  let raw: unknown;
  try {
    raw = JSON.parse(body);
  } catch {
    return refuse(400, 'This is no JSON.');
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return refuse(400, `${issue?.path.join('.') || what}: ${issue?.message ?? 'wrong shape'}`);
}

/** The body, or null when it is too long: the rest is not kept, and the answer closes the connection. */
function bodyOf(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= MAX_BODY) parts.push(part);
      else resolve(null);
    });
    request.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    request.on('error', reject);
    request.on('close', () => reject(new Error('The report broke off.')));
  });
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value);
  response
    .writeHead(status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
      'Cache-Control': 'no-store',
    })
    .end(text);
}
