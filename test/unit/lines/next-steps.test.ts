import { expect, test } from 'vitest';
import { JOB_STATES, type JobState, reportsFrom } from '#electron/lines/opcua/job-state.ts';
import { type Known, nextStep } from '#electron/lines/opcua/next-steps.ts';
import type { WorkState } from '#shared/domain/execution.ts';
import type { JobOrder } from '#shared/domain/job-order.ts';
import { TaskId } from '#shared/domain/task.ts';

const RECORDS: readonly WorkState['kind'][] = ['waiting', 'setup', 'running', 'suspended', 'completed'];
const task = TaskId.parse('A/mix');
const job = { jobOrderId: task, revision: 1 } as JobOrder;

/** Everything that can be known of one job. */
const every: readonly Known[] = [null, ...JOB_STATES].flatMap((machine) =>
  RECORDS.flatMap((record) =>
    [undefined, ...RECORDS].flatMap((before) =>
      [true, false].flatMap((wasAcknowledged) =>
        [true, false].flatMap((isAcknowledged) =>
          [job, null].map((wanted) => ({
            task,
            machine,
            record,
            before,
            wanted,
            wasAcknowledged,
            isAcknowledged: isAcknowledged && wasAcknowledged,
          })),
        ),
      ),
    ),
  ),
);

test('a job is stored only where the machine does not have it, never had it, and nobody has begun it', () => {
  const stored = every.filter((known) => nextStep(known)?.kind === 'store');
  expect(stored.length).toBeGreaterThan(0);
  for (const { machine, wasAcknowledged, record, wanted } of stored) {
    expect([machine, wasAcknowledged, wanted]).toEqual([null, false, job]);
    expect(['waiting', 'setup']).toContain(record);
  }
});

test('what somebody else has stored in the machine is neither reported, cancelled nor cleared', () => {
  const foreign = every.filter(({ wanted, wasAcknowledged }) => !wanted && !wasAcknowledged);
  expect(foreign.filter((known) => nextStep(known) !== null)).toEqual([]);
});

test('a new connection believes the machine: nothing is commanded but taking away what is over', () => {
  const steps = every.filter(({ before }) => before === undefined).map(nextStep);
  const commands = steps.flatMap((step) => (step?.kind === 'command' ? [step.command] : []));
  expect([...new Set(commands)].toSorted()).toEqual(['Cancel', 'Clear']);
});

test('a start is revoked only where one was taken back here and the machine has not begun', () => {
  const revoked = every.filter((known) => {
    const step = nextStep(known);
    return step?.kind === 'command' && step.command === 'RevokeStart';
  });
  expect(revoked.length).toBeGreaterThan(0);
  for (const { machine, before, record } of revoked) {
    expect(machine).toBe('AllowedToStart');
    expect(['running', 'suspended']).toContain(before);
    expect(['waiting', 'setup']).toContain(record);
  }
});

/** What the record says after these reports. */
const after = (record: WorkState['kind'], machine: JobState): WorkState['kind'] =>
  reportsFrom(machine, record).reduce<WorkState['kind']>(
    (_, report) => (report === 'paused' ? 'suspended' : report === 'completed' ? 'completed' : 'running'),
    record,
  );

test('what the machine does is reported once: after its reports there is nothing to report', () => {
  for (const machine of JOB_STATES)
    for (const record of RECORDS) expect(reportsFrom(machine, after(record, machine))).toEqual([]);
});
