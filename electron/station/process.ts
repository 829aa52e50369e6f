import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { servePort } from '#electron/rpc/message-port.ts';
import { type Backup, type FromStation, ToStation } from '#electron/shell/station-message.ts';
import { newestBackup } from '#electron/app/keep-backups.ts';
import type { Keychain } from '#electron/app/secrets.ts';
import { must } from '#shared/base/must.ts';
import { COMMANDS, clockOf, flagsOf } from './commands.ts';
import { openDataDir } from './data-dir.ts';
import { noteRestored, restoreRecord } from './restore.ts';
import { watchStation } from './watch.ts';
import { type Running, type Serving, openStation, serveStation } from './running.ts';
import { serviceOf } from './service-of.ts';

/** The port of the line pages, the same on every start, so that a line's bookmark stays good. */
const PORT = 4180;

const parent = process.parentPort;
const tell = (message: FromStation): void => parent.postMessage(message);
const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Main holds the operating system's keychain: it is asked, and answers by the number of the question. */
let asked = 0;
const askKeychain = (what: 'seal' | 'open', text: string): Promise<string | null> =>
  new Promise((resolve) => {
    const id = (asked += 1);
    const hear = ({ data }: { readonly data: unknown }): void => {
      const told = ToStation.safeParse(data);
      if (!told.success || told.data.kind !== 'keychain' || told.data.id !== id) return;
      parent.off('message', hear);
      resolve(told.data.text);
    };
    parent.on('message', hear);
    tell({ kind: 'keychain', id, what, text });
  });
const keychain: Keychain = {
  seal: (secret) => askKeychain('seal', secret),
  open: (sealed) => askKeychain('open', sealed),
};

/** The arguments of `station serve`, and what to restore first. */
const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    ...flagsOf(must(COMMANDS['serve'], 'The command serve')),
    restore: { type: 'string' },
  },
  strict: false,
  allowPositionals: true,
});
const data = typeof values['data'] === 'string' ? values['data'] : undefined;

try {
  await serve();
} catch (error) {
  tell({ kind: 'failed', text: textOf(error), backup: newestIn(openDataDir(data, { readonly: true }).root) });
  setImmediate(() => process.exit(1));
}

/** The station as Electron's utilityProcess. */
async function serve(): Promise<void> {
  const { demo, port, restore } = values;
  const clock = clockOf({ values, positionals: [] });
  const restored = typeof restore === 'string' ? await restoreRecord(data, restore, clock ?? Date.now) : null;
  const running = await openStation({ data, clock, keychain, evenDamaged: true });
  if (restored) await noteRestored(running, restored);
  const { station, dir } = running;
  if (demo === true && !station.trouble && station.workspace.plant.orders.length === 0)
    await running.handlers['plant.openDemo'](
      {},
      { user: serviceOf(running, 'start'), origin: 'window', key: `demo ${randomUUID()}` },
    );
  const unwatch = watchStation(running);
  const serving = await serveLines(running, typeof port === 'string' ? Number(port) : null);
  parent.on('message', ({ data, ports: [port] }) =>
    hear(running, { ...serving, close: () => unwatch().then(serving.close) }, ToStation.parse(data), port),
  );
  const trouble = station.trouble?.text ?? null;
  tell({ kind: 'ready', inbox: dir.inbox, lineUrl: serving.lineUrl, trouble, backup: newestIn(dir.root) });
}

function newestIn(dataDir: string): Backup {
  const newest = newestBackup(dataDir);
  return newest ? { file: newest.file, at: new Date(newest.at * 1000).toISOString() } : null;
}

/** Serves the line pages; where their port is taken and nobody asked for just that one, on another. */
function serveLines(running: Running, port: number | null): Promise<Serving> {
  if (port !== null) return serveStation(running, { port });
  return serveStation(running, { port: PORT }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      return serveStation(running, { port: 0 });
    throw error;
  });
}

function hear(
  running: Running,
  serving: Serving,
  message: ToStation,
  port: Electron.MessagePortMain | undefined,
): void {
  const { station, handlers } = running;
  switch (message.kind) {
    case 'window':
      return openLine(must(port, 'The port of the window'), (line) =>
        servePort(line, handlers, (tell) => station.sessions.connect(tell)),
      );
    case 'backup':
      return void station.store.backup(message.file).then(
        ({ bytes }) => tell({ kind: 'backup', ok: true, text: `${message.file}, ${bytes} bytes` }),
        (error: unknown) => tell({ kind: 'backup', ok: false, text: textOf(error) }),
      );
    case 'keychain':
      return; // whoever asked hears it
    case 'close':
      return void serving
        .close()
        .then(running.close)
        .then(() => process.exit(0));
  }
}

/** Electron's port in the shape that `servePort` takes; what came meanwhile is heard as soon as somebody listens. */
function openLine(port: Electron.MessagePortMain, serve: (line: Parameters<typeof servePort>[0]) => void) {
  serve({
    postMessage: (text) => port.postMessage(text),
    onMessage: (listener) => void port.on('message', ({ data }) => listener(data)),
    onClose: (listener) => void port.on('close', listener),
  });
  port.start();
}
