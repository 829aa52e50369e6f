import { userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import { handlersOf } from '#electron/app/handlers.ts';
import { followRules } from '#electron/app/propose-by-rule.ts';
import { retimeDraft } from '#electron/app/retime-draft.ts';
import { runFeeds } from '#electron/app/run-feeds.ts';
import { runLinks } from '#electron/app/run-links.ts';
import { type Keychain, secretFile } from '#electron/app/secrets.ts';
import { type CaseWatch, reconcileCases, watchCases } from '#electron/app/reconcile-cases.ts';
import { Station } from '#electron/app/station.ts';
import { endAdvisers } from '#electron/solving/advise.ts';
import { workersEnded } from '#electron/solving/reserve.ts';
import { messageApi, PATH } from '#electron/erp/b2mml/post.ts';
import { watchFolder } from '#electron/erp/folder.ts';
import { lineApi } from '#electron/lines/line-api.ts';
import { serveWebSocket } from '#electron/rpc/websocket.ts';
import { type Store, StoreError, openStore } from '#electron/store/store.ts';
import type { Handlers } from '#shared/contract/calls.ts';
import { takeNotes } from './copies.ts';
import { type DataDir, openDataDir } from './data-dir.ts';
import { serveHttp } from './http.ts';
import { dropped, messageStation } from './incoming.ts';
import { lineServer } from './line-server.ts';
import { lineStation } from './line-station.ts';
import { tellTrouble } from './tell-trouble.ts';

/** A station with its store open; the same one behind the window, the command line and the tests. */
export interface Running {
  readonly station: Station;
  readonly handlers: Handlers;
  readonly dir: DataDir;
  readonly user: string;
  /** Cases follow what happens; null where the station only looks, as it does at a damaged record. */
  readonly cases: CaseWatch | null;
  readonly close: () => Promise<void>;
}

export interface RunOptions {
  readonly data?: string | undefined;
  /** Milliseconds since 1970; another clock rehearses another time. */
  readonly clock?: (() => number) | undefined;
  /** Only looks, also beside a running station. */
  readonly readonly?: boolean;
  /** A damaged record is looked at rather than refused. */
  readonly evenDamaged?: boolean;
  /** Seals the secrets of connections; without one they lie in a file that only its owner reads. */
  readonly keychain?: Keychain | undefined;
}

export async function openStation(options: RunOptions): Promise<Running> {
  const dir = openDataDir(options.data, { readonly: options.readonly ?? false });
  const open = async (store: Store): Promise<Station> => {
    try {
      return await Station.open({
        store,
        clock: options.clock ?? Date.now,
        dataDir: dir.root,
        secrets: secretFile(dir.root, options.keychain),
        lineKey: dir.lineKey,
      });
    } catch (error) {
      await store.close();
      throw error;
    }
  };
  const looking = { readonly: options.readonly ?? false };
  const station = await openStore(dir.database, looking).then(open, async (error: unknown) => {
    if (!options.evenDamaged || !isDamage(error)) throw error;
    // Whatever can still be read; where nothing can, what was found first says more than what follows from it.
    const damaged = await openStore(dir.database, { readonly: true })
      .then(open)
      .catch(() => Promise.reject(error));
    damaged.troubled({ kind: 'damaged', text: error.message });
    return damaged;
  });
  const { store } = station;
  const cases = options.readonly || station.trouble ? null : watchCases(station);
  if (cases) {
    await takeNotes(dir.root, station);
    await reconcileCases(station);
  }
  return {
    station,
    dir,
    handlers: handlersOf(station),
    user: userInfo().username,
    cases,
    close: async () => {
      station.solving?.cancel();
      await station.solving?.done;
      endAdvisers();
      await workersEnded();
      await cases?.stop();
      await store.close();
    },
  };
}

const isDamage = (error: unknown): error is StoreError =>
  error instanceof StoreError && error.trouble === 'damaged';

/** How often the board is held against the clock, in milliseconds. */
const REFRESH = 60_000;

/** How often windows that nobody touches are looked for. */
const LOOK = 5000;

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
  const { station, handlers, dir } = running;
  const socket = serveWebSocket(handlers, (tell) => station.sessions.connect(tell));
  const windowDir = options.windowDir ?? WINDOW_DIR;
  const linePages = lineApi(lineStation(station));
  const { server, port } = await serveHttp({
    port: options.port,
    windowDir,
    window: { key: dir.windowKey, upgrade: socket.upgrade },
    routes: [linePages, messageApi(messageStation(running), dir.erpKey)],
  });
  const lines = lineServer(station, { windowDir, routes: [linePages] });
  station.lineServer = lines;
  await lines.follow();
  const lineUrl = `http://127.0.0.1:${port}/line`;
  station.lineAddress = lineUrl;
  const locking = setInterval(() => station.sessions.lockIdle(), LOOK).unref();
  const stopWriting = station.trouble ? null : keepGoing(running);
  return {
    port,
    url: `http://127.0.0.1:${port}/?key=${dir.windowKey}`,
    lineUrl,
    messageUrl: `http://127.0.0.1:${port}${PATH}`,
    close: async () => {
      clearInterval(locking);
      await stopWriting?.();
      socket.close();
      await lines.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** What a station does by itself: takes in, tells, and keeps up with the clock. */
function keepGoing(running: Running): () => Promise<void> {
  const { station, dir } = running;
  const folder = watchFolder({ dir: dir.inbox, onFiles: (files) => dropped(running, files) });
  station.runningFeeds = runFeeds(station);
  station.runningLinks = runLinks(station);
  const stopRules = followRules(station);
  const refresh = () =>
    station
      .refresh()
      .then(() => retimeDraft(station))
      .then(() => reconcileCases(station))
      .then(() => takeNotes(dir.root, station))
      .catch(tellTrouble(station));
  const refreshing = setInterval(() => void refresh(), REFRESH).unref();
  return async () => {
    clearInterval(refreshing);
    await folder.stop();
    await stopRules();
    await station.runningFeeds?.stop();
    await station.runningLinks?.stop();
  };
}
