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
  /** The report that it refused. */
  readonly refused: string | null;
  /** The station could not be reached at the last try. */
  readonly offline: boolean;
}>()(() => ({ waiting: kept(), refusal: null, refused: null, offline: false }));

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
      const { waiting } = useOutbox.getState();
      if (outcome.ok) keep(waiting.slice(1));
      // What was never recorded needs no taking back.
      else keep(waiting.slice(1).filter((entry) => !takesBack(entry, next.id)));
      useOutbox.setState({
        offline: false,
        ...(!outcome.ok && { refusal: outcome.refusal, refused: next.id }),
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

const takesBack = (entry: LineReport, id: string): boolean =>
  entry.kind === 'withdrawn' && entry.withdraws === id;

/** Whether it waits here together with what takes it back. */
export const isTakenBack = (waiting: readonly LineReport[], { id }: LineReport): boolean =>
  waiting.some((entry) => takesBack(entry, id));

function keep(waiting: readonly LineReport[]): void {
  localStorage.setItem(KEY, JSON.stringify(waiting));
  useOutbox.setState({ waiting });
}
