import { create } from 'zustand';
import type { CommandRefusal } from '#shared/contract/calls.ts';
import type { LineReport } from '#shared/domain/execution.ts';
import { sendReport, stationNow } from './line-client.ts';

const KEY = 'shiftwright.outbox';
/** Waiting time before a report is sent again, in milliseconds. */
const RETRY = 3000;

/** As they were kept, perhaps by an older page: the station parses each and says of which it cannot make anything. */
function kept(): LineReport[] {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(parsed) ? (parsed as LineReport[]) : [];
  } catch {
    return [];
  }
}

/** Reports that the station has not yet acknowledged, in order, and its last refusal. They survive a reload. */
export const useOutbox = create<{
  readonly waiting: readonly LineReport[];
  readonly refusal: CommandRefusal | null;
  /** The station could not be reached at the last try. */
  readonly offline: boolean;
}>()(() => ({ waiting: kept(), refusal: null, offline: false }));

let sending = false;

/** Keeps the report, then sends it: it is not lost when the station is away, and never sent twice as two. */
export async function report(entry: LineReport): Promise<void> {
  keep([...useOutbox.getState().waiting, useOutbox.getState().offline ? stamped(entry) : entry]);
  useOutbox.setState({ refusal: null });
  await flush();
}

/** What is sent later happened now, by the station's clock. */
const stamped = (entry: LineReport): LineReport => ({ at: stationNow(), ...entry });

export const dismissRefusal = (): void => useOutbox.setState({ refusal: null });

/** Sends what waits, in order, until it is empty or the station is away. */
export async function flush(): Promise<void> {
  if (sending) return;
  sending = true;
  try {
    for (let next = useOutbox.getState().waiting[0]; next; next = useOutbox.getState().waiting[0]) {
      const outcome = await sendReport(next);
      keep(useOutbox.getState().waiting.slice(1));
      useOutbox.setState({
        offline: false,
        refusal: outcome.ok ? useOutbox.getState().refusal : outcome.refusal,
      });
    }
  } catch {
    keep(useOutbox.getState().waiting.map(stamped));
    useOutbox.setState({ offline: true });
    setTimeout(() => void flush(), RETRY);
  } finally {
    sending = false;
  }
}

function keep(waiting: readonly LineReport[]): void {
  localStorage.setItem(KEY, JSON.stringify(waiting));
  useOutbox.setState({ waiting });
}
