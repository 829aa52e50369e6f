import { createHash } from 'node:crypto';
import type { ExecutionReport } from '#shared/domain/execution.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';

/** One stretch of work as another system logged it; an end that is not known leaves it open. */
export interface Booking {
  readonly unit: string;
  readonly task: string;
  readonly person?: string | undefined;
  readonly started: Instant;
  /** Seconds from the start in which the unit was set up. */
  readonly setup?: Seconds | undefined;
  readonly finished?: Instant | undefined;
  readonly amounts: {
    readonly good?: number | undefined;
    readonly scrap?: number | undefined;
    readonly rework?: number | undefined;
  };
  readonly reason?: string | undefined;
}

/** Candidates for the reports that a booking comes to. */
export function bookingReports(booking: Booking): object[] {
  const { started, finished, setup = 0, amounts, reason } = booking;
  const told = Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount !== undefined));
  const runStart = Math.min(started + setup, finished ?? started + setup);
  return [
    ...(setup > 0 ? [reportOf(booking, 'setupStarted', started)] : []),
    reportOf(booking, 'started', runStart),
    ...(finished !== undefined
      ? [reportOf(booking, 'completed', finished, { ...told, ...(reason !== undefined && { reason }) })]
      : []),
    ...(finished === undefined && Object.keys(told).length > 0
      ? [reportOf(booking, 'quantityReported', runStart, told)]
      : []),
  ];
}

/** A candidate for a report. The same fact always gets the same id, so that a repeat is recognised. */
export function reportOf(
  {
    unit,
    task,
    person,
  }: { readonly unit: string; readonly task?: string; readonly person?: string | undefined },
  kind: ExecutionReport['kind'],
  at: Instant,
  more: object = {},
): object {
  const id = createHash('sha256')
    .update(`${unit}\n${task ?? ''}\n${kind}\n${at}`)
    .digest('hex')
    .slice(0, 40);
  return {
    id,
    kind,
    unit,
    at,
    ...(task !== undefined && { task }),
    ...(person !== undefined && { person }),
    ...more,
  };
}
