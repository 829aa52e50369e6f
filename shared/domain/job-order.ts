import type { EquipmentId } from './equipment.ts';
import type { OrderId } from './order.ts';
import type { TaskId } from './task.ts';

/** One task as a line or a machine is told it, in the words of ISA-95 Part 4 (object Job order). Times are ISO 8601 in UTC. */
export interface JobOrder {
  readonly jobOrderId: TaskId;
  readonly description: string;
  readonly workType: 'Production' | 'Quality' | 'Maintenance' | 'Inventory';
  readonly dispatchStatus: 'Dispatched';
  readonly equipmentId: EquipmentId;
  /** The revision of the line's queue that it belongs to, and its place there: 1 comes first. */
  readonly revision: number;
  readonly position: number;
  /** Begin of setup, begin of the run, end. */
  readonly startTime: string;
  readonly runStartTime: string;
  readonly endTime: string;
  readonly operationsRequestId: OrderId;
  /** What people call the order. */
  readonly orderName: string;
  readonly materialDefinitionId: string;
  readonly quantity: number;
  readonly unitOfMeasure: string;
  readonly dueTime: string;
  /** By which instructions, and in which version of them; not of what the station plans by itself. */
  readonly workMasterId?: string;
  readonly workMasterVersion?: string;
  readonly why: string;
}

/** What one line is to do: the job list of ISA-95 Part 4. */
export interface JobList {
  readonly equipmentId: EquipmentId;
  readonly revision: number;
  readonly version: number;
  readonly dispatchedTime: string;
  readonly jobOrders: readonly JobOrder[];
  /** Why this revision came; empty in lists from before revisions said so. */
  readonly reason: string;
  /** Jobs that were taken back from the line: none of them may be started. */
  readonly recalled: readonly {
    readonly jobOrderId: TaskId;
    readonly reason: string;
    readonly time: string;
  }[];
}
