import type { ExecutionReport, TaskProgress, UnitState, WorkState } from '#shared/domain/execution.ts';

/** What a unit is doing before a report. `task` is the progress of the task reported on or, with none, of the one in work there. */
export interface UnitBefore {
  readonly task: TaskProgress | undefined;
  readonly unit:
    | { readonly state: UnitState; readonly task: string | null; readonly down: object | null }
    | undefined;
}

/**
 * The time-model state of a unit from a report on. A stop while an order is in work is DELAY; without an order there is
 * NO_ORDER, broken or not (ISO 22400-2: delay lies inside an order, down time does not).
 */
export function unitStateAfter(
  report: Pick<ExecutionReport, 'kind' | 'task'>,
  before: UnitBefore,
): UnitState {
  switch (report.kind) {
    case 'setupStarted':
      return 'SETUP';
    case 'started':
      return 'PROD';
    case 'resumed':
      return before.task && before.task.actualRunStart === undefined ? 'SETUP' : 'PROD';
    case 'paused':
      return 'DELAY';
    case 'completed':
      return 'NO_ORDER';
    case 'tested':
    case 'calibrated':
      // A result may come again when the unit does something else.
      return before.unit && before.unit.task !== report.task ? before.unit.state : 'NO_ORDER';
    case 'staged':
    case 'sampleTaken':
    case 'splitOff':
      return before.unit?.state ?? 'NO_ORDER';
    case 'downtimeStarted':
      return before.unit?.task ? 'DELAY' : 'NO_ORDER';
    case 'downtimeEnded':
      return before.unit?.task ? stateInWork(before.task?.state.kind ?? 'running') : 'NO_ORDER';
    default:
      return before.unit?.state ?? stateInWork(before.task?.state.kind ?? 'waiting');
  }
}

/** The state of a unit that works on one task in this state. */
export function stateInWork(work: WorkState['kind']): UnitState {
  if (work === 'running') return 'PROD';
  if (work === 'setup') return 'SETUP';
  return work === 'suspended' ? 'DELAY' : 'NO_ORDER';
}
