import type { JobList } from '#shared/domain/job-order.ts';
import type { JobReceipt } from '#shared/domain/job-receipt.ts';
import type { ExecutionReport, WorkState } from '#shared/domain/execution.ts';
import type { ReportOutcome } from '#shared/contract/line.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { JobCommand } from '#shared/domain/line-link.ts';
import type { Instant } from '#shared/time/instant.ts';

export type Acknowledgement = Omit<JobReceipt, 'at'>;

/** One revision of a line's list. */
export type Revision = Omit<Acknowledgement, 'task'>;

/** What a connection to lines needs of the station: those of its lines, as of now. */
export interface Lines {
  readonly now: () => Instant;
  readonly has: (unit: EquipmentId) => boolean;
  /** What each line is still to do; a line that was never told anything has none. */
  readonly jobLists: () => readonly JobList[];
  /** Has the line this job, as of this revision? */
  readonly isAcknowledged: (job: Acknowledgement) => boolean;
  /** Had the line this job ever, and nobody has taken it back since? */
  readonly wasAcknowledged: (task: TaskId, unit: EquipmentId) => boolean;
  /** The line has given it back: it may be told of it anew. */
  readonly withdraw: (task: TaskId, unit: EquipmentId) => Promise<ReportOutcome>;
  readonly acknowledge: (job: Acknowledgement) => Promise<ReportOutcome>;
  /** The line has the list as a whole, also what was taken off it; said again it is recorded once. */
  readonly acknowledgeList: (list: Revision) => Promise<ReportOutcome>;
  /** The same gates and the same record as the line pages'. */
  readonly report: (report: ExecutionReport) => Promise<ReportOutcome>;
  /** What the record says of each task at this moment. */
  readonly states: () => (task: TaskId) => WorkState['kind'];
  /** The line has been heard of: it shows as connected. */
  readonly heard: (unit: EquipmentId) => void;
  /** Calls the listener whenever any of this may differ; returns how to stop. */
  readonly onChange: (listener: () => void) => () => void;
}

/** Where a machine and the record differ about a job, and nothing is done by itself. */
export interface JobDifference {
  readonly task: TaskId;
  readonly text: string;
  /** The machine had it and does not have it now: somebody who has looked may have it stored anew. */
  readonly isLost: boolean;
}

/** How a connection is, told to whoever looks. */
export interface LinkNow {
  readonly isConnected: boolean;
  /** Why it is not, or what went wrong last. */
  readonly failure: string | null;
  /** Where the other side and the record differ and nothing is done by itself. */
  readonly differences: readonly JobDifference[];
}

/** One exchange over a connection, for a reader. */
export interface Told {
  readonly what: string;
  readonly ok: boolean;
  readonly text: string;
}

export interface RunningLink {
  readonly stop: () => Promise<void>;
  /** Gives a machine a command for a job; lines without a machine are asked nothing. */
  readonly command?: (
    command: JobCommand,
    task: TaskId,
    why: string,
  ) => Promise<{ ok: boolean; text: string }>;
}

/** Who follows a connection. */
export interface LinkWatch {
  readonly now: (now: LinkNow) => void;
  readonly told: (told: Told) => void;
}
