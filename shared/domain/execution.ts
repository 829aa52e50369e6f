import { z } from 'zod';
import { Instant, Seconds } from '#shared/time/instant.ts';
import { EquipmentId } from './equipment.ts';
import {
  CalibrationOutcome,
  CountCorrection,
  LotActual,
  PlantName,
  Proof,
  TestOutcome,
} from './line-result.ts';
import { PersonId } from './person.ts';
import { Refusal } from './refusal.ts';
import { Remaining } from './remaining.ts';
import { TaskId } from './task.ts';

/** Time-model states of a work unit (ISO 22400-2:2014, clause 5): every instant carries exactly one. */
export const UnitState = z.enum(['PROD', 'SETUP', 'DELAY', 'NO_ORDER', 'PLANNED_DOWN', 'UNSCHEDULED']);
export type UnitState = z.infer<typeof UnitState>;

export const EventKind = z.enum([
  'setupStarted',
  'started',
  'paused',
  'resumed',
  'quantityReported',
  'quantityCorrected',
  'completed',
  'downtimeStarted',
  'downtimeEnded',
  'sampleTaken',
  'tested',
  'calibrated',
  'staged',
  'splitOff',
  'withdrawn',
]);
export type EventKind = z.infer<typeof EventKind>;

const ReportId = z.string().min(8).max(100);

/** What a line reports. The id is made where the report is made, so that a repeat is recognised. */
export const ExecutionReport = z.object({
  id: ReportId,
  kind: EventKind,
  unit: EquipmentId,
  task: TaskId.optional(),
  person: PersonId.optional(),
  /** When it happened; without it, now. A time in the past is a late entry and keeps both stamps. */
  at: Instant.optional(),
  reason: z.string().max(500).optional(),
  good: z.number().nonnegative().optional(),
  scrap: z.number().nonnegative().optional(),
  rework: z.number().nonnegative().optional(),
  /** With a quantity or a completion: what was consumed. Of `staged`: how much of each lot stands there by now. */
  lots: z.array(LotActual).max(50).optional(),
  /** Where it was staged. */
  place: PlantName.optional(),
  /** By what the lab knows the sample. */
  sample: PlantName.optional(),
  result: TestOutcome.optional(),
  calibration: CalibrationOutcome.optional(),
  /** Of `splitOff`: the quantity that the line gives back. */
  rest: z.number().positive().optional(),
  /** Of `quantityCorrected`. */
  correction: CountCorrection.optional(),
  /** Of `withdrawn`: the report that is taken back. */
  withdraws: ReportId.optional(),
});
export type ExecutionReport = z.infer<typeof ExecutionReport>;

/** A line says that it cannot run a task: no fact about the task, but a question to whoever decides. */
export const CannotRun = ExecutionReport.pick({ id: true, unit: true, person: true, at: true }).extend({
  kind: z.literal('cannotRun'),
  task: TaskId,
  reason: z.string().trim().min(1).max(500),
});
export type CannotRun = z.infer<typeof CannotRun>;

/** A line says that it has seen a revision of its list. */
export const ListSeen = ExecutionReport.pick({ id: true, unit: true, person: true, at: true }).extend({
  kind: z.literal('listSeen'),
  revision: z.int().positive(),
});
export type ListSeen = z.infer<typeof ListSeen>;

/** Everything that a line may say. */
export const LineReport = z.discriminatedUnion('kind', [ExecutionReport, CannotRun, ListSeen]);
export type LineReport = z.infer<typeof LineReport>;

/**
 * A recorded fact. `line` reports pass the gates before they are recorded; a `log` tells what already happened elsewhere:
 * it is kept, and the gates it would have failed are its `deviations`.
 */
export const ExecutionEvent = ExecutionReport.extend({
  seq: z.int().positive(),
  at: Instant,
  recorded: Instant,
  origin: z.enum(['line', 'log']),
  /** State of the unit from this event on. */
  state: UnitState,
  deviations: z.array(Refusal),
  /** Of a start: what was found in order, as it stood then (QUAL-05). */
  passed: z.array(z.string()).optional(),
  /** Of a calibration. */
  proof: Proof.optional(),
  /** Of an instrument that was found out of its limits: what it measured since its last good calibration (CAL-05). */
  impact: z.array(TaskId).optional(),
  /** Of `splitOff`: the part that became of what the line gave back. */
  part: TaskId.optional(),
  /** Of a count that the desk put right: the report that said it. */
  corrects: ReportId.optional(),
  /** Who at the desk took back or put right what a line had said. */
  desk: z.object({ user: z.string(), name: z.string() }).optional(),
  /** Who answered for starting against the gates that are its `deviations`, and why. */
  override: z.object({ user: z.string(), name: z.string(), reason: z.string() }).optional(),
});
export type ExecutionEvent = z.infer<typeof ExecutionEvent>;

/** How far a task is. Quantities in the task's unit of measure. */
export type WorkState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'setup' | 'running'; readonly since: Instant }
  | { readonly kind: 'suspended'; readonly since: Instant; readonly reason: string }
  | { readonly kind: 'completed'; readonly at: Instant };

export const TaskProgress = z.object({
  task: TaskId,
  unit: EquipmentId,
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('waiting') }),
    z.object({ kind: z.enum(['setup', 'running']), since: Instant }),
    z.object({ kind: z.literal('suspended'), since: Instant, reason: z.string() }),
    z.object({ kind: z.literal('completed'), at: Instant }),
  ]),
  /** First start of setup or run. */
  actualStart: Instant.optional(),
  actualRunStart: Instant.optional(),
  actualEnd: Instant.optional(),
  /** Run seconds worked in the stretches that are over, pauses excluded; the one under way runs since `state.since`. */
  worked: Seconds,
  /** Of these, how many there were when good or scrap was last reported. */
  counted: Seconds.optional(),
  /** And when that was. */
  countedAt: Instant.optional(),
  /** What the planner says is left of it; of this and what the line counts, the newer holds. */
  remaining: Remaining.optional(),
  good: z.number(),
  scrap: z.number(),
  rework: z.number(),
  /** By lot, all reports together. */
  consumed: z.array(LotActual).optional(),
  /** By lot, as it was said last. */
  staged: z.array(LotActual.extend({ place: z.string() })).optional(),
  sample: z.object({ at: Instant, id: z.string().optional() }).optional(),
  /** What was found last. */
  tested: TestOutcome.extend({ at: Instant }).optional(),
  /** What the line gave back, and when. */
  givenBack: z.array(z.object({ at: Instant, quantity: z.number().positive() })).optional(),
});
export type TaskProgress = z.infer<typeof TaskProgress>;

/** A result ends its task as a completion does. */
export const endsTask = (kind: EventKind): boolean =>
  kind === 'completed' || kind === 'tested' || kind === 'calibrated';

export const hasStarted = (progress: TaskProgress | undefined): boolean =>
  progress !== undefined && progress.state.kind !== 'waiting';
