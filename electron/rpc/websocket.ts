import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Handlers } from '#shared/contract/calls.ts';
import type { Fact } from '#shared/contract/facts.ts';
import { type Connection, answer, encode } from './answer.ts';

/** Larger messages are refused: an import of 64 MB fits, an attack does not. */
const MAX_MESSAGE = 80 * 1024 * 1024;

/** The contract over WebSocket, for a window that runs in a browser. */
export function serveWebSocket(
  handlers: Handlers,
  onFact: (listener: (fact: Fact) => void) => () => void,
  connection: Connection,
) {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE, perMessageDeflate: false });
  server.on('connection', (socket) => {
    const stop = onFact((fact) => socket.send(encode({ fact })));
    socket.on('message', (data, binary) => {
      if (binary) return socket.close(1003, 'JSON text only');
      void answer(handlers, connection, (data as Buffer).toString('utf8')).then((response) =>
        socket.send(encode(response)),
      );
    });
    socket.on('close', stop);
    socket.on('error', stop);
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
