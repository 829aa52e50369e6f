import type { ExecutionEvent } from '#shared/domain/execution.ts';
import type { RefusalCode } from '#shared/domain/refusal.ts';
import type { Interval } from '#shared/time/interval.ts';

/** How often work began although a gate was against it. A figure of our own: ISO 22400-2 has none for it. */
export interface Overrides {
  /** Starts of a setup or a run that lines reported in the period. */
  readonly starts: number;
  /** Of those, with the signature of a second person against a gate. */
  readonly overridden: number;
  /** How many went against which gate, the most frequent first; one start may go against several. */
  readonly gates: readonly { readonly code: RefusalCode; readonly count: number }[];
}

/** Of the events of the period, in whatever order; what a log told of elsewhere passed no gate and counts on neither side. */
export function overridesFromEvents(events: readonly ExecutionEvent[], { start, end }: Interval): Overrides {
  const gates = new Map<RefusalCode, number>();
  let starts = 0;
  let overridden = 0;
  for (const { kind, at, origin, override, deviations } of events) {
    if ((kind !== 'started' && kind !== 'setupStarted') || origin !== 'line') continue;
    if (at < start || at >= end) continue;
    starts += 1;
    if (!override) continue;
    overridden += 1;
    for (const code of new Set(deviations.map((gate) => gate.code)))
      gates.set(code, (gates.get(code) ?? 0) + 1);
  }
  const counted = [...gates].map(([code, count]) => ({ code, count }));
  return { starts, overridden, gates: counted.sort((a, b) => b.count - a.count) };
}
