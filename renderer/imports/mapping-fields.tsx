import type { RowKindView, TableView } from '#shared/contract/mapping-views.ts';
import { type Choice, NO_CHOICE } from './mapping-draft.ts';
import { mappingText as words } from './text.ts';

/** Fields whose bare numbers may have another unit than ours. */
const WITH_UNIT = new Set(['quantity', 'run', 'perUnit', 'setup', 'minLag', 'maxLag', 'minutes', 'validFor']);

/** For each field of the kind: the column it comes from, with the first values that stand there. */
export function MappingFields({
  table,
  kind,
  fields,
  onChange,
}: {
  readonly table: TableView;
  readonly kind: RowKindView | undefined;
  readonly fields: Readonly<Record<string, Choice>>;
  readonly onChange: (fields: Readonly<Record<string, Choice>>) => void;
}) {
  if (!kind) return null;
  const required = new Set(kind.required);
  return (
    <table className="mapping-fields">
      <thead>
        <tr>
          <th scope="col">{words.field}</th>
          <th scope="col">{words.column}</th>
          <th scope="col">{words.unit}</th>
          <th scope="col">{words.values}</th>
        </tr>
      </thead>
      <tbody>
        {[...kind.required, ...kind.optional].map((field) => {
          const choice = fields[field] ?? NO_CHOICE;
          const choose = (change: Partial<Choice>): void =>
            onChange({ ...fields, [field]: { ...choice, other: null, ...change } });
          return (
            <tr key={field}>
              <th scope="row" className={required.has(field) ? 'required' : ''}>
                {field}
                {required.has(field) ? <span className="muted"> {words.required}</span> : null}
              </th>
              <td>
                <select
                  aria-label={words.columnOf(field)}
                  value={choice.other === null ? choice.column : '\u0000'}
                  onChange={({ target }) => choose({ column: target.value })}
                >
                  <option value="">{words.none}</option>
                  {choice.other === null ? null : <option value={'\u0000'}>{words.other}</option>}
                  {table.header.map((column) => (
                    <option key={column} value={column}>
                      {column}
                    </option>
                  ))}
                </select>
              </td>
              <td>
                {WITH_UNIT.has(field) ? (
                  <input
                    aria-label={words.unitOf(field)}
                    value={choice.unit}
                    disabled={choice.column === ''}
                    spellCheck={false}
                    onChange={({ target }) => choose({ unit: target.value })}
                  />
                ) : null}
              </td>
              <td className="muted">
                {choice.other === null ? valuesOf(table, choice.column) : JSON.stringify(choice.other)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function valuesOf({ header, rows }: TableView, column: string): string {
  const index = header.indexOf(column);
  return index < 0
    ? ''
    : rows
        .map((row) => row[index] ?? '')
        .filter((value) => value !== '')
        .slice(0, 3)
        .join(' · ');
}
