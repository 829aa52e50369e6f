import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { onceFor } from '#shared/base/once-for.ts';
import { tokenBucket } from '#shared/base/token-bucket.ts';
import type { LineList, LineView, ReportOutcome } from '#shared/contract/line.ts';
import { LineReport } from '#shared/domain/execution.ts';
import { PersonId } from '#shared/domain/person.ts';

/** What the line pages need of the station. */
export interface LineStation {
  readonly list: () => LineList;
  readonly has: (unit: string) => boolean;
  readonly view: (unit: string, person: PersonId | null) => LineView | null;
  readonly report: (report: LineReport) => Promise<ReportOutcome>;
  /** The line has been heard of: it shows as connected. */
  readonly heard: (unit: string) => void;
  /** Calls the listener whenever a view may differ; returns how to stop. */
  readonly onChange: (listener: () => void) => () => void;
}

const MAX_BODY = 64 * 1024;
/** A stream that is idle is kept open by a comment this often, in milliseconds. */
const HEARTBEAT = 15_000;
const MAX_STREAMS = 200;
/** Requests of one connection at once and per second in the long run; a line that was away sends what it kept. */
const BURST = 60;
const PER_SECOND = 20;

/** HTTP API of the line pages, as shared/contract/line.ts describes it. */
export function lineApi(station: LineStation) {
  const bucketOf = onceFor<Socket, ReturnType<typeof tokenBucket>>(() => tokenBucket(BURST, PER_SECOND));
  const streams = { open: 0 };
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> => {
    if (url.pathname !== '/api/line' && !url.pathname.startsWith('/api/line/')) return false;
    const wait = bucketOf(request.socket)(performance.now());
    // Not 429: a line keeps its report and sends it again when the station is busy, and only then.
    if (wait > 0) {
      response.setHeader('Retry-After', Math.ceil(wait / 1000));
      json(response, 503, { error: 'Too many requests at once; the station is busy.' });
      return true;
    }
    const [unit, what] = partsOf(url.pathname);
    if (unit === undefined && request.method === 'GET') json(response, 200, station.list());
    else if (unit !== undefined && what === undefined && request.method === 'GET')
      view(station, unit, url, response);
    else if (unit !== undefined && what === 'changes' && request.method === 'GET')
      stream(station, unit, streams, request, response);
    else if (unit !== undefined && what === 'reports' && request.method === 'POST')
      await take(station, unit, request, response);
    else json(response, 404, { error: `There is no ${request.method} ${url.pathname}.` });
    return true;
  };
}

/** Unit and what is asked of it; what cannot be decoded is no unit. */
function partsOf(path: string): string[] {
  try {
    return path.split('/').slice(3).map(decodeURIComponent);
  } catch {
    return [''];
  }
}

function view(station: LineStation, unit: string, url: URL, response: ServerResponse): void {
  const person = PersonId.safeParse(url.searchParams.get('person'));
  const found = station.view(unit, person.success ? person.data : null);
  if (!found) return noUnit(response, unit);
  station.heard(unit);
  json(response, 200, found);
}

const noUnit = (response: ServerResponse, unit: string): void =>
  json(response, 404, { error: `There is no work unit “${unit}”.` });

function stream(
  station: LineStation,
  unit: string,
  streams: { open: number },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (!station.has(unit)) return noUnit(response, unit);
  if (streams.open >= MAX_STREAMS) return json(response, 503, { error: 'Too many line pages are open.' });
  streams.open += 1;
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    Connection: 'keep-alive',
  });
  // One notice says it all: whoever reads slowly gets the next when the last has been read.
  let owes = false;
  const tell = (): void => {
    owes = response.writableNeedDrain;
    if (!owes) response.write('event: changed\ndata: {}\n\n');
  };
  response.on('drain', () => owes && tell());
  tell();
  station.heard(unit);
  const stop = station.onChange(tell);
  const beat = setInterval(() => {
    station.heard(unit);
    if (!response.writableNeedDrain) response.write(': still here\n\n');
  }, HEARTBEAT);
  request.on('close', () => {
    streams.open -= 1;
    clearInterval(beat);
    stop();
  });
}

async function take(
  station: LineStation,
  unit: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== 'application/json')
    return json(response, 415, { error: 'Reports are JSON.' });
  const body = await bodyOf(request);
  if (body === null) {
    response.setHeader('Connection', 'close');
    return json(response, 413, { error: `A report is at most ${MAX_BODY} bytes.` });
  }
  let raw: unknown;
  try {
    raw = JSON.parse(body);
  } catch {
    return json(response, 400, { error: 'This is no JSON.' });
  }
  const report = LineReport.safeParse(raw);
  if (!report.success) {
    const issue = report.error.issues[0];
    return json(response, 400, {
      error: `${issue?.path.join('.') ?? 'report'}: ${issue?.message ?? 'wrong shape'}`,
    });
  }
  if (report.data.unit !== unit)
    return json(response, 400, { error: `The report is of ${report.data.unit}, its address of ${unit}.` });
  if (!station.has(unit)) return noUnit(response, unit);
  station.heard(unit);
  const outcome = await station.report(report.data);
  json(response, outcome.ok ? 200 : 409, outcome);
}

/** The body, or null when it is too long: the rest is not kept, and the answer closes the connection. */
function bodyOf(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= MAX_BODY) parts.push(part);
      else resolve(null);
    });
    request.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    request.on('error', reject);
    request.on('close', () => reject(new Error('The report broke off.')));
  });
}

function json(response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value);
  response
    .writeHead(status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
      'Cache-Control': 'no-store',
    })
    .end(text);
}
