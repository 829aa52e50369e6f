import { groupBy } from '#shared/base/group.ts';
import type { LineQueue } from '#shared/contract/line.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { Formats } from '#renderer/ui/format.ts';
import { kioskText as words } from './text.ts';

/** A recall that the line has seen stays in sight for so long, in seconds. */
const RECALL_SHOWN = 8 * 3600;

/** A new revision of the list: what it changes against what the line has seen, why, and the one tap that says so. */
export function RevisionNews({
  queue,
  now,
  format,
  isSaid,
  onSeen,
}: {
  readonly queue: LineQueue;
  readonly now: Instant;
  readonly format: Formats;
  /** Said here, and perhaps not yet received. */
  readonly isSaid: boolean;
  readonly onSeen: () => void;
}) {
  const isNews = queue.unseen && !isSaid;
  const recalled = groupBy(
    queue.recalled.filter(({ at }) => isNews || at > now - RECALL_SHOWN),
    ({ at, by, reason }) => `${at} ${by} ${reason}`,
  );
  return (
    <>
      {isNews ? (
        <section className="banner news" aria-label={words.news}>
          <p className="grow" role="status">
            <strong>{words.revision(queue.revision, queue.changes ?? '')}</strong>
            <span className="muted">{words.told(queue.by, format.time(queue.dispatched), queue.reason)}</span>
          </p>
          <button type="button" className="tap" onClick={onSeen}>
            {words.seen}
          </button>
        </section>
      ) : null}
      {[...recalled].map(([key, tasks]) => (
        <p key={key} className={isNews ? 'banner news' : 'recalled muted'} role="status">
          <span>
            <strong>{words.recalled(tasks.map(({ name }) => name).join(', '))}</strong>{' '}
            {tasks.slice(0, 1).map(({ reason, by, at }) => words.recalledWhy(reason, by, format.time(at)))}
          </span>
        </p>
      ))}
    </>
  );
}
