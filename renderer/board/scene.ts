import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { BoardBar } from '#shared/contract/views.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';
import { useBoard } from '#renderer/state/board.ts';
import { useComparing } from '#renderer/state/scenario.ts';
import { plantNow, useSession } from '#renderer/state/session.ts';
import { useFreshness } from './freshness.ts';
import { colouringOf } from './colour.ts';
import { daysOf } from './days.ts';
import { hitsOf, passing } from './filter.ts';
import type { Trail } from './frame.ts';
import { linksOf, useInspection } from './inspection.ts';
import { createLayouter } from './layout.ts';
import { useLook } from './look-state.ts';
import { ROW_HEIGHT } from './metrics.ts';
import { type Proposed, comparedBars, proposedBars } from './proposed.ts';
import type { SceneInput } from './surface.ts';
import { useBoardUi, useCurrent } from './ui-state.ts';

const NONE: ReadonlyMap<TaskId, Trail> = new Map();
const NOBODY: ReadonlySet<TaskId> = new Set();
const MINUTE_MILLIS = 60_000;

/** What the board shows, put together from what the station told and what the planner does; null before the first board. */
export function useScene(): SceneInput | null {
  const board = useBoard((state) => state.board);
  const proposal = useBoard((state) => state.proposal);
  const selection = useBoard((state) => state.selection);
  const collapsed = useBoardUi((state) => state.collapsed);
  const showing = useBoardUi((state) => state.showing);
  const look = useLook();
  const current = useCurrent();
  const inspection = useInspection(current);
  const now = useNow();
  const [lay] = useState(createLayouter);

  const proposed = useMemo(
    () => (board && proposal && showing === 'proposal' ? proposedBars(board, proposal) : null),
    [board, proposal, showing],
  );
  const all = proposed?.bars ?? board?.bars;
  const { by, ordersBy, colour, filter } = look;
  const freshness = useFreshness(board ? Math.max(now, board.now) : now);
  // Only there does a colour depend on what time it is.
  const asKnown = colour === 'readiness' ? freshness : null;
  const colouring = useMemo(
    () =>
      board && all
        ? colouringOf(board, all, colour, (bar) => asKnown !== null && asKnown(bar).stale !== null)
        : null,
    [board, all, colour, asKnown],
  );
  const passed = useMemo(() => {
    if (!board || !all) return null;
    return passing(board, all, filter, board.now, (task) => colouring?.entryOf.get(task)?.key ?? null);
  }, [board, all, filter, colouring]);
  const search = useDeferredValue(look.search);
  const find = useCallback(
    (words: string) =>
      board && all ? hitsOf(board, passed ? all.filter(({ task }) => passed.has(task)) : all, words) : null,
    [board, all, passed],
  );
  const hits = useMemo(() => find(search), [find, search]);
  const lit = useMemo(() => (hits ? new Set(hits.map(({ task }) => task)) : passed), [hits, passed]);
  const layout = useMemo(() => {
    if (!board || !all) return null;
    return lay(board, all, { rowHeight: ROW_HEIGHT, collapsed, by, ordersBy, shown: passed });
  }, [lay, board, all, collapsed, by, ordersBy, passed]);

  const start = layout?.range.start;
  const end = layout?.range.end;
  const zone = board?.zone;
  const days = useMemo(
    () =>
      zone === undefined || start === undefined || end === undefined ? null : daysOf(zone, { start, end }),
    [zone, start, end],
  );
  const bars = useMemo(
    () => (proposed ? new Map(proposed.bars.map((bar) => [bar.task, bar])) : null),
    [proposed],
  );
  const shown = useBoard((state) => bars ?? state.bars);
  const currentBar = current === null ? undefined : shown.get(current);
  const order = currentBar?.order;
  const mates = useMemo(() => {
    const found: BoardBar[] = [];
    if (order !== undefined) for (const bar of shown.values()) if (bar.order === order) found.push(bar);
    return found;
  }, [shown, order]);
  const selected = useMemo(() => [...selection].flatMap((task) => shown.get(task) ?? []), [selection, shown]);
  const links = useMemo(
    () => (currentBar ? linksOf(currentBar, mates, inspection, (task) => shown.get(task)) : []),
    [currentBar, mates, inspection, shown],
  );
  const compared = useCompared(shown);
  const beside = proposed ?? compared;
  if (!layout || !days || !board) return null;
  return {
    layout,
    days,
    now: Math.max(now, board.now),
    selected,
    mates: mates.filter((bar) => bar !== currentBar),
    links,
    tints: colouring?.entryOf ?? null,
    lit,
    legend: colouring?.entries ?? null,
    freshness,
    passed,
    hits,
    find,
    trails: beside?.trails ?? NONE,
    added: beside?.added ?? NOBODY,
    dropped: beside?.dropped ?? NOBODY,
    bars: shown,
  };
}

/** The other scenario as a ghost behind the open one; null while nothing is compared. */
function useCompared(bars: ReadonlyMap<TaskId, BoardBar>): Omit<Proposed, 'bars'> | null {
  const comparison = useComparing((state) => state.comparison);
  const open = useBoard(({ board }) => board?.state.scenario);
  return useMemo(
    () => (comparison && open !== undefined ? comparedBars(bars, comparison, open) : null),
    [bars, comparison, open],
  );
}

/** The plant's time now, to the minute. */
function useNow(): Instant {
  const known = useSession((state) => state.status !== null);
  const [now, setNow] = useState<Instant>(0);
  useEffect(() => {
    if (!known) return;
    const read = () => setNow(plantNow());
    read();
    const timer = setInterval(read, MINUTE_MILLIS / 4);
    return () => clearInterval(timer);
  }, [known]);
  return now;
}
