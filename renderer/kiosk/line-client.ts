import type {
  LineList,
  LineReading,
  LineView,
  ListedItem,
  Operator,
  ReportOutcome,
} from '#shared/contract/line.ts';
import type { Worklist, WorklistAsk } from '#shared/contract/worklist.ts';
import type { OverrideAsk } from '#shared/contract/override.ts';
import type { LineReport } from '#shared/domain/execution.ts';
import { keepOperator, tokenOf } from './operators.ts';

const pathOf = (unit: string): string => `/api/line/${encodeURIComponent(unit)}`;

/** The station knows this screen no more, or never did: a code from the workstation pairs it. */
export class NotPaired extends Error {
  override readonly name = 'NotPaired';
}

async function get<Reply>(path: string, headers: Record<string, string> = {}): Promise<Reply> {
  const response = await fetch(path, { headers: { Accept: 'application/json', ...headers } });
  if (response.status === 401) throw new NotPaired();
  if (response.status === 403 && 'X-Operator' in headers) throw new NotIdentified();
  if (!response.ok) throw new Error(`The station answered ${response.status}.`);
  return (await response.json()) as Reply;
}

const post = (path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

/** Whose list it is has to show a badge or a PIN first. */
export class NotIdentified extends Error {
  override readonly name = 'NotIdentified';
}

export const readLines = (): Promise<LineList> => get('/api/line');

/** Station's now minus this machine's clock, in seconds: the clock of a line page may be wrong. */
let skew = 0;
const clockSeconds = (): number => Math.floor(Date.now() / 1000);
/** The station's time, also while it is away. */
export const stationNow = (): number => clockSeconds() + skew;

/** The list that was read last: the station tells once what stands behind, and later only in which order. */
let list = '';
let items = new Map<string, ListedItem>();

/** What the line is told and may do now, its list whole: also for when the station is away. */
export async function readLine(unit: string, person: string | null): Promise<LineView> {
  const asked = `has=${encodeURIComponent(list)}&person=${encodeURIComponent(person ?? '')}`;
  const view = await get<LineReading>(`${pathOf(unit)}?${asked}`);
  skew = view.now - clockSeconds();
  if (view.told) items = new Map(view.told.map((item) => [item.task, item]));
  list = view.list;
  for (const item of view.items) items.set(item.task, { ...item, gates: null, passed: [] });
  const rest = view.behind.flatMap((task) => items.get(task) ?? []);
  if (rest.length === view.behind.length) return { ...view, items: [...view.items, ...rest] };
  // Nothing of a list goes missing: it is told anew.
  list = '';
  return readLine(unit, person);
}

/** Query by which a list is asked for, also in the address of its page. */
export function queryOf(ask: WorklistAsk): string {
  if ('person' in ask) return 'list=mine';
  const area = ask.area === undefined ? '' : `&area=${encodeURIComponent(ask.area)}`;
  return `list=${ask.domain}${area}`;
}

export async function readWorklist(ask: WorklistAsk, person: string | null): Promise<Worklist> {
  const who = person === null ? '' : `&person=${encodeURIComponent(person)}`;
  const mine: Record<string, string> =
    'person' in ask ? { 'X-Operator': tokenOf(ask.person) ?? 'nobody' } : {};
  const list = await get<Worklist>(`/api/line?${queryOf(ask)}${who}`, mine);
  skew = list.now - clockSeconds();
  return list;
}

/** Time between two looks when the stream is silent or lost, in milliseconds: a tablet that slept must not show an old list. */
const LOOK = 5000;

/** Calls back at once, whenever the line's view may differ, when the station is lost, and every few seconds; returns how to stop. */
export const watchLine = (unit: string, changed: () => void): (() => void) =>
  watch(`${pathOf(unit)}/changes`, changed);

/** The same for lists, whatever line changes. */
export const watchLists = (changed: () => void): (() => void) => watch('/api/line?changes', changed);

function watch(path: string, changed: () => void): () => void {
  let events = open();
  function open(): EventSource {
    const stream = new EventSource(path);
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
export const sendReport = (report: LineReport): Promise<ReportOutcome> =>
  outcomeOf(report, post(`${pathOf(report.unit)}/reports`, report, operatorOf(report)));

/** A start against a gate, with the second person's word. It is sent now or not at all: a password is never kept. */
export const sendOverride = (ask: OverrideAsk): Promise<ReportOutcome> =>
  outcomeOf(ask.report, post(`${pathOf(ask.report.unit)}/overrides`, ask, operatorOf(ask.report)));

const operatorOf = ({ person }: Pick<LineReport, 'person'>): Record<string, string> => {
  const token = person === undefined ? null : tokenOf(person);
  return token === null ? {} : { 'X-Operator': token };
};

async function outcomeOf(
  { unit }: Pick<LineReport, 'unit'>,
  sent: Promise<Response>,
): Promise<ReportOutcome> {
  const response = await sent;
  if (response.status === 200 || response.status === 409) return (await response.json()) as ReportOutcome;
  if (response.status === 401) throw new NotPaired();
  if (response.status < 500)
    return { ok: false, refusal: { code: 'BAD_REPORT', object: unit, text: await reasonOf(response) } };
  throw new Error(`The station answered ${response.status}.`);
}

const reasonOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { error: string }).error;

/** Why this code pairs nothing, or null when this screen is paired now. */
export async function pair(code: string): Promise<string | null> {
  const response = await post('/api/line/pair', { code });
  return response.ok ? null : reasonOf(response);
}

/** Who has this badge, or this PIN together with that name; or why nobody. */
export async function identify(code: string, person?: string): Promise<Operator | string> {
  const response = await post('/api/line/operator', { code, ...(person !== undefined && { person }) });
  if (!response.ok) return reasonOf(response);
  const operator = (await response.json()) as Operator;
  keepOperator(operator);
  return operator;
}

/** An id that is made where the report is made. `crypto.randomUUID` is missing on a plain-http page of a plant network. */
export const reportId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
