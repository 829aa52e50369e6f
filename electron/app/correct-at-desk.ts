import type { Ask, Caller, Outcome } from '#shared/contract/calls.ts';
import type { ReportedAmounts } from '#shared/contract/views.ts';
import type { ExecutionReport } from '#shared/domain/execution.ts';
import { boardChange } from './board-view.ts';
import { judgeCorrection } from './judge-correction.ts';
import { enterReport, refusedReport } from './record-execution.ts';
import { Refused, type Station } from './station.ts';
import { nameIn, no } from './take-back.ts';
import { isCount, rightAmounts } from './task-reports.ts';

/**
 * Puts right at the desk what a line reported as made or taken: a second event that says by how much it was wrong and names
 * the first, whatever was counted since stays.
 */
export function correctAtDesk(
  station: Station,
  ask: Ask<'report.correct'>,
  caller: Caller,
): Promise<Outcome<{ seq: number }>> {
  return station.command(caller, 'execution.quantityCorrected', async (write, workspace) => {
    const said = await write.event(ask.report);
    if (!said) throw new Refused('REPORT_UNKNOWN', ask.report, 'Nothing was recorded under this report.');
    const { id, task, unit } = said;
    const progress = task && workspace.progress.get(task);
    const report: ExecutionReport = {
      id: `desk ${caller.key}`,
      kind: 'quantityCorrected',
      unit: progress?.unit ?? unit,
      ...(task && { task }),
      reason: ask.reason,
      correction: differenceOf(rightAmounts(said, workspace.events), ask),
    };
    const [refusal] = [
      ...(isCount(said) ? [] : [no('WRONG_REPORT', id, 'This report counted nothing that could be wrong.')]),
      ...(workspace.events.some((one) => one.id === id)
        ? []
        : [no('WRONG_REPORT', id, 'This report was taken back.')]),
      ...namedTwice(ask),
      ...judgeCorrection(workspace, report, station.now, Infinity),
    ];
    if (refusal) throw refusedReport(report, refusal);
    const last = workspace.units.get(report.unit);
    const { event, workspace: after } = await enterReport(station, write, workspace, {
      ...report,
      // As of the unit's last word: what its line kept while it was away still comes in order.
      at: Math.min(station.now, last?.since ?? said.at),
      recorded: station.now,
      origin: 'line',
      state: last?.state ?? 'NO_ORDER',
      deviations: [],
      corrects: id,
      desk: { user: caller.user, name: nameIn(caller) },
    });
    return {
      detail: { seq: event.seq },
      workspace: after,
      facts: (before, now) => [boardChange(before, now, task ? [task] : [])],
    };
  });
}

/** By how much what holds now is wrong; a lot that is not named was told rightly. */
function differenceOf(
  now: ReportedAmounts,
  right: ReportedAmounts,
): NonNullable<ExecutionReport['correction']> {
  const by = (to: number, from: number): number => Math.round((to - from) * 1e6) / 1e6;
  const taken = new Map(now.lots.map(({ lot, quantity }) => [lot, quantity]));
  const lots = right.lots.flatMap(({ lot, quantity }) => {
    const difference = by(quantity, taken.get(lot) ?? 0);
    return difference === 0 ? [] : { lot, by: difference };
  });
  return {
    good: by(right.good, now.good),
    scrap: by(right.scrap, now.scrap),
    rework: by(right.rework, now.rework),
    ...(lots.length > 0 && { lots }),
  };
}

function namedTwice({ lots }: Pick<ReportedAmounts, 'lots'>) {
  const twice = lots.find(({ lot }, index) => lots.findIndex((one) => one.lot === lot) !== index);
  return twice ? [no('WRONG_LOT', twice.lot, `Lot ${twice.lot} is named twice: say its quantity once.`)] : [];
}
