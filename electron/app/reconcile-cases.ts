import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Writer } from '#electron/store/store.ts';
import { assertNever } from '#shared/base/must.ts';
import { type Case, type CaseKind, type CaseOutcome, type Cause, OWNERS } from '#shared/domain/case.ts';
import type { OutboxEntry } from '#shared/domain/outbox.ts';
import type { Instant } from '#shared/time/instant.ts';
import { causesIn } from './case-causes.ts';
import { restAfter } from './sparingly.ts';
import { Refused, type Station } from './station.ts';
import { causesFromUnkept, unkeptIn } from './unkept-causes.ts';
import { CLOSED_SHOWN, type Workspace } from './workspace.ts';

/** What has to happen to the cases so that they say what the record says. */
type CaseStep =
  | { readonly kind: 'open'; readonly cause: Cause & { readonly deadline: Instant } }
  /** The cause is gone, or hits nothing planned any more. */
  | { readonly kind: 'close'; readonly one: Case; readonly text: string }
  /** What the decision counted on until now is not so. */
  | { readonly kind: 'reopen'; readonly one: Case; readonly cause: Cause };

function caseSteps(cases: readonly Case[], causes: ReadonlyMap<string, Cause>, now: Instant): CaseStep[] {
  const steps: CaseStep[] = [];
  const known = new Set<string>();
  for (const one of cases) {
    if (one.state === 'closed') continue;
    known.add(one.key);
    const cause = causes.get(one.key);
    if (!cause) steps.push({ kind: 'close', one, text: GONE[one.kind] });
    else if (cause.deadline === null) {
      if (one.state === 'open')
        steps.push({ kind: 'close', one, text: 'It hits nothing that is planned any more.' });
    } else if (one.state === 'decided' && (one.outcome?.until ?? Infinity) <= now)
      steps.push({ kind: 'reopen', one, cause });
  }
  for (const cause of causes.values()) {
    if (known.has(cause.key) || cause.deadline === null) continue;
    steps.push({ kind: 'open', cause: { ...cause, deadline: cause.deadline } });
  }
  return steps;
}

const GONE: Readonly<Record<CaseKind, string>> = {
  shortage: 'The material is there, or nothing planned needs it any more.',
  downtime: 'The unit can be used again.',
  qualityHold: 'The lot is released, or another one is enough.',
  rework: 'Nothing of the order is still to come.',
  maintenanceConflict: 'The maintenance is over or no longer planned.',
  calibrationExpiring: 'It is valid over everything that is planned.',
  qualificationExpiring: 'Everybody is qualified for what is planned for them.',
  absentPerson: 'Everybody is there for what is planned for them.',
  rushOrder: 'The order is planned, fits, or is not wanted any more.',
  cannotRun: 'The task is in work, or not planned any more.',
  notKept: 'It was told otherwise since, has begun, or is not there any more.',
};

/** Opens a case for every cause that hits planned tasks and closes those whose cause is gone. Done again it changes nothing. */
export async function reconcileCases(station: Station): Promise<void> {
  const seen = await unkeptIn(station.store.read, station.workspace);
  if (stepsNow(station.workspace, seen, station.now).length === 0) return;
  const caller = { user: 'service cases', origin: 'station', key: `cases ${randomUUID()}` } as const;
  await station.command(caller, 'case.reconcile', async (write, workspace) => {
    const opened: Case[] = [];
    const after = new Map(workspace.cases.map((one) => [one.id, one]));
    const steps = stepsNow(workspace, await unkeptIn(write, workspace), station.now);
    if (steps.length === 0)
      throw new Refused('NOTHING_CHANGED', 'cases', 'The cases are as the record says.');
    for (const step of steps) {
      const one = await taken(write, step, station.now);
      if (one.state === 'open') opened.push(one);
      after.set(one.id, one);
    }
    return {
      detail: null,
      workspace: { ...workspace, cases: shown([...after.values()]) },
      facts: () => [{ kind: 'cases.changed', opened: opened.map(({ id, text }) => ({ id, text })) }],
    };
  });
}

function stepsNow(workspace: Workspace, unkept: readonly OutboxEntry[], now: Instant): CaseStep[] {
  const causes = new Map(causesIn(workspace));
  for (const cause of causesFromUnkept(workspace, unkept)) causes.set(cause.key, cause);
  return caseSteps(workspace.cases, causes, now);
}

async function taken(write: Writer, step: CaseStep, now: Instant): Promise<Case> {
  switch (step.kind) {
    case 'open': {
      const { key, kind, object, text, tasks, deadline, unkept } = step.cause;
      const owner = OWNERS[kind];
      const what = { key, kind, object, text, tasks: [...tasks], ...(unkept && { unkept }) };
      const opened = { ...what, deadline, owner, opened: now };
      return openCase(write, { ...opened, asked: null, state: 'open', outcome: null });
    }
    case 'close': {
      const { one, text } = step;
      const gone = { kind: 'gone', text, reason: text, by: 'station', at: now, until: null } as const;
      return changeCase(write, one, { state: 'closed', outcome: one.outcome ?? gone }, text);
    }
    case 'reopen': {
      const { one, cause } = step;
      const deadline = cause.deadline ?? one.deadline;
      const text = 'What was decided counted on less: it is to be decided again.';
      return changeCase(
        write,
        one,
        { state: 'open', outcome: null, tasks: [...cause.tasks], deadline },
        text,
      );
    }
    default:
      return assertNever(step);
  }
}

export async function openCase(write: Writer, body: Omit<Case, 'id'>): Promise<Case> {
  const opened = await write.openCase(body);
  await logCase(write, null, opened, opened.text);
  return opened;
}

export async function changeCase(
  write: Writer,
  one: Case,
  change: {
    readonly state: Case['state'];
    readonly outcome: CaseOutcome | null;
    readonly tasks?: Case['tasks'];
    readonly deadline?: Instant;
  },
  reason: string,
): Promise<Case> {
  const changed: Case = { ...one, ...change };
  await write.saveCase(changed);
  await logCase(write, one, changed, reason);
  return changed;
}

/** The history of a case stands in the ledger: its state before and after, and why. */
const logCase = (write: Writer, before: Case | null, after: Case, reason: string): Promise<void> => {
  const { state, kind, object, text, owner, deadline, tasks, outcome } = after;
  return write.log({
    entity: 'case',
    entityId: String(after.id),
    field: 'state',
    old: before?.state ?? null,
    new: { state, kind, object, text, owner, deadline, tasks, outcome },
    reason,
  });
};

/** The cases after one of them changed. */
export const withCase = (workspace: Workspace, changed: Case): Workspace => ({
  ...workspace,
  cases: shown([...workspace.cases.filter(({ id }) => id !== changed.id), changed]),
});

const endOf = ({ outcome }: Case): Instant => outcome?.at ?? 0;

function shown(cases: readonly Case[]): Case[] {
  const closed = cases.filter(({ state }) => state === 'closed');
  const old = closed.toSorted((a, b) => endOf(a) - endOf(b) || a.id - b.id).slice(0, -CLOSED_SHOWN);
  return cases.filter((one) => !old.includes(one)).sort((a, b) => a.id - b.id);
}

/** Keeps the cases true while a station runs. */
export interface CaseWatch {
  /** When nothing is under way any more. */
  readonly settled: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Reports come in bursts, and a look takes longer the larger the plant: for how long it is not looked again, at most, in milliseconds. */
const MOST = 300;

/** Looks at the cases after everything that happens: a command is answered first. */
export function watchCases(station: Station): CaseWatch {
  let running: Promise<void> | null = null;
  let wanted = 0;
  let restsUntil = 0;
  const work = async (): Promise<void> => {
    for (let seen = 0; seen !== wanted;) {
      await pause(Math.max(0, restsUntil - performance.now()));
      seen = wanted;
      const from = performance.now();
      await reconcileCases(station);
      const until = performance.now();
      restsUntil = until + restAfter(until - from, MOST);
    }
    wanted = 0;
  };
  const stopListening = station.onFact(({ kind }) => {
    if (kind === 'cases.changed' || kind === 'solve.progress' || kind === 'notice') return;
    wanted += 1;
    running ??= work()
      .catch((error: unknown) => station.tell({ kind: 'notice', level: 'error', text: String(error) }))
      .finally(() => {
        running = null;
      });
  });
  const settled = async (): Promise<void> => {
    station.tellReports();
    if (!running) return;
    await running;
    await settled();
  };
  return {
    settled,
    stop: async () => {
      stopListening();
      await settled();
    },
  };
}
