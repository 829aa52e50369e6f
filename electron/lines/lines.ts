import type { JobList } from '#shared/domain/job-order.ts';
import type { JobReceipt } from '#shared/domain/job-receipt.ts';
import type { ExecutionReport, WorkState } from '#shared/domain/execution.ts';
import type { ReportOutcome } from '#shared/contract/line.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';

export type Acknowledgement = Omit<JobReceipt, 'at'>;

/** What a connection to lines needs of the station: those of its lines, as of now. */
export interface Lines {
  readonly now: () => Instant;
  readonly has: (unit: EquipmentId) => boolean;
  /** What each line is still to do; a line that was never told anything has none. */
  readonly jobLists: () => readonly JobList[];
  /** Has the line this job, as of this revision? */
  readonly isAcknowledged: (job: Acknowledgement) => boolean;
  readonly acknowledge: (job: Acknowledgement) => Promise<ReportOutcome>;
  /** The same gates and the same record as the line pages'. */
  readonly report: (report: ExecutionReport) => Promise<ReportOutcome>;
  readonly stateOf: (task: TaskId) => WorkState['kind'];
  /** The line has been heard of: it shows as connected. */
  readonly heard: (unit: EquipmentId) => void;
  /** Calls the listener whenever any of this may differ; returns how to stop. */
  readonly onChange: (listener: () => void) => () => void;
}

/** How a connection is, told to whoever looks. */
export interface LinkNow {
  readonly isConnected: boolean;
  /** Why it is not, or what went wrong last. */
  readonly failure: string | null;
}

/** One exchange over a connection, for a reader. */
export interface Told {
  readonly what: string;
  readonly ok: boolean;
  readonly text: string;
}

export interface RunningLink {
  readonly stop: () => Promise<void>;
}

/** Who follows a connection. */
export interface LinkWatch {
  readonly now: (now: LinkNow) => void;
  readonly told: (told: Told) => void;
}
