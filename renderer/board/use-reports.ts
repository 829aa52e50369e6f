import { useEffect, useState } from 'react';
import type { TaskReports } from '#shared/contract/views.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { station } from '#renderer/bridge/station.ts';
import { useBoard } from '#renderer/state/board.ts';

/** What lines reported of a task, asked again when its bar is told anew; null until the first answer. */
export function useReports(task: TaskId): TaskReports | null {
  const [told, setTold] = useState<{ readonly task: TaskId; readonly reports: TaskReports } | null>(null);
  const bar = useBoard((state) => state.bars.get(task));
  useEffect(() => {
    if (bar === undefined) return; // what has no place was never begun
    let gone = false;
    station.call('report.list', { task }).then(
      (reports) => {
        if (!gone) setTold({ task, reports });
      },
      () => undefined, // what was told last stays
    );
    return () => {
      gone = true;
    };
  }, [task, bar]);
  return told?.task === task ? told.reports : null;
}
