import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LineList, LineView, ReportOutcome } from '#shared/contract/line.ts';
import { ExecutionReport } from '#shared/domain/execution.ts';
import { PersonId } from '#shared/domain/person.ts';

/** What the line pages need of the station. */
export interface LineStation {
  readonly list: () => LineList;
  readonly view: (unit: string, person: PersonId | null) => LineView | null;
  readonly report: (report: ExecutionReport) => Promise<ReportOutcome>;
  /** The line has been heard of: it shows as connected. */
  readonly heard: (unit: string) => void;
  /** Calls the listener whenever a view may differ; returns how to stop. */
  readonly onChange: (listener: () => void) => () => void;
}

const MAX_BODY = 64 * 1024;
/** A stream that is idle is kept open by a comment this often, in milliseconds. */
const HEARTBEAT = 15_000;

/** HTTP API of the line pages, as shared/contract/line.ts describes it. */
export function lineApi(station: LineStation) {
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> => {
    if (url.pathname !== '/api/line' && !url.pathname.startsWith('/api/line/')) return false;
    const [unit, what] = url.pathname.split('/').slice(3).map(decodeURIComponent);
    if (unit === undefined && request.method === 'GET') json(response, 200, station.list());
    else if (unit !== undefined && what === undefined && request.method === 'GET')
      view(station, unit, url, response);
    else if (unit !== undefined && what === 'changes' && request.method === 'GET')
      stream(station, unit, request, response);
    else if (unit !== undefined && what === 'reports' && request.method === 'POST')
      await take(station, unit, request, response);
    else json(response, 404, { error: `There is no ${request.method} ${url.pathname}.` });
    return true;
  };
}

function view(station: LineStation, unit: string, url: URL, response: ServerResponse): void {
  const person = PersonId.safeParse(url.searchParams.get('person'));
  station.heard(unit);
  const found = station.view(unit, person.success ? person.data : null);
  if (found) json(response, 200, found);
  else json(response, 404, { error: `There is no work unit “${unit}”.` });
}

function stream(
  station: LineStation,
  unit: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    Connection: 'keep-alive',
  });
  response.write('event: changed\ndata: {}\n\n');
  station.heard(unit);
  const stop = station.onChange(() => response.write('event: changed\ndata: {}\n\n'));
  const beat = setInterval(() => {
    station.heard(unit);
    response.write(': still here\n\n');
  }, HEARTBEAT);
  request.on('close', () => {
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
  if (!request.headers['content-type']?.startsWith('application/json'))
    return json(response, 415, { error: 'Reports are JSON.' });
  const body = await bodyOf(request);
  if (body === null) return json(response, 413, { error: `A report is at most ${MAX_BODY} bytes.` });
  let raw: unknown;
  try {
    raw = JSON.parse(body);
  } catch {
    return json(response, 400, { error: 'This is no JSON.' });
  }
  const report = ExecutionReport.safeParse(raw);
  if (!report.success) {
    const issue = report.error.issues[0];
    return json(response, 400, {
      error: `${issue?.path.join('.') ?? 'report'}: ${issue?.message ?? 'wrong shape'}`,
    });
  }
  if (report.data.unit !== unit)
    return json(response, 400, { error: `The report is of ${report.data.unit}, its address of ${unit}.` });
  station.heard(unit);
  const outcome = await station.report(report.data);
  json(response, outcome.ok ? 200 : 409, outcome);
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BODY) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
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
