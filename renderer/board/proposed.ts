import type {
  Board,
  BoardBar,
  Comparison,
  Proposal,
  TaskPlace,
  UnplacedTask,
} from '#shared/contract/views.ts';
import type { ScenarioId } from '#shared/domain/scenario.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Trail } from './frame.ts';

/** The board as a proposal would have it. */
export interface Proposed {
  readonly bars: readonly BoardBar[];
  readonly trails: ReadonlyMap<TaskId, Trail>;
  readonly added: ReadonlySet<TaskId>;
  readonly dropped: ReadonlySet<TaskId>;
}

/** Moves bars to where the proposal puts them, adds new ones, marks those it drops; all others stay the same objects. */
export function proposedBars(board: Board, proposal: Proposal): Proposed {
  const differences = new Map(proposal.differences.map((difference) => [difference.task, difference]));
  const trails = new Map<TaskId, Trail>();
  const added = new Set<TaskId>();
  const dropped = new Set<TaskId>();
  const bars = board.bars.map((bar) => {
    const difference = differences.get(bar.task);
    differences.delete(bar.task);
    if (!difference) return bar;
    const { before, after } = difference;
    if (!after) {
      dropped.add(bar.task);
      return bar;
    }
    // With others it stays where it is.
    const moved = { ...bar, ...after, runStart: difference.crew ? bar.runStart : after.start };
    if (before) trails.set(bar.task, { bar: moved, from: { ...before, task: bar.task } });
    return moved;
  });
  for (const { task, order, name, after } of differences.values()) {
    if (!after) continue;
    const domain = board.unplaced.find((one) => one.task === task)?.domain ?? 'production';
    bars.push({ ...barAt(board, { task, order, name, domain }, after), moved: true });
    added.add(task);
  }
  return { bars, trails, added, dropped };
}

/** The open scenario's bars with the other's places behind them: nothing moves, what only one of the two has is marked. */
export function comparedBars(
  bars: ReadonlyMap<TaskId, BoardBar>,
  { differences, scenario, against }: Comparison,
  open: ScenarioId,
): Omit<Proposed, 'bars'> {
  const trails = new Map<TaskId, Trail>();
  const added = new Set<TaskId>();
  if (open !== scenario.id && open !== against.id) return { trails, added, dropped: new Set() };
  for (const { task, before, after } of differences) {
    const bar = bars.get(task);
    const other = open === scenario.id ? before : after;
    if (bar && other) trails.set(task, { bar, from: { ...other, task } });
    else if (bar) added.add(task);
  }
  return { trails, added, dropped: new Set() };
}

/** A bar for a task that has none yet, at a place it may get; what of it the board does not know, another bar of its order says. */
export function barAt(
  board: Board,
  task: Pick<UnplacedTask, 'task' | 'order' | 'orderName' | 'name' | 'domain'>,
  place: Pick<BoardBar, 'unit' | 'start' | 'end'> & Partial<TaskPlace>,
): BoardBar {
  const { product, quantity, uom, due, family } = board.bars.find(({ order }) => order === task.order) ?? {
    product: '',
    quantity: 0,
    uom: '',
    due: place.end,
    family: null,
  };
  return {
    task: task.task,
    order: task.order,
    orderName: task.orderName,
    name: task.name,
    domain: task.domain,
    estimate: null,
    remaining: null,
    product,
    quantity,
    uom,
    due,
    family,
    runStart: place.start,
    late: 0,
    pin: null,
    frozen: false,
    commitment: null,
    work: 'waiting',
    actualStart: null,
    actualEnd: null,
    progress: 0,
    blocked: false,
    people: [],
    instruments: [],
    ...place,
    qualifications: [],
    missing: [],
    moved: false,
    comments: 0,
  };
}
