import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { HOST, SCHEME } from './own-page.ts';

/** Nothing from elsewhere, nothing inline, and nowhere to talk to: the station is reached through the preload only (S1). */
export const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': CSP,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
};

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.png': 'image/png',
};

/** Names as the bundler makes them. No `%`, no `\`, no `:`, no leading dot: nothing that could lead out of the folder. */
const PATH = /^(\/[\w-][\w.-]*)+$/;

const answer = (status: number, text: string): Response =>
  new Response(text, { status, headers: { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' } });

/** Answers a request of the window's own protocol with a file of `dir`, the folder of the built window. */
export async function servePage(
  dir: string,
  { method, url }: Pick<Request, 'method' | 'url'>,
): Promise<Response> {
  const asked = URL.parse(url);
  if (asked?.protocol !== `${SCHEME}:` || asked.host !== HOST) return answer(404, 'Not found.');
  if (method !== 'GET' && method !== 'HEAD') return answer(405, 'Only GET here.');
  const path = asked.pathname === '/' ? '/index.html' : asked.pathname;
  const type = TYPES[extname(path)];
  if (!PATH.test(path) || type === undefined) return answer(404, 'Not found.');
  const file = await readFile(join(dir, path)).catch(() => null);
  if (file === null) return answer(404, 'Not found.');
  return new Response(method === 'HEAD' ? null : new Uint8Array(file), {
    headers: { ...HEADERS, 'Content-Type': type },
  });
}
