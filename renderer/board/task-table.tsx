import { orderNameOf, type OfOrder } from '#shared/domain/of-order.ts';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Board, BoardBar, UnplacedTask } from '#shared/contract/views.ts';
import type { Seconds } from '#shared/time/instant.ts';
import { useBoard } from '#renderer/state/board.ts';
import { IconButton } from '#renderer/ui/button.tsx';
import { ColumnChooser, useColumns } from '#renderer/ui/columns.tsx';
import { ExportButton } from '#renderer/ui/export-button.tsx';
import { count, duration, formatsOf, hours, quantity } from '#renderer/ui/format.ts';
import { type Column, type Sorting, exportOf, instantCell, matches, sorted } from '#renderer/ui/rows.ts';
import { Table } from '#renderer/ui/table.tsx';
import { text } from '#renderer/ui/text.ts';
import { Mark, NothingFound, SearchBox } from '#renderer/ui/view.tsx';
import { BarMarks } from './bar-tip.tsx';
import { innerText } from './inner-text.ts';
import { lastEnds, slackOf } from './slack.ts';
import { boardText, workText } from './text.ts';
import { lockedWords } from './verdict-text.ts';
import { selectOne, useBoardUi } from './ui-state.ts';

/** A line of the twin: a task where it stands, or why it stands nowhere. */
type TaskRow = OfOrder &
  Pick<BoardBar, 'task' | 'name'> & {
    readonly bar: BoardBar | null;
    /** Of its order, see `slackOf`. */
    readonly slack: Seconds | null;
    readonly reason: string | null;
  };

const placed = (bar: BoardBar, ends: ReturnType<typeof lastEnds>): TaskRow => ({
  task: bar.task,
  order: bar.order,
  orderName: bar.orderName,
  name: bar.name,
  bar,
  slack: slackOf(bar, ends),
  reason: null,
});
const nowhere = ({ task, order, orderName, name, text }: UnplacedTask): TaskRow => ({
  task,
  order,
  orderName,
  name,
  bar: null,
  slack: null,
  reason: text,
});

/** The twin of the board: the same tasks and those without a place, the same selection, line by line. */
export function TaskTable() {
  const board = useBoard((state) => state.board);
  const selection = useBoard((state) => state.selection);
  const [search, setSearch] = useState('');
  const [sorting, setSorting] = useState<Sorting | null>({ column: 'start', descending: false });
  const wanted = useDeferredValue(search);
  const columns = useMemo(
    () => columnsOf(board?.zone ?? 'UTC', board?.rows ?? [], board?.people ?? []),
    [board?.zone, board?.rows, board?.people],
  );
  const { shown, hidden, toggle } = useColumns('tasks', columns);
  const all = useMemo(() => {
    const bars = board?.bars ?? [];
    const ends = lastEnds(bars);
    return [...bars.map((bar) => placed(bar, ends)), ...(board?.unplaced ?? []).map(nowhere)];
  }, [board?.bars, board?.unplaced]);
  const rows = useMemo(() => {
    const found = wanted.trim() === '' ? all : all.filter((row) => matches(wanted, textsOf(row)));
    return sorted(found, columns, sorting);
  }, [all, wanted, columns, sorting]);
  return (
    <div className="task-table">
      <div className="task-table-head">
        <SearchBox label={innerText.searchTasks} value={search} onChange={setSearch} />
        <span className="muted" role="status">
          {text.rows(count(rows.length), count(all.length))}
        </span>
        <span className="board-gap" />
        <ExportButton
          title={boardText.tasks}
          file="tasks"
          isDisabled={rows.length === 0}
          filter={wanted.trim()}
          table={() => exportOf(rows, shown)}
        />
        <ColumnChooser columns={columns} hidden={hidden} onToggle={toggle} />
      </div>
      <Table
        label={boardText.tasks}
        columns={shown}
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

const textsOf = ({ order, name, bar, reason }: TaskRow) => [
  order,
  name,
  reason,
  ...(bar ? [bar.product, bar.unit, workText[bar.work]] : []),
];

function columnsOf(zone: string, rows: Board['rows'], people: Board['people']): Column<TaskRow>[] {
  const { moment } = formatsOf(zone);
  const names = new Map<string, string>(rows.map(({ unit, name }) => [unit, name]));
  const crew = new Map<string, string>(people.map(({ id, name }) => [id, name]));
  return [
    { id: 'order', title: innerText.order, width: 120, value: orderNameOf },
    { id: 'name', title: innerText.step, width: 170, value: ({ name }) => name },
    { id: 'product', title: innerText.product, width: 150, value: ({ bar }) => bar?.product ?? null },
    {
      id: 'unit',
      title: innerText.unit,
      width: 150,
      value: ({ bar }) => (bar ? (names.get(bar.unit) ?? bar.unit) : null),
    },
    {
      id: 'people',
      title: innerText.people,
      width: 160,
      value: ({ bar }) =>
        bar ? bar.people.map(({ person }) => crew.get(person) ?? person).join(', ') || null : null,
    },
    at('start', innerText.start, ({ start }) => start),
    at('end', innerText.end, ({ end }) => end),
    span('setup', innerText.setup, ({ start, runStart }) => runStart - start),
    span('length', innerText.length, ({ start, end }) => end - start),
    {
      id: 'quantity',
      title: innerText.quantity,
      width: 110,
      align: 'right',
      value: ({ bar }) => bar?.quantity ?? null,
      cell: ({ bar }) => (bar ? quantity(bar.quantity, '') : text.none),
    },
    { id: 'uom', title: innerText.uom, width: 70, value: ({ bar }) => bar?.uom ?? null },
    at('due', innerText.due, ({ due }) => due),
    {
      id: 'slack',
      title: innerText.slack,
      width: 90,
      align: 'right',
      value: ({ slack }) => slack,
      cell: ({ slack }) => (slack === null ? text.none : <Slack seconds={slack} />),
      written: ({ slack }) => (slack === null ? null : hoursOf(slack)),
    },
    { id: 'state', title: innerText.state, width: 100, value: stateOf },
    {
      id: 'marks',
      title: innerText.marks,
      width: 240,
      value: ({ bar }) => (bar ? marksOf(bar) : null),
      cell: ({ bar }) => (bar ? <BarMarks bar={bar} /> : null),
    },
    {
      id: 'reason',
      title: innerText.whyUnplaced,
      width: 240,
      value: ({ reason }) => reason,
    },
    {
      id: 'jump',
      title: innerText.showOnBoard,
      isControl: true,
      width: 48,
      value: () => null,
      cell: ({ bar }) => (bar ? <JumpButton bar={bar} /> : null),
    },
  ];

  function at(id: string, title: string, instant: (bar: BoardBar) => number): Column<TaskRow> {
    return {
      id,
      title,
      width: 140,
      value: ({ bar }) => (bar ? instant(bar) : null),
      cell: ({ bar }) => (bar ? moment(instant(bar)) : text.none),
      written: ({ bar }) => instantCell(bar && instant(bar)),
    };
  }
  function span(id: string, title: string, seconds: (bar: BoardBar) => number): Column<TaskRow> {
    return {
      id,
      title,
      width: 90,
      align: 'right',
      value: ({ bar }) => (bar ? seconds(bar) : null),
      cell: ({ bar }) => (bar && seconds(bar) > 0 ? duration(seconds(bar)) : text.none),
      written: ({ bar }) => (bar ? hoursOf(seconds(bar)) : null),
    };
  }
}

/** Hours as a number that a spreadsheet can add up. */
const hoursOf = (seconds: number): number => Math.round(seconds / 36) / 100;

const Slack = ({ seconds }: { readonly seconds: number }) =>
  seconds < 0 ? <Mark tone="late">{`−${hours(-seconds)}`}</Mark> : hours(seconds);

const JumpButton = ({ bar }: { readonly bar: BoardBar }) => (
  <IconButton
    icon="board"
    label={innerText.showTask(orderNameOf(bar), bar.name)}
    placement="left"
    onPress={() => {
      selectOne(bar.task);
      useBoardUi.setState({ table: false });
    }}
  />
);

const stateOf = ({ bar }: TaskRow): string => (bar ? workText[bar.work] : innerText.notPlaced);

const marksOf = (bar: BoardBar): string =>
  [
    bar.end > bar.due ? boardText.late(hours(bar.end - bar.due)) : '',
    bar.blocked ? boardText.blocked : '',
    bar.frozen ? lockedWords(bar) : '',
    bar.pin ? boardText.pinned : '',
  ]
    .filter(Boolean)
    .join(', ');
