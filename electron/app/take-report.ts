import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { LineReport } from '#shared/domain/execution.ts';
import { recordExecution } from './record-execution.ts';
import { reportCannotRun } from './report-cannot-run.ts';
import { reportListSeen } from './see-list.ts';
import type { Station } from './station.ts';
import { withdrawReport } from './withdraw-report.ts';

/** What a line says, whichever way it comes. */
export function takeReport(
  station: Station,
  report: LineReport,
  caller: Caller,
): Promise<Outcome<{ seq: number }>> {
  switch (report.kind) {
    case 'cannotRun':
      return reportCannotRun(station, report, caller);
    case 'listSeen':
      return reportListSeen(station, report, caller);
    case 'withdrawn':
      return withdrawReport(station, report, caller);
    default:
      return recordExecution(station, report, caller);
  }
}
