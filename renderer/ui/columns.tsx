import { useState } from 'react';
import { IconButton } from './button.tsx';
import './columns.css';
import { PopupButton } from './popup.tsx';
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
  const choosable = columns.filter(({ isControl }) => !isControl).slice(1);
  return (
    <PopupButton
      label={text.columns}
      className="columns"
      button={<IconButton icon="columns" label={text.columns} />}
    >
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
    </PopupButton>
  );
}
