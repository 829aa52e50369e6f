import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { tokenBucket } from '#shared/base/token-bucket.ts';
import type { Handlers } from '#shared/contract/calls.ts';
import type { Fact } from '#shared/contract/facts.ts';
import type { Connection } from '#electron/app/sessions.ts';
import { onceFor } from '#shared/base/once-for.ts';
import { answer, encode } from './answer.ts';

/** Larger messages are refused: an import of 64 MB fits, an attack does not. */
const MAX_MESSAGE = 80 * 1024 * 1024;
const MAX_WINDOWS = 50;
/** Calls of one window at once and per second in the long run; a drag asks thirty times a second. */
const BURST = 300;
const PER_SECOND = 100;
/** A window that has not read so many bytes is cut off; it connects anew and reads the board as it is then. */
const MAX_UNREAD = 32 * 1024 * 1024;

/** Close codes of RFC 6455. */
const UNSUPPORTED = 1003;
const TRY_LATER = 1013;

/** The contract over WebSocket, for a window that runs in a browser. */
export function serveWebSocket(handlers: Handlers, connect: (tell: (fact: Fact) => void) => Connection) {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE, perMessageDeflate: false });
  server.on('connection', (socket) => {
    // What cannot be read (too large, no text, against the protocol) ends this connection, nothing else.
    socket.on('error', () => socket.terminate());
    if (server.clients.size > MAX_WINDOWS) return socket.close(TRY_LATER, 'Too many windows');
    const connection = connect((fact) => send(socket, encodedFact(fact)));
    socket.on('close', connection.close);
    const take = tokenBucket(BURST, PER_SECOND);
    socket.on('message', (data, binary) => {
      if (binary) return socket.close(UNSUPPORTED, 'JSON text only');
      slowDown(socket, take(performance.now()));
      void answer(handlers, connection, (data as Buffer).toString('utf8')).then((response) =>
        send(socket, encode(response)),
      );
    });
  });
  return {
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer): void =>
      server.handleUpgrade(request, socket, head, (client) => server.emit('connection', client, request)),
    close: (): void => {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

/** Every window is told the same: it is written once. */
const encodedFact = onceFor((fact: Fact) => encode({ fact }));

function send(socket: WebSocket, text: string): void {
  if (socket.bufferedAmount > MAX_UNREAD) socket.terminate();
  else socket.send(text);
}

/** Nothing is lost: what comes too fast waits in the sender. */
function slowDown(socket: WebSocket, millis: number): void {
  if (millis === 0 || socket.isPaused) return;
  socket.pause();
  setTimeout(() => socket.resume(), millis).unref();
}
