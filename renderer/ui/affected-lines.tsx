import type { VersionPreview } from '#shared/contract/views.ts';
import './affected-lines.css';
import { count, counted } from './format.ts';
import { affectedText as words } from './repair-text.ts';

const SHOWN_LINES = 8;

/** Who would be told something else than they have been told, and how much of it. */
export const AffectedLines = ({ lines }: Pick<VersionPreview, 'lines'>) => (
  <ul className="affected-lines">
    {lines.slice(0, SHOWN_LINES).map(({ unit, name, current, ...counts }) => (
      <li key={unit}>
        {name} <span className="muted">{changesOf(counts)}</span>
        {current === null ? null : <span className="muted">, {words.runningNow(current)}</span>}
      </li>
    ))}
    {lines.length > SHOWN_LINES ? (
      <li className="muted">{words.more(counted(lines.length - SHOWN_LINES, 'line'))}</li>
    ) : null}
  </ul>
);

const changesOf = ({
  added,
  moved,
  restaffed,
  dropped,
}: Pick<VersionPreview['lines'][number], 'added' | 'moved' | 'restaffed' | 'dropped'>): string =>
  [
    added > 0 ? words.addedTasks(count(added)) : null,
    moved > 0 ? words.movedTasks(count(moved)) : null,
    restaffed > 0 ? words.restaffedTasks(count(restaffed)) : null,
    dropped > 0 ? words.droppedTasks(count(dropped)) : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
