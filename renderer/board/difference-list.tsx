import { useMemo, useState } from 'react';
import type { Difference, DifferenceKind } from '#shared/contract/views.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { useBoard } from '#renderer/state/board.ts';
import { formatsOf } from '#renderer/ui/format.ts';
import type { Column } from '#renderer/ui/rows.ts';
import { Table } from '#renderer/ui/table.tsx';
import { Filter } from '#renderer/ui/view.tsx';
import { innerText } from './inner-text.ts';
import { boardText, differenceText } from './text.ts';
import { selectOne } from './ui-state.ts';
import { labelOf, shortMoment } from './verdict-text.ts';

const KINDS = Object.keys(differenceText) as DifferenceKind[];

/** Chosen one by one in a list. */
export interface Chosen {
  readonly tasks: ReadonlySet<TaskId>;
  readonly toggle: (task: TaskId) => void;
}

/** What was chosen; what is no longer in the list is forgotten with it. */
export function useChosen(differences: readonly Difference[]): Chosen {
  const [picked, setPicked] = useState<ReadonlySet<TaskId>>(new Set());
  const tasks = useMemo(
    () => new Set(differences.flatMap(({ task }) => (picked.has(task) ? task : []))),
    [differences, picked],
  );
  const toggle = (task: TaskId): void =>
    setPicked((before) => {
      const after = new Set(before);
      if (!after.delete(task)) after.add(task);
      return after;
    });
  return { tasks, toggle };
}

/** Each task that stands elsewhere: filtered by what became of it, chosen one by one where there is something to choose. */
export function DifferenceList({
  differences,
  counts,
  titles: { before, after },
  chosen,
}: {
  readonly differences: readonly Difference[];
  readonly counts: Record<DifferenceKind, number>;
  readonly titles: { readonly before: string; readonly after: string };
  readonly chosen: Chosen | null;
}) {
  const [kind, setKind] = useState<DifferenceKind | 'all'>('all');
  const selection = useBoard((state) => state.selection);
  const board = useBoard((state) => state.board);
  const rows = useMemo(
    () => (kind === 'all' ? differences : differences.filter(({ kinds }) => kinds.includes(kind))),
    [differences, kind],
  );
  const names = useMemo(
    () => new Map<string, string>(board?.rows.map(({ unit, name }) => [unit, name])),
    [board?.rows],
  );
  const columns = useMemo(
    () => [
      ...(chosen ? [choiceColumn(chosen)] : []),
      ...columnsOf(board?.zone ?? 'UTC', names, before, after),
    ],
    [board?.zone, names, before, after, chosen],
  );
  return (
    <>
      <div className="differences-filter">
        <Filter
          label={boardText.differences}
          options={[
            { value: 'all' as const, title: innerText.all, figure: differences.length },
            ...KINDS.map((value) => ({ value, title: differenceText[value], figure: counts[value] })),
          ]}
          value={kind}
          onChange={setKind}
        />
      </div>
      <Table
        label={boardText.differences}
        columns={columns}
        rows={rows}
        keyOf={({ task }) => task}
        isSelected={({ task }) => selection.has(task)}
        onOpen={({ task }) => selectOne(task)}
        empty={<p className="board-none muted">{innerText.differencesNone}</p>}
      />
    </>
  );
}

const choiceColumn = ({ tasks, toggle }: Chosen): Column<Difference> => ({
  id: 'accept',
  title: innerText.accept,
  width: 84,
  value: ({ task }) => (tasks.has(task) ? 1 : 0),
  cell: (difference) => (
    <input
      type="checkbox"
      className="table-check"
      aria-label={innerText.acceptOne(labelOf(difference))}
      checked={tasks.has(difference.task)}
      onClick={(event) => event.stopPropagation()}
      onChange={() => toggle(difference.task)}
    />
  ),
});

function columnsOf(
  zone: string,
  names: ReadonlyMap<string, string>,
  before: string,
  after: string,
): Column<Difference>[] {
  const formats = formatsOf(zone);
  // The time first: that is what mostly differs, and names are cut where there is little room.
  const place = (at: Difference['before']) => {
    const words = at
      ? `${shortMoment(formats, at.start)}, ${names.get(at.unit) ?? at.unit}`
      : innerText.nowhere;
    return <span title={words}>{words}</span>;
  };
  return [
    { id: 'task', title: boardText.tasks, width: 190, value: labelOf },
    {
      id: 'kinds',
      title: innerText.change,
      width: 160,
      value: ({ kinds }) => kinds.map((kind) => differenceText[kind]).join(', '),
      cell: ({ kinds }) => (
        <span className="difference-kinds">
          {kinds.map((kind) => (
            <span key={kind} className={kind === 'lateNow' ? 'late' : kind === 'onTimeNow' ? 'ok' : ''}>
              {differenceText[kind]}
            </span>
          ))}
        </span>
      ),
    },
    {
      id: 'before',
      title: before,
      value: (difference) => difference.before?.start ?? null,
      cell: (difference) => place(difference.before),
    },
    {
      id: 'after',
      title: after,
      value: (difference) => difference.after?.start ?? null,
      cell: (difference) => place(difference.after),
    },
  ];
}
