import type { EventKind, WorkState } from '#shared/domain/execution.ts';
import type { JobOrder } from '#shared/domain/job-order.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { type Command, type JobState, commandFrom, reportsFrom } from './job-state.ts';

/** What is known of one job when the machine and the record are held against each other. */
export interface Known {
  readonly task: TaskId;
  /** What the machine says of it; null when it does not have it. */
  readonly machine: JobState | null;
  /** As the line is to do it; null when that is over. */
  readonly wanted: JobOrder | null;
  readonly record: WorkState['kind'];
  /** What the record said when they were last held against each other over this connection. */
  readonly before: WorkState['kind'] | undefined;
  /** Has the machine acknowledged it: this revision of it, or any that was not withdrawn since? */
  readonly isAcknowledged: boolean;
  readonly wasAcknowledged: boolean;
}

export type Step =
  | { readonly kind: 'store' | 'update'; readonly job: JobOrder }
  /** The machine is past the point where a job can be changed: it has it. */
  | { readonly kind: 'acknowledge'; readonly job: JobOrder }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'report'; readonly reports: readonly EventKind[]; readonly machine: JobState }
  /** Nothing is done by itself: somebody has to look. */
  | { readonly kind: 'differs'; readonly text: string; readonly isLost?: true };

/**
 * What is to be done so that machine and record agree about one job. What the machine does is a fact, so it is reported;
 * what was recorded here meanwhile is passed on as a command. A job that the machine has once acknowledged is never stored
 * again by itself: it may have done it.
 */
export function nextStep(known: Known): Step | null {
  const { machine, wanted, record, before } = known;
  if (machine === null) return stepWithoutMachine(known);
  if (!wanted && !known.wasAcknowledged) return null; // what others have stored there is theirs
  const command = commandFrom(before, record, machine);
  if (command) return { kind: 'command', command };
  const reports = reportsFrom(machine, record);
  if (reports.length > 0) return { kind: 'report', reports, machine };
  if (!wanted) return stepWithoutWish(known, machine);
  if (machine === 'Aborted') return { kind: 'differs', text: 'the machine has aborted it' };
  if (known.isAcknowledged) return null;
  const canChange = machine === 'NotAllowedToStart' || machine === 'AllowedToStart';
  return { kind: canChange ? 'update' : 'acknowledge', job: wanted };
}

/** A pause before the machine has begun: it is passed on when it begins. */
export const isKeptForLater = ({ machine, record }: Known): boolean =>
  record === 'suspended' && (machine === 'NotAllowedToStart' || machine === 'AllowedToStart');

function stepWithoutMachine({ wanted, record, wasAcknowledged }: Known): Step | null {
  if (!wanted) return null;
  if (record !== 'waiting' && record !== 'setup')
    return { kind: 'differs', text: 'it has begun here, and the machine does not have it' };
  if (wasAcknowledged)
    return {
      kind: 'differs',
      isLost: true,
      text: 'the machine had it and has it no longer; whether it was done there only somebody at the machine can say',
    };
  return { kind: 'store', job: wanted };
}

/** What is over, or to be done elsewhere, is taken away. */
function stepWithoutWish({ record }: Known, machine: JobState): Step {
  if (machine === 'NotAllowedToStart' || machine === 'AllowedToStart')
    return { kind: 'command', command: 'Cancel' };
  if (machine === 'Ended' || machine === 'Aborted') return { kind: 'command', command: 'Clear' };
  return record === 'completed'
    ? { kind: 'differs', text: 'it is completed here, and the machine is still at work on it' }
    : { kind: 'differs', text: 'it is not in the queue any more, and the machine is at work on it' };
}
