import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { strict } from './strict.ts';

/** Node's MessagePort with the manners of Electron's: silent until `start`, events instead of bare values. */
export class PortMain
  extends EventEmitter
  implements Pick<Electron.MessagePortMain, 'close' | 'postMessage' | 'start'>
{
  readonly port: MessagePort;
  constructor(port: MessagePort) {
    super();
    this.port = port;
    port.once('close', () => this.emit('close'));
    port.unref();
  }
  start(): void {
    this.port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
    this.port.unref();
  }
  postMessage(message: unknown): void {
    this.port.postMessage(message);
  }
  close(): void {
    this.port.close();
  }
}

export class ChannelMain {
  readonly port1: PortMain;
  readonly port2: PortMain;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = strict('MessagePortMain', new PortMain(port1));
    this.port2 = strict('MessagePortMain', new PortMain(port2));
  }
}

/** What goes between the two processes: a message, possibly with ports by number, and what happens on such a port. */
export type Relayed =
  | { readonly kind: 'message'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly kind: 'port'; readonly port: number; readonly data: unknown }
  | { readonly kind: 'close'; readonly port: number };

/** Carries MessagePorts over a line between two processes that knows only messages. */
export function relayPorts(send: (relayed: Relayed) => void) {
  const ports = new Map<number, PortMain>();
  const carry = (id: number, port: PortMain): void => {
    ports.set(id, port);
    port.on('message', ({ data }: { data: unknown }) => send({ kind: 'port', port: id, data }));
    port.on('close', () => {
      if (ports.delete(id)) send({ kind: 'close', port: id });
    });
    port.start();
  };
  return {
    carry,
    heard: (relayed: Exclude<Relayed, { kind: 'message' }>): void => {
      const port = ports.get(relayed.port);
      if (relayed.kind === 'port') return port?.postMessage(relayed.data);
      ports.delete(relayed.port);
      port?.close();
    },
    closeAll: (): void => {
      const open = [...ports.values()];
      ports.clear();
      for (const port of open) port.close();
    },
  };
}
