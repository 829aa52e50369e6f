import type { ReactNode } from 'react';
import type { ImportReport, RowRefusal } from '#shared/domain/import-report.ts';
import { notify } from '#renderer/state/notices.ts';
import { Button } from '#renderer/ui/button.tsx';
import { csvOf } from '#shared/base/csv.ts';
import { useOrigin } from '#renderer/ui/origin.ts';
import { saveText } from '#renderer/ui/save-file.ts';
import { count } from '#renderer/ui/format.ts';
import { type Column, exportOf, plainCells } from '#renderer/ui/rows.ts';
import { Table } from '#renderer/ui/table.tsx';
import { importsText as words, kindText } from './text.ts';

type Change = ImportReport['changes'][number];
type Sample = ImportReport['samples'][number];

const figure = (id: 'added' | 'changed' | 'removed' | 'unchanged', title: string): Column<Change> => ({
  id,
  title,
  width: 112,
  align: 'right',
  value: (change) => change[id],
  cell: (change) => (
    <span className={change[id] === 0 || id === 'unchanged' ? 'muted' : ''}>{count(change[id])}</span>
  ),
});

const CHANGES: readonly Column<Change>[] = [
  { id: 'kind', title: words.kind, value: ({ kind }) => kindText[kind] ?? kind },
  figure('added', words.added),
  figure('changed', words.changedCount),
  figure('removed', words.removed),
  figure('unchanged', words.unchanged),
];

const SAMPLES: readonly Column<Sample>[] = [
  { id: 'kind', title: words.kind, width: 160, value: ({ kind }) => kindText[kind] ?? kind },
  { id: 'id', title: words.record, width: 200, value: ({ id }) => id },
  { id: 'field', title: words.field, width: 160, value: ({ field }) => field },
  {
    id: 'before',
    title: words.before,
    value: ({ before }) => before,
    cell: ({ before }) => <span className="muted">{before}</span>,
  },
  { id: 'after', title: words.after, value: ({ after }) => after },
];

const REFUSALS: readonly Column<RowRefusal>[] = [
  { id: 'file', title: words.file, width: 200, value: ({ file }) => file },
  { id: 'line', title: words.line, width: 72, align: 'right', value: ({ line }) => line || null },
  { id: 'field', title: words.field, width: 160, value: ({ field }) => field },
  {
    id: 'value',
    title: words.value,
    width: 160,
    value: ({ value }) => value,
    cell: ({ value }) => <code title={value}>{value}</code>,
  },
  {
    id: 'reason',
    title: words.reason,
    value: ({ reason }) => reason,
    cell: ({ reason }) => <span title={reason}>{reason}</span>,
  },
];

/** What files change, what they refuse and what is odd about them. */
export function Report({ report }: { readonly report: ImportReport }) {
  const { changes, samples, refusals, warnings, dryRun } = report;
  const isSame = changes.every(({ added, changed, removed }) => added + changed + removed === 0);
  return (
    <div className="report">
      <p className="muted">{report.files.join(', ')}</p>
      <Part title={dryRun ? words.wouldChange : words.changed}>
        {isSame ? <p>{dryRun ? words.nothing : words.nothingDone}</p> : null}
        {changes.length > 0 ? (
          <Table label={words.wouldChange} columns={CHANGES} rows={changes} keyOf={({ kind }) => kind} />
        ) : null}
      </Part>
      <Rows title={words.refusals} hint={words.refusalsHint} rows={refusals} />
      <Rows title={words.warnings} rows={warnings} />
      {samples.length > 0 ? (
        <Part title={words.samples}>
          <Table
            label={words.samples}
            columns={SAMPLES}
            rows={samples}
            keyOf={({ kind, id, field }) => `${kind} ${id} ${field}`}
          />
        </Part>
      ) : null}
    </div>
  );
}

function Rows({
  title,
  hint,
  rows,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly rows: readonly RowRefusal[];
}) {
  const zone = useOrigin((origin) => origin.zone);
  if (rows.length === 0) return null;
  const table = plainCells(exportOf(rows, REFUSALS), zone);
  const keys = new Map(rows.map((row, index) => [row, String(index)]));
  return (
    <Part
      title={`${title} (${count(rows.length)})`}
      actions={
        <>
          <Button
            onPress={() =>
              void navigator.clipboard
                .writeText(table.map((row) => row.join('\t')).join('\n'))
                .then(() => notify('info', words.copied))
            }
          >
            {words.copy}
          </Button>
          <Button icon="download" onPress={() => saveText('refused-rows.csv', csvOf(table))}>
            {words.save}
          </Button>
        </>
      }
    >
      {hint === undefined ? null : <p className="muted">{hint}</p>}
      <Table label={title} columns={REFUSALS} rows={rows} keyOf={(row) => keys.get(row) ?? ''} />
    </Part>
  );
}

const Part = ({
  title,
  actions,
  children,
}: {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) => (
  <section className="report-part">
    <header>
      <h2>{title}</h2>
      <div className="button-row">{actions}</div>
    </header>
    {children}
  </section>
);
