import type { Downtime } from '#shared/domain/equipment.ts';
import type { ExecutionEvent, TaskProgress, UnitState } from '#shared/domain/execution.ts';
import { type WorkCalendar, openTime, shiftsOf } from '#shared/time/calendar.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import { type Interval, intersect, subtract, union } from '#shared/time/interval.ts';
import { eventsInTime, nextProgress } from './progress-from-events.ts';
import { stateInWork } from './unit-state.ts';

/** What the calendar foresees at an instant: busy time (PBT), planned down time (PDOT) or nothing. */
export type Foreseen = 'BUSY' | 'PLANNED_DOWN' | 'UNSCHEDULED';

/** A stretch of one state; `foreseen` is what the calendar says, which work that was reported does not always keep. */
export interface StateSpan extends Interval {
  readonly state: UnitState;
  readonly foreseen: Foreseen;
}

/** A work unit's planned operation time and the planned down time in it, within a window. */
export interface OperationTime {
  readonly window: Interval;
  readonly planned: readonly Interval[];
  readonly down: readonly Interval[];
}

/**
 * POT is the turns of the shifts and the overtime without holidays and closures, without a calendar the whole window.
 * Planned down are the breaks and maintenance of the calendar and the planned downtimes of the unit.
 */
export function operationTimeOf(
  calendar: WorkCalendar | undefined,
  downtimes: readonly Downtime[],
  window: Interval,
): OperationTime {
  const entries = (types: readonly string[]): Interval[] =>
    (calendar?.entries ?? []).filter((entry) => types.includes(entry.type)).map((entry) => entry.interval);
  const turns = calendar ? [...shiftsOf(calendar, window), ...entries(['SHIFT', 'OVERTIME'])] : [window];
  const planned = intersect(subtract(turns, entries(['HOLIDAY', 'CLOSED'])), [window]);
  const closed = calendar ? subtract(planned, openTime(calendar, window)) : [];
  const down = downtimes
    .filter((entry) => entry.planned)
    .map((entry) => ({ start: entry.start, end: entry.end ?? window.end }));
  return { window, planned, down: intersect(union([...closed, ...down]), planned) };
}

/**
 * The time-model states of one work unit over the window, without gap and overlap (ISO 22400-2:2014, clause 5; rules 1
 * to 4 of our sheet). Reported setup and production count where they happened, also outside the busy time; in planned
 * down and unscheduled time everything else gives way to the calendar. `events` are those of the unit.
 */
export function timelineFromEvents(
  events: readonly ExecutionEvent[],
  { window, planned, down }: OperationTime,
): StateSpan[] {
  const reported = reportedStates(events);
  const edges = new Set([window.start, window.end]);
  for (const span of [...planned, ...down, ...reported]) {
    for (const edge of [span.start, 'end' in span ? span.end : span.start]) {
      if (window.start < edge && edge < window.end) edges.add(edge);
    }
  }
  const cuts = [...edges].sort((a, b) => a - b);
  const spans: StateSpan[] = [];
  const [inPlanned, inDown] = [walker(planned), walker(down)];
  let last = -1;
  for (const [k, start] of cuts.entries()) {
    const end = cuts[k + 1];
    if (end === undefined) break;
    while ((reported[last + 1]?.start ?? Infinity) <= start) last += 1;
    const foreseen = inDown(start) ? 'PLANNED_DOWN' : inPlanned(start) ? 'BUSY' : 'UNSCHEDULED';
    const own = reported[last]?.state ?? 'NO_ORDER';
    const state = foreseen === 'BUSY' || own === 'PROD' || own === 'SETUP' ? own : foreseen;
    const before = spans.at(-1);
    if (before?.state === state && before.foreseen === foreseen) spans[spans.length - 1] = { ...before, end };
    else spans.push({ start, end, state, foreseen });
  }
  return spans;
}

/** What the events alone say: the most productive of the tasks in work, DELAY for one while the unit is down. */
function reportedStates(events: readonly ExecutionEvent[]): { start: Instant; state: UnitState }[] {
  const tasks = new Map<string, TaskProgress>();
  let isDown = false;
  return eventsInTime(events).map((event) => {
    const next = nextProgress(event.task && tasks.get(event.task), event);
    if (next) tasks.set(next.task, next);
    if (event.kind === 'downtimeStarted') isDown = true;
    if (event.kind === 'downtimeEnded' || event.kind === 'started' || event.kind === 'resumed')
      isDown = false;
    const states = [...tasks.values()].map((progress) => stateInWork(progress.state.kind));
    if (next?.state.kind === 'completed') tasks.delete(next.task);
    const state = (['PROD', 'SETUP', 'DELAY'] as const).find((one) => states.includes(one));
    return { start: event.at, state: state === undefined ? 'NO_ORDER' : isDown ? 'DELAY' : state };
  });
}

/** Is an instant inside one of the spans? The instants asked must not go back. */
function walker(spans: readonly Interval[]): (at: Instant) => boolean {
  let k = 0;
  return (at) => {
    while ((spans[k]?.end ?? Infinity) <= at) k += 1;
    return (spans[k]?.start ?? Infinity) <= at;
  };
}

/** Time elements of ISO 22400-2 in seconds; `outside` is setup and production outside the busy time (WORK_OUTSIDE_PBT). */
export interface Elements {
  readonly POT: Seconds;
  readonly PDOT: Seconds;
  readonly PBT: Seconds;
  readonly APT: Seconds;
  readonly AUST: Seconds;
  readonly ADET: Seconds;
  readonly ADOT: Seconds;
  readonly AUPT: Seconds;
  readonly AUBT: Seconds;
  readonly outside: Seconds;
}

/** The elements of the part of a timeline that lies in the window: PBT = POT − PDOT, AUPT = APT + AUST, AUBT = AUPT + ADET. */
export function elementsOf(timeline: readonly StateSpan[], window: Interval): Elements {
  const total = (counts: (span: StateSpan) => boolean): Seconds =>
    timeline.reduce((sum, span) => {
      const length = Math.min(span.end, window.end) - Math.max(span.start, window.start);
      return counts(span) && length > 0 ? sum + length : sum;
    }, 0);
  const inState = (state: UnitState): Seconds => total((span) => span.state === state);
  const POT = total((span) => span.foreseen !== 'UNSCHEDULED');
  const PDOT = total((span) => span.foreseen === 'PLANNED_DOWN');
  const [APT, AUST, ADET] = [inState('PROD'), inState('SETUP'), inState('DELAY')];
  const isWork = ({ state }: StateSpan): boolean => state === 'PROD' || state === 'SETUP';
  return {
    POT,
    PDOT,
    PBT: POT - PDOT,
    APT,
    AUST,
    ADET,
    ADOT: inState('NO_ORDER'),
    AUPT: APT + AUST,
    AUBT: APT + AUST + ADET,
    outside: total((span) => span.foreseen !== 'BUSY' && isWork(span)),
  };
}
