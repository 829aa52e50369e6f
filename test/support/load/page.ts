import { oneAtATime } from '#shared/base/one-at-a-time.ts';
import type { ListedItem, LineView } from '#shared/contract/line.ts';
import { ExecutionReport } from '#shared/domain/execution.ts';
import type * as PageClient from './page-client.ts';
import { lineBrowser } from './browser.ts';
import type { Copies } from './copies.ts';

/** What became of one report. */
export interface Answered {
  readonly report: ExecutionReport;
  /** As its page sent it and heard of it, in milliseconds of `performance.now`. */
  readonly sent: number;
  readonly answered: number;
  /** Why it was refused; null where it was recorded. */
  readonly refused: string | null;
}

/** What is reported of a task that is under way, one after the other, until it is complete. */
const STEPS = [
  'quantityReported',
  'paused',
  'resumed',
  'quantityReported',
  'down',
  'up',
  'completed',
] as const;
/** Of its quantity, with each report. */
const SHARE = 0.3;

/** One line page with its operator: the page's own client, a hand that taps one thing after the other. */
export class Page {
  readonly unit: string;
  readonly #client: typeof PageClient;
  readonly #closed: AbortSignal;
  #view: LineView | null = null;
  #operator: string | null = null;
  /** Reports since its task was begun. */
  #step = 0;
  isBusy = false;
  reads = 0;

  constructor(unit: string, origin: string, copy: Copies<typeof PageClient>, closed: AbortSignal) {
    this.unit = unit;
    this.#closed = closed;
    this.#client = copy(lineBrowser(origin, closed));
  }

  /** Pairs the screen by its code, then follows its list. */
  async open(code: string): Promise<void> {
    const problem = await this.#client.pair(code);
    if (problem !== null) throw new Error(`${this.unit}: ${problem}`);
    await this.#refresh();
    const stop = this.#client.watchLine(this.unit, () => void this.#refresh());
    this.#closed.addEventListener('abort', stop);
  }

  get waiting(): number {
    return this.#client.useOutbox.getState().waiting.length;
  }

  /** Reports the next thing; `sending` hears it as it goes. Null where the list could not be read. */
  async tap(sending: (report: ExecutionReport, item: ListedItem | null) => void): Promise<Answered | null> {
    this.isBusy = true;
    try {
      const view = this.#view;
      if (!view) return null;
      const [report, item] = await this.#next(view);
      sending(report, item);
      const sent = performance.now();
      await this.#client.report(report);
      while (this.waiting > 0) await new Promise((resolve) => setTimeout(resolve, 5)); // sent again by its client
      const { refusal } = this.#client.useOutbox.getState();
      const answered = performance.now();
      await this.#refresh();
      return { report, sent, answered, refused: refusal && `${refusal.code}: ${refusal.text}` };
    } finally {
      this.isBusy = false;
    }
  }

  async #next(view: LineView): Promise<[ExecutionReport, ListedItem | null]> {
    const busy = view.items.find(({ progress }) => progress && progress.state.kind !== 'waiting');
    const written = (kind: ExecutionReport['kind'], more: object = {}): ExecutionReport =>
      ExecutionReport.parse({ id: this.#client.reportId(), kind, unit: this.unit, ...more });
    if (view.down) {
      this.#step += 1;
      return [written('downtimeEnded'), null];
    }
    const down = written('downtimeStarted', { reason: view.downtime[0]?.kind ?? 'Mechanical' });
    if (!busy) {
      this.#step = 0;
      const ready = await this.#ready(view);
      const person = this.#operator === null ? {} : { person: this.#operator };
      return ready ? [written('started', { task: ready.task, ...person }), ready] : [down, null];
    }
    const { task, quantity } = busy;
    if (busy.progress?.state.kind === 'suspended') return [written('resumed', { task }), busy];
    const step = STEPS[this.#step] ?? 'completed';
    this.#step += 1;
    if (step === 'quantityReported') return [written(step, { task, good: quantity * SHARE }), busy];
    if (step === 'paused') return [written(step, { task, reason: 'Minor stop' }), busy];
    if (step === 'down') return [down, null];
    return step === 'completed' ? [written(step, { task, good: quantity * SHARE }), busy] : this.#next(view);
  }

  /** The first that may start; where somebody is planned for it, they show their badge first. */
  async #ready({ items }: LineView): Promise<ListedItem | null> {
    const first = items.find(({ gates }) => gates?.length === 0) ?? items[0];
    const planned = first?.assignment.people[0]?.person ?? null;
    if (planned !== null && planned !== this.#operator) {
      const told = await this.#client.identify(badgeOf(planned));
      if (typeof told === 'string') throw new Error(`${planned} at ${this.unit}: ${told}`);
      this.#operator = planned;
      await this.#refresh();
    }
    const now = this.#view?.items.find(({ task }) => task === first?.task);
    return now?.gates?.length === 0 ? now : null;
  }

  readonly #refresh = oneAtATime(async () => {
    this.reads += 1;
    try {
      this.#view = await this.#client.readLine(this.unit, this.#operator);
    } catch (error) {
      if (!this.#closed.aborted) this.failures.push(String(error));
    }
  });

  /** What went wrong while it read. */
  readonly failures: string[] = [];
}

/** The badge that everybody in a load has. */
export const badgeOf = (person: string): string => `badge-${person.replaceAll(/[^A-Za-z0-9]/g, '-')}`;
