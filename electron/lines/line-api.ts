import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { onceFor } from '#shared/base/once-for.ts';
import { tokenBucket } from '#shared/base/token-bucket.ts';
import {
  LINE_ACCESS,
  type LineEndpoint,
  type LineGuest,
  type LineList,
  type LineReading,
  type Operator,
  type ReportOutcome,
} from '#shared/contract/line.ts';
import { type Worklist, WorklistAsk } from '#shared/contract/worklist.ts';
import { IdentifyAsk, OverrideAsk, PairAsk } from '#shared/contract/override.ts';
import type { Device } from '#shared/domain/device.ts';
import { LineReport } from '#shared/domain/execution.ts';
import { PersonId } from '#shared/domain/person.ts';
import { jsonBody, sendJson } from './json-body.ts';
import { ownTurns } from './own-turn.ts';

/** A screen's answer that is no success: its status and its reason. */
export interface Denied {
  readonly ok: false;
  readonly status: 403 | 429;
  readonly text: string;
}

/** What the line pages need of the station. */
export interface LineStation {
  /** Whether screens must be paired: line pages are served over the plant network. */
  readonly pairs: () => boolean;
  readonly deviceOf: (key: string) => Device | null;
  readonly pair: (
    code: string,
    from: string,
  ) => Promise<{ readonly ok: true; readonly key: string } | Denied>;
  readonly identify: (
    device: Device,
    ask: IdentifyAsk,
  ) => Promise<({ readonly ok: true } & Operator) | Denied>;
  /** Whether this screen knew that person, by what it shows of it. */
  readonly knows: (device: Device, token: string, person: PersonId, at: number | undefined) => boolean;
  readonly list: (device: Device | null) => LineList;
  readonly has: (unit: string) => boolean;
  readonly view: (unit: string, person: PersonId | null, has: string) => LineReading | null;
  readonly worklist: (ask: WorklistAsk, person: PersonId | null, device: Device | null) => Worklist;
  readonly report: (report: LineReport, device: Device | null) => Promise<ReportOutcome>;
  readonly override: (ask: OverrideAsk, device: Device | null) => Promise<ReportOutcome>;
  /** The line has been heard of: it shows as connected. */
  readonly heard: (unit: string) => void;
  /** Calls the listener whenever the view of that unit may differ, without one any list; returns how to stop. */
  readonly onChange: (unit: string, listener: () => void) => () => void;
  /** Calls the listener whenever another screen may be let in, or one no more; returns how to stop. */
  readonly onAccess: (listener: () => void) => () => void;
}
type IdentifyAsk = z.infer<typeof IdentifyAsk>;

/** A stream that is idle is kept open by a comment this often, in milliseconds. */
const HEARTBEAT = 15_000;
const MAX_STREAMS = 200;
/** Of one screen: a tablet that is reloaded in haste has a few for a moment. */
const MAX_STREAMS_EACH = 8;
/** A page that is told reads its list again: how long it is told nothing more, in milliseconds. */
const TELL_EVERY = 300;
/** Requests of one screen at once and per second in the long run; a line that was away sends what it kept. */
const BURST = 60;
const PER_SECOND = 20;
/** Of so many screens and addresses it is counted; beyond that counting begins anew. */
const MAX_KNOWN = 1000;

/** The cookie in which a paired screen keeps its key; no script reads it. */
const COOKIE = 'shiftwright-line';
const COOKIE_DAYS = 400;

interface Asked {
  readonly station: LineStation;
  readonly unit: string;
  readonly url: URL;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly device: Device | null;
}

/** HTTP API of the line pages, as shared/contract/line.ts describes it. */
export function lineApi(station: LineStation) {
  const waitOf = limits();
  const streams: Streams = new Map();
  const ownTurn = ownTurns();
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> => {
    if (url.pathname !== '/api/line' && !url.pathname.startsWith('/api/line/')) return false;
    const device = station.deviceOf(keyIn(request));
    const wait = waitOf(request, device, station.pairs());
    // Not 429: a line keeps its report and sends it again when the station is busy, and only then.
    if (wait > 0) {
      response.setHeader('Retry-After', Math.ceil(wait / 1000));
      sendJson(response, 503, { error: 'Too many requests at once; the station is busy.' });
      return true;
    }
    const [endpoint, unit] = endpointOf(request.method ?? '', url);
    if (!endpoint) {
      sendJson(response, 404, { error: `There is no ${request.method} ${url.pathname}.` });
      return true;
    }
    if (!mayAsk(station, endpoint, unit, device, response)) return true;
    const asked = { station, unit, url, request, response, device };
    if (endpoint === 'changes') stream(asked, streams);
    else if (isRead(endpoint)) {
      await ownTurn();
      // Whoever went away meanwhile reads nothing.
      if (!response.destroyed) READS[endpoint](asked);
    } else await TAKES[endpoint](asked);
    return true;
  };
}

/**
 * How long whoever asks has to wait, in milliseconds. A paired screen counts by itself, over however many connections it
 * asks and however many screens are at one address; screens that nobody paired count by their address; pages of this machine,
 * while lines are not served elsewhere, by connection.
 */
function limits(): (request: IncomingMessage, device: Device | null, pairs: boolean) => number {
  const bucketFor = (): Bucket => tokenBucket(BURST, PER_SECOND);
  const byConnection = onceFor<object, Bucket>(bucketFor);
  const byName = new Map<string, Bucket>();
  return ({ socket }, device, pairs) => {
    if (!device && !pairs) return byConnection(socket)(performance.now());
    if (byName.size > MAX_KNOWN) byName.clear();
    const name = device ? `screen ${device.id}` : `at ${socket.remoteAddress}`;
    const bucket = byName.get(name) ?? bucketFor();
    byName.set(name, bucket);
    return bucket(performance.now());
  };
}
type Bucket = ReturnType<typeof tokenBucket>;

/** What is asked, and of which unit; what cannot be decoded is no unit. */
function endpointOf(method: string, { pathname, searchParams }: URL): [LineEndpoint | null, string] {
  let parts: string[];
  try {
    parts = pathname.split('/').slice(3).map(decodeURIComponent);
  } catch {
    return [null, ''];
  }
  const [unit, what] = parts;
  if (parts.length > 2 || unit === '') return [null, ''];
  if (unit === undefined) return [method === 'GET' ? overviewIn(searchParams) : null, ''];
  if (what === undefined && method === 'POST')
    return [unit === 'pair' || unit === 'operator' ? unit : null, ''];
  if (what === undefined) return [method === 'GET' ? 'view' : null, unit];
  if (what === 'changes') return [method === 'GET' ? what : null, unit];
  if (what === 'reports' || what === 'overrides') return [method === 'POST' ? what : null, unit];
  return [null, unit];
}

/** What is asked of no unit: the units and lists there are, one of the lists, or to hear of changes. */
function overviewIn(asked: URLSearchParams): LineEndpoint {
  if (asked.has('list')) return 'worklist';
  return asked.has('changes') ? 'changes' : 'list';
}

function mayAsk(
  station: LineStation,
  endpoint: LineEndpoint,
  unit: string,
  device: Device | null,
  response: ServerResponse,
): boolean {
  const guest = guestOf(station, unit, device);
  if (LINE_ACCESS[endpoint].includes(guest)) return true;
  if (guest === 'stranger')
    sendJson(response, 401, { error: 'This screen is not paired with the station.', code: 'PAIRING_NEEDED' });
  else if (guest === 'local')
    sendJson(response, 404, { error: 'This is done at paired screens, once lines are served elsewhere.' });
  else sendJson(response, 403, { error: `This screen is not one of “${unit}”.` });
  return false;
}

function guestOf(station: LineStation, unit: string, device: Device | null): LineGuest {
  if (!station.pairs()) return 'local';
  if (!device) return 'stranger';
  return unit === '' || (device.units as readonly string[]).includes(unit) ? 'own' : 'foreign';
}

const READS: Record<'list' | 'worklist' | 'view', (asked: Asked) => void> = {
  list: ({ station, response, device }) =>
    sendJson(response, 200, station.list(station.pairs() ? device : null)),
  worklist,
  view,
};
const isRead = (endpoint: LineEndpoint): endpoint is keyof typeof READS => endpoint in READS;

function view({ station, unit, url, response }: Asked): void {
  const person = PersonId.safeParse(url.searchParams.get('person'));
  const found = station.view(unit, person.success ? person.data : null, url.searchParams.get('has') ?? '');
  if (!found) return noUnit(response, unit);
  station.heard(unit);
  sendJson(response, 200, found);
}

/** A person's own list is that person's: over the plant network only whoever identified at this screen reads it. */
function worklist({ station, url, request, response, device }: Asked): void {
  const person = PersonId.safeParse(url.searchParams.get('person'));
  const list = url.searchParams.get('list');
  const area = url.searchParams.get('area') ?? undefined;
  const ask = WorklistAsk.safeParse(list === 'mine' ? { person: person.data } : { domain: list, area });
  if (!ask.success) return sendJson(response, 404, { error: `There is no list “${list}”.` });
  const token = request.headers['x-operator'];
  const isTheirs =
    !station.pairs() ||
    !('person' in ask.data) ||
    (device && typeof token === 'string' && station.knows(device, token, ask.data.person, undefined));
  if (!isTheirs) return sendJson(response, 403, { error: IDENTIFY, code: 'OPERATOR_NEEDED' });
  sendJson(response, 200, station.worklist(ask.data, person.data ?? null, station.pairs() ? device : null));
}

const IDENTIFY = 'Show your badge or enter your PIN again.';

const noUnit = (response: ServerResponse, unit: string): void =>
  sendJson(response, 404, { error: `There is no work unit “${unit}”.` });

/** How many streams each paired screen has open; unpaired pages of this machine are one. */
type Streams = Map<string, number>;

function stream({ station, unit, request, response, device }: Asked, streams: Streams): void {
  const heard = (): void => void (unit !== '' && station.heard(unit));
  if (unit !== '' && !station.has(unit)) return noUnit(response, unit);
  const screen = device?.id ?? '';
  const mine = streams.get(screen) ?? 0;
  const all = [...streams.values()].reduce((sum, open) => sum + open, 0);
  if (all >= MAX_STREAMS || (device && mine >= MAX_STREAMS_EACH))
    return sendJson(response, 503, { error: 'Too many line pages are open.' });
  streams.set(screen, mine + 1);
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    Connection: 'keep-alive',
  });
  // One notice says it all: whoever reads slowly gets the next when the last has been read, and nobody many at once.
  let owes = false;
  let told = -Infinity;
  let next: NodeJS.Timeout | null = null;
  const tell = (): void => {
    if (response.writableEnded) return;
    next = null;
    told = performance.now();
    if (!mayHear()) return;
    owes = response.writableNeedDrain;
    if (!owes) response.write('event: changed\ndata: {}\n\n');
  };
  // A screen that was revoked meanwhile hears nothing more.
  const mayHear = (): boolean => {
    const guest = guestOf(station, unit, station.deviceOf(keyIn(request)));
    const may = LINE_ACCESS.changes.includes(guest);
    if (!may) response.end();
    return may;
  };
  const tellSoon = (): void => {
    const wait = told + TELL_EVERY - performance.now();
    if (wait <= 0) tell();
    else next ??= setTimeout(tell, wait);
  };
  response.on('drain', () => owes && tell());
  tell();
  heard();
  const stops = [station.onChange(unit, tellSoon), station.onAccess(mayHear)];
  const beat = setInterval(() => {
    heard();
    if (!response.writableNeedDrain) response.write(': still here\n\n');
  }, HEARTBEAT);
  response.on('close', () => {
    streams.set(screen, (streams.get(screen) ?? 1) - 1);
    clearInterval(beat);
    if (next) clearTimeout(next);
    for (const stop of stops) stop();
  });
}

const TAKES: Record<'reports' | 'overrides' | 'operator' | 'pair', (asked: Asked) => Promise<void>> = {
  reports: async (asked) => {
    const report = await jsonBody(asked.request, asked.response, LineReport, 'report');
    if (!report || !isOfUnit(asked, report) || !isByKnown(asked, report)) return;
    asked.station.heard(asked.unit);
    sendOutcome(asked.response, await asked.station.report(report, asked.device));
  },
  overrides: async (asked) => {
    const ask = await jsonBody(asked.request, asked.response, OverrideAsk, 'override');
    if (!ask || !isOfUnit(asked, ask.report) || !isByKnown(asked, ask.report)) return;
    sendOutcome(asked.response, await asked.station.override(ask, asked.device));
  },
  operator: async ({ station, request, response, device }) => {
    const ask = await jsonBody(request, response, IdentifyAsk, 'code');
    if (!ask || !device) return;
    const answer = await station.identify(device, ask);
    if (!answer.ok) return sendJson(response, answer.status, { error: answer.text });
    const { person, name, token } = answer;
    sendJson(response, 200, { person, name, token } satisfies Operator);
  },
  pair: async ({ station, request, response }) => {
    const ask = await jsonBody(request, response, PairAsk, 'code');
    if (!ask) return;
    const answer = await station.pair(ask.code, request.socket.remoteAddress ?? 'unknown');
    if (!answer.ok) return sendJson(response, answer.status, { error: answer.text });
    const cookie = `${COOKIE}=${answer.key}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${COOKIE_DAYS * 86_400}`;
    response.setHeader('Set-Cookie', cookie);
    sendJson(response, 200, { ok: true });
  },
};

function isOfUnit({ station, unit, response }: Asked, report: Pick<LineReport, 'unit'>): boolean {
  if (report.unit !== unit)
    sendJson(response, 400, { error: `The report is of ${report.unit}, its address of ${unit}.` });
  else if (!station.has(unit)) noUnit(response, unit);
  else return true;
  return false;
}

/** Over the plant network nobody says in somebody else's name what they did. */
function isByKnown(
  { station, request, response, device }: Asked,
  { person, at }: Pick<LineReport, 'person' | 'at'>,
): boolean {
  if (!station.pairs() || !person) return true;
  const token = request.headers['x-operator'];
  if (device && typeof token === 'string' && station.knows(device, token, person, at)) return true;
  sendJson(response, 403, { error: IDENTIFY, code: 'OPERATOR_NEEDED' });
  return false;
}

const sendOutcome = (response: ServerResponse, outcome: ReportOutcome): void =>
  sendJson(response, outcome.ok ? 200 : 409, outcome);

function keyIn({ headers }: IncomingMessage): string {
  const parts = headers.cookie?.split(';').map((part) => part.trim()) ?? [];
  return parts.find((part) => part.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? '';
}
