import { bookingReports, reportOf } from '#electron/erp/booking.ts';
import { isoFromInstant } from '#shared/time/instant.ts';
import { ExecutionReport } from '#shared/domain/execution.ts';
import { instantIn, numberIn, refuse, secondsIn, textIn, type Row, type Scope } from './fields.ts';

/**
 * What another system logged: a row with a task is one booking (setup, run, quantities), one without is a downtime of the
 * unit. An end that is not known leaves it open. The same row always gives the same ids, so a repeat is recognised.
 */
export function decodeExecution(scope: Scope, row: Row): void {
  const unit = textIn(row, 'unit');
  const task = textIn(row, 'task');
  const started = instantIn(scope, row, 'started');
  const finished = instantIn(scope, row, 'finished');
  const setup = secondsIn(scope, row, 'setup') ?? 0;
  const amounts = {
    good: numberIn(scope, row, 'good'),
    scrap: numberIn(scope, row, 'scrap'),
    rework: numberIn(scope, row, 'rework'),
  };
  if (started === undefined || unit === undefined) return;
  if (finished !== undefined && finished < started) {
    const cell = row.cells.get('finished');
    refuse(
      scope,
      row.line,
      cell?.column ?? 'finished',
      cell?.text ?? '',
      `Is before the start, ${isoFromInstant(started)}.`,
    );
    return;
  }
  const person = textIn(row, 'person');
  const reason = textIn(row, 'reason');
  if (task === undefined) {
    const why = reason === undefined ? {} : { reason };
    keepReport(scope, row, reportOf({ unit, person }, 'downtimeStarted', started, why));
    if (finished !== undefined) keepReport(scope, row, reportOf({ unit, person }, 'downtimeEnded', finished));
    return;
  }
  const booking = { unit, task, person, started, setup, finished, amounts, reason };
  for (const candidate of bookingReports(booking)) keepReport(scope, row, candidate);
}

function keepReport(scope: Scope, row: Row, candidate: object): void {
  const read = ExecutionReport.safeParse(candidate);
  if (read.success) scope.reports.push({ report: read.data, file: scope.file, line: row.line });
  else {
    const [issue] = read.error.issues;
    const field = String(issue?.path[0] ?? '');
    const cell = row.cells.get(field);
    refuse(
      scope,
      row.line,
      cell?.column ?? field,
      cell?.text ?? '',
      `${issue?.message ?? 'Is not understood'}.`,
    );
  }
}
