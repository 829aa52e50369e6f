import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type Socket, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { must } from '#shared/base/must.ts';
import { freePort } from './free-port.ts';

/** The program that `npm run test:lines` has found or fetched; undefined where there is none and its tests are skipped. */
export const MOSQUITTO = process.env['MOSQUITTO'];

const EXAMPLE = fileURLToPath(new URL('../../electron/lines/mqtt/', import.meta.url));

export interface Broker {
  readonly address: string;
  /** Ends it as a power cut would, with all that it has in memory. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same port, empty. */
  readonly start: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** A real mosquitto on 127.0.0.1 with the example's configuration and access list; every user's password is its name. */
export async function realBroker(users: readonly string[]): Promise<Broker> {
  const program = must(MOSQUITTO, 'MOSQUITTO');
  const dir = await mkdtemp(join(tmpdir(), 'shiftwright-broker-'));
  const port = await freePort();
  const path = (name: string): string => join(dir, name);
  const conf = await readFile(join(EXAMPLE, 'mosquitto.conf'), 'utf8');
  await copyFile(join(EXAMPLE, 'lines.acl'), path('lines.acl'));
  await writeFile(
    path('mosquitto.conf'),
    conf
      .replace('listener 1883', `listener ${port} 127.0.0.1`)
      .replace('password_file passwords', `password_file ${path('passwords')}`)
      .replace('acl_file lines.acl', `acl_file ${path('lines.acl')}`)
      .concat(process.getuid?.() === 0 ? '\nuser root\n' : ''),
  );
  await writeFile(path('passwords'), users.map((user) => `${user}:${user}\n`).join(''), { mode: 0o600 });
  const passwords = program.replace(/sbin\/mosquitto$/, 'bin/mosquitto_passwd');
  const hashed = spawnSync(passwords, ['-U', path('passwords')], { encoding: 'utf8' });
  if (hashed.status !== 0) throw new Error(`${passwords}: ${hashed.stderr}`);

  let child: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    const log: string[] = [];
    child = spawn(program, ['-c', path('mosquitto.conf')], { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr?.on('data', (text: Buffer) => log.push(text.toString()));
    for (let tries = 0; !(await answers(port)); tries += 1) {
      if (tries > 200 || child.exitCode !== null) throw new Error(`mosquitto did not start: ${log.join('')}`);
      await sleep(25);
    }
  };
  const kill = async (): Promise<void> => {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null) return;
    const gone = new Promise((resolve) => running.once('close', resolve));
    running.kill('SIGKILL');
    await gone;
  };
  await start();
  return {
    address: `mqtt://127.0.0.1:${port}`,
    kill,
    start,
    remove: async () => {
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket: Socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
