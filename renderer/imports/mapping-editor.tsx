import { type ReactNode, useEffect, useState } from 'react';
import type { ColumnsView, KeptMapping, MappingPreview, TableView } from '#shared/contract/mapping-views.ts';
import { station } from '#renderer/bridge/station.ts';
import { act } from '#renderer/state/act.ts';
import { notify } from '#renderer/state/notices.ts';
import { Button } from '#renderer/ui/button.tsx';
import { text } from '#renderer/ui/text.ts';
import { ViewHead } from '#renderer/ui/view.tsx';
import { type MappingDraft, bodyOf, draftFor, fieldsByName } from './mapping-draft.ts';
import { MappingFields } from './mapping-fields.tsx';
import './mapping.css';
import { Preview } from './mapping-preview.tsx';
import { mappingText as words, rowKindText } from './text.ts';

export interface ChosenFile {
  readonly name: string;
  readonly base64: string;
}

/** Milliseconds of quiet before a change is tried. */
const QUIET = 250;

/** Says what the columns of a file mean, with what comes of it at once; the result is kept under a name. */
export function MappingEditor({
  file,
  onSaved,
  onClose,
}: {
  readonly file: ChosenFile;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}) {
  const [columns, setColumns] = useState<ColumnsView | null>(null);
  const [kept, setKept] = useState<readonly KeptMapping[]>([]);
  const [tableName, setTableName] = useState<string | null>(null);
  const [draft, setDraft] = useState<MappingDraft | null>(null);
  const [preview, setPreview] = useState<MappingPreview | null>(null);

  useEffect(() => {
    let gone = false;
    const both = Promise.all([station.call('mapping.columns', { file }), station.call('mapping.list', {})]);
    both.then(
      ([found, mappings]) => {
        if (gone) return;
        setColumns(found);
        setKept(mappings);
        const [first] = found.tables;
        if (first) choose(first, mappings, found);
      },
      (error: unknown) =>
        notify('error', words.title, error instanceof Error ? error.message : String(error)),
    );
    return () => void (gone = true);
  }, [file]);

  useEffect(() => {
    if (!draft || tableName === null) return undefined;
    let gone = false;
    const timer = setTimeout(() => {
      station.call('mapping.preview', { file, table: tableName, mapping: bodyOf(draft) }).then(
        (found) => void (gone || setPreview(found)),
        () => undefined, // a station that is away is told elsewhere
      );
    }, QUIET);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [file, tableName, draft]);

  function choose(table: TableView, mappings: readonly KeptMapping[], found: ColumnsView): void {
    setTableName(table.name);
    setDraft(draftFor(table, mappings, (kind) => fieldsOf(found, kind)));
  }

  async function save(): Promise<void> {
    if (!draft) return;
    const outcome = await act('mapping.save', { mapping: bodyOf(draft) });
    if (outcome?.ok) onSaved();
  }

  const table = columns?.tables.find(({ name }) => name === tableName);
  return (
    <section className="view" aria-label={words.title}>
      <ViewHead title={words.title}>
        <Button onPress={onClose}>{text.cancel}</Button>
        <Button look="primary" isDisabled={!preview || preview.flaw !== null} onPress={() => void save()}>
          {words.save}
        </Button>
      </ViewHead>
      <div className="view-body mapping">
        {columns && !table ? <p>{columns.refusals[0]?.reason ?? words.nothing}</p> : null}
        {columns && table && draft ? (
          <>
            <div className="mapping-head">
              {columns.tables.length > 1 ? (
                <Labelled name={words.table}>
                  <select
                    value={table.name}
                    onChange={({ target }) => {
                      const other = columns.tables.find(({ name }) => name === target.value);
                      if (other) choose(other, kept, columns);
                    }}
                  >
                    {columns.tables.map(({ name }) => (
                      <option key={name}>{name}</option>
                    ))}
                  </select>
                </Labelled>
              ) : null}
              <Labelled name={words.kind}>
                <select
                  value={draft.kind}
                  onChange={({ target: { value: kind } }) =>
                    setDraft({ ...draft, kind, fields: fieldsByName(table.header, fieldsOf(columns, kind)) })
                  }
                >
                  {columns.kinds.map(({ kind }) => (
                    <option key={kind} value={kind}>
                      {rowKindText[kind] ?? kind}
                    </option>
                  ))}
                </select>
              </Labelled>
              <Labelled name={words.name}>
                <input
                  value={draft.name}
                  onChange={({ target }) => setDraft({ ...draft, name: target.value })}
                />
              </Labelled>
              <Labelled name={words.pattern}>
                <input
                  value={draft.pattern}
                  spellCheck={false}
                  onChange={({ target }) => setDraft({ ...draft, pattern: target.value })}
                />
              </Labelled>
              <Labelled name={words.decimal}>
                <select
                  value={draft.decimal}
                  onChange={({ target }) => setDraft({ ...draft, decimal: target.value === ',' ? ',' : '.' })}
                >
                  <option value=".">{words.point}</option>
                  <option value=",">{words.comma}</option>
                </select>
              </Labelled>
              <Labelled name={words.dates}>
                <input
                  value={draft.dates}
                  placeholder={words.datesPlaceholder}
                  spellCheck={false}
                  onChange={({ target }) => setDraft({ ...draft, dates: target.value })}
                />
              </Labelled>
              <Labelled name={words.zone}>
                <input
                  value={draft.zone}
                  placeholder={words.zonePlaceholder}
                  spellCheck={false}
                  onChange={({ target }) => setDraft({ ...draft, zone: target.value })}
                />
              </Labelled>
            </div>
            <div className="mapping-parts">
              <MappingFields
                table={table}
                kind={columns.kinds.find(({ kind }) => kind === draft.kind)}
                fields={draft.fields}
                onChange={(fields) => setDraft({ ...draft, fields })}
              />
              <Preview preview={preview} />
            </div>
          </>
        ) : null}
      </div>
    </section>
  );
}

function fieldsOf({ kinds }: ColumnsView, kind: string): readonly string[] {
  const known = kinds.find((one) => one.kind === kind);
  return known ? [...known.required, ...known.optional] : [];
}

const Labelled = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <label>
    <span>{name}</span>
    {children}
  </label>
);
