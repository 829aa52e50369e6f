import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionReport, WorkState } from '#shared/domain/execution.ts';
import type { OpcuaLink } from '#shared/domain/line-link.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { JobList } from '#shared/domain/job-order.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { must } from '#shared/base/must.ts';
import type { JobDifference, LinkWatch, Lines, RunningLink } from '#electron/lines/lines.ts';
import { type JobState, recordAfter } from './job-state.ts';
import { type Known, type Step, isKeptForLater, nextStep } from './next-steps.ts';
import { type Receiver, openReceiver } from './receiver.ts';
import { isDone, returnStatusText } from './return-status.ts';

export interface Pace {
  /** Milliseconds until a machine that does not answer is tried again. */
  readonly again: number;
  /** How often machine and record are held against each other without an occasion: what was refused is then tried again. */
  readonly look: number;
  /** A machine may take so long to do what it has said it does; until then it is not asked what it does. */
  readonly obeys: number;
}

/** A refused report stays in the ledger, so it is tried again less often than a command: after so many looks. */
const REFUSED_FOR = 10;

export const PACE: Pace = { again: 5000, look: 30_000, obeys: 60_000 };

/**
 * Keeps one machine and the record in step: what the desk has dispatched is stored in it, what a line reports is passed on
 * as a command, and what it does by itself is reported here. Each connection begins with holding its whole list against the
 * record; nothing is remembered from the one before.
 */
export function openMachine(
  link: OpcuaLink,
  secret: string | null,
  folder: string,
  lines: Lines,
  watch: LinkWatch,
  pace: Pace = PACE,
): RunningLink {
  const stopping = new AbortController();
  const { signal } = stopping;
  const unit = must(link.units[0], 'The unit of a machine');
  let current: Receiver | null = null;

  /** One connection, from its begin to its end. */
  const live = async (): Promise<void> => {
    let wake = (): void => undefined;
    const lost = new AbortController();
    const nudge = (): void => wake();
    const receiver = await openReceiver(link, secret, folder, {
      onChange: nudge,
      onLost: (why) => {
        lost.abort(new Error(why));
        nudge();
      },
    });
    const stopListening = lines.onChange(nudge);
    signal.addEventListener('abort', nudge, { once: true });
    current = receiver;
    const memory: Memory = { before: new Map(), obeying: new Map(), refused: new Map() };
    try {
      watch.told({
        what: 'connected',
        ok: true,
        text: 'What the machine holds is compared with the record.',
      });
      while (!signal.aborted && !lost.signal.aborted) {
        const woken = new Promise<void>((resolve) => (wake = resolve));
        const { differences, revision } = await inStep(receiver, unit, lines, watch, memory, pace);
        // A machine that holds just what it is to hold has the list, also what was taken off it.
        if (differences.length === 0 && revision !== null) await lines.acknowledgeList({ unit, revision });
        watch.now({ isConnected: true, failure: null, differences });
        await Promise.race([woken, sleep(pace.look, undefined, { signal }).catch(() => undefined)]);
      }
      lost.signal.throwIfAborted();
    } finally {
      current = null;
      stopListening();
      await receiver.close();
    }
  };
  const living = (async () => {
    while (!signal.aborted) {
      await live().catch((error: unknown) => {
        const failure = error instanceof Error ? error.message : String(error);
        watch.now({ isConnected: false, failure, differences: [] });
      });
      await sleep(pace.again, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await living;
    },
    command: async (command, task, why) => {
      if (!current) return { ok: false, text: 'The machine is not connected.' };
      const status = await current.command(command, task, why);
      return { ok: isDone(status), text: returnStatusText(status) };
    },
  };
}

/** What one connection remembers of each job. */
interface Memory {
  readonly before: Map<TaskId, WorkState['kind']>;
  /** Commands that the machine has accepted and not yet carried out: its state then, and when. */
  readonly obeying: Map<TaskId, { readonly machine: JobState; readonly since: number }>;
  /** What was refused, and when it may be tried again. */
  readonly refused: Map<TaskId, { readonly step: string; readonly text: string; readonly until: number }>;
}

interface InStep {
  readonly differences: readonly JobDifference[];
  /** Up to which revision of the list nothing was left to do; null where something was. */
  readonly revision: number | null;
}

/** Why a job was taken back, for the machine's comment. */
const reasonFor = (list: JobList | undefined, task: TaskId): string =>
  list?.recalled.find(({ jobOrderId }) => jobOrderId === task)?.reason ?? '';

/** Holds every job against the record and does what is to be done, until nothing is; the differences that are left, in words. */
async function inStep(
  receiver: Receiver,
  unit: EquipmentId,
  lines: Lines,
  watch: LinkWatch,
  memory: Memory,
  pace: Pace,
): Promise<InStep> {
  let revision: number | null = null;
  const differences = new Map<TaskId, JobDifference>();
  for (let round = 0; round < 3; round += 1) {
    differences.clear();
    let acted = false;
    const { list, jobs } = await knownJobs(receiver, unit, lines, memory);
    let isObeying = false;
    for (const known of jobs) {
      const { task, machine } = known;
      const obeys = memory.obeying.get(task);
      if (obeys && obeys.machine === machine && performance.now() - obeys.since < pace.obeys) {
        isObeying = true;
        continue;
      }
      memory.obeying.delete(task);
      const step = nextStep(known);
      if (!isKeptForLater(known)) memory.before.set(task, known.record);
      if (!step) continue;
      if (step.kind === 'differs') {
        differences.set(task, differenceOf(task, step.text, step.isLost));
        continue;
      }
      const key = JSON.stringify([step, known.record]);
      const before = memory.refused.get(task);
      if (before?.step === key && performance.now() < before.until) {
        differences.set(task, differenceOf(task, before.text));
        continue;
      }
      const failure = await taken(step, known, receiver, unit, lines, reasonFor(list, task));
      watch.told({ what: `${task}: ${wordOf(step)}`, ok: failure === null, text: failure ?? 'done' });
      if (failure === null) {
        acted = true;
        if (step.kind === 'report')
          memory.before.set(task, recordAfter(must(step.reports.at(-1), 'A report')));
        memory.refused.delete(task);
        if (step.kind === 'command' && machine)
          memory.obeying.set(task, { machine, since: performance.now() });
      } else {
        memory.refused.set(task, {
          step: key,
          text: failure,
          until: performance.now() + pace.look * (step.kind === 'report' ? REFUSED_FOR : 1),
        });
        differences.set(task, differenceOf(task, failure));
      }
    }
    if (acted) continue;
    revision = isObeying ? null : (list?.revision ?? null);
    break;
  }
  return { differences: [...differences.values()], revision };
}

const differenceOf = (task: TaskId, text: string, isLost = false): JobDifference => ({
  task,
  text: `${text.replace(/\.$/, '')}.`,
  isLost,
});

async function knownJobs(
  receiver: Receiver,
  unit: EquipmentId,
  lines: Lines,
  { before }: Memory,
): Promise<{ readonly list: JobList | undefined; readonly jobs: readonly Known[] }> {
  // The record first: what is recorded while the machine answers is seen in the next round.
  const list = lines.jobLists().find(({ equipmentId }) => equipmentId === unit);
  const wanted = new Map((list?.jobOrders ?? []).map((job) => [job.jobOrderId, job]));
  const recorded = lines.states();
  const held = await receiver.jobs();
  const jobs = [...new Set([...wanted.keys(), ...held.keys()])].map((task) => ({
    task,
    machine: held.get(task) ?? null,
    wanted: wanted.get(task) ?? null,
    record: recorded(task),
    before: before.get(task),
    isAcknowledged: lines.isAcknowledged({ task, unit, revision: list?.revision ?? 0 }),
    wasAcknowledged: lines.wasAcknowledged(task, unit),
  }));
  return { list, jobs };
}

/** Does a step; null when it was done, or why not. */
async function taken(
  step: Exclude<Step, { kind: 'differs' }>,
  { task }: Known,
  receiver: Receiver,
  unit: EquipmentId,
  lines: Lines,
  why: string,
): Promise<string | null> {
  switch (step.kind) {
    case 'store':
    case 'update': {
      const status = await receiver.send(step.kind === 'store' ? 'Store' : 'Update', step.job);
      if (!isDone(status)) return `the machine did not take it: ${returnStatusText(status)}`;
      return acknowledged(lines, unit, step.job);
    }
    case 'acknowledge':
      return acknowledged(lines, unit, step.job);
    case 'command': {
      const status = await receiver.command(step.command, task, why);
      if (isDone(status) && step.command === 'Cancel') await lines.withdraw(task, unit);
      return isDone(status) ? null : `${step.command} was refused: ${returnStatusText(status)}`;
    }
    case 'report':
      for (const kind of step.reports) {
        const outcome = await lines.report(reportOf(unit, task, kind, step.machine));
        if (!outcome.ok) return `the machine is ${step.machine}, but ${outcome.refusal.text}`;
      }
      return null;
  }
}

/** The record decides whether it is news, so that a report is made once; its id only has to be its own. */
const reportOf = (
  unit: EquipmentId,
  task: TaskId,
  kind: ExecutionReport['kind'],
  machine: JobState,
): ExecutionReport => ({
  id: `machine ${randomUUID()}`,
  kind,
  unit,
  task,
  ...(kind === 'paused' && { reason: `Told by the machine: ${machine}` }),
});

async function acknowledged(lines: Lines, unit: EquipmentId, job: { jobOrderId: TaskId; revision: number }) {
  const outcome = await lines.acknowledge({ task: job.jobOrderId, unit, revision: job.revision });
  return outcome.ok ? null : outcome.refusal.text;
}

function wordOf(step: Exclude<Step, { kind: 'differs' }>): string {
  if (step.kind === 'command') return step.command;
  return step.kind === 'report' ? `report ${step.reports.join(', ')}` : step.kind;
}
