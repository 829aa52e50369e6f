import { type ReactNode, useState } from 'react';
import type { LineView } from '#shared/contract/line.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { Formats } from '#renderer/ui/format.ts';

/** What the desk says to this line: what became of what it could not run, and what of its reports was taken back. */
export function AskedList({
  asked,
  tookBack,
  now,
  format,
}: Pick<LineView, 'asked' | 'tookBack' | 'now'> & { readonly format: Formats }) {
  const when = (at: Instant): string => format.momentNear(at, now);
  return (
    <>
      {asked.map(({ id, what, reason, since, owner, deadline, answer }) => (
        <Said key={`case ${id}`} isAnswer={answer !== null}>
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
        </Said>
      ))}
      {tookBack.map(({ id, what, by, at, reason }) => (
        <Said key={`report ${id}`} isAnswer>
          <strong>{what}</strong>: {by} took back at the desk what was reported here ({when(at)}). {reason}
        </Said>
      ))}
    </>
  );
}

/** An answer goes from sight when somebody has read it. */
function Said({ isAnswer, children }: { readonly isAnswer: boolean; readonly children: ReactNode }) {
  const [isRead, setRead] = useState(false);
  if (isRead) return null;
  return (
    <p className="banner" role="status">
      <span className="grow">{children}</span>
      {isAnswer ? (
        <button type="button" className="tap" onClick={() => setRead(true)}>
          OK
        </button>
      ) : null}
    </p>
  );
}
