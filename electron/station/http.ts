import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { timingSafeEqual } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Part of the station that answers HTTP; false when the path is not its own. */
export type Route = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<boolean>;

export interface HttpOptions {
  /** The one address that is listened on; loopback unless line pages are served over the plant network. */
  readonly address?: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Folder of the built window. */
  readonly windowDir: string;
  readonly routes: readonly Route[];
  /** The window's door; without one only line pages are served. */
  readonly window?: {
    /** Part of the printed address, kept in a cookie afterwards. */
    readonly key: string;
    readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  };
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};

/** Nothing from elsewhere, nothing inline (S1). */
export const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const COOKIE = 'shiftwright-window';

/**
 * Serves the window, the line pages and the contract's WebSocket on loopback, or line pages alone at an address of the plant
 * network (S3). Host and Origin must be on a fixed list, because a rebinding name would pass any comparison of the two.
 */
export async function serveHttp(options: HttpOptions): Promise<{ server: Server; port: number }> {
  const { address = LOOPBACK, window } = options;
  const server = createServer((request, response) => {
    void handle(options, hosts(), request, response).catch((error: unknown) => {
      if (!response.headersSent)
        send(response, 500, 'text/plain; charset=utf-8', error instanceof Error ? error.message : 'failed');
      else response.destroy();
    });
  });
  const hosts = (): string[] => {
    const port = portOf(server);
    const names = window ? [address, 'localhost'] : [address];
    return names.map((name) => (port === 80 ? name : `${name}:${port}`));
  };
  server.headersTimeout = 10_000;
  server.requestTimeout = 60_000;
  // Line pages look every five seconds: a connection that were closed just then would lose what is sent over it.
  server.keepAliveTimeout = 30_000;
  server.maxConnections = 500;
  server.on('upgrade', (request, socket, head) => {
    const url = urlOf(request);
    const isStation = url?.pathname === '/station' && isOurs(request, hosts());
    if (window && isStation && hasKey(request, window.key)) return window.upgrade(request, socket, head);
    // From here on the socket is ours: an error that nobody hears would end the station.
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, address, resolve);
  });
  return { server, port: portOf(server) };
}

const LOOPBACK = '127.0.0.1';

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

async function handle(
  { windowDir, routes, window }: HttpOptions,
  hosts: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = urlOf(request);
  if (!url || !isOurs(request, hosts))
    return send(response, 403, 'text/plain; charset=utf-8', 'This address is not served.');
  response.setHeader('Content-Security-Policy', CSP);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  for (const route of routes) if (await route(request, response, url)) return;
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return send(response, 405, 'text/plain; charset=utf-8', 'Only GET here.');
  if (!window && !isLinePage(url.pathname)) {
    if (url.pathname !== '/') return send(response, 404, 'text/plain; charset=utf-8', 'Not found.');
    response.setHeader('Location', '/line');
    return send(response, 303, 'text/plain; charset=utf-8', '');
  }
  const key = url.searchParams.get('key');
  if (window && url.pathname === '/' && key !== null && sameKey(key, window.key)) {
    response.setHeader('Set-Cookie', `${COOKIE}=${window.key}; HttpOnly; SameSite=Strict; Path=/`);
    response.setHeader('Location', '/');
    return send(response, 303, 'text/plain; charset=utf-8', '');
  }
  if (window && url.pathname === '/' && !hasKey(request, window.key)) {
    return send(
      response,
      401,
      'text/plain; charset=utf-8',
      'Open the address that the station printed when it started: it carries the key of this window.',
    );
  }
  await sendFile(windowDir, url.pathname, response);
}

/** The page of the lines and what it is built from. */
const isLinePage = (path: string): boolean =>
  path === '/line' || path.startsWith('/line/') || path.startsWith('/assets/');

async function sendFile(dir: string, path: string, response: ServerResponse): Promise<void> {
  const name = fileFor(path);
  const file = normalize(join(dir, name ?? ''));
  const found = file.startsWith(normalize(dir) + sep) ? await stat(file).catch(() => null) : null;
  if (!found?.isFile()) return send(response, 404, 'text/plain; charset=utf-8', 'Not found.');
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'Content-Length': found.size,
    'Cache-Control': name?.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  // A file that vanishes or a reader that goes away ends this answer, not the station.
  await pipeline(createReadStream(file), response).catch(() => response.destroy());
}

function fileFor(path: string): string | null {
  if (path === '/') return 'index.html';
  if (path === '/line' || path.startsWith('/line/')) return 'kiosk.html';
  try {
    return decodeURIComponent(path.slice(1));
  } catch {
    return null; // such as a lone %
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }).end(body);
}

/** Of the path only: a request that names another host in its first line is none of ours. */
const urlOf = (request: IncomingMessage): URL | null => URL.parse(`http://station${request.url ?? '/'}`);

function isOurs(request: IncomingMessage, hosts: readonly string[]): boolean {
  const { host, origin } = request.headers;
  if (!host || !hosts.includes(host)) return false;
  return origin === undefined || hosts.some((known) => origin === `http://${known}`);
}

function hasKey(request: IncomingMessage, key: string): boolean {
  const cookie = request.headers.cookie
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${COOKIE}=`));
  return cookie !== undefined && sameKey(cookie.slice(COOKIE.length + 1), key);
}

function sameKey(given: string, key: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(key)];
  return a.length === b.length && timingSafeEqual(a, b);
}
