import type { EventKind, WorkState } from '#shared/domain/execution.ts';

/** Top states of a job order in a machine (OPC 10031-4); their numbers count from 1. */
export const JOB_STATES = [
  'NotAllowedToStart',
  'AllowedToStart',
  'Running',
  'Interrupted',
  'Ended',
  'Aborted',
] as const;
export type JobState = (typeof JOB_STATES)[number];

export const jobStateFrom = (number: unknown): JobState | null =>
  typeof number === 'number' ? (JOB_STATES[number - 1] ?? null) : null;

export type Command = 'Start' | 'RevokeStart' | 'Pause' | 'Resume' | 'Stop' | 'Abort' | 'Cancel' | 'Clear';

/** What is to be reported so that the record says what the machine does: it is told states, and may have missed some on the way. */
export function reportsFrom(machine: JobState, record: WorkState['kind']): readonly EventKind[] {
  const hasBegun = record === 'running' || record === 'suspended';
  switch (machine) {
    case 'NotAllowedToStart':
    case 'AllowedToStart':
      return [];
    case 'Running':
      if (record === 'suspended') return ['resumed'];
      return record === 'running' || record === 'completed' ? [] : ['started'];
    case 'Interrupted':
    case 'Aborted':
      if (record === 'running') return ['paused'];
      return hasBegun || record === 'completed' || machine === 'Aborted' ? [] : ['started', 'paused'];
    case 'Ended':
      if (record === 'completed') return [];
      return hasBegun ? ['completed'] : ['started', 'completed'];
  }
}

/** How the record stands after a report that came from the machine. */
export function recordAfter(report: EventKind): WorkState['kind'] {
  if (report === 'paused') return 'suspended';
  return report === 'completed' ? 'completed' : 'running';
}

/** How a line's report is passed on to the machine: what was recorded since it was looked at last, against what the machine does. */
export function commandFrom(
  before: WorkState['kind'] | undefined,
  record: WorkState['kind'],
  machine: JobState,
): Command | null {
  if (before === undefined || before === record) return null;
  const isAtWork = machine === 'Running' || machine === 'Interrupted';
  if (record === 'completed') return isAtWork ? 'Stop' : null;
  if (record === 'suspended') return machine === 'Running' ? 'Pause' : null;
  if (record === 'running') return goingOn(machine);
  // A start that was taken back here; a machine that has begun meanwhile does what it does.
  const hadBegun = before === 'running' || before === 'suspended';
  return hadBegun && machine === 'AllowedToStart' ? 'RevokeStart' : null;
}

function goingOn(machine: JobState): Command | null {
  if (machine === 'NotAllowedToStart') return 'Start';
  return machine === 'Interrupted' ? 'Resume' : null;
}
