import { useCallback, useEffect, useMemo, useState } from 'react';
import { oneAtATime } from '#shared/base/one-at-a-time.ts';
import { LIST_EXPIRES, type LineList } from '#shared/contract/line.ts';
import { NotPaired, readLines } from './line-client.ts';
import { flush, useOutbox } from './outbox.ts';

/** What a page shows of the station, and how it stands with it. */
export interface Reading<View> {
  /** As it was read last; null before. */
  readonly value: View | null;
  readonly people: Pick<LineList, 'people' | 'identifies'>;
  /** Whether this screen is let in. */
  readonly isPaired: boolean;
  /** How long ago it was read, in words. */
  readonly age: string;
  /** So old, while the station is away, that it is only looked at (R9). */
  readonly isExpired: boolean;
  /** Reads it again, and sends what waits. */
  readonly refresh: () => Promise<void>;
  /** It was somebody else's. */
  readonly forget: () => void;
}

/** Reads now and whenever something changed; where `read` finds nothing to ask for, what there is stays. Both are to be kept between renders. */
export function useReading<View>(
  read: () => Promise<View | null>,
  watch: (changed: () => void) => () => void,
): Reading<View> {
  const [value, setValue] = useState<View | null>(null);
  const [people, setPeople] = useState<Reading<View>['people']>({ people: [], identifies: false });
  const [isPaired, setPaired] = useState(true);
  const [at, setAt] = useState<number | null>(null);
  const [clock, setClock] = useState(() => Date.now());
  const offline = useOutbox((state) => state.offline);

  const readNow = useCallback(async () => {
    try {
      const found = await read();
      if (found === null) return;
      setValue(found);
      setAt(Date.now());
      setPaired(true);
      await flush();
    } catch (error) {
      if (error instanceof NotPaired) return setPaired(false);
      useOutbox.setState({ offline: true });
    }
  }, [read]);
  // Fifty lines report twenty times a second: what changes while the page reads is read once, afterwards.
  const refresh = useMemo(() => oneAtATime(readNow), [readNow]);
  useEffect(() => watch(() => void refresh()), [watch, refresh]);
  useEffect(() => {
    if (isPaired)
      readLines().then(setPeople, (error: unknown) => error instanceof NotPaired && setPaired(false));
  }, [isPaired]);
  useEffect(() => {
    const tick = setInterval(() => setClock(Date.now()), 1000);
    return () => clearInterval(tick);
  }, []);

  const seconds = at === null ? 0 : Math.max(0, Math.round((clock - at) / 1000));
  return {
    value,
    people,
    isPaired,
    age: seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`,
    isExpired: offline && seconds > LIST_EXPIRES,
    refresh,
    forget: () => setValue(null),
  };
}
