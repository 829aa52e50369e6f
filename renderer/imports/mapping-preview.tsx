import type { MappingPreview } from '#shared/contract/mapping-views.ts';
import type { RowRefusal } from '#shared/domain/import-report.ts';
import { count } from '#renderer/ui/format.ts';
import { importsText, mappingText as words } from './text.ts';

/** What the mapping makes of the file as it stands now. */
export function Preview({ preview }: { readonly preview: MappingPreview | null }) {
  if (!preview) return <p className="muted">{words.trying}</p>;
  const { flaw, records, samples, refusals, warnings } = preview;
  return (
    <section className="mapping-preview report" aria-label={words.preview}>
      <p role="status">{flaw ?? words.gives(records, refusals.length, count)}</p>
      {samples.map(({ line, id, fields }) => (
        <dl key={`${line} ${id}`}>
          <dt>
            {id} <span className="muted">{words.line(line)}</span>
          </dt>
          {fields
            .filter(({ field }) => field !== 'id')
            .map(({ field, text }) => (
              <dd key={field}>
                <span className="muted">{field}</span> {text}
              </dd>
            ))}
        </dl>
      ))}
      <Lines title={importsText.refusals} rows={refusals} />
      <Lines title={importsText.warnings} rows={warnings} />
    </section>
  );
}

/** In words, for there is no room for columns. */
const Lines = ({ title, rows }: { readonly title: string; readonly rows: readonly RowRefusal[] }) =>
  rows.length === 0 ? null : (
    <>
      <h2>{title}</h2>
      <ul>
        {[...new Set(rows.map(words.refusal))].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
