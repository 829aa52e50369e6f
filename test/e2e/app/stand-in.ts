import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { WebSocketServer } from 'ws';
import { type CallName, calls } from '#shared/contract/calls.ts';
import type { Fact } from '#shared/contract/facts.ts';
import { Request } from '#shared/contract/wire.ts';
import type { Answers } from './plant.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Serves the built window under the station's policy, with a station that answers what the test says. */
export async function serveStandIn(answers: Answers) {
  /** Calls that get no answer until they are asked again, as when a station dies in the middle. */
  const swallowed = new Set<CallName>();
  const root = resolve('out/renderer');
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const name = path === '/' ? 'index.html' : path.slice(1);
    readFile(join(root, name)).then(
      (body) => {
        response.writeHead(200, {
          'content-type': TYPES[extname(name)] ?? 'text/plain',
          'content-security-policy': CSP,
        });
        response.end(body);
      },
      () => response.writeHead(name === 'favicon.ico' ? 204 : 404).end(),
    );
  });
  const sockets = new WebSocketServer({ server, path: '/station' });
  const heard: { call: string; key: string | undefined; ask: unknown }[] = [];
  sockets.on('connection', (socket) => {
    socket.on('message', (data) => {
      const { id, call, ask, key } = Request.parse(JSON.parse((data as Buffer).toString()));
      calls[call].ask.parse(ask); // the window must say what the contract says
      heard.push({ call, key, ask });
      if (swallowed.delete(call)) return;
      const answer = answers[call] as ((ask: unknown) => unknown) | undefined;
      socket.send(
        JSON.stringify(answer ? { id, reply: answer(ask) } : { id, error: `Nobody answers ${call}.` }),
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    heard,
    swallow: (call: CallName) => swallowed.add(call),
    tell(fact: Fact) {
      for (const socket of sockets.clients) socket.send(JSON.stringify({ fact }));
    },
    /** Cuts every connection, as a restart of the station does. */
    cut() {
      for (const socket of sockets.clients) socket.terminate();
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
