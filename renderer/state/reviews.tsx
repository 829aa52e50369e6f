import { useEffect, useState } from 'react';
import type { Ask } from '#shared/contract/calls.ts';
import type { ReviewView } from '#shared/contract/session.ts';
import { station } from '#renderer/bridge/station.ts';
import { count } from '#renderer/ui/format.ts';
import { SignatureLine } from '#renderer/ui/signature.tsx';
import { useReasonAgainst } from './account.ts';
import { stateText as words } from './text.ts';

type Reviewed = Ask<'review.last'>['of'];

/** What was reviewed last, and whether its signature still stands; nothing where nothing was. */
export function LastReview({ of }: { readonly of: Reviewed }) {
  const review = useLastReview(of);
  if (!review) return null;
  const { until, entries, remarks, signatures } = review;
  return (
    <p className="last-review muted">
      <span>
        {until === null
          ? words.reviewedAccess(count(entries))
          : words.reviewedTo(count(until), count(entries))}
      </span>
      {signatures.map((signature) => (
        <SignatureLine key={signature.seq} signature={signature} />
      ))}
      {remarks === '' ? null : <span title={remarks}>{remarks}</span>}
    </p>
  );
}

function useLastReview(of: Reviewed): ReviewView | null {
  const mayNot = useReasonAgainst('review.last') !== null;
  const [review, setReview] = useState<ReviewView | null>(null);
  useEffect(() => {
    if (mayNot) return undefined;
    let gone = false;
    const read = (): void =>
      void station.call('review.last', { of }).then(
        (found) => {
          if (!gone) setReview(found);
        },
        () => undefined, // the list goes without
      );
    read();
    const stop = station.facts(({ kind }) => {
      if (kind === 'accounts.changed') read();
    });
    return () => {
      gone = true;
      stop();
    };
  }, [of, mayNot]);
  return review;
}
