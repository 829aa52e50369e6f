import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import { hasAccounts } from '#electron/app/workspace.ts';
import { handlersOf } from '#electron/app/handlers.ts';
import { readFiles } from '#electron/app/import-files.ts';
import { workUnitsOf } from '#electron/app/board-view.ts';
import { identify, isIdentified } from '#electron/app/identify.ts';
import { deviceOf, pairDevice } from '#electron/app/line-access.ts';
import { lineList, lineView } from '#electron/app/line-view.ts';
import { overrideGate } from '#electron/app/override-gate.ts';
import { becameOf, openMessage, receiveMessages } from '#electron/app/receive-messages.ts';
import { recordExecution } from '#electron/app/record-execution.ts';
import { reportCannotRun } from '#electron/app/report-cannot-run.ts';
import { reportListSeen } from '#electron/app/see-list.ts';
import { followRules } from '#electron/app/propose-by-rule.ts';
import { retimeDraft } from '#electron/app/retime-draft.ts';
import { runFeeds } from '#electron/app/run-feeds.ts';
import { runLinks } from '#electron/app/run-links.ts';
import { type Keychain, secretFile } from '#electron/app/secrets.ts';
import { type CaseWatch, reconcileCases, watchCases } from '#electron/app/reconcile-cases.ts';
import { Station } from '#electron/app/station.ts';
import { worklistView } from '#electron/app/worklist-view.ts';
import { messageApi, PATH } from '#electron/erp/b2mml/post.ts';
import type { Decoded } from '#electron/erp/decoded.ts';
import { watchFolder } from '#electron/erp/folder.ts';
import { lineApi } from '#electron/lines/line-api.ts';
import { serveWebSocket } from '#electron/rpc/websocket.ts';
import { type Store, StoreError, openStore } from '#electron/store/store.ts';
import { csvFrom } from '#shared/base/csv.ts';
import { must } from '#shared/base/must.ts';
import type { Caller, Handlers, Outcome } from '#shared/contract/calls.ts';
import type { ReportOutcome } from '#shared/contract/line.ts';
import type { OverrideAsk } from '#shared/contract/override.ts';
import type { Device } from '#shared/domain/device.ts';
import type { LineReport } from '#shared/domain/execution.ts';
import type { RowRefusal } from '#shared/domain/import-report.ts';
import type { PersonId } from '#shared/domain/person.ts';
import { type DataDir, openDataDir } from './data-dir.ts';
import { serveHttp } from './http.ts';
import { lineServer } from './line-server.ts';

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
  if (cases) await reconcileCases(station);
  return {
    station,
    dir,
    handlers: handlersOf(station),
    user: userInfo().username,
    cases,
    close: async () => {
      station.solving?.cancel();
      await station.solving?.done;
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
  const linePages = lineApi(lineStation(running));
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
      .catch(troubled(station));
  const refreshing = setInterval(() => void refresh(), REFRESH).unref();
  return async () => {
    clearInterval(refreshing);
    await folder.stop();
    await stopRules();
    await station.runningFeeds?.stop();
    await station.runningLinks?.stop();
  };
}

function lineStation({ station }: Running) {
  return {
    pairs: () => station.workspace.lineAccess.on,
    deviceOf: (key: string) => deviceOf(station, key),
    pair: (code: string, from: string) => pairDevice(station, code, from),
    identify: (device: Device, ask: Parameters<typeof identify>[2]) => identify(station, device.id, ask),
    knows: (device: Device, token: string, person: PersonId, at: number | undefined) =>
      isIdentified(station, device.id, token, person, at ?? station.now),
    list: (device: Device | null) => lineList(station, device?.units),
    has: (unit: string) => workUnitsOf(station.workspace).some(({ id }) => (id as string) === unit),
    view: (unit: string, person: Parameters<typeof lineView>[2]) => lineView(station, unit, person),
    worklist: (
      ask: Parameters<typeof worklistView>[1],
      person: Parameters<typeof worklistView>[2],
      device: Device | null,
    ) => worklistView(station, ask, person, device?.units),
    report: async (report: LineReport, device: Device | null) =>
      toldOf(await takeReport(station, report, lineCaller(station, report, device))),
    override: async (ask: OverrideAsk, device: Device | null) =>
      toldOf(await overrideGate(station, ask, lineCaller(station, ask.report, device))),
    heard: (unit: string) => void station.heard.set(unit, station.now),
    onChange: (listener: () => void) =>
      station.onFact((fact) => fact.kind !== 'solve.progress' && listener()),
  };
}

/** Whoever identified, or else the line itself. */
function lineCaller(
  { workspace }: Station,
  { id, person, unit }: Pick<LineReport, 'id' | 'person' | 'unit'>,
  device: Device | null,
): Caller {
  const name = workspace.plant.people.find((entry) => entry.id === person)?.name;
  const workstation = device ? `${device.id} ${device.name}` : hostname();
  return {
    user: person ?? unit,
    origin: 'line',
    key: id,
    by: { workstation, ...(name !== undefined && { userName: name }) },
  };
}

const toldOf = (outcome: Outcome<{ seq: number }>): ReportOutcome =>
  outcome.ok ? { ok: true, seq: outcome.detail.seq } : { ok: false, refusal: outcome.refusal };

function takeReport(station: Station, report: LineReport, caller: Caller): Promise<Outcome<{ seq: number }>> {
  switch (report.kind) {
    case 'cannotRun':
      return reportCannotRun(station, report, caller);
    case 'listSeen':
      return reportListSeen(station, report, caller);
    default:
      return recordExecution(station, report, caller);
  }
}

/** What an ERP posts. A message that is not B2MML as a whole is answered with its one reason. */
function messageStation(running: Running) {
  const { station } = running;
  return {
    open: () => openMessage(station, 'message'),
    receive: async (message: Decoded, sha256: string) => {
      const file = { name: 'message', sha256, message };
      const caller = {
        user: serviceOf(running, 'erp post'),
        origin: 'import',
        key: `post ${randomUUID()}`,
      } as const;
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

/** Where there are accounts nothing is written in the name of whoever started the station (AT-11). */
export const serviceOf = ({ station, user }: Running, name: string): string =>
  hasAccounts(station.workspace) ? `service ${name}` : user;

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
  const { station } = running;
  const caller = {
    user: serviceOf(running, 'inbox'),
    origin: 'import',
    key: `drop ${randomUUID()}`,
  } as const;
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
