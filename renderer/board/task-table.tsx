import { useDeferredValue, useMemo, useState } from 'react';
import type { BoardBar } from '#shared/contract/views.ts';
import { useBoard } from '#renderer/state/board.ts';
import { duration, formatsOf, hours, quantity } from '#renderer/ui/format.ts';
import { type Column, type Sorting, matches, sorted } from '#renderer/ui/rows.ts';
import { Table } from '#renderer/ui/table.tsx';
import { text } from '#renderer/ui/text.ts';
import { Mark, NothingFound, SearchBox } from '#renderer/ui/view.tsx';
import { BarMarks } from './bar-tip.tsx';
import { boardText, workText } from './text.ts';
import { selectOne, useBoardUi } from './ui-state.ts';

/** The twin of the board: the same tasks, the same selection, line by line. */
export function TaskTable() {
  const board = useBoard((state) => state.board);
  const selection = useBoard((state) => state.selection);
  const [search, setSearch] = useState('');
  const [sorting, setSorting] = useState<Sorting | null>({ column: 'start', descending: false });
  const wanted = useDeferredValue(search);
  const columns = useMemo(
    () => columnsOf(board?.zone ?? 'UTC', board?.rows ?? []),
    [board?.zone, board?.rows],
  );
  const rows = useMemo(() => {
    const all = board?.bars ?? [];
    const found =
      wanted.trim() === ''
        ? all
        : all.filter((bar) =>
            matches(wanted, [bar.order, bar.name, bar.product, bar.unit, workText[bar.work]]),
          );
    return sorted(found, columns, sorting);
  }, [board?.bars, wanted, columns, sorting]);
  return (
    <div className="task-table">
      <div className="task-table-head">
        <SearchBox label={boardText.searchTasks} value={search} onChange={setSearch} />
        <span className="muted">{text.rows(String(rows.length), String(board?.bars.length ?? 0))}</span>
      </div>
      <Table
        label={boardText.tasks}
        columns={columns}
        rows={rows}
        keyOf={({ task }) => task}
        sorting={sorting}
        onSort={setSorting}
        isSelected={({ task }) => selection.has(task)}
        onOpen={({ task }) => {
          selectOne(task);
          useBoardUi.setState({ inspector: true });
        }}
        empty={<NothingFound onClear={() => setSearch('')} />}
      />
    </div>
  );
}

function columnsOf(
  zone: string,
  rows: readonly { readonly unit: string; readonly name: string }[],
): Column<BoardBar>[] {
  const { moment } = formatsOf(zone);
  const names = new Map<string, string>(rows.map(({ unit, name }) => [unit, name]));
  return [
    { id: 'order', title: boardText.order, width: 120, value: ({ order }) => order },
    { id: 'name', title: boardText.step, value: ({ name }) => name },
    { id: 'unit', title: boardText.unit, width: 150, value: ({ unit }) => names.get(unit) ?? unit },
    at('start', boardText.start, ({ start }) => start),
    at('end', boardText.end, ({ end }) => end),
    {
      id: 'length',
      title: boardText.length,
      width: 100,
      align: 'right',
      value: ({ start, end }) => end - start,
      cell: ({ start, end }) => duration(end - start),
    },
    {
      id: 'quantity',
      title: boardText.quantity,
      width: 120,
      align: 'right',
      value: (bar) => bar.quantity,
      cell: (bar) => quantity(bar.quantity, bar.uom),
    },
    at('due', boardText.due, ({ due }) => due),
    {
      id: 'late',
      title: boardText.lateness,
      width: 90,
      align: 'right',
      value: lateOf,
      cell: (bar) => (lateOf(bar) > 0 ? <Mark tone="late">{`+${hours(lateOf(bar))}`}</Mark> : text.none),
    },
    {
      id: 'marks',
      title: boardText.marks,
      width: 220,
      value: marksOf,
      cell: (bar) => <BarMarks bar={bar} />,
    },
  ];

  function at(id: string, title: string, instant: (bar: BoardBar) => number): Column<BoardBar> {
    return { id, title, width: 150, value: instant, cell: (bar) => moment(instant(bar)) };
  }
}

const lateOf = (bar: BoardBar): number => Math.max(0, bar.end - bar.due);

const marksOf = (bar: BoardBar): string =>
  [
    bar.blocked ? boardText.blocked : '',
    bar.work === 'waiting' ? '' : workText[bar.work],
    bar.frozen ? boardText.locked : '',
    bar.pin ? boardText.pinned : '',
  ]
    .filter(Boolean)
    .join(', ');
