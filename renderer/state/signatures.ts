import { useEffect, useState } from 'react';
import type { SignatureView } from '#shared/contract/session.ts';
import { station } from '#renderer/bridge/station.ts';

/** Signatures of all records of a kind, by record; asked again with the list that they stand in. */
export function useSignatures(
  entity: 'version' | 'queue' | 'event',
  list: readonly unknown[] | null,
): ReadonlyMap<string, readonly SignatureView[]> {
  const [found, setFound] = useState<ReadonlyMap<string, readonly SignatureView[]>>(new Map());
  useEffect(() => {
    if (!list) return undefined;
    let gone = false;
    station.call('signature.list', { entity }).then(
      (signatures) => {
        if (!gone) setFound(Map.groupBy(signatures, ({ entityId }) => entityId));
      },
      () => undefined, // the list goes without
    );
    return () => {
      gone = true;
    };
  }, [entity, list]);
  return found;
}
