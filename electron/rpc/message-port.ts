import type { Handlers } from '#shared/contract/calls.ts';
import type { Fact } from '#shared/contract/facts.ts';
import type { Connection } from '#electron/app/sessions.ts';
import { answer, encode } from './answer.ts';

/** What Electron's MessagePortMain and a worker's MessagePort have in common here. */
export interface Port {
  readonly postMessage: (text: string) => void;
  readonly onMessage: (listener: (data: unknown) => void) => void;
  readonly onClose: (listener: () => void) => void;
}

/** The contract over a MessagePort, for a window inside Electron: the same text as over a WebSocket. */
export function servePort(
  port: Port,
  handlers: Handlers,
  connect: (tell: (fact: Fact) => void) => Connection,
): void {
  const connection = connect((fact) => port.postMessage(encode({ fact })));
  port.onMessage((data) => {
    if (typeof data !== 'string') return;
    void answer(handlers, connection, data).then((response) => port.postMessage(encode(response)));
  });
  port.onClose(connection.close);
}
