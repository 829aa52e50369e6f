import { z } from 'zod';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import { EventKind, ExecutionReport } from '#shared/domain/execution.ts';
import { PersonId } from '#shared/domain/person.ts';
import { TaskId } from '#shared/domain/task.ts';
import { instantFromMillis } from '#shared/time/instant.ts';
import type { Acknowledgement, Revision } from '#electron/lines/lines.ts';

const Moment = z.iso.datetime({ offset: true }).transform((text) => instantFromMillis(Date.parse(text)));
/** Made where the message is made, and the same when it is sent again. */
const Id = ExecutionReport.shape.id;
const Reason = ExecutionReport.shape.reason;

/** Without a job, of the list as a whole. */
const AcknowledgementMessage = z.object({ jobOrderId: TaskId.optional(), revision: z.int().positive() });

/** What a lab, a technician or the warehouse says besides, in the words of the line pages. */
const { lots, place, sample, result, calibration, rest, correction, withdraws } = ExecutionReport.shape;
const RESULTS = { lots, place, sample, result, calibration, rest, correction, withdraws };

const JobResponseMessage = z.object({
  jobResponseId: Id,
  kind: EventKind,
  jobOrderId: TaskId.optional(),
  personId: PersonId.optional(),
  time: Moment.optional(),
  reason: Reason,
  good: ExecutionReport.shape.good,
  scrap: ExecutionReport.shape.scrap,
  rework: ExecutionReport.shape.rework,
  ...RESULTS,
});

const StateMessage = z.object({
  id: Id,
  state: z.enum(['Up', 'Down']),
  time: Moment.optional(),
  reason: Reason,
});

/** The unit is the topic's, never the payload's: the broker lets a line write its own topics only. */
export const acknowledgementFrom = (unit: EquipmentId, payload: unknown): Acknowledgement | Revision => {
  const { jobOrderId, revision } = AcknowledgementMessage.parse(payload);
  return { unit, revision, ...(jobOrderId !== undefined && { task: jobOrderId }) };
};

export function reportFromJobResponse(unit: EquipmentId, payload: unknown): ExecutionReport {
  const { jobResponseId, jobOrderId, personId, time, ...said } = JobResponseMessage.parse(payload);
  return ExecutionReport.parse({
    ...said,
    id: jobResponseId,
    unit,
    ...(jobOrderId !== undefined && { task: jobOrderId }),
    ...(personId !== undefined && { person: personId }),
    ...(time !== undefined && { at: time }),
  });
}

/** A machine says how it is; what it says of itself is a downtime that begins or is over. */
export function reportFromState(unit: EquipmentId, payload: unknown): ExecutionReport {
  const { id, state, time, reason } = StateMessage.parse(payload);
  return ExecutionReport.parse({
    id,
    unit,
    kind: state === 'Down' ? 'downtimeStarted' : 'downtimeEnded',
    ...(time !== undefined && { at: time }),
    reason: reason ?? (state === 'Down' ? 'Told by the machine' : undefined),
  });
}
