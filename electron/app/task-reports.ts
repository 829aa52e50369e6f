import type { Caller } from '#shared/contract/calls.ts';
import type { ReportView, ReportedAmounts, TaskReports } from '#shared/contract/views.ts';
import type { Asked, Case } from '#shared/domain/case.ts';
import type { ExecutionEvent } from '#shared/domain/execution.ts';
import type { LotActual } from '#shared/domain/line-result.ts';
import type { LotId } from '#shared/domain/material.ts';
import type { PersonId } from '#shared/domain/person.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import { lotsById, materialsById, peopleById } from '#shared/flow/lookups.ts';
import { inTime } from '#shared/flow/progress-from-events.ts';
import { standingWithdrawals } from '#shared/flow/standing-events.ts';
import { stagingOf } from '#shared/flow/staging-gate.ts';
import { nameOf } from './edit-draft.ts';
import type { Station } from './station.ts';
import { cannotBe, mayNot } from './withdraw-at-desk.ts';
import type { Workspace } from './workspace.ts';

/** What lines reported of a task, with what became of each report. */
export async function taskReports(station: Station, id: TaskId, caller: Caller): Promise<TaskReports> {
  const { read } = station.store;
  const [recorded, cases] = await Promise.all([read.eventsOf(id), read.casesAsked(id)]);
  const { workspace } = station;
  const task = workspace.tasks.get(id);
  const withdrawals = standingWithdrawals(recorded);
  const reports = recorded.filter(({ kind, corrects }) => kind !== 'withdrawn' && corrects === undefined);
  return {
    uom: task?.uom ?? '',
    reports: [
      ...reports.toSorted(inTime).map((event) => reportView(workspace, event, recorded, withdrawals, caller)),
      ...cases.flatMap(({ asked, ...one }) => (asked ? askedView(workspace, one, asked) : [])),
    ].toSorted((a, b) => a.at - b.at),
    lots: task ? lotsOf(workspace, task, reports) : [],
  };
}

function reportView(
  workspace: Workspace,
  event: ExecutionEvent,
  recorded: readonly ExecutionEvent[],
  withdrawals: ReadonlyMap<string, ExecutionEvent>,
  caller: Caller,
): ReportView {
  const { id, kind, at, reason, sample, result, calibration, place, rest, correction } = event;
  const corrections = recorded.filter(
    (one) => one.corrects === id && one.correction && !withdrawals.has(one.id),
  );
  const corrected = corrections.at(-1);
  const last = recorded.findLast((one) => one.corrects === id || isAbout(recorded, one, id));
  const withdrawal = withdrawals.has(id) ? recorded.findLast((one) => isAbout(recorded, one, id)) : undefined;
  const undone = !withdrawal && last?.kind === 'withdrawn' ? last : undefined;
  const changed = ({ recorded: then, reason: why = '', ...change }: ExecutionEvent) => ({
    id: change.id,
    by: whoSaid(workspace, change) ?? nameOf(workspace, change.unit),
    at: then,
    reason: why,
  });
  return {
    id,
    kind,
    at,
    reason,
    sample,
    result,
    calibration,
    place,
    rest,
    correction,
    unit: nameOf(workspace, event.unit),
    by: whoSaid(workspace, event),
    said: amountsOf(event),
    right: rightAmounts(event, corrections),
    corrected: corrected ? changed(corrected) : null,
    undone: undone ? changed(undone) : null,
    takenBack: withdrawal ? { ...changed(withdrawal), isDesk: withdrawal.desk !== undefined } : null,
    whyNot: [...mayNot(workspace, event, caller), ...cannotBe(event)][0]?.text ?? null,
  };
}

/** Whether a withdrawal, or the undoing of one, goes back to that report. */
function isAbout(recorded: readonly ExecutionEvent[], event: ExecutionEvent, report: string): boolean {
  if (event.withdraws === undefined || event.withdraws === report) return event.withdraws === report;
  const named = recorded.find(({ id }) => id === event.withdraws);
  return named !== undefined && isAbout(recorded, named, report);
}

const NOTHING: ReportedAmounts = { good: 0, scrap: 0, rework: 0, lots: [] };

/** That the line could not run it. */
const askedView = (
  workspace: Workspace,
  { id, opened, outcome }: Omit<Case, 'asked'>,
  { unit, person, reason }: Asked,
): ReportView => ({
  id: `case ${id}`,
  kind: 'cannotRun',
  at: opened,
  reason,
  unit: nameOf(workspace, unit),
  by: whoSaid(workspace, { person }),
  said: NOTHING,
  right: NOTHING,
  corrected: null,
  takenBack:
    outcome?.kind === 'withdrawn'
      ? { id: `case ${id}`, by: outcome.by, at: outcome.at, reason: '', isDesk: false }
      : null,
  undone: null,
  whyNot: 'This is decided under Cases.',
});

const whoSaid = (
  { plant }: Workspace,
  { desk, person }: { readonly desk?: ExecutionEvent['desk']; readonly person?: PersonId | undefined },
): string | null =>
  desk?.name ?? (person === undefined ? null : (peopleById(plant.people).get(person)?.name ?? person));

/** Whether a report counted what was made or taken. */
export const isCount = ({ kind }: ExecutionEvent): boolean =>
  kind === 'quantityReported' || kind === 'completed';

const amountsOf = (event: ExecutionEvent): ReportedAmounts => ({
  good: event.good ?? 0,
  scrap: event.scrap ?? 0,
  rework: event.rework ?? 0,
  lots: event.lots ?? [],
});

/** What a report says since the desk put it right; as it was said where nobody did. */
export function rightAmounts(event: ExecutionEvent, events: readonly ExecutionEvent[]): ReportedAmounts {
  let { good, scrap, rework, lots } = amountsOf(event);
  const sum = (a: number, b: number): number => Math.round((a + b) * 1e6) / 1e6;
  for (const { corrects, correction } of events) {
    if (corrects !== event.id || !correction) continue;
    good = sum(good, correction.good);
    scrap = sum(scrap, correction.scrap);
    rework = sum(rework, correction.rework);
    const taken = new Map(lots.map(({ lot, quantity }) => [lot, quantity]));
    for (const { lot, by } of correction.lots ?? []) taken.set(lot, sum(taken.get(lot) ?? 0, by));
    lots = [...taken].map(([lot, quantity]): LotActual => ({ lot, quantity }));
  }
  return { good, scrap, rework, lots };
}

/** What may be named as taken: lots that were, those planned for it, and all others of the same materials. */
function lotsOf({ plan }: Workspace, task: Task, reports: readonly ExecutionEvent[]): TaskReports['lots'] {
  const known = lotsById(plan.plant.lots);
  const materials = materialsById(plan.plant.materials);
  const needs = [task, ...stagingOf(plan, task)].flatMap((one) => one.materials);
  const wanted = new Set(needs.map(({ material }) => material));
  const named: LotId[] = [
    ...reports.flatMap(({ lots = [] }) => lots.map(({ lot }) => lot)),
    ...needs.flatMap(({ lots }) => lots.map(({ lot }) => lot)),
    ...plan.plant.lots.flatMap(({ id, material }) => (wanted.has(material) ? id : [])),
  ];
  return [...new Set(named)].map((id) => {
    const lot = known.get(id);
    return { lot: id, name: lot?.name ?? id, uom: (lot && materials.get(lot.material)?.uom) ?? '' };
  });
}
