import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { Icon } from './icon.tsx';
import { type Column, type Sorting, nextSorting, visibleRows } from './rows.ts';
import './table.css';
import { text } from './text.ts';

const ROW = 33;
/** Lists up to this length are drawn whole; longer ones only around what is in sight. */
const WHOLE = 300;

export interface TableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** In the order to show. */
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly sorting?: Sorting | null;
  readonly onSort?: (sorting: Sorting | null) => void;
  /** Click or Enter on a row. */
  readonly onOpen?: (row: Row) => void;
  readonly isSelected?: (row: Row) => boolean;
  /** Shown in place of rows when there are none. */
  readonly empty?: ReactNode;
}

/** One line per row, sticky header, arrow keys between rows, Enter opens. */
export function Table<Row>({
  label,
  columns,
  rows,
  keyOf,
  sorting = null,
  onSort,
  onOpen,
  isSelected,
  empty,
}: TableProps<Row>) {
  const frame = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ top: 0, height: 800 });
  const [current, setCurrent] = useState(0);
  const { from, to } =
    rows.length > WHOLE
      ? visibleRows(rows.length, ROW, sight.top, sight.height)
      : { from: 0, to: rows.length };
  const stop = Math.min(current, rows.length - 1);
  /** The row that Tab reaches has to exist, even when the current one is scrolled away. */
  const tabRow = stop >= from && stop < to ? stop : from;

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const look = () => setSight({ top: element.scrollTop, height: element.clientHeight });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);

  function goTo(index: number): void {
    const element = frame.current;
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setCurrent(next);
    if (!element) return;
    const top = next * ROW;
    if (top < element.scrollTop) element.scrollTop = top;
    const bottom = top + 2 * ROW - element.clientHeight;
    if (bottom > element.scrollTop) element.scrollTop = bottom;
    const drawn = () => element.querySelector<HTMLElement>(`[aria-rowindex="${next + 2}"]`);
    const row = drawn();
    if (row) row.focus({ preventScroll: true });
    // Far away: it is drawn once the scroll has been seen.
    else requestAnimationFrame(() => requestAnimationFrame(() => drawn()?.focus({ preventScroll: true })));
  }

  function onKeyDown(event: KeyboardEvent, row: Row): void {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return;
    const page = Math.max(1, Math.floor(sight.height / ROW) - 2);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -rows.length,
      End: rows.length,
    };
    const step = steps[event.key];
    if (step !== undefined) goTo(stop + step);
    else if (event.key === 'Enter' && onOpen) onOpen(row);
    else return;
    event.preventDefault();
  }

  if (rows.length === 0 && empty) return <div className="table-frame">{empty}</div>;
  const minWidth = columns.reduce((sum, { width }) => sum + (width ?? 160), 0);
  return (
    <div className="table-frame" ref={frame}>
      <table
        className="table"
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        style={{ minWidth }}
      >
        <colgroup>
          {columns.map(({ id, width }) => (
            <col key={id} style={width === undefined ? {} : { width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} sorting={sorting} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {from > 0 ? <Space rows={from} columns={columns.length} /> : null}
          {rows.slice(from, to).map((row, offset) => {
            const index = from + offset;
            return (
              <tr
                key={keyOf(row)}
                className="row"
                aria-rowindex={index + 2}
                aria-selected={isSelected ? isSelected(row) : undefined}
                tabIndex={index === tabRow ? 0 : -1}
                onFocus={() => setCurrent(index)}
                onKeyDown={(event) => onKeyDown(event, row)}
                onClick={onOpen && (({ target }) => isControl(target) || onOpen(row))}
              >
                {columns.map(({ id, isControl, align, value, cell }) => (
                  <td key={id} className={isControl ? 'clip' : align}>
                    {cell ? cell(row) : value(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          {to < rows.length ? <Space rows={rows.length - to} columns={columns.length} /> : null}
        </tbody>
      </table>
    </div>
  );
}

/** A click on a button of a row is that button's. */
const isControl = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('button, a, input, select, label') !== null;

const Space = ({ rows, columns }: { readonly rows: number; readonly columns: number }) => (
  <tr className="space" aria-hidden="true">
    <td colSpan={columns} style={{ height: rows * ROW }} />
  </tr>
);

function HeadCell<Row>({
  column,
  sorting,
  onSort,
}: {
  readonly column: Column<Row>;
  readonly sorting: Sorting | null;
  readonly onSort: ((sorting: Sorting | null) => void) | undefined;
}) {
  const { id, title, align, isControl = false } = column;
  if (!onSort || isControl) {
    return (
      <th scope="col" className={align}>
        <span className={isControl ? 'unseen' : ''}>{title}</span>
      </th>
    );
  }
  const own = sorting?.column === id ? sorting : null;
  const order = own?.descending ? 'descending' : 'ascending';
  return (
    <th scope="col" className={align} aria-sort={own ? order : 'none'}>
      <button
        type="button"
        className="table-sort"
        title={text.sortBy(title)}
        onClick={() => onSort(nextSorting(sorting, id))}
      >
        {title}
        <Icon name={own?.descending ? 'down' : 'up'} size={12} />
      </button>
    </th>
  );
}
