import { useEffect, useState } from 'react';
import type { CallName, Reply, calls } from '#shared/contract/calls.ts';
import type { FactKind } from '#shared/contract/facts.ts';
import type { z } from 'zod';
import { station } from '#renderer/bridge/station.ts';

/** A question that needs no more than its name. */
type PlainQuery = {
  [Name in CallName]: Record<string, never> extends z.input<(typeof calls)[Name]['ask']>
    ? (typeof calls)[Name]['kind'] extends 'query'
      ? Name
      : never
    : never;
}[CallName];

/** Facts after which any list may read differently. */
const USUAL: readonly FactKind[] = ['board.changed', 'board.replaced', 'plant.imported'];
/** Reports from the lines come in bursts: one read for all that come within this time. */
const GATHER_MILLIS = 250;

export interface Heard<Value> {
  /** The newest answer; null until the first. */
  readonly value: Value | null;
  readonly failure: string | null;
}

/** The station's answer, asked again after facts that may change it and after a lost connection. */
export function useReply<Name extends PlainQuery>(
  name: Name,
  after: readonly FactKind[] = USUAL,
): Heard<Reply<Name>> {
  const [heard, setHeard] = useState<Heard<Reply<Name>>>({ value: null, failure: null });
  const kinds = after.join(' ');
  useEffect(() => {
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      timer = undefined;
      station.call(name, {} as never).then(
        (value) => {
          if (!gone) setHeard({ value, failure: null });
        },
        (error: unknown) => {
          if (!gone) setHeard(({ value }) => ({ value, failure: String(error) }));
        },
      );
    };
    read();
    const again = () => {
      timer ??= setTimeout(read, GATHER_MILLIS);
    };
    const stopFacts = station.facts((fact) => {
      if (kinds.split(' ').includes(fact.kind)) again();
    });
    const stopConnection = station.onConnection((connection) => {
      if (connection === 'open') again();
    });
    return () => {
      gone = true;
      clearTimeout(timer);
      stopFacts();
      stopConnection();
    };
  }, [name, kinds]);
  return heard;
}
