import { useState } from 'react';
import type { AskedView } from '#shared/contract/line.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { Formats } from '#renderer/ui/format.ts';

/** What this line could not run: with whom it is and until when, or what was decided. */
export function AskedList({
  asked,
  now,
  format,
}: {
  readonly asked: readonly AskedView[];
  readonly now: Instant;
  readonly format: Formats;
}) {
  const when = (at: Instant): string => format.momentNear(at, now);
  const [read, setRead] = useState<ReadonlySet<number>>(new Set());
  return asked
    .filter(({ id }) => !read.has(id))
    .map(({ id, what, reason, since, owner, deadline, answer }) => (
      <p key={id} className="banner" role="status">
        <span className="grow">
          <strong>{what}</strong> can’t run: {reason}.{' '}
          {answer ? (
            <>
              Decided {when(answer.at)} by {answer.by}: {answer.text}. {answer.reason}
            </>
          ) : (
            <>
              With the {owner} since {when(since)}, to be decided by {when(deadline)}.
            </>
          )}
        </span>
        {answer ? (
          <button type="button" className="tap" onClick={() => setRead(new Set([...read, id]))}>
            OK
          </button>
        ) : null}
      </p>
    ));
}
