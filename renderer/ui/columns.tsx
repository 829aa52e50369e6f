import { useRef, useState } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { IconButton } from './button.tsx';
import './columns.css';
import type { Column } from './rows.ts';
import { text } from './text.ts';

const keyOf = (table: string): string => `shiftwright.columns.${table}`;

/** The columns a planner wants to see, kept for this machine. */
export function useColumns<Row>(table: string, columns: readonly Column<Row>[]) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(
    () => new Set((localStorage.getItem(keyOf(table)) ?? '').split(' ')),
  );
  function toggle(id: string): void {
    const next = new Set(hidden);
    if (!next.delete(id)) next.add(id);
    setHidden(next);
    localStorage.setItem(keyOf(table), [...next].join(' '));
  }
  return { shown: columns.filter(({ id }) => !hidden.has(id)), hidden, toggle };
}

/** Chooses columns; the first one names the row and stays. */
export function ColumnChooser<Row>({
  columns,
  hidden,
  onToggle,
}: {
  readonly columns: readonly Column<Row>[];
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (id: string) => void;
}) {
  const anchor = useRef<HTMLSpanElement>(null);
  const [isOpen, setOpen] = useState(false);
  const choosable = columns.filter(({ isControl }) => !isControl).slice(1);
  return (
    <span ref={anchor}>
      <IconButton icon="columns" label={text.columns} onPress={() => setOpen(true)} />
      <Popover
        className="columns"
        triggerRef={anchor}
        isOpen={isOpen}
        onOpenChange={setOpen}
        placement="bottom end"
        offset={6}
      >
        <AriaDialog className="columns-inside" aria-label={text.columns}>
          {choosable.map(({ id, title }) => (
            <label key={id}>
              <input
                type="checkbox"
                className="table-check"
                checked={!hidden.has(id)}
                onChange={() => onToggle(id)}
              />
              {title}
            </label>
          ))}
        </AriaDialog>
      </Popover>
    </span>
  );
}
