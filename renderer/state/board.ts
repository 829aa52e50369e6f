import { create } from 'zustand';
import { assertNever } from '#shared/base/must.ts';
import type { Fact } from '#shared/contract/facts.ts';
import type { Board, BoardBar, Proposal, SolveProgress } from '#shared/contract/views.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Interval } from '#shared/time/interval.ts';
import { station } from '#renderer/bridge/station.ts';

/** A running solve as far as this window saw it. `seconds` is null where another window started it. */
export interface Solving {
  readonly seconds: number | null;
  /** What was last heard of it; null before anything was. */
  readonly progress: SolveProgress | null;
}

export interface BoardStore {
  /** As the station last told it, kept current by facts; null until it was read once. */
  readonly board: Board | null;
  /** The bars of `board` by task. */
  readonly bars: ReadonlyMap<TaskId, BoardBar>;
  readonly selection: ReadonlySet<TaskId>;
  readonly hovered: TaskId | null;
  /** The visible time; null until the board view has chosen one. */
  readonly window: Interval | null;
  readonly proposal: Proposal | null;
  readonly solving: Solving | null;
}

/** What every view knows of the board. Read with a selector: `useBoard((state) => state.selection)`. */
export const useBoard = create<BoardStore>()(() => ({
  board: null,
  bars: new Map(),
  selection: new Set(),
  hovered: null,
  window: null,
  proposal: null,
  solving: null,
}));

/** Where each bar stands in the list. Reports come twenty a second, and none of ten thousand bars comes or goes with them. */
const known = new WeakMap<readonly BoardBar[], ReadonlyMap<TaskId, number>>();

function placesIn(bars: readonly BoardBar[]): ReadonlyMap<TaskId, number> {
  const places = known.get(bars) ?? new Map(bars.map(({ task }, at) => [task, at]));
  known.set(bars, places);
  return places;
}

/** The bars of a list by task, found by their places: no index of ten thousand is made anew with every report. */
class BarsByTask implements ReadonlyMap<TaskId, BoardBar> {
  readonly #bars: readonly BoardBar[];
  readonly #places: ReadonlyMap<TaskId, number>;

  constructor(bars: readonly BoardBar[]) {
    this.#bars = bars;
    this.#places = placesIn(bars);
  }
  get size(): number {
    return this.#places.size;
  }
  get(task: TaskId): BoardBar | undefined {
    const place = this.#places.get(task);
    return place === undefined ? undefined : this.#bars[place];
  }
  has(task: TaskId): boolean {
    return this.#places.has(task);
  }
  keys(): MapIterator<TaskId> {
    return this.#places.keys();
  }
  values(): MapIterator<BoardBar> {
    return this.#bars.values();
  }
  entries(): MapIterator<[TaskId, BoardBar]> {
    return this.#bars.map((bar): [TaskId, BoardBar] => [bar.task, bar]).values();
  }
  [Symbol.iterator](): MapIterator<[TaskId, BoardBar]> {
    return this.entries();
  }
  forEach(hear: (bar: BoardBar, task: TaskId, bars: ReadonlyMap<TaskId, BoardBar>) => void): void {
    for (const bar of this.#bars) hear(bar, bar.task, this);
  }
}

export const byTask = (bars: readonly BoardBar[]): ReadonlyMap<TaskId, BoardBar> => new BarsByTask(bars);

/** Replaces the selection. */
export const select = (tasks: Iterable<TaskId>): void => useBoard.setState({ selection: new Set(tasks) });

/** Adds or removes one task. */
export function toggleSelected(task: TaskId): void {
  const selection = new Set(useBoard.getState().selection);
  if (!selection.delete(task)) selection.add(task);
  useBoard.setState({ selection });
}

export const hover = (hovered: TaskId | null): void => {
  if (useBoard.getState().hovered !== hovered) useBoard.setState({ hovered });
};

export const showTime = (window: Interval): void => useBoard.setState({ window });

function inPlace(
  board: Board,
  changed: readonly BoardBar[],
  at: readonly number[],
  places: ReadonlyMap<TaskId, number>,
): Board {
  const bars = [...board.bars];
  for (const [k, bar] of changed.entries()) bars[at[k] ?? bars.length] = bar;
  known.set(bars, places);
  return { ...board, bars };
}

/** The board after some bars changed: same order, patched by task, new ones at the end. */
export function patched(board: Board, bars: readonly BoardBar[], removed: readonly TaskId[] = []): Board {
  if (removed.length === 0) {
    const places = placesIn(board.bars);
    const at = bars.map(({ task }) => places.get(task));
    if (!at.includes(undefined)) return inPlace(board, bars, at as number[], places);
  }
  const changed = new Map(bars.map((bar) => [bar.task, bar]));
  const gone = new Set(removed);
  const kept: BoardBar[] = [];
  for (const bar of board.bars) {
    if (gone.has(bar.task)) continue;
    kept.push(changed.get(bar.task) ?? bar);
    changed.delete(bar.task);
  }
  return { ...board, bars: [...kept, ...changed.values()] };
}

/** Shows bars elsewhere before the station has answered; its fact, or `readBoard()` after a refusal, puts them right. */
export function showBars(bars: readonly BoardBar[]): void {
  const { board } = useBoard.getState();
  if (board) setBoard(patched(board, bars));
}

function setBoard(board: Board): void {
  const bars = byTask(board.bars);
  const { selection } = useBoard.getState();
  const unplaced = new Set(board.unplaced.map(({ task }) => task));
  const kept = [...selection].filter((task) => bars.has(task) || unplaced.has(task));
  useBoard.setState({
    board,
    bars,
    selection: kept.length === selection.size ? selection : new Set(kept),
  });
}

export async function readBoard(): Promise<void> {
  setBoard(await station.call('board.read', {}));
}

export async function readProposal(): Promise<void> {
  useBoard.setState({ proposal: await station.call('proposal.read', {}) });
}

/** Takes one fact in; true when the board has to be read again. */
export function foldFact(fact: Fact): boolean {
  const { board, solving } = useBoard.getState();
  switch (fact.kind) {
    case 'board.changed': {
      if (!board) return true;
      const { bars, removed, unplaced, rows, state } = fact;
      if (state.revision < board.state.revision) return false; // overtaken by a board read since
      const byUnit = new Map(rows.map((row) => [row.unit, row]));
      setBoard({
        ...patched(board, bars, removed),
        unplaced,
        rows: rows.length === 0 ? board.rows : board.rows.map((row) => byUnit.get(row.unit) ?? row),
        state,
      });
      return false;
    }
    case 'board.replaced':
      return true;
    case 'solve.progress':
      useBoard.setState({
        solving: { seconds: solving?.seconds ?? null, progress: fact.progress },
      });
      return false;
    case 'solve.ended':
      useBoard.setState({ solving: null });
      return false;
    case 'proposal.closed':
      useBoard.setState({ proposal: null });
      return false;
    case 'proposal.ready': // the session reads it
    case 'plant.imported': // the station replaces the board with it
    case 'version.published':
    case 'queues.dispatched':
    case 'feeds.changed': // the connections' own view reads them
    case 'accounts.changed': // the session reads who is here
    case 'session.changed':
    case 'lines.changed': // the settings read them
    case 'cases.changed': // and so do the cases
    case 'links.changed':
    case 'record.changed':
    case 'notice':
      return false;
    default:
      return assertNever(fact);
  }
}
