import type { Fact } from '#shared/contract/facts.ts';
import type { ListedItem } from '#shared/contract/line.ts';
import type { Board, BoardBar, BoardRow } from '#shared/contract/views.ts';
import type { ExecutionReport } from '#shared/domain/execution.ts';

interface Awaited {
  readonly report: ExecutionReport;
  readonly sent: number;
  readonly isShown: (what: BoardBar | BoardRow) => boolean;
  readonly seenBy: Set<number>;
}

/** Until when each report is shown in every window: expected as it is sent, looked for in whatever a window hears. */
export class Sightings {
  /** Milliseconds from the sending of a report until the last window showed it. */
  readonly took: number[] = [];
  readonly #windows: number;
  /** By the task or unit that will show it, in the order of sending. */
  readonly #awaited = new Map<string, Awaited[]>();

  constructor(windows: number) {
    this.#windows = windows;
  }

  /** Reports that some window does not show yet. */
  get missing(): ExecutionReport[] {
    return [...this.#awaited.values()].flatMap((all) => all.map(({ report }) => report));
  }

  expect(report: ExecutionReport, item: ListedItem | null): void {
    const key = report.task ?? report.unit;
    const one = {
      report,
      sent: performance.now(),
      isShown: shownBy(report, item),
      seenBy: new Set<number>(),
    };
    this.#awaited.set(key, [...(this.#awaited.get(key) ?? []), one]);
  }

  /** It was refused: nothing will be shown. */
  forget({ task, unit, id }: ExecutionReport): void {
    const key = task ?? unit;
    const others = this.#awaited.get(key)?.filter(({ report }) => report.id !== id) ?? [];
    if (others.length > 0) this.#awaited.set(key, others);
    else this.#awaited.delete(key);
  }

  look(window: number, board: Board, fact: Fact): void {
    const { bars, rows } = fact.kind === 'board.changed' ? fact : board;
    for (const bar of bars) this.#see(window, bar.task, bar);
    for (const row of rows) this.#see(window, row.unit, row);
  }

  #see(window: number, key: string, what: BoardBar | BoardRow): void {
    const awaited = this.#awaited.get(key);
    // What shows a later report of a task has taken in those before it.
    const last = awaited?.findLastIndex(({ isShown }) => isShown(what)) ?? -1;
    for (const one of awaited?.slice(0, last + 1) ?? []) {
      one.seenBy.add(window);
      if (one.seenBy.size < this.#windows) continue;
      this.took.push(performance.now() - one.sent);
      this.forget(one.report);
    }
  }
}

function shownBy(report: ExecutionReport, item: ListedItem | null): Awaited['isShown'] {
  const of = (isShown: (bar: BoardBar) => boolean) => (what: BoardBar | BoardRow) =>
    'work' in what && isShown(what);
  const down = (isDown: boolean) => (what: BoardBar | BoardRow) =>
    'downtimes' in what && what.downtimes.some(({ end, planned }) => !planned && end === null) === isDown;
  const good = (item?.progress?.good ?? 0) + (report.good ?? 0);
  switch (report.kind) {
    case 'started':
    case 'resumed':
      return of(({ work }) => work === 'running');
    case 'paused':
      return of(({ work }) => work === 'suspended');
    case 'completed':
      return of(({ work }) => work === 'completed');
    case 'quantityReported':
      return of(({ progress, quantity }) => progress === 1 || progress * quantity > good * (1 - 1e-9));
    case 'downtimeStarted':
      return down(true);
    case 'downtimeEnded':
      return down(false);
    default:
      throw new Error(`No page of a load reports ${report.kind}.`);
  }
}
