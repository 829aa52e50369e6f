import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import { ChannelMain, type Relayed, relayPorts } from './ports.ts';

/** Stands in for a utilityProcess from the inside: gives it `process.parentPort`, then runs its module. */
const [module = ''] = process.argv.splice(1, 2, process.argv[2] ?? '').slice(1);
const send = (relayed: Relayed): void => void (process.connected && process.send?.(relayed));
const { carry, heard } = relayPorts(send);

const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (data: unknown): void => send({ kind: 'message', data, ports: [] }),
});

/** Messages wait until somebody listens. */
const waiting: Extract<Relayed, { kind: 'message' }>[] = [];
const deliver = ({ data, ports }: Extract<Relayed, { kind: 'message' }>): void => {
  const given = ports.map((id) => {
    const { port1, port2 } = new ChannelMain();
    carry(id, port1);
    return port2;
  });
  parentPort.emit('message', { data, ports: given });
};
parentPort.on('newListener', (event) => {
  if (event === 'message') setImmediate(() => waiting.splice(0).forEach(deliver));
});

process.on('message', (relayed: Relayed) => {
  if (relayed.kind !== 'message') heard(relayed);
  else if (parentPort.listenerCount('message') === 0) waiting.push(relayed);
  else deliver(relayed);
});
process.on('disconnect', () => process.exit(1)); // Electron ends it with its parent
Object.assign(process, { parentPort });
await import(pathToFileURL(module).href);
