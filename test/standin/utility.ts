import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { PortMain, type Relayed, relayPorts } from './ports.ts';
import { strict } from './strict.ts';

/** Electron loses without a word what is said to a process that has just died. */
const lost = (): void => undefined;

const CHILD = fileURLToPath(new URL('./utility-child.ts', import.meta.url));

/** A utilityProcess as a child process of Node. */
export class Utility
  extends EventEmitter
  implements Pick<Electron.UtilityProcess, 'kill' | 'pid' | 'postMessage'>
{
  readonly modulePath: string;
  readonly args: readonly string[];
  readonly options: Electron.ForkOptions;
  readonly child: ChildProcess;
  readonly relay: ReturnType<typeof relayPorts>;
  ports = 0;

  constructor(modulePath: string, args: readonly string[], options: Electron.ForkOptions) {
    super();
    this.modulePath = modulePath;
    this.args = args;
    this.options = options;
    this.child = fork(CHILD, [modulePath, ...args], {
      serialization: 'advanced',
      execArgv: [],
      stdio: 'inherit',
    });
    this.relay = relayPorts((relayed) => void this.child.send(relayed, lost));
    this.child.on('spawn', () => this.emit('spawn'));
    this.child.on('message', (relayed: Relayed) => {
      if (relayed.kind === 'message') this.emit('message', relayed.data);
      else this.relay.heard(relayed);
    });
    this.child.on('exit', (code) => {
      this.relay.closeAll();
      this.emit('exit', code ?? 1);
    });
  }
  get pid(): number | undefined {
    return this.child.pid;
  }
  kill(): boolean {
    return this.child.kill();
  }
  postMessage(data: unknown, transfer: readonly Electron.MessagePortMain[] = []): void {
    const ports = transfer.map((port) => {
      if (!(port instanceof PortMain)) throw new TypeError('The stand-in transfers only ports of its own.');
      this.relay.carry((this.ports += 1), port);
      return this.ports;
    });
    this.child.send({ kind: 'message', data, ports } satisfies Relayed, lost);
  }
}

/** Every process that was forked, in order. */
export const forked: Utility[] = [];

export const utilityProcess = strict('utilityProcess', {
  fork: (modulePath: string, args: string[] = [], options: Electron.ForkOptions = {}): Utility => {
    const utility = strict('UtilityProcess', new Utility(modulePath, args, options));
    forked.push(utility);
    return utility;
  },
});
