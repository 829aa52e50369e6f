import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import { handlersOf } from '#electron/app/handlers.ts';
import { readFiles } from '#electron/app/import-files.ts';
import { workUnitsOf } from '#electron/app/board-view.ts';
import { lineList, lineView } from '#electron/app/line-view.ts';
import { becameOf, openMessage, receiveMessages } from '#electron/app/receive-messages.ts';
import { recordExecution } from '#electron/app/record-execution.ts';
import { runFeeds } from '#electron/app/run-feeds.ts';
import { runLinks } from '#electron/app/run-links.ts';
import { type Keychain, secretFile } from '#electron/app/secrets.ts';
import { Station } from '#electron/app/station.ts';
import { messageApi, PATH } from '#electron/erp/b2mml/post.ts';
import type { Decoded } from '#electron/erp/decoded.ts';
import { watchFolder } from '#electron/erp/folder.ts';
import { lineApi } from '#electron/lines/line-api.ts';
import { serveWebSocket } from '#electron/rpc/websocket.ts';
import { openStore } from '#electron/store/store.ts';
import { csvFrom } from '#shared/base/csv.ts';
import { must } from '#shared/base/must.ts';
import type { Handlers } from '#shared/contract/calls.ts';
import type { RowRefusal } from '#shared/domain/import-report.ts';
import { type DataDir, openDataDir } from './data-dir.ts';
import { serveHttp } from './http.ts';

/** A station with its store open; the same one behind the window, the command line and the tests. */
export interface Running {
  readonly station: Station;
  readonly handlers: Handlers;
  readonly dir: DataDir;
  readonly user: string;
  readonly close: () => Promise<void>;
}

export interface RunOptions {
  readonly data?: string | undefined;
  /** Milliseconds since 1970; another clock rehearses another time. */
  readonly clock?: (() => number) | undefined;
  /** Only looks, also beside a running station. */
  readonly readonly?: boolean;
  /** Seals the secrets of connections; without one they lie in a file that only its owner reads. */
  readonly keychain?: Keychain | undefined;
}

export async function openStation(options: RunOptions): Promise<Running> {
  const dir = openDataDir(options.data, { readonly: options.readonly ?? false });
  const store = await openStore(dir.database, { readonly: options.readonly ?? false });
  const station = await Station.open({
    store,
    clock: options.clock ?? Date.now,
    dataDir: dir.root,
    secrets: secretFile(dir.root, options.keychain),
  });
  return {
    station,
    dir,
    handlers: handlersOf(station),
    user: userInfo().username,
    close: async () => {
      station.solving?.cancel();
      await station.solving?.done;
      await store.close();
    },
  };
}

/** How often the board is held against the clock, in milliseconds. */
const REFRESH = 60_000;

export interface Serving {
  /** Address of the window, with its key. */
  readonly url: string;
  readonly lineUrl: string;
  /** Where an ERP posts B2MML messages, with the key in the data folder. */
  readonly messageUrl: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Where `npm run build` puts the window and the line page. */
export const WINDOW_DIR = fileURLToPath(new URL('../../out/renderer', import.meta.url));

/** Serves the window, the line pages and the drop folder of an open station. */
export async function serveStation(
  running: Running,
  options: { port: number; windowDir?: string },
): Promise<Serving> {
  const { station, handlers, dir, user } = running;
  const socket = serveWebSocket(handlers, (listener) => station.onFact(listener), { user, origin: 'window' });
  const { server, port } = await serveHttp({
    port: options.port,
    windowDir: options.windowDir ?? WINDOW_DIR,
    windowKey: dir.windowKey,
    routes: [lineApi(lineStation(running)), messageApi(messageStation(running), dir.erpKey)],
    upgrade: socket.upgrade,
  });
  const lineUrl = `http://127.0.0.1:${port}/line`;
  station.lineAddress = lineUrl;
  const folder = watchFolder({ dir: dir.inbox, onFiles: (files) => dropped(running, files) });
  station.runningFeeds = runFeeds(station);
  station.runningLinks = runLinks(station);
  const refreshing = setInterval(() => void station.refresh().catch(troubled(station)), REFRESH).unref();
  return {
    port,
    url: `http://127.0.0.1:${port}/?key=${dir.windowKey}`,
    lineUrl,
    messageUrl: `http://127.0.0.1:${port}${PATH}`,
    close: async () => {
      clearInterval(refreshing);
      await folder.stop();
      await station.runningFeeds?.stop();
      await station.runningLinks?.stop();
      socket.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function lineStation({ station }: Running) {
  return {
    list: () => lineList(station),
    has: (unit: string) => workUnitsOf(station.workspace).some(({ id }) => (id as string) === unit),
    view: (unit: string, person: Parameters<typeof lineView>[2]) => lineView(station, unit, person),
    report: async (report: Parameters<typeof recordExecution>[1]) => {
      const outcome = await recordExecution(station, report, {
        user: report.person ?? report.unit,
        origin: 'line',
        key: report.id,
      });
      return outcome.ok
        ? { ok: true as const, seq: outcome.detail.seq }
        : { ok: false as const, refusal: outcome.refusal };
    },
    heard: (unit: string) => void station.heard.set(unit, station.now),
    onChange: (listener: () => void) =>
      station.onFact((fact) => fact.kind !== 'solve.progress' && listener()),
  };
}

/** What an ERP posts. A message that is not B2MML as a whole is answered with its one reason. */
function messageStation({ station, user }: Running) {
  return {
    open: () => openMessage(station, 'message'),
    receive: async (message: Decoded, sha256: string) => {
      const file = { name: 'message', sha256, message };
      const caller = { user, origin: 'import', key: `post ${randomUUID()}` } as const;
      const { outcome, answers } = await receiveMessages(station, { files: [file], mappings: [] }, caller);
      if (!outcome.ok) return { taken: false, text: outcome.refusal.text };
      const became = becameOf(file, outcome.detail);
      tellImported(
        station,
        [message.envelope ? message.message : 'A posted message'],
        became.refusals.length,
      );
      return { taken: !became.rejected, text: answers[0]?.text ?? reasonsOf(became.refusals) };
    },
  };
}

/** Reasons for a sender whose message says nothing of an answer. */
const reasonsOf = (refusals: readonly RowRefusal[]): string => (refusals.length > 0 ? csvFrom(refusals) : '');

const troubled =
  (station: Station) =>
  (error: unknown): void =>
    station.tell({
      kind: 'notice',
      level: 'error',
      text: error instanceof Error ? error.message : String(error),
    });

/** What appears in the drop folder goes in by itself; the planner is told, also when it could not be stored. */
async function dropped(running: Running, files: readonly { name: string; text: string }[]) {
  const { station, user } = running;
  const caller = { user, origin: 'import', key: `drop ${randomUUID()}` } as const;
  try {
    const readings = must(await readFiles(station, { files, dryRun: false }), 'no mapping was asked for');
    const { outcome, answers } = await receiveMessages(station, readings, caller);
    if (!outcome.ok) {
      const reason = outcome.refusal.text;
      return {
        refusals: [{ file: files[0]?.name ?? '', line: 0, field: '', value: '', reason }],
        warnings: [],
        answers,
      };
    }
    const { refusals, warnings } = outcome.detail;
    tellImported(
      station,
      files.map((file) => file.name),
      refusals.length,
    );
    return { refusals, warnings, answers };
  } catch (error) {
    troubled(station)(error);
    throw error;
  }
}

const tellImported = (station: Station, names: readonly string[], refused: number): void =>
  station.tell({
    kind: 'notice',
    level: refused > 0 ? 'warn' : 'info',
    text: `${names.join(', ')}: imported${refused > 0 ? `, ${refused} rows refused` : ''}.`,
  });
