import { type ReactNode, useMemo, useState } from 'react';
import { ColumnChooser, useColumns } from './columns.tsx';
import { ExportButton } from './export-button.tsx';
import { count } from './format.ts';
import { type Column, type Sorting, exportOf, matches, sorted } from './rows.ts';
import { Table } from './table.tsx';
import { text } from './text.ts';
import { Filter, NothingFound, SearchBox, ViewHead } from './view.tsx';

export interface ListFilter<Row> {
  readonly value: string;
  readonly title: string;
  readonly keeps: (row: Row) => boolean;
  /** Says how many there are; left out where the number says nothing. */
  readonly counted?: boolean;
}

export interface ListProps<Row> {
  readonly title: string;
  /** Null until the station has answered. */
  readonly rows: readonly Row[] | null;
  readonly failure: string | null;
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  /** What it begins to search for. */
  readonly sought?: string;
  /** What the search looks into. */
  readonly textsOf: (row: Row) => readonly (string | null)[];
  readonly filters?: readonly ListFilter<Row>[];
  readonly sorting?: Sorting;
  readonly onOpen?: (row: Row) => void;
  readonly isSelected?: (row: Row) => boolean;
  /** File name of an export, without ending. */
  readonly file: string;
  /** What to do next when there is nothing at all. */
  readonly empty: ReactNode;
  readonly actions?: ReactNode;
}

/** A view that is one table: search, filter, sort, export what is shown. */
export function List<Row>({
  title,
  rows,
  failure,
  columns,
  keyOf,
  sought = '',
  textsOf,
  filters = [],
  sorting: firstSorting,
  onOpen,
  isSelected,
  file,
  empty,
  actions,
}: ListProps<Row>) {
  const [search, setSearch] = useState(sought);
  const [filter, setFilter] = useState(filters[0]?.value ?? '');
  const { shown: visible, hidden, toggle } = useColumns(file, columns);
  const [sorting, setSorting] = useState<Sorting | null>(firstSorting ?? null);
  const shown = useMemo(() => {
    const keeps = filters.find(({ value }) => value === filter)?.keeps;
    const kept = (rows ?? []).filter((row) => (keeps?.(row) ?? true) && matches(search, textsOf(row)));
    return sorted(kept, columns, sorting);
  }, [rows, filters, filter, search, textsOf, columns, sorting]);
  const clear = () => {
    setSearch('');
    setFilter(filters[0]?.value ?? '');
  };
  const all = rows ?? [];
  return (
    <section className="view" aria-label={title}>
      <ViewHead title={title} figure={rows ? text.rows(count(shown.length), count(all.length)) : undefined}>
        {filters.length > 0 ? (
          <Filter
            label={title}
            value={filter}
            onChange={setFilter}
            options={filters.map(({ value, title, keeps, counted }) => ({
              value,
              title,
              ...(counted ? { figure: all.filter(keeps).length } : {}),
            }))}
          />
        ) : null}
        <SearchBox label={text.search} value={search} onChange={setSearch} />
        <ExportButton
          title={title}
          file={file}
          isDisabled={shown.length === 0}
          filter={[
            search.trim(),
            filters.find(({ value }) => value === filter && value !== filters[0]?.value)?.title,
          ]
            .filter(Boolean)
            .join(', ')}
          table={() => exportOf(shown, visible)}
        />
        <ColumnChooser columns={columns} hidden={hidden} onToggle={toggle} />
        {actions}
      </ViewHead>
      {failure === null ? null : (
        <p className="list-failure late" role="alert">
          {failure}
        </p>
      )}
      <ListBody waiting={rows === null && failure === null}>
        <Table
          label={title}
          columns={visible}
          rows={shown}
          keyOf={keyOf}
          sorting={sorting}
          onSort={setSorting}
          {...(onOpen ? { onOpen } : {})}
          {...(isSelected ? { isSelected } : {})}
          empty={all.length === 0 ? empty : <NothingFound onClear={clear} />}
        />
      </ListBody>
    </section>
  );
}

const ListBody = ({ waiting, children }: { readonly waiting: boolean; readonly children: ReactNode }) =>
  waiting ? (
    <p className="list-waiting muted" role="status">
      {text.loading}
    </p>
  ) : (
    children
  );
