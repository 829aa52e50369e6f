import { orderNameOf } from '#shared/domain/of-order.ts';
import { useMemo } from 'react';
import type { OrderRow } from '#shared/contract/views.ts';
import { select, useBoard } from '#renderer/state/board.ts';
import { goTo } from '#renderer/state/place.ts';
import { useReply } from '#renderer/state/reply.ts';
import { useFormats } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import { type Formats, duration, quantity } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { List, type ListFilter } from '#renderer/ui/list.tsx';
import { type Column, instantCell } from '#renderer/ui/rows.ts';
import { domainText, orderStateText, text } from '#renderer/ui/text.ts';
import { Empty, Mark } from '#renderer/ui/view.tsx';
import { ordersText as words } from './text.ts';

const isLate = ({ late }: OrderRow): boolean => late !== null && late > 0;
const isDone = ({ state }: OrderRow): boolean =>
  ['Completed', 'Closed', 'Cancelled', 'Aborted'].includes(state);

const FILTERS: readonly ListFilter<OrderRow>[] = [
  { value: 'all', title: words.all, keeps: () => true },
  { value: 'late', title: words.late, keeps: isLate, counted: true },
  { value: 'problems', title: words.problems, keeps: ({ problem }) => problem !== null, counted: true },
  { value: 'open', title: words.open, keeps: (row) => !isDone(row) },
  ...(['production', 'quality', 'maintenance', 'inventory'] as const).map((domain) => ({
    value: domain,
    title: domainText[domain],
    keeps: (row: OrderRow) => row.domain === domain,
  })),
];

const textsOf = ({ order, product, problem, state, domain }: OrderRow) => [
  order,
  product,
  problem,
  orderStateText[state],
  domainText[domain],
];
const keyOf = ({ order }: OrderRow) => order;

function columnsOf({ moment }: Formats): readonly Column<OrderRow>[] {
  const at = (instant: number | null) => (instant === null ? text.none : moment(instant));
  return [
    {
      id: 'order',
      title: words.order,
      width: 168,
      value: orderNameOf,
      cell: (row) => (
        <span className={`mark domain-${row.domain}`} title={domainText[row.domain]}>
          <Icon name={row.domain} size={15} />
          <span className="mark-text">{orderNameOf(row)}</span>
        </span>
      ),
    },
    { id: 'product', title: words.product, value: ({ product }) => product },
    {
      id: 'quantity',
      title: words.quantity,
      width: 120,
      align: 'right',
      value: (row) => row.quantity,
      cell: (row) => quantity(row.quantity, row.uom),
      written: (row) => quantity(row.quantity, row.uom),
    },
    { id: 'state', title: words.state, width: 104, value: ({ state }) => orderStateText[state] },
    {
      id: 'done',
      title: words.done,
      width: 76,
      align: 'right',
      value: ({ done }) => done,
      cell: ({ done, tasks }) => words.ofTasks(done, tasks),
      written: ({ done, tasks }) => words.ofTasks(done, tasks),
    },
    {
      id: 'end',
      title: words.end,
      width: 152,
      align: 'right',
      value: ({ end }) => end,
      cell: ({ end }) => at(end),
      written: ({ end }) => instantCell(end),
    },
    {
      id: 'due',
      title: words.due,
      width: 152,
      align: 'right',
      value: ({ due }) => due,
      cell: ({ due }) => at(due),
      written: ({ due }) => instantCell(due),
    },
    {
      id: 'late',
      title: words.lateness,
      width: 108,
      align: 'right',
      value: ({ late }) => late,
      cell: (row) =>
        isLate(row) ? <span className="late">{duration(row.late ?? 0)}</span> : <NotLate row={row} />,
    },
    {
      id: 'problem',
      title: words.problem,
      value: ({ problem }) => problem,
      cell: ({ problem }) =>
        problem === null ? null : (
          <span title={problem}>
            <Mark tone="warn" icon="warn">
              {problem}
            </Mark>
          </span>
        ),
    },
  ];
}

const NotLate = ({ row }: { readonly row: OrderRow }) => (
  <span className="muted">{row.late === null ? text.none : words.onTime}</span>
);

/** Every order with where it stands; the late ones first. */
export function OrdersView() {
  const { value, failure } = useReply('orders.list');
  const formats = useFormats();
  const bars = useBoard((state) => state.bars);
  const selection = useBoard((state) => state.selection);
  const columns = useMemo(() => columnsOf(formats), [formats]);
  const selectedOrders = useMemo(
    () => new Set([...selection].map((task) => bars.get(task)?.order)),
    [selection, bars],
  );
  return (
    <List
      title={words.title}
      file="orders"
      rows={value}
      failure={failure}
      columns={columns}
      keyOf={keyOf}
      textsOf={textsOf}
      filters={FILTERS}
      sorting={{ column: 'late', descending: true }}
      isSelected={({ order }) => selectedOrders.has(order)}
      onOpen={({ order }) => {
        select([...bars.values()].filter((bar) => bar.order === order).map(({ task }) => task));
        goTo('board');
      }}
      empty={
        <Empty icon="orders" title={words.emptyTitle} hint={words.emptyHint}>
          <Button look="primary" onPress={() => goTo('imports')}>
            {words.import}
          </Button>
        </Empty>
      }
    />
  );
}
