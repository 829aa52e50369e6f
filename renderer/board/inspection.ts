import { useEffect, useState } from 'react';
import type { BoardBar, Inspection } from '#shared/contract/views.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { station } from '#renderer/bridge/station.ts';
import { useBoard } from '#renderer/state/board.ts';
import type { Link } from './frame.ts';

/** Arrow keys may run over many bars: only the one that they stop at is asked for. */
const SETTLE_MILLIS = 90;

/** What the station knows of a task, asked again when the draft changes; the old answer stays until the new one is there. */
export function useInspection(task: TaskId | null): Inspection | null {
  const [inspection, setInspection] = useState<Inspection | null>(null);
  const revision = useBoard((state) => state.board?.state.revision);
  // A comment changes no revision.
  const comments = useBoard((state) => (task === null ? undefined : state.bars.get(task)?.comments));
  const asOf = revision === undefined ? null : `${revision} ${comments}`;
  useEffect(() => {
    if (task === null || asOf === null) return;
    let gone = false;
    const timer = setTimeout(() => {
      station.call('task.inspect', { task }).then(
        (answer) => {
          if (!gone) setInspection(answer);
        },
        () => {
          if (!gone) setInspection(null);
        },
      );
    }, SETTLE_MILLIS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [task, asOf]);
  return inspection?.task === task ? inspection : null;
}

/** Arrows to and from the current bar: the exact relations once they are known, till then its neighbours in the order. */
export function linksOf(
  current: BoardBar,
  mates: readonly BoardBar[],
  inspection: Inspection | null,
  barOf: (task: TaskId) => BoardBar | undefined,
): Link[] {
  if (inspection?.task === current.task) {
    return inspection.dependencies.flatMap(({ from, to, slack }) => {
      const [one, other] = [barOf(from), barOf(to)];
      return one && other ? [{ from: one, to: other, slack }] : [];
    });
  }
  const before = mates.filter((bar) => bar.end <= current.start).toSorted((a, b) => b.end - a.end)[0];
  const after = mates.filter((bar) => bar.start >= current.end).toSorted((a, b) => a.start - b.start)[0];
  return [
    ...(before ? [{ from: before, to: current, slack: null }] : []),
    ...(after ? [{ from: current, to: after, slack: null }] : []),
  ];
}
