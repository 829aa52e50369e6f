import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { LinkWatch, Lines, RunningLink } from '#electron/lines/lines.ts';
import { onceFor } from '#shared/base/once-for.ts';
import type { Outcome } from '#shared/contract/calls.ts';
import type { ReportOutcome } from '#shared/contract/line.ts';
import type { JobCommand, LineLink } from '#shared/domain/line-link.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { jobListFromQueue } from '#shared/flow/job-list-from-queue.ts';
import { acknowledgeJob, isAcknowledged, reaches, withdrawJob } from './acknowledge-job.ts';
import { workUnitsOf } from './board-view.ts';
import { noteLink, noteTold } from './link-state.ts';
import { openItems } from './queue-items.ts';
import { secretKeyOf } from './configure-link.ts';
import { seeList } from './see-list.ts';
import type { Station } from './station.ts';
import { takeReport } from './take-report.ts';
import type { Workspace } from './workspace.ts';

export interface RunningLinks {
  /** Starts and stops connections as the record wants it now. */
  readonly settle: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Gives a machine a command for a job; null when no such machine is connected. */
  readonly command: (
    name: string,
    command: JobCommand,
    task: TaskId,
    why: string,
  ) => Promise<{ ok: boolean; text: string }> | null;
}

interface Kept {
  readonly link: LineLink;
  readonly secret: string | null;
  readonly running: RunningLink;
}

/** Keeps the connections to lines going while the station serves: each as it is configured, none that is switched off. */
export function runLinks(station: Station): RunningLinks {
  const kept = new Map<string, Kept>();
  let turn: Promise<void> = Promise.resolve();
  let isStopping = false;

  const end = async (name: string): Promise<void> => {
    const known = kept.get(name);
    kept.delete(name);
    await known?.running.stop();
    station.links.delete(name);
  };
  const settle = async (): Promise<void> => {
    const wanted = isStopping ? [] : station.workspace.links.filter(({ isOn }) => isOn);
    for (const name of kept.keys()) if (!wanted.some((link) => link.name === name)) await end(name);
    for (const link of wanted) {
      const secret = await station.secrets.get(secretKeyOf(link.name));
      const known = kept.get(link.name);
      if (known && known.secret === secret && isDeepStrictEqual(known.link, link)) continue;
      await end(link.name);
      try {
        const running = await openLink(
          link,
          secret,
          station.dataDir,
          linesOf(station, link),
          watchOf(station, link.name),
        );
        kept.set(link.name, { link, secret, running });
      } catch (error) {
        const failure = error instanceof Error ? error.message : String(error);
        noteLink(station, link.name, { isConnected: false, failure, differences: [] });
      }
    }
  };
  const inTurn = (): Promise<void> => (turn = turn.then(settle, settle));
  void inTurn();
  return {
    settle: inTurn,
    command: (name, ...asked) => kept.get(name)?.running.command?.(...asked) ?? null,
    stop: () => {
      isStopping = true;
      return inTurn();
    },
  };
}

/** What a connection needs is loaded with the first one of its kind. */
async function openLink(
  link: LineLink,
  secret: string | null,
  folder: string,
  lines: Lines,
  watch: LinkWatch,
): Promise<RunningLink> {
  switch (link.kind) {
    case 'mqtt': {
      const { openBroker } = await import('#electron/lines/mqtt/broker.ts');
      return openBroker(link, secret, lines, watch);
    }
    case 'opcua': {
      const { openMachine } = await import('#electron/lines/opcua/machine.ts');
      return openMachine(link, secret, folder, lines, watch);
    }
  }
}

const watchOf = (station: Station, name: string): LinkWatch => ({
  now: (now) => noteLink(station, name, now),
  told: (told) => noteTold(station, name, told),
});

/** The lines of one connection, with what the station knows of them. */
export function linesOf(station: Station, link: LineLink): Lines {
  const workstation = `${link.kind} ${link.name}`;
  const jobLists = onceFor((workspace: Workspace) =>
    [...workspace.queues.values()]
      .filter(({ unit }) => reaches(link, unit))
      .map((queue) => jobListFromQueue(queue, openItems(workspace, queue))),
  );
  return {
    now: () => station.now,
    has: (unit) => reaches(link, unit) && workUnitsOf(station.workspace).some(({ id }) => id === unit),
    jobLists: () => jobLists(station.workspace),
    isAcknowledged: (job) => isAcknowledged(station.workspace, job),
    wasAcknowledged: (task, unit) => station.workspace.receipts.get(task)?.unit === unit,
    withdraw: async (task, unit) => {
      const caller = {
        user: unit,
        origin: 'line',
        key: `withdrawn ${randomUUID()}`,
        by: { workstation },
      } as const;
      return outcomeOf(await withdrawJob(station, { task, reason: 'Cancelled in the machine' }, caller));
    },
    acknowledge: async (job) => {
      if (isAcknowledged(station.workspace, job)) return { ok: true, seq: job.revision };
      const caller = {
        user: job.unit,
        origin: 'line',
        key: `receipt ${randomUUID()}`,
        by: { workstation },
      } as const;
      return outcomeOf(await acknowledgeJob(station, job, caller));
    },
    acknowledgeList: async (list) => {
      const by = { workstation };
      const caller = { user: list.unit, origin: 'line', key: `list ${randomUUID()}`, by } as const;
      return outcomeOf(await seeList(station, list, caller));
    },
    report: async (report) => {
      // Whoever the line says it is: what its client may say is the broker's to know.
      const userName = station.workspace.plant.people.find(({ id }) => id === report.person)?.name;
      const by = { workstation, ...(userName !== undefined && { userName }) };
      const user = report.person ?? report.unit;
      return outcomeOf(await takeReport(station, report, { user, origin: 'line', key: report.id, by }));
    },
    states: () => {
      const { progress } = station.workspace;
      return (task) => progress.get(task)?.state.kind ?? 'waiting';
    },
    heard: (unit) => void station.heard.set(unit, station.now),
    onChange: (listener) => station.onFact((fact) => fact.kind !== 'solve.progress' && listener()),
  };
}

const outcomeOf = (outcome: Outcome<{ seq: number }>): ReportOutcome =>
  outcome.ok ? { ok: true, seq: outcome.detail.seq } : { ok: false, refusal: outcome.refusal };
