import { createHash } from 'node:crypto';
import type { Instant } from '#shared/time/instant.ts';
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
  const report = (kind: ExecutionReport['kind'], at: Instant, more: object = {}): object => ({
    id: createHash('sha256')
      .update(`${unit}\n${task ?? ''}\n${kind}\n${at}`)
      .digest('hex')
      .slice(0, 40),
    kind,
    unit,
    at,
    ...(task !== undefined && { task }),
    ...(person !== undefined && { person }),
    ...more,
  });
  const why = reason === undefined ? {} : { reason };
  if (task === undefined) {
    keepReport(scope, row, report('downtimeStarted', started, why));
    if (finished !== undefined) keepReport(scope, row, report('downtimeEnded', finished));
    return;
  }
  const told = Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount !== undefined));
  const runStart = Math.min(started + setup, finished ?? started + setup);
  if (setup > 0) keepReport(scope, row, report('setupStarted', started));
  keepReport(scope, row, report('started', runStart));
  if (finished !== undefined) keepReport(scope, row, report('completed', finished, { ...told, ...why }));
  else if (Object.keys(told).length > 0) keepReport(scope, row, report('quantityReported', runStart, told));
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
