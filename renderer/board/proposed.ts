import type { Board, BoardBar, Comparison, Difference, Proposal } from '#shared/contract/views.ts';
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
    const moved = { ...bar, ...after, runStart: after.start };
    if (before) trails.set(bar.task, { bar: moved, from: before });
    return moved;
  });
  for (const difference of differences.values()) {
    const bar = newBar(board, difference);
    if (!bar) continue;
    bars.push(bar);
    added.add(bar.task);
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
    if (bar && other) trails.set(task, { bar, from: other });
    else if (bar) added.add(task);
  }
  return { trails, added, dropped: new Set() };
}

/** A task that has no bar yet: what is known of it is in the tray and in the difference. */
function newBar(board: Board, { task, order, name, after }: Difference): BoardBar | null {
  if (!after) return null;
  const sibling = board.bars.find((bar) => bar.order === order);
  return {
    task,
    order,
    name,
    product: sibling?.product ?? '',
    domain: board.unplaced.find((unplaced) => unplaced.task === task)?.domain ?? 'production',
    ...after,
    runStart: after.start,
    quantity: sibling?.quantity ?? 0,
    uom: sibling?.uom ?? '',
    due: sibling?.due ?? after.end,
    late: 0,
    pin: null,
    frozen: false,
    work: 'waiting',
    actualStart: null,
    actualEnd: null,
    progress: 0,
    blocked: false,
    family: sibling?.family ?? null,
    people: [],
    instruments: [],
    qualifications: [],
    missing: [],
    moved: true,
    comments: 0,
  };
}
