import { useEffect, useState } from 'react';
import type { Ask, CallName, Reply } from '#shared/contract/calls.ts';
import { station } from '#renderer/bridge/station.ts';

/** Facts after which a list may be another. */
const NEWS: ReadonlySet<string> = new Set([
  'board.changed',
  'board.replaced',
  'version.published',
  'queues.dispatched',
  'links.changed',
]);

/** The station's answer to a question with parts, asked again when it may differ; null until the first. */
export function useAsked<Name extends CallName>(name: Name, ask: Ask<Name>): Reply<Name> | null {
  const [answer, setAnswer] = useState<{ readonly to: string; readonly value: Reply<Name> } | null>(null);
  const key = JSON.stringify(ask);
  useEffect(() => {
    let gone = false;
    const read = (): void => {
      station.call(name, JSON.parse(key) as never).then(
        (value) => {
          if (!gone) setAnswer({ to: key, value });
        },
        () => undefined, // the connection is lost, which the window says
      );
    };
    read();
    const stop = station.facts((fact) => {
      if (NEWS.has(fact.kind)) read();
    });
    return () => {
      gone = true;
      stop();
    };
  }, [name, key]);
  return answer?.value ?? null;
}
