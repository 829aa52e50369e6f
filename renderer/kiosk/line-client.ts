import type { LineList, LineView, ReportOutcome } from '#shared/contract/line.ts';
import type { LineReport } from '#shared/domain/execution.ts';

const pathOf = (unit: string): string => `/api/line/${encodeURIComponent(unit)}`;

async function get<Reply>(path: string): Promise<Reply> {
  const response = await fetch(path, { headers: { Accept: 'application/json' } });
  if (!response.ok) throw new Error(`The station answered ${response.status}.`);
  return (await response.json()) as Reply;
}

export const readLines = (): Promise<LineList> => get('/api/line');

/** Station's now minus this machine's clock, in seconds: the clock of a line page may be wrong. */
let skew = 0;
const clockSeconds = (): number => Math.floor(Date.now() / 1000);
/** The station's time, also while it is away. */
export const stationNow = (): number => clockSeconds() + skew;

export async function readLine(unit: string, person: string | null): Promise<LineView> {
  const view = await get<LineView>(`${pathOf(unit)}${person ? `?person=${encodeURIComponent(person)}` : ''}`);
  skew = view.now - clockSeconds();
  return view;
}

/** Time between two looks when the stream is silent or lost, in milliseconds: a tablet that slept must not show an old list. */
const LOOK = 5000;

/** Calls back at once, whenever the line's view may differ, when the station is lost, and every few seconds; returns how to stop. */
export function watchLine(unit: string, changed: () => void): () => void {
  let events = open();
  function open(): EventSource {
    const stream = new EventSource(`${pathOf(unit)}/changes`);
    stream.addEventListener('changed', changed);
    stream.addEventListener('error', changed);
    return stream;
  }
  const looking = setInterval(() => {
    // A stream that was refused is not opened again by the browser.
    if (events.readyState === EventSource.CLOSED) events = open();
    changed();
  }, LOOK);
  return () => {
    clearInterval(looking);
    events.close();
  };
}

/** Sends one report; throws when the station cannot be reached, so that it is sent again with the same id. */
export async function sendReport(report: LineReport): Promise<ReportOutcome> {
  const response = await fetch(`${pathOf(report.unit)}/reports`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(report),
  });
  if (response.status === 200 || response.status === 409) return (await response.json()) as ReportOutcome;
  if (response.status < 500) {
    const { error } = (await response.json()) as { error: string };
    return { ok: false, refusal: { code: 'BAD_REPORT', object: report.unit, text: error } };
  }
  throw new Error(`The station answered ${response.status}.`);
}

/** An id that is made where the report is made. `crypto.randomUUID` is missing on a plain-http page of a plant network. */
export const reportId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
