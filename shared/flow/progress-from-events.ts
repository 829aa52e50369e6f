import type { ExecutionEvent, TaskProgress } from '#shared/domain/execution.ts';
import type { LotActual } from '#shared/domain/line-result.ts';
import type { LotId } from '#shared/domain/material.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';

/** What of an event moves a task. */
export type TaskEvent = Pick<
  ExecutionEvent,
  | 'kind'
  | 'unit'
  | 'task'
  | 'at'
  | 'reason'
  | 'good'
  | 'scrap'
  | 'rework'
  | 'lots'
  | 'place'
  | 'sample'
  | 'result'
  | 'rest'
  | 'correction'
>;

/** In the order in which things happened, not in which they were told: a late entry falls into its place. */
export const inTime = (a: ExecutionEvent, b: ExecutionEvent): number => a.at - b.at || a.seq - b.seq;

/** Every event once, in the order of time: a repeat carries the id of the first. */
export function eventsInTime(events: readonly ExecutionEvent[]): ExecutionEvent[] {
  const once = new Map<string, ExecutionEvent>();
  for (const event of events) if (!once.has(event.id)) once.set(event.id, event);
  return [...once.values()].sort(inTime);
}

/** How far each reported task is. */
export function progressFromEvents(events: readonly ExecutionEvent[]): TaskProgress[] {
  const progress = new Map<string, TaskProgress>();
  for (const event of eventsInTime(events)) {
    const next = nextProgress(event.task && progress.get(event.task), event);
    if (next) progress.set(next.task, next);
  }
  return [...progress.values()];
}

/** One event further; events of the unit alone (downtime) and events that make no sense now leave the state as it is. */
export function nextProgress(
  previous: TaskProgress | undefined | '',
  event: TaskEvent,
): TaskProgress | undefined {
  if (!event.task) return previous || undefined;
  const before: TaskProgress = previous || {
    task: event.task,
    unit: event.unit,
    state: { kind: 'waiting' },
    worked: 0,
    good: 0,
    scrap: 0,
    rework: 0,
  };
  if (event.kind === 'quantityCorrected') return corrected(before, event);
  return {
    ...before,
    ...stateAfter(before, event),
    ...((event.good ?? 0) + (event.scrap ?? 0) > 0 && {
      counted: workedUntil(before, event.at),
      countedAt: event.at,
    }),
    good: before.good + (event.good ?? 0),
    scrap: before.scrap + (event.scrap ?? 0),
    rework: before.rework + (event.rework ?? 0),
    ...foundBy(before, event),
  };
}

/** The counts put right. When they were counted stays as it was said; where nothing was made after all, nothing was counted. */
function corrected(before: TaskProgress, { at, correction }: TaskEvent): TaskProgress {
  if (!correction) return before;
  const { counted = workedUntil(before, at), countedAt = at, ...task } = before;
  const right = (count: number, by: number): number => Math.max(0, Math.round((count + by) * 1e6) / 1e6);
  const [good, scrap] = [right(before.good, correction.good), right(before.scrap, correction.scrap)];
  const rework = right(before.rework, correction.rework);
  const { lots = [] } = correction;
  const consumed = summed([
    ...(before.consumed ?? []),
    ...lots.map(({ lot, by }) => ({ lot, quantity: by })),
  ]).map(({ lot, quantity }) => ({ lot, quantity: right(quantity, 0) }));
  return {
    ...task,
    ...(good + scrap > 0 && { counted, countedAt }),
    ...(lots.length > 0 && { consumed }),
    good,
    scrap,
    rework,
  };
}

/** What the report says besides state and quantities. What is staged and what was found is told as it is, so the last word counts. */
function foundBy(
  before: TaskProgress,
  { kind, at, lots = [], place = '', sample, result, rest }: TaskEvent,
): Partial<TaskProgress> {
  switch (kind) {
    case 'staged': {
      const others = (before.staged ?? []).filter(({ lot }) => !lots.some((one) => one.lot === lot));
      return { staged: [...others, ...lots.map((one) => ({ ...one, place }))] };
    }
    case 'sampleTaken':
      return { sample: { at, ...(sample !== undefined && { id: sample }) } };
    case 'tested':
      return result ? { tested: { ...result, at } } : {};
    case 'splitOff':
      return rest === undefined ? {} : { givenBack: [...(before.givenBack ?? []), { at, quantity: rest }] };
    case 'quantityReported':
    case 'completed':
      return lots.length === 0 ? {} : { consumed: summed([...(before.consumed ?? []), ...lots]) };
    default:
      return {};
  }
}

function summed(lots: readonly LotActual[]): LotActual[] {
  const sums = new Map<LotId, number>();
  for (const { lot, quantity } of lots) sums.set(lot, (sums.get(lot) ?? 0) + quantity);
  return [...sums].map(([lot, quantity]) => ({ lot, quantity }));
}

/** Run seconds worked until then, pauses excluded. */
export const workedUntil = ({ worked, state }: TaskProgress, at: Instant): Seconds =>
  worked + (state.kind === 'running' ? Math.max(0, at - state.since) : 0);

type Moved = Partial<
  Pick<TaskProgress, 'unit' | 'state' | 'actualStart' | 'actualRunStart' | 'actualEnd' | 'worked'>
>;

function stateAfter(before: TaskProgress, { kind, unit, at, reason }: TaskEvent): Moved {
  const { state } = before;
  if (state.kind === 'completed') return {};
  const worked = workedUntil(before, at);
  const begun = { unit, actualStart: before.actualStart ?? at };
  const running: Moved = {
    ...begun,
    actualRunStart: before.actualRunStart ?? at,
    state: { kind: 'running', since: at },
  };
  switch (kind) {
    case 'setupStarted':
      return state.kind === 'waiting' ? { ...begun, state: { kind: 'setup', since: at } } : {};
    case 'started':
      return state.kind === 'running' ? {} : running;
    case 'resumed':
      if (state.kind !== 'suspended') return {};
      return before.actualRunStart === undefined
        ? { ...begun, state: { kind: 'setup', since: at } }
        : running;
    case 'paused':
      return state.kind === 'setup' || state.kind === 'running'
        ? { worked, state: { kind: 'suspended', since: at, reason: reason ?? '' } }
        : {};
    case 'completed':
    case 'tested':
    case 'calibrated':
      return {
        ...begun,
        actualRunStart: before.actualRunStart ?? at,
        actualEnd: at,
        worked,
        state: { kind: 'completed', at },
      };
    default:
      return {};
  }
}
